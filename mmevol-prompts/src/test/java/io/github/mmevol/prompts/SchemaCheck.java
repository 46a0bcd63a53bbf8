package io.github.mmevol.prompts;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Holds a value against as much of JSON Schema as our schemas use: types, properties, items, enumerations. */
final class SchemaCheck {
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck() {}

    static List<String> problems(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck();
        check.check("$", schema, value);
        return check.problems;
    }

    private void check(String path, JsonNode schema, JsonNode value) {
        boolean typed = false;
        for (JsonNode type : schema.get("type").isArray() ? schema.get("type") : List.of(schema.get("type"))) {
            typed |= switch (type.stringValue()) {
                case "object" -> value.isObject();
                case "array" -> value.isArray();
                case "string" -> value.isString();
                case "integer" -> value.isIntegralNumber();
                case "null" -> value.isNull();
                default -> throw new IllegalArgumentException("a type that strict modes do not know: " + type);
            };
        }
        if (!typed) {
            problems.add(path + " is no " + schema.get("type"));
            return;
        }
        if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
            problems.add(path + " is none of " + schema.get("enum"));
        }
        if (value.isObject()) {
            List<String> names = List.copyOf(schema.get("properties").propertyNames());
            List<String> given = List.copyOf(value.propertyNames());
            if (!names.equals(given)) {
                problems.add(path + " has the fields " + given + ", not " + names);
            }
            given.stream()
                    .filter(names::contains)
                    .forEach(name ->
                            check(path + "." + name, schema.get("properties").get(name), value.get(name)));
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(path + "[" + i + "]", schema.get("items"), value.get(i));
            }
        }
    }

    /** What keeps a strict mode from taking a schema. */
    static List<String> notStrict(JsonNode schema) {
        List<String> problems = new ArrayList<>();
        List<String> known = List.of("type", "properties", "required", "additionalProperties", "items", "enum");
        schema.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("keyword " + name));
        if (schema.path("type").asString("").equals("object")) {
            List<String> names = List.copyOf(schema.get("properties").propertyNames());
            List<String> required = schema.get("required")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            if (!names.equals(required) || schema.path("additionalProperties").asBoolean(true)) {
                problems.add("an open object with " + names);
            }
            schema.get("properties").forEach(property -> problems.addAll(notStrict(property)));
        }
        if (schema.has("items")) {
            problems.addAll(notStrict(schema.get("items")));
        }
        return problems;
    }
}
