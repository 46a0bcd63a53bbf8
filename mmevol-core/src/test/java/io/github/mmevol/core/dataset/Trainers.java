package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/**
 * The checks that trainers make when they load a file, and some that they ought to make; each gives the records. Written
 * after what LLaVA's {@code train.py}, LLaMA-Factory's {@code SharegptDatasetConverter} and {@code _validate_messages},
 * ms-swift's {@code check_messages} and {@code _add_default_tags}, TRL's {@code is_conversational} and OpenAI's guide to
 * vision fine-tuning demand.
 */
final class Trainers {
    private Trainers() {}

    static List<JsonNode> llava(Path file) throws IOException {
        List<JsonNode> records = Data.json(file).valueStream().toList();
        for (JsonNode record : records) {
            JsonNode turns = record.get("conversations");
            assertThat(turns.size()).isPositive().isEven();
            int images = 0;
            for (int i = 0; i < turns.size(); i++) {
                JsonNode turn = turns.get(i);
                assertThat(turn.propertyNames()).containsExactly("from", "value");
                assertThat(turn.get("from").stringValue()).isEqualTo(i % 2 == 0 ? "human" : "gpt");
                images += tokens(turn.get("value"), "<image>");
            }
            assertThat(images).isEqualTo(record.has("image") ? 1 : 0);
            if (images == 1) {
                assertThat(turns.get(0).get("value").stringValue()).startsWith("<image>\n");
                assertThat(record.get("image").stringValue()).isNotBlank();
            }
        }
        return sound(records);
    }

    static List<JsonNode> llamaFactory(Path folder, String name) throws IOException {
        JsonNode entry = Data.json(folder.resolve("dataset_info.json")).get(name);
        assertThat(entry.get("formatting").stringValue()).isEqualTo("sharegpt");
        List<JsonNode> records = Data.json(folder.resolve(entry.get("file_name").stringValue()))
                .valueStream()
                .toList();
        JsonNode tags = entry.get("tags");
        String role = tags.get("role_tag").stringValue();
        String content = tags.get("content_tag").stringValue();
        for (JsonNode record : records) {
            JsonNode messages = record.get(entry.get("columns").get("messages").stringValue());
            JsonNode images = record.get(entry.get("columns").get("images").stringValue());
            assertThat(images.isArray()).isTrue();
            assertThat(messages.size()).isPositive().isEven();
            int[] media = new int[3];
            for (int i = 0; i < messages.size(); i++) {
                JsonNode message = messages.get(i);
                assertThat(message.get(role).stringValue())
                        .isEqualTo(tags.get(i % 2 == 0 ? "user_tag" : "assistant_tag")
                                .stringValue());
                media[0] += tokens(message.get(content), "<image>");
                media[1] += tokens(message.get(content), "<video>");
                media[2] += tokens(message.get(content), "<audio>");
            }
            assertThat(media).containsExactly(images.size(), 0, 0);
            if (!images.isEmpty()) {
                assertThat(messages.get(0).get(content).stringValue()).startsWith("<image>\n");
                assertThat(images.get(0).stringValue()).isNotBlank();
            }
        }
        return sound(records);
    }

    static List<JsonNode> swift(Path file) throws IOException {
        List<JsonNode> records = Data.lines(file);
        for (JsonNode record : records) {
            JsonNode messages = record.get("messages");
            assertThat(messages.size()).isPositive().isEven();
            int images = 0;
            for (int i = 0; i < messages.size(); i++) {
                JsonNode message = messages.get(i);
                assertThat(message.get("role").stringValue()).isEqualTo(i % 2 == 0 ? "user" : "assistant");
                assertThat(message.get("content").stringValue()).doesNotContain("<bbox>", "<ref-object>");
                images += tokens(message.get("content"), "<image>");
            }
            assertThat(images).isEqualTo(record.get("images").size());
        }
        return sound(records);
    }

    static List<JsonNode> trl(Path file) throws IOException {
        List<JsonNode> records = Data.lines(file);
        for (JsonNode record : records) {
            JsonNode messages = record.get("messages");
            assertThat(messages.size()).isPositive().isEven();
            int images = 0;
            for (int i = 0; i < messages.size(); i++) {
                JsonNode message = messages.get(i);
                assertThat(message.get("role").stringValue()).isEqualTo(i % 2 == 0 ? "user" : "assistant");
                for (JsonNode part : message.get("content")) {
                    if (part.get("type").stringValue().equals("image")) {
                        assertThat(part.size()).isEqualTo(1);
                        assertThat(i).isZero();
                        images++;
                    } else {
                        assertThat(part.get("type").stringValue()).isEqualTo("text");
                        assertThat(tokens(part.get("text"), "<image>")).isZero();
                    }
                }
            }
            assertThat(images).isEqualTo(record.get("images").size());
        }
        return sound(records);
    }

    static List<JsonNode> openAi(Path file) throws IOException {
        List<JsonNode> records = Data.lines(file);
        for (JsonNode record : records) {
            assertThat(record.propertyNames()).containsExactly("messages");
            JsonNode messages = record.get("messages");
            assertThat(messages.size()).isPositive().isEven();
            for (int i = 0; i < messages.size(); i++) {
                JsonNode message = messages.get(i);
                assertThat(message.get("role").stringValue()).isEqualTo(i % 2 == 0 ? "user" : "assistant");
                if (i % 2 == 1) {
                    assertThat(message.get("content").stringValue()).isNotBlank();
                    continue;
                }
                for (JsonNode part : message.get("content")) {
                    if (part.get("type").stringValue().equals("image_url")) {
                        String url = part.get("image_url").get("url").stringValue();
                        assertThat(url).matches("data:image/(jpeg|png|webp);base64,.*");
                        assertThat(Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1)))
                                .hasSizeBetween(1, 10_000_000);
                    } else {
                        assertThat(tokens(part.get("text"), "<image>")).isZero();
                    }
                }
            }
        }
        return records;
    }

    /** Unique ids, and each key of one type throughout, as a table with typed columns needs it. */
    private static List<JsonNode> sound(List<JsonNode> records) {
        Set<String> ids = new HashSet<>();
        Map<String, JsonNodeType> types = new HashMap<>();
        for (JsonNode record : records) {
            assertThat(ids.add(record.get("id").stringValue())).as("unique id").isTrue();
            type("", record, types);
        }
        return records;
    }

    private static void type(String path, JsonNode node, Map<String, JsonNodeType> types) {
        assertThat(types.computeIfAbsent(path, key -> node.getNodeType()))
                .as(path)
                .isEqualTo(node.getNodeType());
        if (node.isArray()) {
            node.forEach(item -> type(path + "[]", item, types));
        }
        node.properties().forEach(field -> type(path + "." + field.getKey(), field.getValue(), types));
    }

    /** How often a token stands in a text that can be encoded and says something besides. */
    private static int tokens(JsonNode text, String token) {
        String value = text.stringValue();
        String rest = value.replace(token, "");
        assertThat(rest).isNotBlank();
        assertThat(value.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return (value.length() - rest.length()) / token.length();
    }
}
