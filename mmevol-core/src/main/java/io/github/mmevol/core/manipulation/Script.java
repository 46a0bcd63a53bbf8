package io.github.mmevol.core.manipulation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The text of a step's manipulation, with one kind of bracket and comma and without marks of code, and what stands where in
 * it.
 */
final class Script {
    private final String text;
    private final int[] closers;

    Script(String manipulation) {
        text = plain(manipulation);
        closers = closers(text);
    }

    String text() {
        return text;
    }

    /** Where the bracket that opens here is closed; the end of its line or of the text where it is not. */
    int closer(int open) {
        return closers[open];
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() && "_([{".indexOf(text.charAt(i + 1)) >= 0;
            if (c != '`' && !escape) {
                plain.append(
                        switch (c) {
                            case '\uff08' -> '(';
                            case '\uff09' -> ')';
                            case '\uff0c' -> ',';
                            case '\uff3f' -> '_';
                            case '\u00a0' -> ' ';
                            default -> c;
                        });
            }
        }
        return plain.toString();
    }

    private static int[] closers(String text) {
        int[] closers = new int[text.length()];
        Arrays.fill(closers, -1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                open.push(i);
            } else if (c == ')' && !open.isEmpty()) {
                closers[open.pop()] = i;
            } else if (c == '\n') {
                while (!open.isEmpty()) {
                    closers[open.pop()] = i;
                }
            }
        }
        while (!open.isEmpty()) {
            closers[open.pop()] = text.length();
        }
        return closers;
    }

    /** Behind an arrow that begins here: {@code ->}, {@code =>}, {@code -->}, an arrow sign, {@code =}; -1 if none does. */
    int arrowEnd(int at, int end) {
        int next = at;
        while (next < end && "-=\u2013\u2014\u2212:".indexOf(text.charAt(next)) >= 0 && next - at < 3) {
            next++;
        }
        if (next < end && next > at && text.charAt(next) == '>') {
            return next + 1;
        }
        if (at < end && "\u2192\u21d2\u27a1\u2794\u21a6=".indexOf(text.charAt(at)) >= 0) {
            return at + 1;
        }
        return text.startsWith(":=", at) && at + 2 <= end ? at + 2 : -1;
    }

    /** Behind a sign that gives a value to what stands before it; -1 if there is none. */
    int assignmentEnd(int at, int end) {
        if (at >= end) {
            return -1;
        }
        if (text.startsWith(":=", at)) {
            return at + 2;
        }
        boolean arrow = at + 1 < end && text.charAt(at + 1) == '>';
        return (text.charAt(at) == '=' || text.charAt(at) == ':') && !arrow ? at + 1 : -1;
    }

    int nameEnd(int at, int end) {
        int next = at;
        while (next < end && isNamePart(text.charAt(next))) {
            next++;
        }
        boolean hyphen = next + 1 < end && text.charAt(next) == '-' && Character.isDigit(text.charAt(next + 1));
        if (hyphen) {
            next += 2;
            while (next < end && Character.isDigit(text.charAt(next))) {
                next++;
            }
        }
        return next;
    }

    int spaces(int at, int end) {
        int next = at;
        while (next < end && text.charAt(next) == ' ') {
            next++;
        }
        return next;
    }

    static boolean isNameStart(char c) {
        return Character.isLetter(c);
    }

    static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
