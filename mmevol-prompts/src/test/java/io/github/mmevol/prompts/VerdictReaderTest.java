package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Check;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class VerdictReaderTest {

    @Test
    void a_clean_verdict_is_read_as_it_stands() {
        assertThat(VerdictReader.read(verdict(), List.of()))
                .isEqualTo(Reading.of(new JudgedItem(true, true, true, true, 7, "One more step.")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yes\"",
                "\"YES\"",
                "\"Yes.\"",
                "true",
                "\"true\"",
                "\"**yes**\"",
                "\"yes, clearly\"",
                "1",
                "[\"yes\"]",
                "\" y \""
            })
    void yes_is_read_in_every_spelling(String yes) {
        assertThat(read("improved", yes).improved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"no\"",
                "\"NO\"",
                "\"no.\"",
                "false",
                "\"False\"",
                "\"**No**\"",
                "\"No: it is shorter\"",
                "0",
                "\"n\""
            })
    void no_is_read_in_every_spelling(String no) {
        assertThat(read("improved", no).improved()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "7; 7",
                "7.0; 7",
                "7.9; 7",
                "0; 0",
                "10; 10",
                "\"7\"; 7",
                "\"7/10\"; 7",
                "\"7 / 10\"; 7",
                "\"8 out of 10\"; 8",
                "\"8 of 10\"; 8",
                "\"Score: 6\"; 6",
                "\"**9**\"; 9",
                "\"6/10 - harder\"; 6",
                "\"5 - one more step\"; 5",
                "\"4/5\"; 8",
                "\"70/100\"; 7",
                "\"7.0\"; 7",
                "[7]; 7",
                "\"7 (two steps more)\"; 7",
                "\"10/10\"; 10",
                "1e1; 10"
            })
    void a_score_is_read_in_every_spelling(String score, int expected) {
        assertThat(read("score", score).score()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11",
                "-1",
                "\"-3\"",
                "100",
                "\"high\"",
                "\"6-7\"",
                "\"6 to 7\"",
                "\"70%\"",
                "{\"value\": 7}",
                "[6, 7]",
                "\"7/0\"",
                "true",
                "\"12/10\"",
                "\"7/\""
            })
    void a_score_that_is_none_from_0_to_10_makes_the_verdict_unusable(String score) {
        ObjectNode verdict = verdict();
        verdict.set("score", Json.parse(score));
        assertThat(VerdictReader.read(verdict, List.of())).isInstanceOfSatisfying(Reading.Problem.class, problem -> {
            assertThat(problem.by()).isEqualTo("unreadable");
            assertThat(problem.why()).startsWith("\"score\" must be a whole number from 0 to 10, not '");
        });
    }

    @Test
    void every_missing_or_unreadable_field_is_named() {
        ObjectNode verdict = verdict();
        verdict.remove("well_posed");
        verdict.putNull("score");
        verdict.put("improved", "maybe");
        assertThat(VerdictReader.read(verdict, List.of()))
                .isEqualTo(
                        Reading.problem(
                                "unreadable",
                                "\"well_posed\" is missing; \"improved\" must be yes or no, not '\"maybe\"'; \"score\" is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "null", "\"high\"", "42"})
    void where_no_image_is_needed_the_score_is_0_whatever_was_given(String score) {
        ObjectNode verdict = verdict().put("needs_image", "no");
        verdict.set("score", Json.parse(score));
        assertThat(value(VerdictReader.read(verdict, List.of())).score()).isZero();
    }

    @Test
    void a_reason_may_be_missing() {
        ObjectNode verdict = verdict();
        verdict.remove("reason");
        assertThat(value(VerdictReader.read(verdict, List.of())).reason()).isEmpty();
    }

    private static final Check LEFT =
            new Check("relation", Check.Part.VALUE, "left", Check.Result.DISPUTED, "spoon; cup");
    private static final Check THREE = new Check("count", Check.Part.STEP, "three", Check.Result.DISPUTED, "2 boxes");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\": \"d1\", \"right\": \"text\"}, {\"id\": \"d2\", \"right\": \"cannot_tell\"}]",
                "[{\"id\": \"d2\", \"right\": \"cannot tell\"}, {\"id\": \"D1\", \"right\": \"Text.\"}]",
                "[{\"id\": 1, \"settled\": \"the text\", \"right\": \"text\"}, {\"id\": 2, \"right\": \"can't tell\"}]",
                "[{\"right\": \"**text**\"}, {\"right\": \"CANNOT_TELL\"}]",
                "{\"d1\": \"text\", \"d2\": \"cannot_tell\"}",
                "[\"text\", \"cannot-tell\"]",
                "[{\"id\": \"d1\", \"verdict\": \"text\"}, {\"id\": \"d2\", \"answer\": \"cannot_tell\"}, {\"id\": \"d3\", \"right\": \"text\"}]"
            })
    void disputes_are_settled_in_every_spelling(String settled) {
        ObjectNode verdict = verdict();
        verdict.set("settled", Json.parse(settled));

        assertThat(value(VerdictReader.read(verdict, List.of(LEFT, THREE))).settled())
                .containsExactly(
                        Settlement.of(LEFT, Settlement.Right.TEXT), Settlement.of(THREE, Settlement.Right.CANNOT_TELL));
    }

    @Test
    void a_missing_or_unreadable_settlement_is_named() {
        ObjectNode verdict = verdict();
        assertThat(VerdictReader.read(verdict, List.of(LEFT)))
                .isEqualTo(Reading.problem("unreadable", "\"settled\" has no entry for d1"));

        verdict.set(
                "settled",
                Json.parse("[{\"id\": \"d1\", \"right\": \"text\"}, {\"id\": \"d2\", \"right\": \"both\"}]"));
        assertThat(VerdictReader.read(verdict, List.of(LEFT, THREE)))
                .isEqualTo(Reading.problem(
                        "unreadable", "\"settled\" of d2 must be text, annotation or cannot_tell, not 'both'"));
    }

    @Test
    void where_nothing_is_disputed_nothing_needs_to_be_settled() {
        ObjectNode verdict = verdict();
        verdict.set("settled", Json.parse("[{\"id\": \"d1\", \"right\": \"text\"}]"));

        assertThat(value(VerdictReader.read(verdict, List.of())).settled()).isEmpty();
    }

    @Test
    void what_is_remembered_is_read_as_it_was() {
        JudgedItem item = new JudgedItem(
                true,
                true,
                true,
                true,
                7,
                "So.",
                List.of(Settlement.of(LEFT, Settlement.Right.ANNOTATION), Settlement.of(THREE, Settlement.Right.TEXT)));

        assertThat(JudgedItem.of(item.toJson())).isEqualTo(item);
        assertThat(JudgedItem.of(verdict()
                                .put("answer_right", true)
                                .put("needs_image", true)
                                .put("well_posed", true)
                                .put("improved", true)
                                .toString())
                        .settled())
                .isEmpty();
    }

    private static ObjectNode verdict() {
        return (ObjectNode) Json.parse("{\"id\": \"q1\", \"reason\": \" One more step. \", \"answer_right\": \"yes\","
                + " \"needs_image\": \"yes\", \"well_posed\": \"yes\", \"improved\": \"yes\", \"score\": 7}");
    }

    private static JudgedItem read(String field, String json) {
        ObjectNode verdict = verdict();
        JsonNode value = Json.parse(json);
        verdict.set(field, value);
        return value(VerdictReader.read(verdict, List.of()));
    }

    private static JudgedItem value(Reading<JudgedItem> reading) {
        assertThat(reading).isInstanceOf(Reading.Of.class);
        return ((Reading.Of<JudgedItem>) reading).value();
    }
}
