package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.Check;
import io.github.mmevol.prompts.Settlement.Right;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads how a judge settles disputes: {@code [{"id": "d1", "right": "text"}]}, an object from id to word, or just the
 * words, as many as there are disputes.
 */
final class SettlementReader {
    private SettlementReader() {}

    /** A settlement for each dispute, or which ones are missing or unreadable. */
    static List<Settlement> read(JsonNode settled, List<Check> disputes, List<String> problems) {
        Map<String, String> words = words(settled, disputes.size());
        List<Settlement> settlements = new ArrayList<>();
        for (int i = 0; i < disputes.size(); i++) {
            String word = words.get(String.valueOf(i + 1));
            Right right = word == null ? null : right(word);
            if (word == null) {
                problems.add("\"settled\" has no entry for " + Settlement.id(i));
            } else if (right == null) {
                problems.add("\"settled\" of " + Settlement.id(i) + " must be text, annotation or cannot_tell, not "
                        + Excerpt.of(word));
            } else {
                settlements.add(Settlement.of(disputes.get(i), right));
            }
        }
        return settlements;
    }

    /** From the number of a dispute to the word for it. */
    private static Map<String, String> words(JsonNode settled, int disputes) {
        Map<String, String> words = new HashMap<>();
        if (settled.isObject() && !settled.has("id")) {
            settled.properties().forEach(field -> words.put(number(field.getKey()), word(field.getValue())));
            return words;
        }
        List<JsonNode> entries = settled.isArray() ? List.copyOf(settled.values()) : List.of(settled);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            if (entry.isObject()) {
                String id = entry.path("id").asString("");
                words.putIfAbsent(id.isEmpty() && entries.size() == disputes ? String.valueOf(i + 1) : number(id), word(entry));
            } else if (entry.isString() && entries.size() == disputes) {
                words.put(String.valueOf(i + 1), entry.stringValue());
            }
        }
        return words;
    }

    /** The word of an entry, under whatever name. */
    private static String word(JsonNode entry) {
        if (!entry.isObject()) {
            return entry.asString("");
        }
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            if (!field.getKey().equals("id") && right(field.getValue().asString("")) != null) {
                return field.getValue().asString();
            }
        }
        return entry.path("right").asString("");
    }

    private static String number(String id) {
        String digits = id.replaceAll("\\D", "");
        return digits.replaceFirst("^0+(?=.)", "");
    }

    private static @Nullable Right right(String text) {
        String letters = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (letters.startsWith("text") || letters.startsWith("claim")) {
            return Right.TEXT;
        }
        if (letters.startsWith("annotation")) {
            return Right.ANNOTATION;
        }
        return letters.startsWith("cannot") || letters.startsWith("cant") ? Right.CANNOT_TELL : null;
    }
}
