package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What all rules make of instructions that people found good or bad. The figures of both halves go to
 * {@code target/corpus}; texts that failed are written of the open half alone, as nobody tunes a rule on the other one.
 */
class RulesOnTheCorpusTest {
    private static final Path FOLDER = Path.of("target", "corpus");
    private static final double MOST_WRONGED = 0.02;
    private static final double LEAST_FOUND = 0.90;

    private final JsonNode photographs = CorpusLine.photographs();

    @ParameterizedTest
    @ValueSource(strings = {"open", "held-out"})
    void at_most_one_good_one_in_fifty_is_eliminated_and_nine_decidable_ones_in_ten_are(String half)
            throws IOException {
        Tally wronged = Tally.NONE;
        Tally found = Tally.NONE;
        Map<String, Tally> foundByKind = new TreeMap<>();
        Map<String, Tally> badByRule = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (CorpusLine line : CorpusLine.of(half + ".jsonl")) {
            Verdict verdict = Candidates.judge(Rules.all(), line.candidate(photographs));
            assertThat(verdict).isNotInstanceOf(Verdict.Fail.class);
            boolean rejected = verdict instanceof Reject;
            if (verdict instanceof Reject reject) {
                badByRule.merge(reject.by(), Tally.of(!line.good()), Tally::plus);
            }
            if (line.good()) {
                wronged = wronged.plus(Tally.of(rejected));
            } else if (line.decidable()) {
                found = found.plus(Tally.of(rejected));
                foundByKind.merge(line.kind(), Tally.of(rejected), Tally::plus);
            }
            if (line.good() ? rejected : line.decidable() && !rejected) {
                failures.add(line.json() + "\n    " + verdict);
            }
        }
        String report = "good ones eliminated: " + wronged
                + "\ndecidable ones found: " + found + rows(foundByKind)
                + "\nbad ones among what each rule eliminated:" + rows(badByRule);
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(half + ".txt"), report + "\n");
        if (half.equals("open")) {
            Files.write(FOLDER.resolve("open-failures.txt"), failures);
        }
        assertThat(wronged.share()).as(report).isLessThanOrEqualTo(MOST_WRONGED);
        assertThat(found.share()).as(report).isGreaterThanOrEqualTo(LEAST_FOUND);
    }

    private static String rows(Map<String, Tally> tallies) {
        StringBuilder rows = new StringBuilder();
        tallies.forEach((name, tally) -> rows.append("\n    ").append(name).append(": ").append(tally));
        return rows.toString();
    }
}
