package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The instructions of a record's conversation, as question-answer objects (MMEvol), as turns (LLaVA) or as messages (OpenAI).
 *
 * @param systemTurns what the system said, in order
 */
record Conversation(List<Instruction> instructions, List<String> systemTurns) {
    static final String IMAGE_TOKEN = "<image>";
    /** What InternVL's own files have for it. */
    private static final String INTERN_VL_TOKEN = "<IMG_CONTEXT>";

    private static final String UNANSWERED = "a question without an answer, which is left out";

    static final Conversation EMPTY = new Conversation(List.of(), List.of());

    static Conversation parse(List<JsonNode> items, String field, Tally tally) throws BadFieldException {
        boolean turns = items.stream().anyMatch(item -> item.has("from") || item.has("role"))
                || (!field.equals("conversations_v0") && items.stream().noneMatch(item -> item.has("question")));
        return turns ? ofTurns(items, field, tally) : ofObjects(items, field, tally);
    }

    /** The text of a caption, which may be a pair of messages, a plain text or missing. */
    static String caption(@Nullable JsonNode node) throws BadFieldException {
        if (node instanceof ArrayNode messages) {
            JsonNode last = messages.isEmpty() ? null : messages.get(messages.size() - 1);
            for (JsonNode message : messages) {
                if (speaker(message) == Speaker.GPT) {
                    last = message;
                }
            }
            return caption(last);
        }
        if (node != null && node.isObject()) {
            return Fields.text(node.get("value"), "caption");
        }
        return Fields.text(node, "caption");
    }

    private static Conversation ofObjects(List<JsonNode> items, String field, Tally tally) throws BadFieldException {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            String place = field + "[" + i + "]";
            if (!(items.get(i) instanceof ObjectNode item)) {
                throw new BadFieldException(
                        place, "an instruction must be an object, not " + RecordSource.kind(items.get(i)));
            }
            Instruction instruction = Instructions.parse(item, place, Fields.SEED, tally);
            if (instruction != null) {
                instructions.add(instruction);
            }
        }
        return new Conversation(instructions, List.of());
    }

    private static Conversation ofTurns(List<JsonNode> items, String field, Tally tally) throws BadFieldException {
        List<Instruction> instructions = new ArrayList<>();
        List<String> systemTurns = new ArrayList<>();
        boolean first = true;
        String question = null;
        String asked = "";
        for (int i = 0; i < items.size(); i++) {
            String place = field + "[" + i + "]";
            String value = said(items.get(i), place);
            switch (speaker(items.get(i))) {
                case SYSTEM -> systemTurns.add(value);
                case HUMAN -> {
                    if (question != null) {
                        tally.leftOut(1, asked, UNANSWERED);
                    }
                    asked = place;
                    question = first ? withoutImageToken(value.replace(INTERN_VL_TOKEN, IMAGE_TOKEN)) : value;
                    first = false;
                }
                case GPT -> {
                    if (question == null) {
                        tally.leftOut(1, place, "an answer to no question, which is left out");
                    } else if (question.isBlank()) {
                        tally.leftOut(2, asked, "an empty question, which is left out with its answer");
                    } else if (value.isBlank()) {
                        tally.leftOut(2, place, "an empty answer, which is left out with its question");
                    } else {
                        instructions.add(Instruction.of(question, value));
                    }
                    question = null;
                }
                case UNKNOWN ->
                    throw new BadFieldException(
                            place + (items.get(i).has("from") ? ".from" : ".role"),
                            "a turn is from human, gpt or system; rename or remove this one");
            }
        }
        if (question != null) {
            tally.leftOut(1, asked, UNANSWERED);
        }
        return new Conversation(instructions, systemTurns);
    }

    /** What a turn says: its value, or its content with the parts of it that are texts. */
    private static String said(JsonNode turn, String place) throws BadFieldException {
        if (!turn.has("content")) {
            return Fields.text(turn.get("value"), place + ".value");
        }
        JsonNode content = turn.get("content");
        if (!content.isArray()) {
            return Fields.text(content, place + ".content");
        }
        StringJoiner texts = new StringJoiner("\n");
        for (JsonNode part : content) {
            String text = Fields.text(part.isObject() ? part.get("text") : part, place + ".content");
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts.toString();
    }

    /** The answer to the only question, if that asks for a description of the image. */
    Optional<String> onlyDescription() {
        return instructions.size() == 1
                        && Descriptions.asksFor(instructions.get(0).question())
                ? Optional.of(instructions.get(0).answer())
                : Optional.empty();
    }

    /** A text without image tokens and without the blank space between them and its words. */
    static String withoutImageToken(String text) {
        String rest = text;
        for (int at = rest.indexOf(IMAGE_TOKEN); at >= 0; at = rest.indexOf(IMAGE_TOKEN)) {
            String before = rest.substring(0, at).stripTrailing();
            String after = rest.substring(at + IMAGE_TOKEN.length());
            String behind = after.stripLeading();
            if (before.isEmpty() || behind.isEmpty()) {
                rest = before + behind;
            } else {
                String gap = rest.substring(before.length(), at) + after.substring(0, after.length() - behind.length());
                rest = before + (gap.indexOf('\n') >= 0 ? "\n" : gap.isEmpty() ? "" : " ") + behind;
            }
        }
        return rest;
    }

    private static Speaker speaker(JsonNode turn) {
        return switch (turn.path(turn.has("from") ? "from" : "role")
                .asString("")
                .strip()
                .toLowerCase(Locale.ROOT)) {
            case "human", "user" -> Speaker.HUMAN;
            case "gpt", "assistant" -> Speaker.GPT;
            case "system", "developer" -> Speaker.SYSTEM;
            default -> Speaker.UNKNOWN;
        };
    }

    private enum Speaker {
        HUMAN,
        GPT,
        SYSTEM,
        UNKNOWN
    }
}
