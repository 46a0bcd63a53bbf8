package io.github.mmevol.core.manipulation;

import java.util.Map;
import java.util.Set;

/** Units of measure: two different ones in a calculation want converting, which is not done here. */
final class Measures {
    private static final Set<String> UNITS = Set.of(
            "mm",
            "millimetre",
            "millimeter",
            "cm",
            "centimetre",
            "centimeter",
            "m",
            "metre",
            "meter",
            "km",
            "kilometre",
            "kilometer",
            "inch",
            "foot",
            "ft",
            "yard",
            "mile",
            "g",
            "gram",
            "kg",
            "kilogram",
            "mg",
            "ton",
            "tonne",
            "lb",
            "pound",
            "oz",
            "ounce",
            "second",
            "sec",
            "minute",
            "min",
            "hour",
            "h",
            "hr",
            "day",
            "week",
            "month",
            "year",
            "decade",
            "century",
            "cent",
            "dollar",
            "euro",
            "ml",
            "cl",
            "l",
            "litre",
            "liter",
            "gallon",
            "pair",
            "dozen",
            "px",
            "pixel");
    private static final Map<String, String> SHORT = Map.of(
            "feet", "foot", "inches", "inch", "centuries", "century", "sec", "second", "min", "minute", "hr", "hour");

    private Measures() {}

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
