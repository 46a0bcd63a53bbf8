package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Sample;
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

    private final JsonNode photographs = CorpusLine.photographs();

    @ParameterizedTest
    @ValueSource(strings = {"open.jsonl", "held-out.jsonl"})
    void hardly_a_good_one_is_eliminated_and_most_that_can_be_decided_are(String half) {
        int good = 0;
        int wronged = 0;
        int decidable = 0;
        int found = 0;
        for (CorpusLine line : CorpusLine.of(half)) {
            Verdict verdict = Candidates.judge(RULES, Candidates.of(sample(line), line.instruction()));
            boolean rejected = verdict instanceof Verdict.Reject;
            if (line.good()) {
                good++;
                wronged += rejected ? 1 : 0;
            } else if (line.decidable() && KINDS.contains(line.kind())) {
                decidable++;
                found += rejected ? 1 : 0;
            }
        }
        String figures = String.format(
                Locale.ROOT,
                "%s: %d of %d good ones eliminated, %d of %d decidable ones found",
                half,
                wronged,
                good,
                found,
                decidable);
        System.out.println(figures);

        assertThat(wronged).as(figures).isLessThanOrEqualTo(good / 50);
        assertThat(10 * found).as(figures).isGreaterThanOrEqualTo(9 * decidable);
    }

    private Sample sample(CorpusLine line) {
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode box : line.boxes(photographs)) {
            JsonNode at = box.path("bbox");
            objects.add(DetectedObject.of(
                    box.path("label").stringValue(),
                    BoundingBox.clamped(
                            at.path(0).doubleValue(),
                            at.path(1).doubleValue(),
                            at.path(2).doubleValue(),
                            at.path(3).doubleValue())));
        }
        return Sample.builder(line.text("image"))
                .objects(objects)
                .trust(AnnotationTrust.valueOf(line.text("trust").toUpperCase(Locale.ROOT)))
                .build();
    }
}
