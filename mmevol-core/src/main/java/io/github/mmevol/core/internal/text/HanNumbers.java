package io.github.mmevol.core.internal.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whole numbers in Chinese characters, below a hundred million. */
final class HanNumbers {
    private static final String DIGITS = "\u96f6\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d";
    private static final String UNITS = "\u5341\u767e\u5343";
    private static final char TEN_THOUSAND = '\u4e07';
    /** Measure words, behind which a single digit is a number too. */
    private static final String MEASURES =
            "\u4e2a\u53ea\u6761\u628a\u5ea7\u76cf\u6839\u6b21\u540d\u4f4d\u8f86\u672c\u5f20\u6735\u68f5\u680b\u8258\u652f"
                    + "\u679a\u4ef6\u53f0\u5757\u5c42\u9897\u5934\u5339";
    /** Signs of a day, a year, an hour. */
    private static final String DATES = "\u6708\u65e5\u53f7\u5e74\u70b9\u5206\u671f";

    /** So many characters in a row are no number. */
    private static final int TOO_LONG = 12;

    private static final char ORDINAL = '\u7b2c';

    private HanNumbers() {}

    /** Behind the number that begins here; the same place if none does, or if it may be something else. */
    static int end(String text, int at) {
        int end = at;
        boolean units = false;
        while (end < text.length() && end - at < TOO_LONG && isPart(text.charAt(end))) {
            units |= digit(text.charAt(end)) < 0;
            end++;
        }
        char after = end < text.length() ? text.charAt(end) : ' ';
        boolean number = end - at > 1 ? units : end > at && MEASURES.indexOf(after) >= 0;
        return number && !isOrdinal(text, at) && DATES.indexOf(after) < 0 && end - at < TOO_LONG ? end : at;
    }

    /** Whether what begins here is the rest of an ordinal number. */
    private static boolean isOrdinal(String text, int at) {
        int before = at - 1;
        while (before >= 0 && at - before < TOO_LONG && isPart(text.charAt(before))) {
            before--;
        }
        return before >= 0 && text.charAt(before) == ORDINAL;
    }

    /** The value of characters that {@link #end} found; null if they make no number. */
    static @Nullable BigDecimal value(String characters) {
        long whole = 0;
        long below = 0;
        int digit = -1;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            int unit = UNITS.indexOf(c);
            if (digit(c) >= 0) {
                digit = digit(c);
            } else if (unit >= 0) {
                below += (digit < 0 ? 1 : digit) * (long) Math.pow(10, unit + 1);
                digit = -1;
            } else {
                if (whole > 0) {
                    return null;
                }
                whole = (below + Math.max(0, digit)) * 10_000;
                below = 0;
                digit = -1;
            }
        }
        return BigDecimal.valueOf(whole + below + Math.max(0, digit));
    }

    private static boolean isPart(char c) {
        return digit(c) >= 0 || UNITS.indexOf(c) >= 0 || c == TEN_THOUSAND;
    }

    private static int digit(char c) {
        return c == '\u4e24' ? 2 : c == '\u3007' ? 0 : DIGITS.indexOf(c);
    }
}
