package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the two rules over calculations and chains say to the corpus of hand-written instructions. */
class ChainOnTheCorpusTest {
    private static final Set<String> KINDS = Set.of("arithmetic", "chain-value", "answer-differs-from-chain");
    private static final Eliminator RULES = Rules.arithmetic().then(Rules.chain(ManipulationRuntime.ofDefaults()));

    private record Entry(
            String id, Sample sample, Instruction instruction, boolean good, String kind, boolean decidable) {}

    @ParameterizedTest
    @ValueSource(strings = {"open.jsonl", "held-out.jsonl"})
    void hardly_a_good_one_is_eliminated_and_most_that_can_be_decided_are(String half) {
        List<String> good = new ArrayList<>();
        List<String> wronged = new ArrayList<>();
        List<String> due = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Entry entry : entries(half)) {
            boolean rejected = Candidates.judge(RULES, Candidates.of(entry.sample(), entry.instruction()))
                    instanceof Verdict.Reject;
            if (entry.good()) {
                good.add(entry.id());
                if (rejected) {
                    wronged.add(entry.id());
                }
            } else if (entry.decidable() && KINDS.contains(entry.kind())) {
                due.add(entry.id());
                if (!rejected) {
                    missed.add(entry.id());
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d of %d good ones eliminated, %d of %d decidable ones found%n",
                half,
                wronged.size(),
                good.size(),
                due.size() - missed.size(),
                due.size());

        assertThat(wronged.size()).isLessThanOrEqualTo((int) (0.02 * good.size()));
        assertThat(missed.size()).isLessThanOrEqualTo((int) Math.ceil(0.1 * due.size()));
    }

    private static List<Entry> entries(String half) {
        JsonNode photographs = Json.strict().readTree(text("photographs.json"));
        return text(half)
                .lines()
                .map(line -> entry(Json.strict().readTree(line), photographs))
                .toList();
    }

    private static Entry entry(JsonNode line, JsonNode photographs) {
        String image = line.get("image").asString();
        JsonNode boxes = line.get("boxes");
        if (boxes.isString()) {
            boxes = boxes.asString().equals("none")
                    ? Json.array()
                    : photographs.get(image).get("boxes");
        }
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode box : boxes) {
            JsonNode at = box.get("bbox");
            objects.add(DetectedObject.of(
                    box.get("label").asString(),
                    BoundingBox.clamped(
                            at.get(0).asDouble(),
                            at.get(1).asDouble(),
                            at.get(2).asDouble(),
                            at.get(3).asDouble())));
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : line.get("steps")) {
            steps.add(new Step(
                    step.get("manipulation").asString(), step.get("description").asString()));
        }
        Sample sample = Sample.builder(image)
                .objects(objects)
                .trust(AnnotationTrust.valueOf(line.get("trust").asString().toUpperCase(Locale.ROOT)))
                .build();
        Instruction instruction = Instruction.builder(
                        line.get("question").asString(), line.get("answer").asString())
                .steps(steps)
                .format(line.get("format").asString())
                .build();
        JsonNode defect = line.get("defect");
        boolean bad = defect != null && !defect.isNull();
        return new Entry(
                line.get("id").asString(),
                sample,
                instruction,
                line.get("good").asBoolean(),
                bad ? defect.get("kind").asString() : "",
                bad && defect.get("decidable").asBoolean());
    }

    private static String text(String file) {
        try (InputStream in = ChainOnTheCorpusTest.class.getResourceAsStream("corpus/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
