package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Tells options whose texts can change places from those that are bound to theirs. */
public final class FreeOptions {
    private static final int MOST_OPTIONS = 8;
    private static final List<String> BOUND_TO_PLACE = List.of(
            "all of",
            "none of",
            "any of",
            "neither",
            "both",
            "either",
            "the above",
            "the below",
            "cannot be",
            "can't be",
            "can not be",
            "not enough information",
            "something else",
            "anything else",
            "keine der",
            "keiner der",
            "alle genannten",
            "aucun des",
            "aucune des",
            "toutes les r\u00e9ponses",
            "ninguna de",
            "ninguno de",
            "todas las anteriores");

    private FreeOptions() {}

    /**
     * Whether the texts can change places: they are cut out exactly and few, none speaks of the others ("none of these") or of
     * a letter, and they neither rise nor fall by number.
     */
    public static boolean are(Options options) {
        return options.exact() && options.lettered() && options.size() <= MOST_OPTIONS && !boundToPlace(options);
    }

    private static boolean boundToPlace(Options options) {
        if (!LetterReferences.noneButAllTogether(options.stem(), options.size())
                || !LetterReferences.noneButAllTogether(options.tail(), options.size())) {
            return true;
        }
        List<OptionalDouble> numbers = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String text = options.text(i);
            String folded = Texts.folded(text);
            boolean bound = BOUND_TO_PLACE.stream().anyMatch(phrase -> Texts.hasWords(folded, phrase))
                    || folded.contains("\u4ee5\u4e0a")
                    || folded.contains("\u90fd\u4e0d");
            boolean names = !LetterReferences.in(text, options.size())
                    .map(List::isEmpty)
                    .orElse(false);
            if (bound || names) {
                return true;
            }
            numbers.add(leadingNumber(folded));
        }
        return rises(numbers, 1) || rises(numbers, -1);
    }

    private static boolean rises(List<OptionalDouble> numbers, int sign) {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i).isEmpty()) {
                return false;
            }
            if (i > 0
                    && sign * (numbers.get(i).getAsDouble() - numbers.get(i - 1).getAsDouble()) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static OptionalDouble leadingNumber(String text) {
        String word = text.split(" ", 2)[0];
        if (Texts.number(word).isPresent()) {
            return OptionalDouble.of(Texts.number(word).getAsInt());
        }
        if (word.equals("zero")) {
            return OptionalDouble.of(0);
        }
        int start = !word.isEmpty() && "$\u20ac\u00a3-".indexOf(word.charAt(0)) >= 0 ? 1 : 0;
        int end = start;
        while (end < word.length() && end < 12 && (isDigit(word.charAt(end)) || ".:,".indexOf(word.charAt(end)) >= 0)) {
            end++;
        }
        StringBuilder digits = new StringBuilder();
        for (int i = start; i < end; i++) {
            if (isDigit(word.charAt(i)) || (word.charAt(i) != ',' && digits.indexOf(".") < 0)) {
                digits.append(isDigit(word.charAt(i)) ? word.charAt(i) : '.');
            }
        }
        return digits.chars().anyMatch(FreeOptions::isDigit)
                ? OptionalDouble.of(Double.parseDouble(digits.toString()))
                : OptionalDouble.empty();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
