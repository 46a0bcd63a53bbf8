package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.ModelResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class TexCommandsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\(3 \\times 4 = 12\\)",
                "3\\times4 = 12",
                "$\\frac{1250 + 980}{2} = 1115$",
                "$3 \\neq 4$ so no.",
                "$a \\rightarrow b$ and \\beta, \\theta",
                "$3 \\ne 4$, costs $5 in all",
                "$x \\to 0$ and $y = \\tan(45)$",
                "\\nabla f, \\bar{x} = 3\\text{ cm}, \\boxed{12}",
                "\\[\\begin{aligned} x &= 3 \\end{aligned}\\]",
                "\\left( \\frac{1}{2} \\right)",
                "$\\underline{x} = 3$, \\sqrt{16} = 4",
            })
    void keep_a_single_backslash_in_strict_and_in_messy_json(String text) {
        String reply = "{\"instructions\": [{\"id\": \"q1\", \"question\": \"Why?\", \"answer\": \"" + text
                + "\", \"steps\": [{\"manipulation\": \"None\", \"description\": \"" + text + "\"}]}]}";
        for (String written : new String[] {reply, reply.replace("\"Why?\"", "\u201cWhy?\u201d")}) {
            ObjectNode item = item(written);
            assertThat(item.path("answer").stringValue()).isEqualTo(text);
            assertThat(item.path("steps").path(0).path("description").stringValue())
                    .isEqualTo(text);
        }
    }

    @Test
    void keep_two_backslashes_as_one() {
        assertThat(answer("3 \\\\times 4 and \\\\frac{1}{2} \\\\neq 1"))
                .isEqualTo("3 \\times 4 and \\frac{1}{2} \\neq 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "First.\\nThe cup.",
                "First.\\nNext comes\\none more.",
                "Un cane\\ne un gatto.",
                "Un caff\u00e8 costa $5\\ne un t\u00e8 costa $6.",
                "A\\to\\tan apple",
                "Cup\\ttext\\r\\nPlate\\tbeta",
                "\\nu and \\not are words here",
                "\\(\\nu = 3\\n\\)",
                "Time:\\nmid-day\\nparallel lines",
                "Lines:\\n- a\\n- b\\ntext\\nright\\nbar\\ntimes",
            })
    void are_no_line_breaks_or_tabs_before_words(String text) {
        String expected = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        assertThat(answer(text)).isEqualTo(expected);
    }

    private static String answer(String text) {
        return item("{\"instructions\": [{\"question\": \"Why?\", \"answer\": \"" + text + "\"}]}")
                .path("answer")
                .stringValue();
    }

    private static ObjectNode item(String reply) {
        ParsedReply parsed = ReplyParser.parse(ModelResponse.of(reply), "instructions");
        assertThat(parsed.items()).hasSize(1);
        return parsed.items().get(0);
    }
}
