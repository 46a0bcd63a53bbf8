package io.github.mmevol.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplyTest {
    @Test
    void thereIsOneInstructionForEachIdOfTheDataObject() {
        JsonNode items = reply("instructions", "first", "q1", "q12").path("instructions");

        assertThat(items.findValuesAsString("id")).containsExactly("q1", "q12");
        assertThat(items.findValuesAsString("question")).doesNotHaveDuplicates();
    }

    @Test
    void pairsGetVerdicts() {
        assertThat(reply("pairs", "first", "q1").path("verdicts").findValuesAsString("id"))
                .containsExactly("q1");
    }

    @Test
    void otherDataGetsAnotherQuestion() {
        assertThat(reply("instructions", "first", "q1")).isNotEqualTo(reply("instructions", "second", "q1"));
    }

    @Test
    void theSameDataGetsTheSameReply() {
        assertThat(reply("instructions", "first", "q1")).isEqualTo(reply("instructions", "first", "q1"));
    }

    @Test
    void aBodyThatIsNoRenderedPromptIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Reply.to(new byte[40], 0, 40));
    }

    private static JsonNode reply(String list, String question, String... ids) {
        StringBuilder text = new StringBuilder("<sample_data>\n{\"" + list + "\": [");
        for (String id : ids) {
            text.append("\n{\"id\":\"")
                    .append(id)
                    .append("\",\"question\":\"")
                    .append(question)
                    .append("\"}");
        }
        byte[] body = JsonMapper.shared()
                .writeValueAsString(text.append("]}\n</sample_data>").toString())
                .getBytes(StandardCharsets.UTF_8);
        String content = JsonMapper.shared()
                .readTree(Reply.to(body, 0, body.length))
                .at("/choices/0/message/content")
                .asString();
        return JsonMapper.shared().readTree(content);
    }
}
