package io.github.mmevol.core.elimination;

import java.util.Arrays;

/**
 * What stands in quotation marks on one line of a text. Looks for each kind of closing mark once from place to place, so
 * that takes time linear in the text, whatever is opened and never closed.
 */
final class Quotations {
    private static final String OPENING = "\"\u201c\u201e\u00ab\u300c\u2018'`";
    private static final String CLOSING = "\"\u201d\u201c\u00bb\u300d\u2019'`";
    private static final int LONGEST = 300;

    private final String text;
    /** For each kind of mark, the first place looked at that closes it or ends the line. */
    private final int[] stops = new int[OPENING.length()];

    private Quotations(String text) {
        this.text = text;
        Arrays.fill(stops, -1);
    }

    /** The text with nothing but the marks left of its quotations. */
    static String emptied(String text) {
        return new Quotations(text).emptied();
    }

    private String emptied() {
        StringBuilder bare = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = end(i);
            if (end > 0) {
                bare.append("\"\"");
                i = end;
            } else {
                bare.append(text.charAt(i++));
            }
        }
        return bare.toString();
    }

    /** The place behind the quotation that begins here; 0 if none does. */
    private int end(int at) {
        char open = text.charAt(at);
        int kind = OPENING.indexOf(open);
        boolean afterWord = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
        if (kind < 0 || (afterWord && (open == '\'' || open == '\u2018'))) {
            return 0;
        }
        if (stops[kind] <= at) {
            stops[kind] = stop(kind, at + 1);
        }
        int stop = stops[kind];
        boolean closed = stop < text.length() && text.charAt(stop) != '\n';
        return closed && stop - at < LONGEST ? stop + 1 : 0;
    }

    private int stop(int kind, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && !closes(kind, i)) {
            i++;
        }
        return i;
    }

    private boolean closes(int kind, int at) {
        char c = text.charAt(at);
        char close = CLOSING.charAt(kind);
        boolean single = close == '\'' || close == '\u2019';
        boolean inWord = single && at + 1 < text.length() && Character.isLetterOrDigit(text.charAt(at + 1));
        boolean low = OPENING.charAt(kind) == '\u201e' && c == '\u201d';
        return (c == close && !inWord) || low;
    }
}
