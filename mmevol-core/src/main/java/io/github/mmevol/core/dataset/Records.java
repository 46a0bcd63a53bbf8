package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.internal.json.RawFields;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts that the written forms have in common. */
final class Records {
    private Records() {}

    static ArrayNode texts(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    static ArrayNode steps(Instruction instruction) {
        ArrayNode steps = Json.array();
        for (Step step : instruction.steps()) {
            steps.addObject().put("manipulation", step.manipulation()).put("description", step.description());
        }
        return steps;
    }

    static void turn(ArrayNode conversation, String from, String value) {
        conversation.addObject().put("from", from).put("value", value);
    }

    static void score(ObjectNode record, OptionalInt score) {
        if (score.isPresent()) {
            record.put("score", score.getAsInt());
        } else {
            record.putNull("score");
        }
    }

    static void origin(ObjectNode record, Outcome.Origin origin) {
        record.put("id", origin.id()).put("parent_id", origin.parentId()).put("direction", origin.direction());
    }

    /** How far the claims of a survivor are known to be true, and what was looked at. */
    static void checks(ObjectNode record, Outcome.Kept kept) {
        record.put("verification", name(kept.verification()));
        ArrayNode checks = record.putArray("checks");
        for (Check check : kept.checks()) {
            checks.addObject()
                    .put("by", check.by())
                    .put("part", name(check.part()))
                    .put("claim", check.claim())
                    .put("result", name(check.result()))
                    .put("evidence", check.evidence());
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Puts the fields that the record does not have yet. */
    static void extras(ObjectNode record, Map<String, String> extras) {
        extras.forEach((name, json) -> {
            if (!record.has(name)) {
                record.set(name, RawFields.node(name, json));
            }
        });
    }
}
