package io.github.mmevol.prompts;

/**
 * The characters of a reply that is nearly JSON, looked at by place: what is filling between two marks, what can be a
 * quote, where a name ends, what an escape stands for.
 */
final class MessyText {
    static final int MAX_NAME = 60;

    private static final String TYPOGRAPHIC_DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb";
    private static final String TYPOGRAPHIC_SINGLE = "\u2018\u2019\u201a\u201b";

    private final char[] text;
    private final int limit;
    private final WorkLimit work;
    private int end;

    MessyText(char[] text, WorkLimit work) {
        this.text = text;
        this.limit = text.length;
        this.work = work;
        this.end = text.length;
    }

    /** Where the text ends: before a fence that was met, else behind its last character. */
    int end() {
        return end;
    }

    boolean bracketOrComma(int index) {
        return index >= limit || text[index] == '}' || text[index] == ']' || text[index] == ',';
    }

    boolean colonAt(int index) {
        return index < limit && (text[index] == ':' || text[index] == '\uff1a');
    }

    boolean brokenBetween(int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    int nameEnd(int start) {
        int end = start;
        while (end < limit
                && end - start < MAX_NAME
                && (Character.isLetterOrDigit(text[end]) || text[end] == '_' || text[end] == '-')) {
            end++;
        }
        return end;
    }

    /** The first index from {@code from} that is no white space, comment, Markdown asterisk or ellipsis. */
    int filler(int from) {
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

    boolean comment(int i) {
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

    static boolean closes(char open, char c) {
        if (TYPOGRAPHIC_DOUBLE.indexOf(open) >= 0) {
            return TYPOGRAPHIC_DOUBLE.indexOf(c) >= 0;
        }
        if (TYPOGRAPHIC_SINGLE.indexOf(open) >= 0) {
            return TYPOGRAPHIC_SINGLE.indexOf(c) >= 0;
        }
        return c == open;
    }

    /** Adds what the backslash at {@code at} and what follows it stand for, and tells where the text goes on. */
    int escape(int at, StringBuilder value) {
        char c = at + 1 < limit ? text[at + 1] : '\\';
        int next = Math.min(at + 2, limit);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case 'f' -> value.append('\f');
            case 'u' -> next = unicode(next, value);
            default -> {
                // \' and \_ are escapes that JSON does not have; \( and \d are text with a backslash in it
                if (Character.isLetterOrDigit(c) || "()[]{} ".indexOf(c) >= 0) {
                    value.append('\\');
                }
                value.append(c);
            }
        }
        return next;
    }

    private int unicode(int at, StringBuilder value) {
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < limit ? Character.digit(text[i], 16) : -1;
            if (digit < 0) {
                value.append("\\u");
                return at;
            }
            code = 16 * code + digit;
        }
        value.append((char) code);
        return at + 4;
    }
}
