package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields that are known, and values read from them in whatever type real files have. */
final class Fields {
    /** Names the image in the metadata of an image folder, where {@link #TEXT} is its caption. */
    static final String FILE_NAME = "file_name";

    static final String TEXT = "text";

    /** Of a record, without its conversations. */
    static final Set<String> RECORD = Set.of(
            "id",
            "image",
            "topic_name",
            "width",
            "height",
            "hash_id",
            "annotation_trust",
            "sample_key",
            "caption",
            "det");

    /** Of a seed instruction. */
    static final Set<String> SEED =
            Set.of("objects", "skills", "format", "question", "steps", "image_position", "answer");

    /** Of a survivor. */
    static final Set<String> EVOLVED = Set.of(
            "objects",
            "skills",
            "format",
            "question",
            "steps",
            "image_position",
            "answer",
            "score",
            "id",
            "parent_id",
            "direction",
            "reason",
            "prompt_hash",
            "model",
            "verification",
            "checks");

    private Fields() {}

    /** A text, or a number or truth value as a text; empty if missing or null. */
    static String text(@Nullable JsonNode node, String field) throws BadFieldException {
        if (node == null || node.isNull()) {
            return "";
        }
        if (node.isContainer()) {
            throw new BadFieldException(field, "it must be a text, not " + RecordSource.kind(node));
        }
        return node.asString();
    }

    /** A text; where the file has something else, that is kept among the extras, to be written back. */
    static String keptText(ObjectNode record, String field, Map<String, String> extras) {
        JsonNode node = record.get(field);
        if (node == null || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            extras.put(field, Json.write(node));
        }
        return node.isContainer() ? "" : node.asString();
    }

    /** The items of a list; an object or a text alone is a list of one, nothing or null an empty one. */
    static List<JsonNode> list(@Nullable JsonNode node, String field) throws BadFieldException {
        if (node == null || node.isNull()) {
            return List.of();
        }
        if (node instanceof ArrayNode array) {
            return List.copyOf(array.elements());
        }
        if (node.isObject() || node.isString()) {
            return List.of(node);
        }
        throw new BadFieldException(field, "it must be a list, not " + RecordSource.kind(node));
    }

    /** Names: a list of texts, or one text with commas. */
    static List<String> names(@Nullable JsonNode node, String field) throws BadFieldException {
        List<String> names = new ArrayList<>();
        if (node != null && node.isString()) {
            for (String name : node.stringValue().split(",", -1)) {
                names.add(name.strip());
            }
        } else {
            for (JsonNode item : list(node, field)) {
                names.add(text(item, field));
            }
        }
        names.removeIf(String::isBlank);
        return names;
    }

    /** A number of pixels; 0 if missing or null. */
    static int size(ObjectNode record, String field) throws BadFieldException {
        String text = text(record.get(field), field).strip();
        if (text.isEmpty()) {
            return 0;
        }
        try {
            int size = new BigDecimal(text).intValueExact();
            if (size >= 0) {
                return size;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below
        }
        throw new BadFieldException(field, "it must be a whole number of pixels, not '" + text + "'");
    }
}
