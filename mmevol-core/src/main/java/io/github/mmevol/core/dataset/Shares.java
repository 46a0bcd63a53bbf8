package io.github.mmevol.core.dataset;

/** Numbers from 0 to 1 in texts, without patterns, which would take most of the time of writing a file. */
final class Shares {
    /** So many digits, and the power of ten that they are divided by, are exact as doubles; so is their quotient's rounding. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private Shares() {}

    /** Where a share that begins here ends, such as 0.25, .5, 1, 1.00 or 0; -1 if none begins here. */
    static int end(String text, int from) {
        int end = endOfDigits(text, from);
        char only = end == from + 1 ? text.charAt(from) : ' ';
        if (end < text.length() && text.charAt(end) == '.') {
            int behind = endOfDigits(text, end + 1);
            if (end == from) {
                return behind > end + 1 ? behind : -1;
            }
            return only == '0' || (only == '1' && behind > end + 1 && areZeros(text, end + 1, behind)) ? behind : -1;
        }
        return only == '0' || only == '1' ? end : -1;
    }

    /** The same for those of at least two digits behind the point, such as 0.25, .25 or 1.00. */
    static int endWrittenOut(String text, int from) {
        int end = end(text, from);
        int point = end < 0 ? -1 : text.indexOf('.', from);
        return point >= 0 && point + 2 < end ? end : -1;
    }

    /** The value of the digits and the point between two places. */
    static double value(String text, int from, int end) {
        if (end - from > EXACT_DIGITS) {
            return Double.parseDouble(text.substring(from, end));
        }
        long digits = 0;
        int behind = 0;
        boolean point = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                point = true;
            } else {
                digits = 10 * digits + (c - '0');
                behind += point ? 1 : 0;
            }
        }
        return digits / POWERS[behind];
    }

    /**
     * Whether a number with at least two digits behind its point, and at most one before it, stands between two places and is
     * one of these.
     */
    static boolean isAnyIn(String text, int from, int end, double[] values) {
        for (int point = text.indexOf('.', from); point >= 0 && point < end; point = text.indexOf('.', point + 1)) {
            int behind = Math.min(end, endOfDigits(text, point + 1));
            int start = point > from && isDigit(text.charAt(point - 1)) ? point - 1 : point;
            boolean alone = start == from || !isNumeric(text.charAt(start - 1));
            if (behind > point + 2 && alone) {
                double value = value(text, start, behind);
                for (double one : values) {
                    if (one == value) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isBlank(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isNumeric(char c) {
        return c == '.' || isDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isDigitAt(String text, int at) {
        return at < text.length() && isDigit(text.charAt(at));
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (isDigitAt(text, at)) {
            at++;
        }
        return at;
    }

    private static boolean areZeros(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
