package io.github.mmevol.prompts;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The text of a field that should be a string, or a list of strings, and often is something else. */
final class ItemText {
    private static final String SENTENCE_ENDS = ".!?\u3002\uff01\uff1f";

    private ItemText() {}

    /**
     * A value as text: a string stripped, and freed of Markdown bold around the whole of it; Yes and No for booleans;
     * the members of a list or an object joined. Empty for null and for what is missing.
     */
    static String of(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        if (value.isString()) {
            return plain(value.stringValue());
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "Yes" : "No";
        }
        if (value instanceof ArrayNode array) {
            return joined(array);
        }
        if (value.isObject()) {
            return value.size() == 1
                    ? of(value.iterator().next())
                    : value.properties().stream()
                            .map(field -> field.getKey() + ": " + of(field.getValue()))
                            .collect(Collectors.joining("; "));
        }
        return value.asString();
    }

    private static String joined(ArrayNode array) {
        if (array.size() == 4 && array.valueStream().allMatch(JsonNode::isNumber)) {
            return array.valueStream().map(JsonNode::asString).collect(Collectors.joining(", ", "[", "]"));
        }
        List<String> texts = array.valueStream()
                .map(ItemText::of)
                .filter(text -> !text.isEmpty())
                .toList();
        if (array.valueStream().anyMatch(JsonNode::isObject)) {
            return String.join("\n", texts);
        }
        boolean sentences = texts.stream().allMatch(text -> SENTENCE_ENDS.indexOf(text.charAt(text.length() - 1)) >= 0);
        return String.join(sentences ? " " : ", ", texts);
    }

    /** A text stripped, and without Markdown bold if that is around the whole of it. */
    static String plain(String text) {
        String stripped = text.strip();
        int length = stripped.length();
        boolean bold = length > 4
                && stripped.startsWith("**")
                && stripped.endsWith("**")
                && stripped.indexOf("**", 2) == length - 2;
        return bold ? stripped.substring(2, length - 2).strip() : stripped;
    }

    /** The texts of a list; a single string counts as a list with commas between its members. */
    static List<String> list(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(element -> texts.add(name(element)));
        } else if (value.isString()) {
            texts.addAll(List.of(value.stringValue().split(",", -1)));
        } else {
            texts.add(name(value));
        }
        return texts.stream()
                .map(ItemText::plain)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** An element of a list of names, also where it is an object that holds the name. */
    private static String name(JsonNode element) {
        for (String field : List.of("label", "name", "id")) {
            if (element.path(field).isString()) {
                return element.path(field).stringValue();
            }
        }
        return of(element);
    }
}
