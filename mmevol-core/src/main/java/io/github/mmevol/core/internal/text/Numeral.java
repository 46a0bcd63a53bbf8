package io.github.mmevol.core.internal.text;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number in digits, or something odd that begins with a digit.
 *
 * @param end where it ends
 * @param value its value; null if it is a date, a time, a version, an ordinal or the like
 * @param unit a unit that follows it without a space; may be empty, "x" where another number follows that
 */
record Numeral(int end, @Nullable BigDecimal value, String unit) {
    private static final int MOST_DIGITS = 18;
    private static final Set<String> UNITS =
            Texts.words("mm cm m km g kg mg ml l cl px ft in lb oz mph kmh min h hrs hr sec kb mb gb hz khz w kw v c f "
                    + "pt pts");

    /**
     * Reads what begins with the digit, or the point and the digit, at a place.
     *
     * @param joined whether it belongs to what stands before it
     */
    static Numeral at(String text, int start, boolean joined) {
        int end = digitsEnd(text, start);
        if (!is(text, start, '.')) {
            while (grouped(text, start, end)) {
                end += 4;
            }
            if (is(text, end, '.') && isDigit(text, end + 1)) {
                end = digitsEnd(text, end + 1);
            }
        }
        boolean adjective = is(text, end, '-') && isLetter(text, end + 1);
        boolean plain = !joined && !adjective && end - start <= MOST_DIGITS && !runsOn(text, end);
        String unit = plain ? unit(text, end) : "";
        boolean times = unit.length() > 1 && unit.charAt(0) == 'x' && isDigit(unit, 1);
        if (!plain || !(unit.isEmpty() || times || UNITS.contains(unit))) {
            return new Numeral(oddEnd(text, end), null, "");
        }
        return new Numeral(end, new BigDecimal(text.substring(start, end).replace(",", "")), times ? "x" : unit);
    }

    private static String unit(String text, int from) {
        int end = from;
        if (isLetter(text, from) && !Texts.unspaced(text.codePointAt(from))) {
            while (end < text.length() && Lexer.isWordly(text.charAt(end))) {
                end++;
            }
        }
        return LowerCase.of(text.substring(from, end));
    }

    private static int oddEnd(String text, int from) {
        int end = from;
        while (end < text.length()
                && (Lexer.isWordly(text.charAt(end)) || (isJoint(text, end) && isDigit(text, end + 1)))) {
            end++;
        }
        return end;
    }

    /** Whether a comma and three digits follow that belong to the number. */
    private static boolean grouped(String text, int start, int end) {
        return is(text, end, ',')
                && text.indexOf(',', start) - start <= 3
                && text.charAt(start) != '0'
                && isDigit(text, end + 1)
                && isDigit(text, end + 2)
                && isDigit(text, end + 3)
                && !isDigit(text, end + 4);
    }

    /** Whether what follows makes a date, a time, a version or a number with a decimal comma of it. */
    private static boolean runsOn(String text, int end) {
        if (!isDigit(text, end + 1)) {
            return false;
        }
        if (is(text, end, ':') || is(text, end, '.') || is(text, end, ',')) {
            return true;
        }
        int next = digitsEnd(text, end + 1); // 2024-05-03, 12/05/2024
        return isJoint(text, end) && is(text, next, text.charAt(end)) && isDigit(text, next + 1);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (isDigit(text, end) || (end == from && is(text, end, '.'))) {
            end++;
        }
        return end;
    }

    private static boolean isJoint(String text, int at) {
        return at < text.length() && "-/:.,\u2013".indexOf(text.charAt(at)) >= 0;
    }

    private static boolean is(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean isLetter(String text, int at) {
        return at < text.length() && Character.isLetter(text.charAt(at));
    }
}
