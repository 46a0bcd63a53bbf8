package io.github.mmevol.core.dataset;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A box in a text, in shares of the image: four in brackets, or four in a row without a fifth.
 *
 * @param start where it begins, its bracket included
 * @param end behind its last character
 */
record FoundBox(int start, int end, double x1, double y1, double x2, double y2) {

    /** The boxes of a text in order. Looks only where a bracket opens or a point stands. */
    static List<FoundBox> in(String text) {
        int point = next(text, '.', 0);
        if (point == text.length()) {
            return List.of();
        }
        int square = next(text, '[', 0);
        int round = next(text, '(', 0);
        List<FoundBox> boxes = new ArrayList<>();
        for (int from = 0; true; ) {
            boolean digitBefore = point > from && point < text.length() && Shares.isDigit(text.charAt(point - 1));
            int number = digitBefore ? point - 1 : point;
            int at = Math.min(number, Math.min(square, round));
            if (at == text.length()) {
                return boxes;
            }
            FoundBox box = at == number ? bare(text, at) : bracketed(text, at);
            if (box != null) {
                boxes.add(box);
            }
            from = box == null ? at + 1 : box.end;
            point = point < from ? next(text, '.', from) : point;
            square = square < from ? next(text, '[', from) : square;
            round = round < from ? next(text, '(', from) : round;
        }
    }

    /** Where a character stands next; the text's end if nowhere. */
    private static int next(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }

    private static @Nullable FoundBox bracketed(String text, int at) {
        FoundBox box = new Four(text, at + 1, true).bracketed(at);
        return box == null && text.charAt(at) == '[' ? new Four(text, at + 1, false).bracketed(at) : box;
    }

    private static @Nullable FoundBox bare(String text, int at) {
        boolean begins = Shares.endWrittenOut(text, at) > 0 && (at == 0 || !Shares.isNumeric(text.charAt(at - 1)));
        return begins && !followsNumber(text, at) ? new Four(text, at, true).bare(at) : null;
    }

    /** Whether a number and a comma stand before. */
    private static boolean followsNumber(String text, int at) {
        int comma = at - 1;
        if (comma >= 0 && Shares.isBlank(text.charAt(comma))) {
            comma--;
        }
        return comma > 0 && text.charAt(comma) == ',' && Shares.isDigit(text.charAt(comma - 1));
    }

    /** Four numbers from a place on. */
    private static final class Four {
        private final String text;
        private final int first;
        private final boolean commas;
        private final double[] shares = new double[4];
        private int at;

        Four(String text, int first, boolean commas) {
            this.text = text;
            this.first = first;
            this.commas = commas;
        }

        @Nullable
        FoundBox bracketed(int start) {
            at = Shares.afterBlanks(text, first);
            if (!read(false)) {
                return null;
            }
            at = Shares.afterBlanks(text, at);
            boolean closed = at < text.length() && (text.charAt(at) == ']' || (commas && text.charAt(at) == ')'));
            return closed
                            && (text.charAt(start) == '['
                                    || text.substring(start, at).indexOf('.') >= 0)
                    ? box(start, at + 1)
                    : null;
        }

        @Nullable
        FoundBox bare(int start) {
            at = first;
            return read(true) && !goesOn() ? box(start, at) : null;
        }

        private boolean read(boolean writtenOut) {
            for (int i = 0; i < shares.length; i++) {
                if (i > 0 && !separator()) {
                    return false;
                }
                int end = writtenOut ? Shares.endWrittenOut(text, at) : Shares.end(text, at);
                if (end < 0) {
                    return false;
                }
                shares[i] = Shares.value(text, at, end);
                at = end;
            }
            return true;
        }

        private boolean separator() {
            int next = Shares.afterBlanks(text, at);
            if (commas) {
                if (next == text.length() || text.charAt(next) != ',') {
                    return false;
                }
                at = Shares.afterBlanks(text, next + 1);
                return true;
            }
            boolean apart = next > at;
            at = next;
            return apart;
        }

        /** Whether the number goes on, or a fifth one follows. */
        private boolean goesOn() {
            if (Shares.isDigitAt(text, at)
                    || (at < text.length() && text.charAt(at) == '.' && Shares.isDigitAt(text, at + 1))) {
                return true;
            }
            int comma = Shares.afterBlanks(text, at);
            return comma < text.length()
                    && text.charAt(comma) == ','
                    && Shares.isDigitAt(text, Shares.afterBlanks(text, comma + 1));
        }

        private @Nullable FoundBox box(int start, int end) {
            return shares[0] < shares[2] && shares[1] < shares[3]
                    ? new FoundBox(start, end, shares[0], shares[1], shares[2], shares[3])
                    : null;
        }
    }
}
