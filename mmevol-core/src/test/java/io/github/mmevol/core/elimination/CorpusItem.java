package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.internal.json.Json;
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
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * An instruction of the corpus, as a candidate that waits for its verdict.
 *
 * @param candidate the candidate
 * @param good whether it is good
 * @param kind the kind of its defect; empty if it is good
 * @param decidable whether a rule may eliminate it
 */
record CorpusItem(Candidate candidate, boolean good, String kind, boolean decidable) {
    private static final String FOLDER = "corpus/";

    /** A half of the corpus: {@code open} or {@code held-out}. */
    static List<CorpusItem> half(String name) {
        JsonNode photographs = Json.parse(read("photographs.json"));
        return read(name + ".jsonl")
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> of(Json.parse(line), photographs))
                .toList();
    }

    private static String read(String file) {
        try (InputStream in = CorpusItem.class.getResourceAsStream(FOLDER + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CorpusItem of(JsonNode item, JsonNode photographs) {
        JsonNode photograph = photographs.path(item.path("image").stringValue());
        JsonNode boxes = item.path("boxes").isArray() ? item.path("boxes") : photograph.path("boxes");
        boolean none = item.path("boxes").asString("").equals("none");
        Instruction parent = Instruction.of(
                item.path("parent").path("question").stringValue(),
                item.path("parent").path("answer").stringValue());
        Sample sample = Sample.builder(item.path("id").stringValue())
                .caption(photograph.path("caption").asString(""))
                .objects(none ? List.of() : objects(boxes))
                .trust(AnnotationTrust.valueOf(item.path("trust").stringValue().toUpperCase(Locale.ROOT)))
                .instructions(List.of(parent))
                .build();
        Candidate candidate = new Candidate(
                sample.id() + ".1.1",
                sample,
                new LiveInstruction(sample.id() + ".0.1", parent, List.of()),
                instruction(item),
                new Direction(item.path("direction").stringValue(), "is better"),
                1,
                PromptInfo.NONE);
        JsonNode defect = item.path("defect");
        return new CorpusItem(
                candidate,
                item.path("good").booleanValue(),
                defect.path("kind").asString(""),
                defect.path("decidable").asBoolean(false));
    }

    private static List<DetectedObject> objects(JsonNode boxes) {
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode box : boxes) {
            JsonNode numbers = box.path("bbox");
            objects.add(DetectedObject.of(
                    box.path("label").stringValue(),
                    BoundingBox.clamped(
                            numbers.get(0).doubleValue(),
                            numbers.get(1).doubleValue(),
                            numbers.get(2).doubleValue(),
                            numbers.get(3).doubleValue())));
        }
        return objects;
    }

    private static Instruction instruction(JsonNode item) {
        List<Step> steps = new ArrayList<>();
        item.path("steps")
                .forEach(step -> steps.add(new Step(
                        step.path("manipulation").asString(""),
                        step.path("description").asString(""))));
        return Instruction.builder(
                        item.path("question").stringValue(), item.path("answer").stringValue())
                .steps(steps)
                .objects(texts(item.path("objects")))
                .skills(texts(item.path("skills")))
                .format(item.path("format").stringValue())
                .build();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.stringValue()));
        return texts;
    }
}
