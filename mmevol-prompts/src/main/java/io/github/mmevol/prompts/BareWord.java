package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** A scalar that stands without quotes: a literal of JSON, Python or JavaScript, a number, or a word. */
final class BareWord {
    private BareWord() {}

    /** Its value; null if there is none, or if it is a word and words are not wanted. */
    static @Nullable JsonNode value(String word, boolean wordsToo) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null", "none", "nil", "undefined", "nan" -> NullNode.getInstance();
            default -> scalar(word, wordsToo);
        };
    }

    private static @Nullable JsonNode scalar(String word, boolean wordsToo) {
        if (word.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)) {
            try {
                return Json.parse(word);
            } catch (JacksonException e) {
                return StringNode.valueOf(word);
            }
        }
        return wordsToo ? StringNode.valueOf(word) : null;
    }
}
