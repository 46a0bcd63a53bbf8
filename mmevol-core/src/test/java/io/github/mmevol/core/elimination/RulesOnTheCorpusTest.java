package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the rules make of instructions that people found good or bad. Figures of both halves go to {@code target/corpus};
 * texts that failed are written for the open half alone, as nobody tunes a rule on the other one.
 */
class RulesOnTheCorpusTest {
    private static final Path FOLDER = Path.of("target", "corpus");
    private static final double MOST_FALSE = 0.02;
    private static final double LEAST_FOUND = 0.90;

    @ParameterizedTest
    @ValueSource(strings = {"open", "held-out"})
    void of_the_good_at_most_one_in_fifty_is_eliminated_and_of_the_decidable_nine_in_ten(String half)
            throws IOException {
        Tally eliminated = Tally.none();
        Tally found = Tally.none();
        Map<String, Tally> foundByKind = new TreeMap<>();
        Map<String, Tally> rightByRule = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (CorpusItem item : CorpusItem.half(half)) {
            Verdict verdict = judge(item);
            assertThat(verdict).isNotInstanceOf(Verdict.Fail.class);
            boolean rejected = verdict instanceof Reject;
            if (verdict instanceof Reject reject) {
                rightByRule.merge(reject.by(), Tally.none().plus(!item.good()), RulesOnTheCorpusTest::sum);
            }
            if (item.good()) {
                eliminated = eliminated.plus(rejected);
            } else if (item.decidable()) {
                found = found.plus(rejected);
                foundByKind.merge(item.kind(), Tally.none().plus(rejected), RulesOnTheCorpusTest::sum);
            }
            if (item.good() ? rejected : item.decidable() && !rejected) {
                failures.add(item.candidate().evolved() + "\n    " + verdict);
            }
        }
        StringBuilder report =
                new StringBuilder("good ones eliminated: " + eliminated + "\ndecidable ones found: " + found);
        foundByKind.forEach((kind, tally) ->
                report.append("\n    ").append(kind).append(": ").append(tally));
        report.append("\neliminated rightly, by rule:");
        rightByRule.forEach((rule, tally) ->
                report.append("\n    ").append(rule).append(": ").append(tally));
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(half + ".txt"), report + "\n");
        if (half.equals("open")) {
            Files.write(FOLDER.resolve("open-failures.txt"), failures);
        }
        assertThat(eliminated.share()).as("%s: %s", half, report).isLessThanOrEqualTo(MOST_FALSE);
        assertThat(found.share()).as("%s: %s", half, report).isGreaterThanOrEqualTo(LEAST_FOUND);
    }

    private static Verdict judge(CorpusItem item) {
        return Rules.all()
                .judge(List.of(item.candidate()), Round.of(1, item.candidate().sample()))
                .get(0);
    }

    private static Tally sum(Tally one, Tally other) {
        return new Tally(one.hits() + other.hits(), one.of() + other.of());
    }
}
