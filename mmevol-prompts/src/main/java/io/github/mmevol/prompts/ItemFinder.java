package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the items of a reply in a JSON value, however they are wrapped, and spells their fields canonically. */
final class ItemFinder {
    /** How plainly a value holds items, least plainly first. */
    enum Shape {
        /** Objects with the fields of an item, alone or as values of another object. */
        SINGLE,
        /** A list of such objects. */
        LIST,
        /** What the reply was to be: an object with the list under its own name. */
        ENVELOPE
    }

    /**
     * What a value holds.
     *
     * @param shape how it holds them
     * @param items whole items, in order
     * @param cut whether the text ends before the value does
     */
    record Find(Shape shape, List<ObjectNode> items, boolean cut) {}

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("id", "id"),
            Map.entry("qid", "id"),
            Map.entry("questionid", "id"),
            Map.entry("instructionid", "id"),
            Map.entry("question", "question"),
            Map.entry("answer", "answer"),
            Map.entry("answers", "answer"),
            Map.entry("steps", "steps"),
            Map.entry("step", "steps"),
            Map.entry("objects", "objects"),
            Map.entry("object", "objects"),
            Map.entry("skills", "skills"),
            Map.entry("skill", "skills"),
            Map.entry("format", "format"),
            Map.entry("form", "format"),
            Map.entry("imageposition", "image_position"),
            Map.entry("options", "options"),
            Map.entry("choices", "options"),
            Map.entry("reason", "reason"),
            Map.entry("answerright", "answer_right"),
            Map.entry("answercorrect", "answer_right"),
            Map.entry("needsimage", "needs_image"),
            Map.entry("wellposed", "well_posed"),
            Map.entry("settled", "settled"),
            Map.entry("improved", "improved"),
            Map.entry("score", "score"));

    private static final Set<String> INSTRUCTION_FIELDS = Set.of("question", "answer");
    private static final Set<String> VERDICT_FIELDS =
            Set.of("answer_right", "needs_image", "well_posed", "improved", "score");

    private final String arrayField;
    private final Set<JsonNode> open;
    private final List<ObjectNode> items = new ArrayList<>();
    private @Nullable Shape shape;

    private ItemFinder(String arrayField, Set<JsonNode> open) {
        this.arrayField = arrayField;
        this.open = open;
    }

    /**
     * Looks through a value.
     *
     * @param arrayField {@code instructions} or {@code verdicts}
     * @param open objects and arrays of the value that are not whole
     * @return what it holds, or null if it holds nothing of the kind
     */
    static @Nullable Find find(JsonNode value, String arrayField, Set<JsonNode> open) {
        ItemFinder finder = new ItemFinder(arrayField, open);
        finder.look(value, Shape.SINGLE, "");
        return finder.shape == null ? null : new Find(finder.shape, finder.items, !open.isEmpty());
    }

    private void look(JsonNode value, Shape held, String name) {
        if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                look(element, Shape.LIST, "");
            }
        } else if (value instanceof ObjectNode object) {
            JsonNode list = list(object);
            if (list != null) {
                found(Shape.ENVELOPE);
                elements(list);
            } else if (isItem(object)) {
                found(held);
                add(object, name);
            } else {
                object.properties().forEach(field -> look(field.getValue(), held, field.getKey()));
            }
        }
    }

    private @Nullable JsonNode list(ObjectNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String letters = letters(field.getKey());
            if (letters.equals(arrayField) || (letters + "s").equals(arrayField)) {
                JsonNode list = decoded(field.getValue());
                if (list.isContainer()) {
                    return list;
                }
            }
        }
        return null;
    }

    /** A list that was written as a string of JSON. */
    private static JsonNode decoded(JsonNode value) {
        String text = value.isString() ? value.stringValue().strip() : "";
        if (text.startsWith("[") || text.startsWith("{")) {
            try {
                return Json.tree(() -> Json.lenient().readTree(text));
            } catch (JacksonException e) {
                return value;
            }
        }
        return value;
    }

    private void elements(JsonNode list) {
        if (list instanceof ObjectNode object) {
            boolean byName = !isItem(object) && object.valueStream().anyMatch(JsonNode::isObject);
            if (byName) {
                object.properties().forEach(field -> {
                    if (field.getValue() instanceof ObjectNode item) {
                        add(item, field.getKey());
                    }
                });
            } else {
                add(object, "");
            }
            return;
        }
        for (JsonNode element : list) {
            if (element instanceof ObjectNode item) {
                add(item, "");
            } else if (element.isNull()) {
                items.add(Json.object());
            } else if (element.isArray()) {
                elements(element);
            }
        }
    }

    private void found(Shape found) {
        shape = shape == null || shape.compareTo(found) < 0 ? found : shape;
    }

    private void add(ObjectNode item, String name) {
        if (open.contains(item)) {
            return;
        }
        ObjectNode canonical = canonical(item);
        if (!canonical.has("id") && LocalId.isId(name)) {
            canonical.put("id", name);
        }
        items.add(canonical);
    }

    private boolean isItem(ObjectNode object) {
        Set<String> fields = arrayField.equals("verdicts") ? VERDICT_FIELDS : INSTRUCTION_FIELDS;
        for (String name : object.propertyNames()) {
            if (fields.contains(FIELDS.getOrDefault(letters(name), ""))) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode canonical(ObjectNode item) {
        ObjectNode canonical = Json.object();
        item.properties().forEach(field -> {
            String name = FIELDS.getOrDefault(letters(field.getKey()), field.getKey());
            if (name.equals(field.getKey()) || !item.has(name)) {
                canonical.set(name, field.getValue());
            }
        });
        return canonical;
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach(c -> letters.append((char) c));
        return letters.toString();
    }
}
