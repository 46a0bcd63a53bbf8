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

    private final char[] text;
    /** For each kind of mark, the first place looked at that closes it or ends the line. */
    private final int[] stops = new int[OPENING.length()];

    private Quotations(String text) {
        this.text = text.toCharArray();
        Arrays.fill(stops, -1);
    }

    /** The text with nothing but the marks left of its quotations. */
    static String emptied(String text) {
        return new Quotations(text).emptied();
    }

    private String emptied() {
        StringBuilder bare = new StringBuilder(text.length);
        int from = 0;
        int i = 0;
        while (i < text.length) {
            int end = mayOpen(text[i]) ? end(i) : 0;
            if (end > 0) {
                bare.append(text, from, i - from).append("\"\"");
                from = end;
                i = end;
            } else {
                i++;
            }
        }
        return bare.append(text, from, text.length - from).toString();
    }

    /** Whether a character may be a mark; most are not, and told quickly. */
    private static boolean mayOpen(char c) {
        return c == '"' || c == '\'' || c == '`' || c >= '\u00ab';
    }

    /** The place behind the quotation that begins here; 0 if none does. */
    private int end(int at) {
        char open = text[at];
        int kind = OPENING.indexOf(open);
        boolean afterWord = at > 0 && Character.isLetterOrDigit(text[at - 1]);
        if (kind < 0 || (afterWord && (open == '\'' || open == '\u2018'))) {
            return 0;
        }
        if (stops[kind] <= at) {
            stops[kind] = stop(kind, at + 1);
        }
        int stop = stops[kind];
        boolean closed = stop < text.length && text[stop] != '\n';
        return closed && stop - at < LONGEST ? stop + 1 : 0;
    }

    private int stop(int kind, int from) {
        char close = CLOSING.charAt(kind);
        boolean single = close == '\'' || close == '\u2019';
        boolean low = OPENING.charAt(kind) == '\u201e';
        int i = from;
        while (i < text.length && text[i] != '\n') {
            if ((text[i] == close && !(single && inWord(i))) || (low && text[i] == '\u201d')) {
                return i;
            }
            i++;
        }
        return i;
    }

    private boolean inWord(int at) {
        return at + 1 < text.length && Character.isLetterOrDigit(text[at + 1]);
    }
}
