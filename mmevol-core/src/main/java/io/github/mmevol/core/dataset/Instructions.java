package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.internal.json.RawFields;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an instruction in MMEvol form. */
final class Instructions {
    private Instructions() {}

    /**
     * An instruction; null if it has no question or no answer, which is counted.
     *
     * @param known the fields that are not extras
     */
    static @Nullable Instruction parse(ObjectNode node, String place, Set<String> known, Tally tally)
            throws BadFieldException {
        String answerField = !node.hasNonNull("answer") && node.hasNonNull("answers") ? "answers" : "answer";
        String question = Fields.text(node.get("question"), place + ".question");
        String answer = answer(node.path(answerField));
        if (question.isBlank() || answer.isBlank()) {
            tally.leftOut(
                    1,
                    place + "." + (question.isBlank() ? "question" : answerField),
                    "it is missing or empty, so that the instruction is left out");
            return null;
        }
        Map<String, String> extras = new LinkedHashMap<>();
        node.properties().forEach(field -> {
            if (!known.contains(field.getKey()) && !field.getKey().equals(answerField)) {
                extras.put(field.getKey(), Json.write(field.getValue()));
            }
        });
        return Instruction.builder(question, answer)
                .steps(steps(node.get("steps"), place + ".steps"))
                .objects(Fields.names(node.get("objects"), place + ".objects"))
                .skills(Fields.names(node.get("skills"), place + ".skills").stream()
                        .map(Vocabulary::skill)
                        .toList())
                .format(Vocabulary.format(Fields.text(node.get("format"), place + ".format")))
                .imagePosition(Vocabulary.position(Fields.text(node.get("image_position"), place + ".image_position")))
                .extras(RawFields.written(extras))
                .build();
    }

    /** An answer in whatever type it stands: the items of a list joined by commas, an object as its JSON. */
    private static String answer(JsonNode node) {
        if (node instanceof ArrayNode list) {
            return String.join(
                    ", ", list.valueStream().map(Instructions::answer).toList());
        }
        if (node.isObject()) {
            return Json.write(node);
        }
        return node.isNull() || node.isMissingNode() ? "" : node.asString();
    }

    private static List<Step> steps(@Nullable JsonNode node, String field) throws BadFieldException {
        List<Step> steps = new ArrayList<>();
        for (JsonNode item : Fields.list(node, field)) {
            String place = field + "[" + steps.size() + "]";
            if (item instanceof ObjectNode step) {
                JsonNode manipulation = step.get("manipulation");
                steps.add(new Step(
                        manipulation == null || manipulation.isNull()
                                ? "None"
                                : Fields.text(manipulation, place + ".manipulation"),
                        Fields.text(step.get("description"), place + ".description")));
            } else {
                steps.add(Step.of(Fields.text(item, place)));
            }
        }
        return steps;
    }
}
