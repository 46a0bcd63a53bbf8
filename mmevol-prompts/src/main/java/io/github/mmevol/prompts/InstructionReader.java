package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an instruction of an item of an evolution reply. References to objects ({@code {o1}} is the sample's first
 * object) become boxes, skills and format get their canonical spellings, the image position is the parent's.
 */
final class InstructionReader {
    private final Sample sample;
    private final Set<BoxText.Scale> scales = new LinkedHashSet<>();
    private final Consumer<String> count;

    /**
     * A reader for the replies about one sample.
     *
     * @param sentWidth width in pixels of the image as sent; 0 if none was sent or it is not known
     * @param sentHeight its height
     * @param count is told of {@link BoxText#CONVERTED}
     */
    InstructionReader(Sample sample, int sentWidth, int sentHeight, Consumer<String> count) {
        this.sample = sample;
        this.count = count;
        scale(sentWidth, sentHeight);
        scale(sample.width(), sample.height());
        scale(1000, 1000);
    }

    private void scale(int width, int height) {
        if (width > 0 && height > 0) {
            scales.add(new BoxText.Scale(width, height));
        }
    }

    /**
     * Reads one item.
     *
     * @param parent the instruction it rewrites
     * @param defaultFormat the format of an item that names none
     */
    Reading<Instruction> read(ObjectNode item, Instruction parent, String defaultFormat) {
        BoxText boxes = new BoxText(sample.objects(), scales, count);
        String question = question(item);
        String answer = ItemText.of(item.path("answer"));
        if (isNothing(question)) {
            return !item.has("question") && !answer.isEmpty()
                    ? Reading.problem("incomplete", "the field \"question\" is missing")
                    : Reading.problem("declined", "no better instruction was written");
        }
        if (answer.isEmpty()) {
            return Reading.problem("incomplete", "the field \"answer\" is missing or empty");
        }
        Instruction instruction = Instruction.builder(boxes.expand(question), boxes.expand(answer))
                .steps(steps(item.path("steps"), boxes))
                .objects(ItemText.list(item.path("objects")).stream()
                        .map(boxes::label)
                        .toList())
                .skills(ItemText.list(item.path("skills")).stream()
                        .map(Vocabulary::skill)
                        .distinct()
                        .toList())
                .format(format(item, defaultFormat))
                .imagePosition(parent.imagePosition())
                .build();
        if (!boxes.unknown().isEmpty()) {
            return Reading.problem("unknown-box", unknown(boxes.unknown()));
        }
        return Reading.of(instruction);
    }

    private String unknown(Set<String> references) {
        String named = String.join(", ", references);
        int objects = sample.objects().size();
        return switch (objects) {
            case 0 -> named + " refers to an object, but none are given";
            case 1 -> named + " names no object; only {o1} is given";
            default -> named + " names no object; given are {o1} to {o" + objects + "}";
        };
    }

    private static boolean isNothing(String question) {
        return question.isEmpty() || question.equalsIgnoreCase("null") || question.equalsIgnoreCase("none");
    }

    private static String format(ObjectNode item, String defaultFormat) {
        String format = ItemText.of(item.path("format"));
        return format.isEmpty() ? defaultFormat : Vocabulary.format(format);
    }

    /** The question, with the options behind it where the model gave them a field of their own. */
    private static String question(ObjectNode item) {
        JsonNode value = item.path("question");
        JsonNode options = item.path("options");
        if (value.isObject() && (value.has("text") || value.has("question"))) {
            options = value.has("options") ? value.path("options") : options;
            value = value.has("text") ? value.path("text") : value.path("question");
        }
        String question = ItemText.of(value);
        List<String> labelled = labelled(options);
        boolean missing = !labelled.isEmpty() && !isNothing(question) && !lists(question, labelled.size());
        return missing ? question + "\n" + String.join("\n", labelled) : question;
    }

    /** Whether the question lists as many labelled options itself; a word of one in its prose is no list. */
    private static boolean lists(String question, int options) {
        return Options.of(question).filter(found -> found.size() == options).isPresent();
    }

    /** Options as {@code A. red}, whether they came as a list or by letter. */
    private static List<String> labelled(JsonNode options) {
        List<String> labelled = new ArrayList<>();
        if (options.isObject()) {
            options.properties().forEach(option -> {
                if (option.getKey().strip().length() == 1) {
                    labelled.add(option.getKey().strip() + ". " + ItemText.of(option.getValue()));
                }
            });
        } else if (options.isArray() && options.size() <= 26) {
            for (JsonNode option : options) {
                char letter = (char) ('A' + labelled.size());
                String text = ItemText.of(option);
                labelled.add(letter + ". " + withoutLabel(text, letter));
            }
        }
        return labelled;
    }

    /** The text of an option without its own label, which may be {@code A.}, {@code A)}, {@code A:} or {@code (A)}. */
    private static String withoutLabel(String text, char letter) {
        int at = text.startsWith("(") ? 1 : 0;
        boolean marked = text.length() > at + 2
                && text.charAt(at) == letter
                && (at == 0 ? ".):" : ")").indexOf(text.charAt(at + 1)) >= 0;
        return marked ? text.substring(at + 2).strip() : text;
    }

    private static List<Step> steps(JsonNode value, BoxText boxes) {
        List<Step> steps = new ArrayList<>();
        if (value.isString()) {
            value.stringValue().lines().forEach(line -> add(steps, "None", line, boxes));
        } else if (value instanceof ObjectNode object && !isStep(object)) {
            object.forEach(step -> step(steps, step, boxes));
        } else if (value.isArray()) {
            value.forEach(step -> step(steps, step, boxes));
        } else if (value.isObject()) {
            step(steps, value, boxes);
        }
        return steps;
    }

    private static boolean isStep(ObjectNode object) {
        return object.has("description") || object.has("manipulation");
    }

    private static void step(List<Step> steps, JsonNode step, BoxText boxes) {
        if (step instanceof ObjectNode object) {
            String manipulation = ItemText.of(object.path("manipulation"));
            add(steps, manipulation.isEmpty() ? "None" : manipulation, description(object), boxes);
        } else {
            add(steps, "None", ItemText.of(step), boxes);
        }
    }

    private static String description(ObjectNode step) {
        for (String field : List.of("description", "text", "thought", "step")) {
            if (step.path(field).isString()) {
                return step.path(field).stringValue();
            }
        }
        return "";
    }

    private static void add(List<Step> steps, String manipulation, String description, BoxText boxes) {
        Step step = new Step(
                boxes.expandManipulation(ItemText.plain(manipulation)), boxes.expand(ItemText.plain(description)));
        if (step.hasManipulation() || !step.description().isEmpty()) {
            steps.add(step);
        }
    }
}
