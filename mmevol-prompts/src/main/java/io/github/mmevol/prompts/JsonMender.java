package io.github.mmevol.prompts;

import io.github.mmevol.core.internal.json.Json;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
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
    private static final int MAX_NAME = 60;
    private static final String TYPOGRAPHIC_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb";
    private static final String TYPOGRAPHIC_SINGLE = "\u2018\u2019\u201a\u201b";

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
    private int at;
    private final int limit;
    private int end;

    private JsonMender(char[] text, int start, WorkLimit work) {
        this.text = text;
        this.at = start;
        this.limit = text.length;
        this.end = text.length;
        this.work = work;
    }

    /** The value that starts with the bracket at {@code start}; null if it cannot be made out. */
    static @Nullable Mended read(char[] text, int start, WorkLimit work) {
        work.attempt();
        return new JsonMender(text, start, work).read();
    }

    private @Nullable Mended read() {
        Frame root = open(text[at]);
        while (!frames.isEmpty()) {
            at = filler(at);
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
        return new Mended(root.node, end, open);
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
        JsonNode value = isQuote(c) ? string(Place.MEMBER) : bare(true);
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
                if (isQuote(c)) {
                    JsonNode name = string(Place.NAME);
                    frame.name = name == null ? null : name.stringValue();
                } else {
                    int end = nameEnd(at);
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
                JsonNode value = isQuote(c) ? string(Place.ELEMENT) : bare(false);
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
                escape(value);
            } else if (closes(open, c) && endsString(at + 1, place)) {
                at++;
                return StringNode.valueOf(value.toString());
            } else if (closes(open, c) && (place == Place.NAME || colonAt(filler(at + 1)))) {
                return null;
            } else {
                value.append(c);
                at++;
            }
            if (work.exhausted() || (place == Place.NAME && value.length() > MAX_NAME)) {
                return null;
            }
        }
        work.spend(value.length());
        return null;
    }

    private void escape(StringBuilder value) {
        char c = at + 1 < limit ? text[at + 1] : '\\';
        at = Math.min(at + 2, limit);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> unicode(value);
            default -> {
                // \' and \_ are escapes that JSON does not have; \( and \d are text with a backslash in it
                if (Character.isLetterOrDigit(c) || "()[]{} ".indexOf(c) >= 0) {
                    value.append('\\');
                }
                value.append(c);
            }
        }
    }

    private void unicode(StringBuilder value) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < limit ? Character.digit(text[i], 16) : -1;
            if (digit < 0) {
                value.append("\\u");
                return;
            }
            code = 16 * code + digit;
        }
        value.append((char) code);
        at += 4;
    }

    /** Whether the structure goes on at {@code from}, so that the quote before it ends its string. */
    private boolean endsString(int from, Place place) {
        int next = filler(from);
        if (next >= limit) {
            return true;
        }
        char c = text[next];
        return switch (place) {
            case NAME -> colonAt(next);
            case MEMBER ->
                switch (c) {
                    case '}', ']' -> goesOnBehind(next);
                    case ',' -> {
                        int second = filler(next + 1);
                        yield bracketOrComma(second) || startsMember(second);
                    }
                    default -> brokenBetween(from, next) && startsMember(next);
                };
            case ELEMENT ->
                switch (c) {
                    case ']', '}' -> goesOnBehind(next);
                    case ',' -> {
                        int second = filler(next + 1);
                        yield bracketOrComma(second)
                                || isQuote(text[second])
                                || text[second] == '{'
                                || text[second] == '[';
                    }
                    default -> brokenBetween(from, next) && isQuote(c);
                };
        };
    }

    private boolean goesOnBehind(int bracket) {
        int next = filler(bracket + 1);
        return frames.size() == 1
                || bracketOrComma(next)
                || (brokenBetween(bracket, next) && (isQuote(text[next]) || text[next] == '{'));
    }

    private boolean bracketOrComma(int index) {
        return index >= limit || text[index] == '}' || text[index] == ']' || text[index] == ',';
    }

    private boolean colonAt(int index) {
        return index < limit && (text[index] == ':' || text[index] == '\uff1a');
    }

    private boolean brokenBetween(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    private boolean startsMember(int start) {
        int end;
        if (isQuote(text[start])) {
            end = start + 1;
            while (end < limit && end - start < MAX_NAME && text[end] != '\n' && !closes(text[start], text[end])) {
                end++;
            }
            work.spend(end - start);
            end++;
        } else {
            end = frames.element().bareNames ? nameEnd(start) : start;
        }
        int colon = end > start ? filler(end) : limit;
        return colonAt(colon);
    }

    private int nameEnd(int start) {
        int end = start;
        while (end < limit
                && end - start < MAX_NAME
                && (Character.isLetterOrDigit(text[end]) || text[end] == '_' || text[end] == '-')) {
            end++;
        }
        return end;
    }

    /** A scalar without quotes; in an array only a literal or a number, as words there are prose. */
    private @Nullable JsonNode bare(boolean wordsToo) {
        int end = at;
        while (end < limit && end - at < MAX_NAME && ",}]\n".indexOf(text[end]) < 0 && !comment(end)) {
            if (isQuote(text[end]) || "{[:".indexOf(text[end]) >= 0) {
                return null;
            }
            end++;
        }
        if (end == limit) {
            at = limit;
            return null;
        }
        if (end - at == MAX_NAME) {
            return null;
        }
        String word = new String(text, at, end - at).replace("*", "").strip();
        at = end;
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            case "null", "none", "nil", "undefined", "nan" -> NullNode.getInstance();
            default -> scalar(word, wordsToo);
        };
    }

    private static @Nullable JsonNode scalar(String word, boolean wordsToo) {
        if (word.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)) {
            try {
                return Json.parse(word);
            } catch (JacksonException e) {
                return StringNode.valueOf(word);
            }
        }
        return wordsToo ? StringNode.valueOf(word) : null;
    }

    /** The first index from {@code from} that is no white space, comment, Markdown asterisk or ellipsis. */
    private int filler(int from) {
        int i = from;
        while (i < limit) {
            char c = text[i];
            if (comment(i)) {
                i = commentEnd(i);
            } else if (c == '`' && i + 2 < limit && text[i + 1] == '`' && text[i + 2] == '`') {
                // a fence never stands inside a value: the value was cut off before it
                end = i;
                return limit;
            } else if (c == '.' && i + 2 < limit && text[i + 1] == '.' && text[i + 2] == '.') {
                i += 3;
            } else if (blank(c) || c == '*' || c == '\u2026') {
                i++;
            } else {
                break;
            }
        }
        work.spend(1 + i - from);
        return i;
    }

    static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff' || c == '\u200b' || c == '\u2060';
    }

    private boolean comment(int i) {
        char next = i + 1 < limit ? text[i + 1] : ' ';
        return text[i] == '#' || (text[i] == '/' && (next == '/' || next == '*'));
    }

    private int commentEnd(int start) {
        int i = start + 1;
        if (text[start] == '/' && text[i] == '*') {
            i += 2;
            while (i < limit && !(text[i] == '/' && text[i - 1] == '*')) {
                i++;
            }
            return Math.min(i + 1, limit);
        }
        while (i < limit && text[i] != '\n') {
            i++;
        }
        return i;
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || TYPOGRAPHIC_DOUBLE.indexOf(c) >= 0 || TYPOGRAPHIC_SINGLE.indexOf(c) >= 0;
    }

    private static boolean closes(char open, char c) {
        if (TYPOGRAPHIC_DOUBLE.indexOf(open) >= 0) {
            return TYPOGRAPHIC_DOUBLE.indexOf(c) >= 0;
        }
        if (TYPOGRAPHIC_SINGLE.indexOf(open) >= 0) {
            return TYPOGRAPHIC_SINGLE.indexOf(c) >= 0;
        }
        return c == open;
    }
}
