package io.github.mmevol.core.internal.json;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Fields of a record that are carried through as they are: names to raw JSON text, known to be JSON, in the file's order.
 * Unmodifiable.
 */
public final class RawFields extends AbstractMap<String, String> {
    private final Map<String, String> fields;

    private RawFields(Map<String, String> fields) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * A copy of what a caller gives.
     *
     * @throws IllegalArgumentException if a text is not JSON; the message names the field
     */
    public static Map<String, String> checked(Map<String, String> fields) {
        Objects.requireNonNull(fields, "extras");
        if (fields instanceof RawFields known) {
            return known;
        }
        fields.forEach((name, json) -> node(
                Objects.requireNonNull(name, "a name of extras"),
                Objects.requireNonNull(json, () -> "extras: " + name)));
        return written(fields);
    }

    /** A copy of what was written as JSON before. */
    public static Map<String, String> written(Map<String, String> fields) {
        return fields.isEmpty() ? Map.of() : new RawFields(fields);
    }

    /**
     * A field's value.
     *
     * @throws IllegalArgumentException if the text is not JSON; the message names the field
     */
    public static JsonNode node(String name, String json) {
        try {
            JsonNode node = Json.tree(() -> Json.data().readTree(json));
            if (!node.isMissingNode()) {
                return node;
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(refusal(name) + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException(refusal(name) + "it is empty");
    }

    private static String refusal(String name) {
        return "extras hold raw JSON (a text stands in quotes), but '" + name + "' does not: ";
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return fields.entrySet();
    }
}
