package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import java.util.Map;
import java.util.Set;

/** Units of measure: two different ones in a calculation want converting, which is not done here. */
final class Measures {
    private static final Set<String> UNITS =
            Texts.words("mm millimetre millimeter cm centimetre centimeter m metre meter km kilometre kilometer inch "
                    + "foot ft yard mile g gram kg kilogram mg ton tonne lb pound oz ounce second sec minute min hour "
                    + "h hr day week month year decade century cent dollar euro ml cl l litre liter gallon pair dozen "
                    + "px pixel am pm o'clock january february march april may june july august september october "
                    + "november december");
    private static final Set<String> DATES = Texts.words(
            "am pm o'clock january february march april june july august september october november december");
    private static final Map<String, String> SHORT = Map.of(
            "feet", "foot", "inches", "inch", "centuries", "century", "sec", "second", "min", "minute", "hr", "hour");

    private Measures() {}

    /** Whether these are forms of one word. */
    static boolean isSame(String one, String other) {
        return one.equals(other) || one.equals(other + "s") || other.equals(one + "s");
    }

    /** Whether it is a time of day or a day of a month: two of one month cannot be added. */
    static boolean isDate(String word) {
        return DATES.contains(word);
    }

    static boolean isUnit(String word) {
        return UNITS.contains(unit(word));
    }

    /** Whether these are two units of measure, and not the same. */
    static boolean differ(String one, String other) {
        if (one.isEmpty() || other.isEmpty() || one.equals(other)) {
            return false;
        }
        String first = unit(one);
        String second = unit(other);
        return !first.equals(second) && UNITS.contains(first) && UNITS.contains(second);
    }

    private static String unit(String word) {
        String known = SHORT.get(word);
        if (known != null) {
            return known;
        }
        boolean plural =
                word.length() > 2 && word.endsWith("s") && UNITS.contains(word.substring(0, word.length() - 1));
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
