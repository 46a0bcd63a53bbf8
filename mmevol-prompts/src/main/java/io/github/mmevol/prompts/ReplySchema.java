package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schemas of the replies, within what strict modes take: every object closed, every property required, no
 * bounds on numbers or lists.
 */
final class ReplySchema {
    private ReplySchema() {}

    /** The reply of an evolution: {@code {"instructions": [...]}}. */
    static String evolution(List<Skill> skills) {
        ObjectNode item = object();
        property(item, "id", type("string"));
        ObjectNode question = Json.object();
        question.putArray("type").add("string").add("null");
        property(item, "question", question);
        ObjectNode step = object();
        property(step, "manipulation", type("string"));
        property(step, "description", type("string"));
        property(item, "steps", list(step));
        property(item, "answer", type("string"));
        property(item, "objects", list(type("string")));
        ObjectNode skill = type("string");
        ArrayNode names = skill.putArray("enum");
        skills.forEach(s -> names.add(s.name()));
        property(item, "skills", list(skill));
        property(item, "format", type("string"));
        return reply("instructions", item);
    }

    /** The reply of a judge: {@code {"verdicts": [...]}}. */
    static String verdicts() {
        ObjectNode item = object();
        property(item, "id", type("string"));
        property(item, "reason", type("string"));
        ObjectNode settlement = object();
        property(settlement, "id", type("string"));
        ObjectNode right = type("string");
        ArrayNode words = right.putArray("enum");
        for (Settlement.Right one : Settlement.Right.values()) {
            words.add(one.word());
        }
        property(settlement, "right", right);
        property(item, "settled", list(settlement));
        for (String name : List.of("answer_right", "needs_image", "well_posed", "improved")) {
            ObjectNode yesOrNo = type("string");
            yesOrNo.putArray("enum").add("yes").add("no");
            property(item, name, yesOrNo);
        }
        ObjectNode score = type("integer");
        ArrayNode scores = score.putArray("enum");
        IntStream.rangeClosed(0, 10).forEach(scores::add);
        property(item, "score", score);
        return reply("verdicts", item);
    }

    /** The reply of one who answers questions: {@code {"answers": [...]}}. */
    static String answers() {
        ObjectNode item = object();
        for (String name : List.of("id", "reason", "answer")) {
            property(item, name, type("string"));
        }
        return reply("answers", item);
    }

    private static String reply(String arrayField, ObjectNode item) {
        ObjectNode reply = object();
        property(reply, arrayField, list(item));
        return Json.write(reply);
    }

    private static ObjectNode object() {
        ObjectNode object = type("object");
        object.putObject("properties");
        object.putArray("required");
        object.put("additionalProperties", false);
        return object;
    }

    private static void property(ObjectNode object, String name, ObjectNode schema) {
        ((ObjectNode) object.get("properties")).set(name, schema);
        ((ArrayNode) object.get("required")).add(name);
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode list = type("array");
        list.set("items", items);
        return list;
    }

    private static ObjectNode type(String name) {
        return Json.object().put("type", name);
    }
}
