package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** The table of README: one instruction for each rule that it eliminates. */
class ReadmeNamesWhatRulesEliminateTest {
    private static final String OPTIONS =
            "A) January and March B) January and April C) March and April D) February and May";

    /**
     * A row of the table.
     *
     * @param shown what README shows of it
     */
    private record Row(
            String rule,
            String shown,
            String image,
            String trust,
            String format,
            String question,
            String answer,
            String manipulation,
            String description) {}

    static List<Row> rows() {
        return List.of(
                row(
                        "form",
                        "\"Which colour is the cup?\" / \"Which colour is the cup?\"",
                        "coffee",
                        "Which colour is the cup?",
                        "Which colour is the cup?"),
                row(
                        "control-token",
                        "\"What stands left of \\<image\\>?\"",
                        "coffee",
                        "What stands left of <image>?",
                        "A spoon."),
                row(
                        "refusal",
                        "\"What is it?\" / \"Sorry, I cannot identify people in images.\"",
                        "astronaut",
                        "What is it?",
                        "Sorry, I cannot identify people in images."),
                row(
                        "prompt-leak",
                        "\"What does the original question ask about?\"",
                        "coffee",
                        "What does the original question ask about?",
                        "The cup."),
                row(
                        "duplicate",
                        "\"What is the woman wearing in this image?\"",
                        "astronaut",
                        "What is the woman wearing in this image?",
                        "A suit."),
                new Row(
                        "answer-shape",
                        "\"Which two months add up to 300 visits?",
                        "chart.jpg",
                        "precise",
                        "multi_choice",
                        "Which two months add up to 300 visits? " + OPTIONS,
                        "E",
                        "None",
                        "120 and 180."),
                new Row(
                        "ungrounded-location",
                        "\"Where is the spoon? Give its box with four numbers.\"",
                        "coffee.jpg",
                        "precise",
                        "Norm",
                        "Where is the spoon? Give its box with four numbers.",
                        "At the right.",
                        "None",
                        "It is silver."),
                new Row(
                        "count",
                        "\"How many saucers are on the table? Answer with one number.\" / \"3\"",
                        "coffee.jpg",
                        "exhaustive",
                        "Norm",
                        "How many saucers are on the table? Answer with one number.",
                        "3",
                        "None",
                        "They are white."),
                row(
                        "relation",
                        "\"The island is to the left of the pagoda.\"",
                        "china",
                        "Where does the island lie relative to the pagoda?",
                        "The island is to the left of the pagoda."),
                row(
                        "box",
                        "\"In exactly one sentence, say what lies in the region [0.060, 0.780, 0.190, 0.960].\"",
                        "astronaut",
                        "In exactly one sentence, say what lies in the region [0.060, 0.780, 0.190, 0.960].",
                        "A red stripe lies in it."),
                new Row(
                        "box-label",
                        "\"The title is at [0.787, 0.172, 0.880, 0.881].\"",
                        "chart.jpg",
                        "precise",
                        "Norm",
                        "Which word opens the title of the chart?",
                        "Library",
                        "None",
                        "The title is at [0.787, 0.172, 0.880, 0.881]."),
                row(
                        "arithmetic",
                        "\"The range is 240 - 95 = 155 visits.\"",
                        "chart",
                        "How large is the range of the monthly visits?",
                        "The range is 240 - 95 = 155 visits."),
                new Row(
                        "chain",
                        "\"Their sum is 405, so the mean is 135.\", from `calculate((120 + 95 + 180) / 3)`",
                        "chart.jpg",
                        "precise",
                        "Norm",
                        "What is the mean of the first three months?",
                        "135",
                        "calculate((120 + 95 + 180) / 3)->res_1",
                        "Their sum is 405, so the mean is 135."));
    }

    private static Row row(String rule, String shown, String image, String question, String answer) {
        return new Row(rule, shown, image + ".jpg", "precise", "Norm", question, answer, "None", "It is to be seen.");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void each_row_is_eliminated_by_its_rule_and_stands_in_the_table(Row row) throws IOException {
        Verdict verdict = Candidates.judge(Rules.all(), line(row).candidate(CorpusLine.photographs()));

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.by()).as(reject.toString()).isEqualTo(row.rule()));
        assertThat(Files.readAllLines(Path.of("../README.md")))
                .anySatisfy(shown -> assertThat(shown).startsWith("| `" + row.rule() + "` | " + row.shown()));
    }

    @Test
    void every_rule_has_its_row() {
        assertThat(rows())
                .extracting(Row::rule)
                .containsExactlyInAnyOrderElementsOf(
                        Rules.all().stages().stream().map(Eliminator::name).toList());
    }

    private static CorpusLine line(Row row) {
        ObjectNode line = Json.object();
        Map.of(
                        "id",
                        row.rule(),
                        "image",
                        row.image(),
                        "trust",
                        row.trust(),
                        "format",
                        row.format(),
                        "question",
                        row.question(),
                        "answer",
                        row.answer(),
                        "direction",
                        "cognitive")
                .forEach(line::put);
        line.put("boxes", row.rule().equals("ungrounded-location") ? "none" : "bundled");
        line.putObject("parent").put("question", "What is the woman wearing?").put("answer", "A suit.");
        line.putArray("steps")
                .addObject()
                .put("manipulation", row.manipulation())
                .put("description", row.description());
        line.putArray("objects");
        line.putArray("skills");
        return new CorpusLine(line);
    }
}
