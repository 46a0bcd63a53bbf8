package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests by simple rules over the annotated boxes, so that any seed file can be tried without a model. What it
 * writes is true of the boxes and rather dull; it declines where there are too few boxes. Stateless.
 */
final class RuleMadeClient implements ModelClient {
    static final String NAME = "rule-made (no model)";

    static final String NEEDS = "Simple rules wrote the replies; they need samples with three annotated objects with"
            + " boxes or more (--annotations adds such). With --base-url URL, or a key in OPENAI_API_KEY, and --fresh a"
            + " model writes them.";

    /** An annotated object as the data object lists it: {@code o1 cup [0.287, 0.045, 0.683, 0.715]}. */
    private record Box(String id, String label, double x1, double y1, double x2, double y2) {
        static Box parse(String line) {
            int space = line.indexOf(' ');
            int bracket = line.lastIndexOf('[');
            String[] numbers =
                    line.substring(bracket + 1, line.lastIndexOf(']')).split(",", -1);
            return new Box(
                    line.substring(0, space),
                    line.substring(space + 1, bracket).strip(),
                    Double.parseDouble(numbers[0].strip()),
                    Double.parseDouble(numbers[1].strip()),
                    Double.parseDouble(numbers[2].strip()),
                    Double.parseDouble(numbers[3].strip()));
        }

        double centreX() {
            return (x1 + x2) / 2;
        }

        /** Whether it lies plainly left or right of another. */
        boolean isBeside(Box other) {
            double common = Math.min(x2, other.x2) - Math.max(x1, other.x1);
            return Math.abs(centreX() - other.centreX()) > 0.1 && common < Math.min(x2 - x1, other.x2 - other.x1) / 3;
        }

        double area() {
            return (x2 - x1) * (y2 - y1);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        DataObject data = DataObject.of(request);
        ObjectNode reply = DataObject.JSON.createObjectNode();
        if (data.data().has("questions")) {
            return guess(data.data().path("questions"), reply);
        }
        ArrayNode items = reply.putArray(data.isJudging() ? "verdicts" : "instructions");
        List<Box> boxes = boxes(data.data());
        for (DataObject.Task task : data.tasks()) {
            if (data.isJudging()) {
                judge(items.addObject(), task);
            } else {
                evolve(items.addObject(), task, data.purpose(), boxes);
            }
        }
        return ModelResponse.of(DataObject.JSON.writeValueAsString(reply)).withModel(NAME);
    }

    /** One answer for all questions that are put to a blind or seeing solver. */
    private static ModelResponse guess(JsonNode questions, ObjectNode reply) {
        ArrayNode answers = reply.putArray("answers");
        for (JsonNode question : questions) {
            answers.addObject()
                    .put("id", question.path("id").asString())
                    .put("reason", "Rule-made guess. No one looked at the image.")
                    .put("answer", "B");
        }
        return ModelResponse.of(DataObject.JSON.writeValueAsString(reply)).withModel(NAME);
    }

    /** The objects whose label occurs once, so that a sentence about "the cup" is about one cup. */
    private static List<Box> boxes(JsonNode data) {
        List<Box> all = new ArrayList<>();
        for (JsonNode line : data.path("objects")) {
            all.add(Box.parse(line.asString()));
        }
        return all.stream()
                .filter(box ->
                        all.stream().filter(b -> b.label().equals(box.label())).count() == 1)
                .toList();
    }

    private static void evolve(ObjectNode item, DataObject.Task task, String purpose, List<Box> boxes) {
        item.put("id", task.id());
        // which objects an instruction gets depends on its wording alone, so that rounds go on to other objects
        int turn = Math.floorMod(task.question().hashCode(), Math.max(1, boxes.size()));
        if (boxes.size() < 3) {
            item.putNull("question");
            return;
        }
        Box a = boxes.get(turn);
        Box b = boxes.get((turn + 1) % boxes.size());
        Box c = boxes.get((turn + 2) % boxes.size());
        switch (purpose.substring(purpose.indexOf(':') + 1)) {
            case "cognitive" -> cognitive(item, a, b, c);
            case "interactive" -> interactive(item, a, b, c);
            default -> perceptual(item, a, b);
        }
    }

    private static void perceptual(ObjectNode item, Box a, Box b) {
        if (a.isBeside(b)) {
            item.put(
                    "question",
                    "On which side of the " + b.label() + " is the " + a.label() + "? Answer with left or right.");
            item.put("answer", a.centreX() < b.centreX() ? "Left" : "Right");
        } else {
            Box larger = a.area() >= b.area() ? a : b;
            item.put(
                    "question",
                    "Which takes up more of the picture, the " + a.label() + " or the " + b.label()
                            + "? Answer with the name of the object.");
            item.put("answer", "The " + larger.label() + ".");
        }
        ArrayNode steps = item.putArray("steps");
        step(steps, "grounding_1(" + a.label() + ")->bbx_1", "The " + a.label() + " is at {" + a.id() + "}.");
        step(steps, "grounding_2(" + b.label() + ")->bbx_2", "The " + b.label() + " is at {" + b.id() + "}.");
        tail(item, List.of(a, b), List.of("Grounding Ability", "Relationship Description Ability"), "Norm");
    }

    private static void cognitive(ObjectNode item, Box a, Box b, Box c) {
        List<Box> order = new ArrayList<>(List.of(a, b, c));
        order.sort((p, q) -> Double.compare(p.centreX(), q.centreX()));
        item.put(
                "question",
                "Put the " + a.label() + ", the " + b.label() + " and the " + c.label()
                        + " in order from left to right by where their centres lie. Work it out step by step and answer"
                        + " with a list.");
        ArrayNode steps = item.putArray("steps");
        int number = 1;
        for (Box box : List.of(a, b, c)) {
            step(
                    steps,
                    "grounding_" + number + "(" + box.label() + ")->bbx_" + number,
                    String.format(
                            Locale.ROOT,
                            "The %s is at {%s}, so its centre lies at %.2f of the width.",
                            box.label(),
                            box.id(),
                            box.centreX()));
            number++;
        }
        step(steps, "None", "The smallest value lies furthest left.");
        item.put(
                "answer",
                "From left to right: the " + order.get(0).label() + ", the "
                        + order.get(1).label() + ", the " + order.get(2).label() + ".");
        tail(
                item,
                List.of(a, b, c),
                List.of("Grounding Ability", "Calculating Ability", "Relationship Description Ability"),
                "complex reasoning");
    }

    private static void interactive(ObjectNode item, Box a, Box b, Box c) {
        item.put(
                "question",
                "Which region holds the " + a.label() + "? A) {" + b.id() + "} B) {" + a.id() + "} C) {" + c.id()
                        + "} Answer with the letter.");
        step(
                item.putArray("steps"),
                "grounding_1(" + a.label() + ")->bbx_1",
                "The " + a.label() + " is at {" + a.id() + "}.");
        item.put("answer", "B");
        tail(item, List.of(a), List.of("Existence Ability", "Grounding Ability"), "region_selection");
    }

    private static void step(ArrayNode steps, String manipulation, String description) {
        steps.addObject().put("manipulation", manipulation).put("description", description);
    }

    private static void tail(ObjectNode item, List<Box> boxes, List<String> skills, String format) {
        ArrayNode objects = item.putArray("objects");
        boxes.forEach(box -> objects.add(box.label()));
        ArrayNode names = item.putArray("skills");
        skills.forEach(names::add);
        item.put("format", format);
    }

    private static void judge(ObjectNode item, DataObject.Task task) {
        int steps = task.node().path("evolved").path("steps").size();
        boolean other = !task.question()
                .equals(task.node().path("parent").path("question").asString(""));
        item.put("id", task.id());
        item.put(
                "reason",
                "Rule-made verdict: the question is " + (other ? "new" : "the old one") + "; " + steps
                        + " steps. No one looked at the image.");
        ArrayNode settled = item.putArray("settled");
        for (JsonNode dispute : task.node().path("disputes")) {
            settled.addObject().put("id", dispute.path("id").asString()).put("right", "cannot_tell");
        }
        item.put("answer_right", "yes").put("needs_image", "yes").put("well_posed", "yes");
        item.put("improved", other ? "yes" : "no");
        item.put("score", Math.min(10, 3 + steps));
    }
}
