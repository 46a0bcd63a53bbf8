package io.github.mmevol.core.internal.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** English words for whole numbers. */
public final class NumberWords {
    private static final List<String> ONES = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final Map<String, Integer> VALUES = new HashMap<>();

    static {
        for (int i = 0; i < ONES.size(); i++) {
            VALUES.put(ONES.get(i), i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            VALUES.put(TENS.get(i), 20 + 10 * i);
        }
    }

    private NumberWords() {}

    /** The number of one word, 0..90. */
    public static OptionalInt word(String word) {
        Integer value = VALUES.get(word);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * The number of some words that follow each other, 0..999 999: "twenty three", "one hundred and five", "two thousand".
     * A hyphenated word is two of them.
     *
     * @return empty if the words make no number
     */
    public static OptionalInt of(List<String> words) {
        int thousands = 0;
        int hundreds = 0;
        int rest = -1;
        boolean begun = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Integer value = VALUES.get(word);
            if (value != null) {
                boolean ones = rest >= 20 && rest % 10 == 0 && value > 0 && value < 10;
                if (rest >= 0 && !ones) {
                    return OptionalInt.empty();
                }
                rest = ones ? rest + value : value;
            } else if (word.equals("hundred") && rest > 0 && rest < 20 && hundreds == 0) {
                hundreds = 100 * rest;
                rest = -1;
            } else if (word.equals("thousand") && begun && thousands == 0 && hundreds + Math.max(0, rest) > 0) {
                thousands = 1000 * (hundreds + Math.max(0, rest));
                hundreds = 0;
                rest = -1;
            } else if (!(word.equals("and") && (hundreds > 0 || thousands > 0) && rest < 0 && i < words.size() - 1)) {
                return OptionalInt.empty();
            }
            begun = true;
        }
        return begun ? OptionalInt.of(thousands + hundreds + Math.max(0, rest)) : OptionalInt.empty();
    }
}
