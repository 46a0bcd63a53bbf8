package io.github.mmevol.prompts.contract;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes messy replies of clean ones, in the ways in which models spoil theirs. For test servers and property tests: the
 * same reply, kind and random state give the same text.
 */
public final class MessyReplies {

    /** A way to spoil a reply. */
    public enum Kind {
        /** Not at all. */
        CLEAN(true),
        /** In a Markdown fence, with or without a language. */
        FENCED(true),
        /** Between two polite sentences. */
        PROSE(true),
        /** After prose with brackets, quotes and JSON-like fragments. */
        PROSE_WITH_BRACKETS(true),
        /** With comments of both sorts. */
        COMMENTS(true),
        /** With commas before closing brackets. */
        TRAILING_COMMAS(true),
        /** Typographic quotes around names and strings. */
        TYPOGRAPHIC_QUOTES(true),
        /** Line breaks inside strings, not escaped. */
        RAW_LINE_BREAKS(true),
        /** As Python prints a dict. */
        PYTHON(true),
        /** Quotes inside strings, not escaped where that can be told. */
        UNESCAPED_QUOTES(true),
        /** A line break where a comma should be. */
        MISSING_COMMAS(true),
        /** Inside another object. */
        WRAPPED(true),
        /** The list alone, or a single item alone. */
        BARE(true),
        /** One item a line. */
        JSON_LINES(true),
        /** An object from id to item. */
        BY_ID(true),
        /** The list as a string of JSON. */
        LIST_AS_STRING(true),
        /** After a block of reasoning. */
        THINKING(true),
        /** After a block of reasoning that nothing closes. */
        UNCLOSED_THINKING(true),
        /** After reasoning whose opening tag is not part of the reply. */
        UNOPENED_THINKING(true),
        /** Names and values in Markdown bold. */
        BOLD(true),
        /** {@code answers} for {@code answer}, other spellings of ids, yes, no and scores. */
        OTHER_SPELLINGS(true),
        /** Items without ids. */
        NO_IDS(true),
        /** A refusal in prose. */
        REFUSAL(false),
        /** A refusal by the interface. */
        DECLARED_REFUSAL(false, FinishReason.REFUSAL),
        /** No text. */
        EMPTY(false),
        /** No text, because of a content filter. */
        CONTENT_FILTER(false, FinishReason.CONTENT_FILTER),
        /** Ended by the token limit. */
        CUT_OFF(false, FinishReason.LENGTH),
        /** Ended mid-way, without a word why. */
        SILENTLY_CUT_OFF(false),
        /** An answer in prose. */
        NO_JSON(false);

        private final boolean recoverable;
        private final FinishReason finishReason;

        Kind(boolean recoverable) {
            this(recoverable, FinishReason.STOP);
        }

        Kind(boolean recoverable, FinishReason finishReason) {
            this.recoverable = recoverable;
            this.finishReason = finishReason;
        }

        /** Whether a good parser gets every item; from a cut-off reply it gets the whole items before the cut. */
        public boolean recoverable() {
            return recoverable;
        }

        /** The finish reason that goes with it. */
        public FinishReason finishReason() {
            return finishReason;
        }
    }

    /**
     * A spoiled reply.
     *
     * @param kind how it was spoiled
     * @param text what the model "wrote"
     */
    public record MessyReply(Kind kind, String text) {
        /** It as a response. */
        public ModelResponse response() {
            return ModelResponse.of(text).withFinishReason(kind.finishReason());
        }
    }

    private static final List<Kind> RECOVERABLE =
            Arrays.stream(Kind.values()).filter(Kind::recoverable).toList();

    private static final String[] FENCES = {
        "```json\n%s\n```", "```\n%s\n```", "~~~JSON\n%s\n~~~", "````json5\n%s\n````\n"
    };

    private static final String[] POLITE = {
        "Sure! Here is the JSON you asked for:\n\n%s\n\nLet me know if anything should change.",
        "**Result**\n\n%s",
        "%s\n\nNote: all boxes were taken from the list, none was made up.",
        "Here's what I'd suggest, don't hesitate to ask for more.\n%s\n---\nThat's it!"
    };

    private static final String[] BRACKETED = {
        "The objects {o1} and {o2} [see the list] are kept, as in {\"o1\": [0.1, 0.2, 0.3, 0.4]}.\n%s\nDone [all of it] :}",
        "I replaced `[\"cup\"]` by {label} and read \"{...}\" as [1, 2, 3].\n\n```json\n%s\n```\n[end] {}",
        "Format: {\"id\", \"question\"} -> [list of {objects}].\n%s",
        "Options [A], [B]; {'it': 's fine'} and \"[{\" as asked:\n%s\nRemaining: []"
    };

    private static final String[] THOUGHTS = {
        "The user wants harder questions. There is {o1}, and \"a cup\" [left].",
        "First try: {\"id\": \"q1\", \"quest no, better not. Let me count [1, 2, 3].",
        "Okay, so I'd need JSON like {..., \"items\": [...]}; it's clear."
    };

    private static final String[] REFUSALS = {
        "I'm sorry, but I can't help with that.",
        "I\u2019m unable to identify the people in this image, so I cannot rewrite these questions.",
        "I cannot assist with this request.",
        "Unfortunately, I can't process this image."
    };

    private MessyReplies() {}

    /** A reply spoiled in a recoverable way, or left alone, each equally likely. */
    public static MessyReply recoverable(String cleanJson, Random random) {
        return of(cleanJson, RECOVERABLE.get(random.nextInt(RECOVERABLE.size())), random);
    }

    /** A reply spoiled in any way, or left alone, each equally likely. */
    public static MessyReply any(String cleanJson, Random random) {
        return of(cleanJson, Kind.values()[random.nextInt(Kind.values().length)], random);
    }

    /**
     * A reply spoiled in one way.
     *
     * @param cleanJson an object with one list of objects, such as {@code {"instructions": [...]}}
     */
    public static MessyReply of(String cleanJson, Kind kind, Random random) {
        ObjectNode clean = (ObjectNode) Json.parse(cleanJson);
        return new MessyReply(kind, spoil(cleanJson, clean, kind, random));
    }

    private static String spoil(String json, ObjectNode clean, Kind kind, Random random) {
        Map.Entry<String, JsonNode> list = clean.properties().iterator().next();
        List<JsonNode> items = list.getValue().valueStream().toList();
        return switch (kind) {
            case CLEAN -> json;
            case FENCED -> around(json, FENCES, random);
            case PROSE -> around(json, POLITE, random);
            case PROSE_WITH_BRACKETS -> around(json, BRACKETED, random);
            case COMMENTS, TRAILING_COMMAS, RAW_LINE_BREAKS, PYTHON, UNESCAPED_QUOTES, MISSING_COMMAS, BOLD ->
                new Scribe(kind, random).write(clean);
            case TYPOGRAPHIC_QUOTES -> new Scribe(kind, random).write(clean);
            case WRAPPED ->
                switch (random.nextInt(3)) {
                    case 0 -> "{\"result\": " + json + "}";
                    case 1 -> "{\"status\": \"ok\", \"data\": " + list.getValue() + ", \"note\": [\"none\"]}";
                    default -> "[{\"type\": \"json\", \"content\": {\"output\": " + json + "}}]";
                };
            case BARE ->
                items.size() == 1 ? items.get(0).toString() : list.getValue().toString();
            case JSON_LINES ->
                String.join("\n", items.stream().map(JsonNode::toString).toList());
            case BY_ID -> Json.write(byId(items));
            case LIST_AS_STRING ->
                Json.write(Json.object().put(list.getKey(), list.getValue().toString()));
            case THINKING -> "<think>\n" + pick(THOUGHTS, random) + "\n</think>\n\n" + json;
            case UNCLOSED_THINKING -> "<think>\n" + THOUGHTS[0] + "\n\n" + json;
            case UNOPENED_THINKING -> "They want other questions; fine.\n</think>\n" + json;
            case OTHER_SPELLINGS -> Json.write(spelledOtherwise(clean, random));
            case NO_IDS -> {
                items.forEach(item -> ((ObjectNode) item).remove("id"));
                yield Json.write(clean);
            }
            case REFUSAL, DECLARED_REFUSAL -> pick(REFUSALS, random);
            case EMPTY -> random.nextBoolean() ? "" : " \n";
            case CONTENT_FILTER -> "";
            case CUT_OFF, SILENTLY_CUT_OFF -> json.substring(0, json.length() / 4 + random.nextInt(json.length() / 2));
            case NO_JSON -> "What colour is the cup on the left? It is red, and the plate beside it is white.";
        };
    }

    private static String around(String json, String[] templates, Random random) {
        return pick(templates, random).replace("%s", json);
    }

    private static String pick(String[] texts, Random random) {
        return texts[random.nextInt(texts.length)];
    }

    private static ObjectNode byId(List<JsonNode> items) {
        ObjectNode byId = Json.object();
        for (JsonNode item : items) {
            ObjectNode rest = ((ObjectNode) item).deepCopy();
            byId.set(rest.remove("id").asString(), rest);
        }
        return byId;
    }

    private static ObjectNode spelledOtherwise(ObjectNode clean, Random random) {
        ObjectNode spelled = Json.object();
        Map.Entry<String, JsonNode> list = clean.properties().iterator().next();
        ArrayNode items = spelled.putArray(list.getKey());
        for (JsonNode item : list.getValue()) {
            ObjectNode other = items.addObject();
            item.properties().forEach(field -> spell(other, random).accept(field.getKey(), field.getValue()));
        }
        return spelled;
    }

    private static BiConsumer<String, JsonNode> spell(ObjectNode target, Random random) {
        return (name, value) -> {
            boolean first = random.nextBoolean();
            switch (name) {
                case "id" -> {
                    String id = value.asString();
                    if (first || !id.matches("q[0-9]{1,6}")) {
                        target.put("Id", id.toUpperCase(java.util.Locale.ROOT));
                    } else {
                        target.put("id", Integer.parseInt(id.substring(1)));
                    }
                }
                case "answer" -> target.set("answers", value);
                case "score" -> target.put(name, first ? value.asString() + "/10" : value.asString() + " out of 10");
                case "answer_right", "needs_image", "well_posed", "improved" -> {
                    boolean yes = value.asString().equals("yes");
                    if (first) {
                        target.put(name, yes);
                    } else {
                        target.put(name, yes ? "**YES**" : "No.");
                    }
                }
                default -> target.set(name, value);
            }
        };
    }

    /** Writes JSON that is not quite JSON. */
    private static final class Scribe {
        private static final String[][] TYPOGRAPHIC = {{"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u00ab", "\u00bb"}
        };
        private static final String[] COMMENTS = {
            "// from https://example.org/a, it's \"fine\" {really}\n", "/* see [o1], \"q2\" // */", "# checked\n"
        };

        private final Kind kind;
        private final Random random;
        private final String open;
        private final String close;
        private final StringBuilder out = new StringBuilder();

        Scribe(Kind kind, Random random) {
            this.kind = kind;
            this.random = random;
            String[] quotes =
                    switch (kind) {
                        case TYPOGRAPHIC_QUOTES -> TYPOGRAPHIC[random.nextInt(TYPOGRAPHIC.length)];
                        case PYTHON -> new String[] {"'", "'"};
                        default -> new String[] {"\"", "\""};
                    };
            open = quotes[0];
            close = quotes[1];
        }

        String write(JsonNode value) {
            value(value);
            return out.toString();
        }

        private void value(JsonNode value) {
            if (value.isObject()) {
                out.append('{');
                boolean first = true;
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    separate(first);
                    string(field.getKey());
                    out.append(": ");
                    value(field.getValue());
                    first = false;
                }
                end(first, '}');
            } else if (value.isArray()) {
                out.append('[');
                boolean first = true;
                for (JsonNode element : value) {
                    separate(first);
                    value(element);
                    first = false;
                }
                end(first, ']');
            } else if (value.isString()) {
                string(value.stringValue());
            } else if (kind == Kind.PYTHON) {
                out.append(
                        value.isNull()
                                ? "None"
                                : value.isBoolean() ? (value.booleanValue() ? "True" : "False") : value);
            } else {
                out.append(kind == Kind.BOLD ? "**" + value + "**" : value);
            }
        }

        private void separate(boolean first) {
            if (!first) {
                out.append(kind == Kind.MISSING_COMMAS ? "" : ",");
            }
            if (kind == Kind.COMMENTS && random.nextInt(3) == 0) {
                out.append(' ').append(pick(COMMENTS, random));
            }
            out.append(kind == Kind.PYTHON ? " " : "\n  ");
        }

        private void end(boolean empty, char bracket) {
            if (kind == Kind.TRAILING_COMMAS && !empty) {
                out.append(random.nextBoolean() ? "," : " ,\n");
            }
            out.append(bracket);
        }

        private void string(String text) {
            out.append(kind == Kind.BOLD ? "**" : "").append(open);
            for (int i = 0; i < text.length(); i++) {
                character(text, i);
            }
            out.append(close).append(kind == Kind.BOLD ? "**" : "");
        }

        private void character(String text, int i) {
            char c = text.charAt(i);
            if (c == '\\') {
                out.append("\\\\");
            } else if (c == '\n' && kind == Kind.RAW_LINE_BREAKS) {
                out.append(c);
            } else if (c < ' ') {
                out.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", (int) c));
            } else if (kind == Kind.TYPOGRAPHIC_QUOTES && "\u201c\u201d\u201e\u201f\u00ab\u00bb".indexOf(c) >= 0) {
                out.append(String.format("\\u%04x", (int) c));
            } else if (kind == Kind.PYTHON && c == '\'') {
                out.append("\\'");
            } else if (c == '"' && open.equals("\"") && !plainlyInside(text, i)) {
                out.append("\\\"");
            } else {
                out.append(c);
            }
        }

        /** Whether a quote may stay unescaped: what follows it cannot follow a string. */
        private boolean plainlyInside(String text, int quote) {
            return kind == Kind.UNESCAPED_QUOTES
                    && quote + 1 < text.length()
                    && Character.isLetter(text.charAt(quote + 1));
        }
    }
}
