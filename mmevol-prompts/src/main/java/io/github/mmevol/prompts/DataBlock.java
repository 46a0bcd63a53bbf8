package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON data object in a request's text. It stands between two marks, and no string in it can hold either of them:
 * {@code <} is written as an escape.
 */
final class DataBlock {
    static final String OPEN = "<sample_data>";
    static final String CLOSE = "</sample_data>";

    private DataBlock() {}

    /** The local ids of a request: q1, q2 and so on. */
    static List<String> localIds(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "q" + i).toList();
    }

    /** What is known of the image: caption and objects, each left out where not annotated. */
    static ObjectNode of(Sample sample) {
        ObjectNode data = Json.object();
        if (!sample.caption().isBlank()) {
            data.put("caption", sample.caption().strip());
        }
        if (!sample.objects().isEmpty()) {
            ArrayNode objects = data.putArray("objects");
            BoxIds.lines(sample.objects()).forEach(objects::add);
        }
        return data;
    }

    /** The index of a local id: 0 for q1. */
    static int index(String localId) {
        return Integer.parseInt(localId.substring(1)) - 1;
    }

    /** The format in its canonical spelling; what is not annotated counts as a plain question. */
    static String format(Instruction instruction) {
        return instruction.format().isBlank() ? "Norm" : Vocabulary.format(instruction.format());
    }

    static ArrayNode questions(List<Instruction> instructions, BoxIds boxes) {
        return texts(instructions.stream()
                .map(instruction -> boxes.shorten(instruction.question()))
                .toList());
    }

    /** Tells the part of a mosaic; a whole image needs no word. */
    static void position(ObjectNode node, Instruction instruction) {
        String position = Vocabulary.position(instruction.imagePosition());
        if (!position.isEmpty() && !position.equals("single")) {
            node.put("image_position", position);
        }
    }

    static ArrayNode steps(List<Step> steps, BoxIds boxes) {
        ArrayNode nodes = Json.array();
        for (Step step : steps) {
            nodes.addObject()
                    .put("manipulation", step.hasManipulation() ? boxes.shorten(step.manipulation()) : "None")
                    .put("description", boxes.shorten(step.description()));
        }
        return nodes;
    }

    /** Steps as a reader sees them: a line each, the manipulation in front. */
    static ArrayNode stepLines(List<Step> steps, BoxIds boxes) {
        return texts(steps.stream()
                .map(step -> (step.hasManipulation() ? step.manipulation() + ": " : "") + step.description())
                .map(boxes::shorten)
                .toList());
    }

    static ArrayNode texts(List<String> texts) {
        ArrayNode nodes = Json.array();
        texts.forEach(nodes::add);
        return nodes;
    }

    /** The problems that are told again, as {@code [{"id", "problem"}]}. */
    static ArrayNode repair(Map<String, String> problems) {
        ArrayNode repair = Json.array();
        new LinkedHashMap<>(problems)
                .forEach((id, problem) -> repair.addObject()
                        .put("id", id)
                        .put("problem", problem.isBlank() ? "the last reply has no item with this id" : problem));
        return repair;
    }

    /** The object between its marks; a field a line, and an item of a list a line. */
    static String render(ObjectNode data) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : data.properties()) {
            fields.add('"' + field.getKey() + "\": " + value(field.getValue()));
        }
        return OPEN + "\n{" + String.join(",\n", fields).replace("<", "\\u003c") + "}\n" + CLOSE;
    }

    private static String value(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            return Json.write(node);
        }
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(Json.write(item)));
        return "[\n" + String.join(",\n", items) + "]";
    }

    /**
     * The data object's JSON text in a request's text.
     *
     * @throws IllegalArgumentException if there is none
     */
    static String in(String text) {
        int open = text.indexOf(OPEN);
        int close = open < 0 ? -1 : text.indexOf(CLOSE, open);
        if (close < 0) {
            throw new IllegalArgumentException("the request has no data object between " + OPEN + " and " + CLOSE
                    + "; only requests of a prompt have one");
        }
        return text.substring(open + OPEN.length(), close).strip();
    }
}
