package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.prompts.ParsedReply.Problem;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies made to exhaust a parser: the work is bounded by the length, the depth by a limit. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HostileRepliesTest {
    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{",
                "{\"a\":",
                "[{",
                "[[{\"a\":[",
                "{\"",
                "[{\"",
                "{\"a\":\"",
                "\"",
                "{\"a\":\"\\",
                "{'",
                "{a:",
                "{o1}",
                "{\"a\"/*",
                "{\"a\":\"b\"/*",
                "{\"a\":\"b\"//",
                "{//",
                "{\"a\":\"b\" ",
                "{\"a\":1,",
                "{\"a\":[1,",
                "[{}",
                "{\"a\":1}",
                "{\"question\":\"a\"}",
                "{\"instructions\":",
                "{\"instructions\":[",
                "<think>",
                "</think>",
                "```json\n{",
                "***",
                "{**",
                "...",
                "{\u201c",
                "{\u201ca\u201d:\u201c",
                "{\"a\":\u201c\"",
                "{\"a\":\"b\",\"",
                "[\"",
                "{\"a\":\"b\"\n\"",
                "   {   \""
            })
    void a_million_characters_of_anything_end_soon(String unit) {
        String text = unit.repeat(MILLION / unit.length());
        assertThat(ReplyParser.parse(ModelResponse.of(text), "instructions")).isNotNull();
        assertThat(ReplyParser.parse(ModelResponse.of("{\"instructions\": [" + text), "instructions"))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"instructions\":["})
    void endless_nesting_is_unparsable_at_any_length(String unit) {
        for (int length : new int[] {MILLION, 16 * MILLION}) {
            ParsedReply reply = ReplyParser.parse(ModelResponse.of(unit.repeat(length / unit.length())), "verdicts");
            assertThat(reply.problem()).isEqualTo(Problem.UNPARSABLE);
            assertThat(reply.detail()).hasSizeLessThan(300);
        }
    }

    @Test
    void an_answer_behind_much_noise_is_still_found() {
        String noise = "See {o1} and [this]; \"quoted\" {\"text\" and [\"more\" of it].\n".repeat(200);
        String answer = "{\"instructions\": [{\"id\": \"q1\", \"question\": \"a\", \"answer\": \"b\"}]}";
        assertThat(ReplyParser.parse(ModelResponse.of(noise + answer + noise), "instructions")
                        .items())
                .hasSize(1);
    }

    @Test
    void a_string_of_a_million_characters_is_kept_whole() {
        String question = "What \\\"is\\\" this? ".repeat(MILLION / 20);
        ParsedReply reply = ReplyParser.parse(
                ModelResponse.of("{instructions: [{question: \"" + question + "\"}]}"), "instructions");
        assertThat(reply.items().get(0).path("question").asString())
                .hasSize(question.replace("\\", "").length());
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @ValueSource(
                strings = {"1e999999999", "-1e999999999", "1e-999999999", "NaN", "Infinity", "99999999999999999999"})
        void no_number_is_too_odd_to_be_judged(String number) {
            String json =
                    "{\"id\": \"q1\", \"answer_right\": \"yes\", \"needs_image\": \"yes\", \"well_posed\": \"yes\","
                            + " \"improved\": \"yes\", \"score\": " + number + "}";
            ParsedReply reply = ReplyParser.parse(ModelResponse.of(json), "verdicts");
            assertThat(reply.items())
                    .hasSize(1)
                    .allSatisfy(item ->
                            assertThat(VerdictReader.read(item, List.of())).isNotNull());
        }

        @Test
        void an_id_of_a_thousand_digits_matches_nothing() {
            String id = "9".repeat(900);
            String json = "[{\"id\": " + id + ", \"question\": \"a\"}, {\"id\": \"" + id + "0\", \"question\": \"b\"}]";
            ParsedReply reply = ReplyParser.parse(ModelResponse.of(json), "instructions");
            MatchedItems matched = MatchedItems.of(reply.items(), java.util.List.of("q1", "q2"));
            assertThat(matched.byId()).isEmpty();
            assertThat(matched.surplus()).isEqualTo(2);
        }
    }
}
