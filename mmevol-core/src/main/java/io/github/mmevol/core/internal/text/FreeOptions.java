package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Tells options whose texts can change places from those that are bound to theirs. */
public final class FreeOptions {
    private static final int MOST_OPTIONS = 8;
    /** Phrases that speak of the other options, or of what cannot be told, and belong at the end of the list. */
    private static final List<String> BOUND_TO_PLACE = List.of(
            "all of",
            "none of",
            "none",
            "any of",
            "neither",
            "both",
            "either",
            "the above",
            "the below",
            "all above",
            "cannot be",
            "can't be",
            "can not be",
            "cannot tell",
            "can't tell",
            "can not tell",
            "cannot say",
            "can't say",
            "cannot determine",
            "can't determine",
            "cannot see",
            "can't see",
            "not possible",
            "impossible to",
            "not sure",
            "unsure",
            "unclear",
            "unknown",
            "not determinable",
            "undeterminable",
            "indeterminate",
            "undetermined",
            "not given",
            "not stated",
            "don't know",
            "do not know",
            "hard to tell",
            "no way to",
            "not enough information",
            "insufficient",
            "no information",
            "no answer",
            "something else",
            "anything else",
            "all three",
            "all four",
            "keine der",
            "keiner der",
            "keines der",
            "keins der",
            "keine von",
            "keiner von",
            "keines von",
            "nichts davon",
            "nichts von",
            "alle genannten",
            "alle oben",
            "alles oben",
            "alles genannte",
            "beide",
            "beides",
            "weder",
            "l\u00e4sst sich nicht",
            "nicht erkennbar",
            "nicht zu erkennen",
            "kann nicht",
            "kann man nicht",
            "aucun de",
            "aucun des",
            "aucune de",
            "aucune des",
            "rien de tout",
            "toutes les r\u00e9ponses",
            "toutes ces r\u00e9ponses",
            "tous les pr\u00e9c\u00e9dents",
            "toutes les pr\u00e9c\u00e9dentes",
            "les deux",
            "impossible \u00e0",
            "impossible de",
            "ne peut pas",
            "ninguna",
            "ninguno",
            "todas las anteriores",
            "todos los anteriores",
            "ambas",
            "ambos",
            "no se puede",
            "nenhuma",
            "nenhum",
            "todas as anteriores",
            "todas as alternativas",
            "n\u00e3o \u00e9 poss\u00edvel",
            "nessuna",
            "nessuno",
            "tutte le",
            "entrambi",
            "entrambe",
            "non si pu\u00f2",
            "geen van",
            "alle bovenstaande",
            "kan niet",
            "\u017cadne z",
            "\u017cadna z",
            "nie mo\u017cna",
            "hi\u00e7biri",
            "hepsi",
            "\u043d\u0438 \u043e\u0434\u0438\u043d",
            "\u043d\u0438 \u043e\u0434\u043d\u043e",
            "\u043d\u0438\u0447\u0435\u0433\u043e \u0438\u0437",
            "\u0432\u0441\u0435 \u043f\u0435\u0440\u0435\u0447\u0438\u0441\u043b\u0435\u043d\u043d\u044b\u0435",
            "\u0432\u0441\u0451 \u043f\u0435\u0440\u0435\u0447\u0438\u0441\u043b\u0435\u043d\u043d\u043e\u0435",
            "\u043d\u0435\u043b\u044c\u0437\u044f \u043e\u043f\u0440\u0435\u0434\u0435\u043b\u0438\u0442\u044c");
    /** The same in scripts without spaces between words, and in Korean, where endings follow them. */
    private static final List<String> BOUND_ANYWHERE_IN_WORDS = List.of(
            "\u4ee5\u4e0a",
            "\u90fd\u4e0d",
            "\u90fd\u6ca1",
            "\u90fd\u662f",
            "\u5747\u4e0d",
            "\u7686",
            "\u65e0\u6cd5",
            "\u4e0d\u80fd\u786e\u5b9a",
            "\u4e0d\u786e\u5b9a",
            "\u4e0a\u8ff0",
            "\u4e0a\u8a18",
            "\u3044\u305a\u308c",
            "\u3069\u308c\u3067\u3082\u306a\u3044",
            "\u3069\u308c\u3082",
            "\u3059\u3079\u3066",
            "\u5168\u3066",
            "\u8a72\u5f53\u306a\u3057",
            "\u308f\u304b\u3089\u306a\u3044",
            "\u5206\u304b\u3089\u306a\u3044",
            "\u5224\u65ad\u3067\u304d\u306a\u3044",
            "\uc704\uc758",
            "\ubaa8\ub450",
            "\uc5c6\uc74c",
            "\ud574\ub2f9 \uc5c6",
            "\uc54c \uc218 \uc5c6");

    private FreeOptions() {}

    /**
     * Whether the texts can change places: they are cut out exactly and few, none speaks of the others ("none of these") or of
     * a letter, and they neither rise nor fall by number.
     */
    public static boolean are(Options options) {
        return options.exact() && options.lettered() && options.size() <= MOST_OPTIONS && !boundToPlace(options);
    }

    private static boolean boundToPlace(Options options) {
        if (!LetterReferences.noneButAllTogether(options.stem(), options)
                || !LetterReferences.noneButAllTogether(options.tail(), options)) {
            return true;
        }
        List<OptionalDouble> numbers = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            String text = options.text(i);
            String folded = Texts.folded(text);
            boolean bound = BOUND_TO_PLACE.stream().anyMatch(phrase -> Texts.hasWords(folded, phrase))
                    || BOUND_ANYWHERE_IN_WORDS.stream().anyMatch(folded::contains);
            boolean names =
                    !LetterReferences.in(text, options).map(List::isEmpty).orElse(false);
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
