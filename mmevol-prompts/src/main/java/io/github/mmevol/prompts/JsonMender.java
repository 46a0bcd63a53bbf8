package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Reads one object or array that the lenient JSON parser refuses: typographic quotes as delimiters, Python's literals,
 * unquoted scalars, Markdown around values, unescaped quotes inside strings, missing commas and brackets, or a text that
 * ends mid-way. A quote ends a string only where the structure goes on behind it. One pass, no recursion.
 */
final class JsonMender {
    private static final int MAX_DEPTH = 100;

    /**
     * A value as far as it could be read.
     *
     * @param value the outermost object or array
     * @param end where in the text it ends
     * @param open the objects and arrays that were not complete when the text ended
     */
    record Mended(JsonNode value, int end, Set<JsonNode> open) {}

    /** Where a string stands; decides what may follow it. */
    private enum Place {
        NAME,
        MEMBER,
        ELEMENT
    }

    /** An object or array being read. */
    private static final class Frame {
        final JsonNode node;

        @Nullable
        String name;

        String lastName = "";
        boolean colonSeen;
        boolean bareNames;

        Frame(JsonNode node) {
            this.node = node;
        }

        boolean isObject() {
            return node.isObject();
        }
    }

    private final char[] text;
    private final WorkLimit work;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final MessyText marks;
    private final int limit;
    private int at;

    private JsonMender(char[] text, int start, WorkLimit work) {
        this.text = text;
        this.at = start;
        this.limit = text.length;
        this.work = work;
        this.marks = new MessyText(text, work);
    }

    /** The value that starts with the bracket at {@code start}; null if it cannot be made out. */
    static @Nullable Mended read(char[] text, int start, WorkLimit work) {
        work.attempt();
        return new JsonMender(text, start, work).read();
    }

    private @Nullable Mended read() {
        Frame root = open(text[at]);
        while (!frames.isEmpty()) {
            at = marks.filler(at);
            if (work.exhausted() || frames.size() > MAX_DEPTH) {
                return null;
            }
            if (at >= limit) {
                return cut(root);
            }
            Frame top = frames.element();
            int before = at;
            boolean understood = top.isObject() ? member(top) : element();
            if (!understood) {
                return at >= limit ? cut(root) : null;
            }
            work.spend(1 + at - before);
        }
        return new Mended(root.node, at, Set.of());
    }

    private Mended cut(Frame root) {
        Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());
        frames.forEach(frame -> open.add(frame.node));
        return new Mended(root.node, marks.end(), open);
    }

    private boolean member(Frame frame) {
        char c = text[at];
        if (frame.name == null) {
            return name(frame, c);
        }
        if (!frame.colonSeen) {
            if (c == '}' && reference(frame)) {
                return true;
            }
            at++;
            frame.colonSeen = true;
            return c == ':' || c == '\uff1a';
        }
        if (c == '{' || c == '[') {
            open(c);
            return true;
        }
        if (c == '}' || c == ',') {
            put(NullNode.getInstance());
            return true;
        }
        JsonNode value = MessyText.isQuote(c) ? string(Place.MEMBER) : bare(true);
        return value != null && put(value);
    }

    private boolean name(Frame frame, char c) {
        switch (c) {
            case ',' -> at++;
            case '}' -> close();
            case ']' -> {
                return closeForgotten(false);
            }
            default -> {
                if (MessyText.isQuote(c)) {
                    JsonNode name = string(Place.NAME);
                    frame.name = name == null ? null : name.stringValue();
                } else {
                    int end = marks.nameEnd(at);
                    frame.name = end == at ? null : new String(text, at, end - at);
                    frame.bareNames |= end > at;
                    at = end;
                }
                return frame.name != null;
            }
        }
        return true;
    }

    /** Reads {@code {o1}} in place of a value as the text it was meant to be. */
    private boolean reference(Frame frame) {
        if (frames.size() < 2 || !frame.node.isEmpty() || !frame.bareNames) {
            return false;
        }
        StringNode reference = StringNode.valueOf("{" + frame.name + "}");
        close();
        Frame parent = frames.element();
        if (parent.node instanceof ArrayNode array) {
            array.remove(array.size() - 1);
            array.add(reference);
        } else if (parent.node instanceof ObjectNode object) {
            object.set(parent.lastName, reference);
        }
        return true;
    }

    private boolean element() {
        char c = text[at];
        switch (c) {
            case ',' -> at++;
            case ']' -> close();
            case '}' -> {
                return closeForgotten(true);
            }
            case '{', '[' -> open(c);
            default -> {
                JsonNode value = MessyText.isQuote(c) ? string(Place.ELEMENT) : bare(false);
                return value != null && put(value);
            }
        }
        return true;
    }

    /** Closes an object or array whose own bracket is missing before the bracket of the one around it. */
    private boolean closeForgotten(boolean aroundIsObject) {
        Frame forgotten = frames.pop();
        Frame around = frames.peek();
        if (around != null && around.isObject() == aroundIsObject) {
            return true;
        }
        frames.push(forgotten);
        return false;
    }

    private Frame open(char bracket) {
        Frame frame = new Frame(bracket == '{' ? Json.object() : Json.array());
        if (!frames.isEmpty()) {
            put(frame.node);
        }
        frames.push(frame);
        at++;
        return frame;
    }

    private void close() {
        frames.pop();
        at++;
    }

    private boolean put(JsonNode value) {
        Frame frame = frames.element();
        if (frame.node instanceof ObjectNode object && frame.name != null) {
            object.set(frame.name, value);
            frame.lastName = frame.name;
            frame.name = null;
            frame.colonSeen = false;
        } else if (frame.node instanceof ArrayNode array) {
            array.add(value);
        }
        return true;
    }

    /**
     * The string whose opening quote stands here; null if the text ends inside it, if it is too long for a name, or if a
     * name in quotes stands in it, so that it swallows what should follow it.
     */
    private @Nullable JsonNode string(Place place) {
        char open = text[at++];
        StringBuilder value = new StringBuilder();
        while (at < limit) {
            char c = text[at];
            if (c == '\\') {
                at = marks.escape(at, value);
            } else if (MessyText.closes(open, c) && endsString(at + 1, place)) {
                at++;
                return StringNode.valueOf(value.toString());
            } else if (MessyText.closes(open, c) && (place == Place.NAME || marks.colonAt(marks.filler(at + 1)))) {
                return null;
            } else {
                value.append(c);
                at++;
            }
            if (work.exhausted() || (place == Place.NAME && value.length() > MessyText.MAX_NAME)) {
                return null;
            }
        }
        work.spend(value.length());
        return null;
    }

    /** Whether the structure goes on at {@code from}, so that the quote before it ends its string. */
    private boolean endsString(int from, Place place) {
        int next = marks.filler(from);
        if (next >= limit) {
            return true;
        }
        char c = text[next];
        return switch (place) {
            case NAME -> marks.colonAt(next);
            case MEMBER ->
                switch (c) {
                    case '}', ']' -> goesOnBehind(next);
                    case ',' -> {
                        int second = marks.filler(next + 1);
                        yield marks.bracketOrComma(second) || startsMember(second);
                    }
                    default -> marks.brokenBetween(from, next) && startsMember(next);
                };
            case ELEMENT ->
                switch (c) {
                    case ']', '}' -> goesOnBehind(next);
                    case ',' -> {
                        int second = marks.filler(next + 1);
                        yield marks.bracketOrComma(second)
                                || MessyText.isQuote(text[second])
                                || text[second] == '{'
                                || text[second] == '[';
                    }
                    default -> marks.brokenBetween(from, next) && MessyText.isQuote(c);
                };
        };
    }

    private boolean goesOnBehind(int bracket) {
        int next = marks.filler(bracket + 1);
        return frames.size() == 1
                || marks.bracketOrComma(next)
                || (marks.brokenBetween(bracket, next) && (MessyText.isQuote(text[next]) || text[next] == '{'));
    }

    private boolean startsMember(int start) {
        int end;
        if (MessyText.isQuote(text[start])) {
            end = start + 1;
            while (end < limit
                    && end - start < MessyText.MAX_NAME
                    && text[end] != '\n'
                    && !MessyText.closes(text[start], text[end])) {
                end++;
            }
            work.spend(end - start);
            end++;
        } else {
            end = frames.element().bareNames ? marks.nameEnd(start) : start;
        }
        int colon = end > start ? marks.filler(end) : limit;
        return marks.colonAt(colon);
    }

    /** A scalar without quotes; in an array only a literal or a number, as words there are prose. */
    private @Nullable JsonNode bare(boolean wordsToo) {
        int end = at;
        while (end < limit && end - at < MessyText.MAX_NAME && ",}]\n".indexOf(text[end]) < 0 && !marks.comment(end)) {
            if (MessyText.isQuote(text[end]) || "{[:".indexOf(text[end]) >= 0) {
                return null;
            }
            end++;
        }
        if (end == limit) {
            at = limit;
            return null;
        }
        if (end - at == MessyText.MAX_NAME) {
            return null;
        }
        String word = new String(text, at, end - at).replace("*", "").strip();
        at = end;
        return BareWord.value(word, wordsToo);
    }
}
