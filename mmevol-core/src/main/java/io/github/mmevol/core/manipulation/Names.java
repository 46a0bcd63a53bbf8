package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Characters;
import io.github.mmevol.core.internal.text.LowerCase;
import io.github.mmevol.core.manipulation.Call.Function;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The spellings of functions and variables, and the one way to write each of them. */
final class Names {
    private static final Map<String, Function> FUNCTIONS = Map.ofEntries(
            Map.entry("grounding", Function.GROUNDING),
            Map.entry("ground", Function.GROUNDING),
            Map.entry("grounded", Function.GROUNDING),
            Map.entry("referring", Function.REFERRING),
            Map.entry("refer", Function.REFERRING),
            Map.entry("referencing", Function.REFERRING),
            Map.entry("reference", Function.REFERRING),
            Map.entry("calculate", Function.CALCULATE),
            Map.entry("calculating", Function.CALCULATE),
            Map.entry("calculation", Function.CALCULATE),
            Map.entry("calc", Function.CALCULATE),
            Map.entry("compute", Function.CALCULATE),
            Map.entry("ocr", Function.OCR));
    /** Each stem of a variable's name with the one it is written as. */
    private static final Map<String, String> STEMS = new HashMap<>();
    /** Stems that are variables without a number too; the others are words. */
    private static final Set<String> BARE = Set.of("bbx", "bbox", "bbxs", "tgt", "txt", "res");

    private static final int LONGEST_BARE = 4;
    /** So many signs may stand between the letters and digits of a name. */
    private static final int MOST_SIGNS = 3;

    private static final Set<String> NUMBERS = Set.of("res", "n", "cnt", "ans", "val");

    static {
        String[][] families = {
            {"bbx", "bbxs", "bbox", "bboxes", "bb", "box", "boxes"},
            {"tgt", "target", "tg", "obj"},
            {"txt", "text", "str"},
            {"res", "result", "r"},
            {"n", "num", "number"},
            {"cnt", "count"},
            {"ans", "answer"},
            {"val", "value"},
        };
        for (String[] family : families) {
            for (String stem : family) {
                STEMS.put(stem, family[0]);
            }
        }
    }

    private Names() {}

    /** A name without its number: {@code grounding} of {@code Grounding_1}. */
    static String stem(String name) {
        int end = name.length();
        while (end > 0 && isNumbering(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(0, end);
    }

    /** The number at the end of a name; empty if there is none. */
    static String number(String name) {
        int start = name.length();
        while (start > 0 && Character.isDigit(name.charAt(start - 1))) {
            start--;
        }
        return name.substring(start);
    }

    static Function function(String name) {
        return FUNCTIONS.getOrDefault(letters(stem(name)), Function.OTHER);
    }

    /** The variable that a text names by itself, if it can be nothing else. */
    static Optional<Argument.Variable> variable(String text) {
        if (!mayBeVariable(text)) {
            return Optional.empty();
        }
        String name = letters(text);
        String number = number(name);
        String stem = name.substring(0, name.length() - number.length());
        String known = STEMS.get(stem);
        boolean spelt = text.length() <= name.length() + MOST_SIGNS;
        return known == null || !spelt || (number.isEmpty() && !BARE.contains(stem))
                ? Optional.empty()
                : Optional.of(new Argument.Variable(known + number));
    }

    /** Told quickly of most words: of one word, with a digit or short. */
    private static boolean mayBeVariable(String text) {
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Characters.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
                return false;
            }
            digits |= Character.isDigit(c);
        }
        return digits || text.length() <= LONGEST_BARE + MOST_SIGNS;
    }

    /** The one way to write the name of a result. */
    static Argument.Variable result(String text) {
        return variable(text).orElseGet(() -> new Argument.Variable(letters(text)));
    }

    /** The variable that takes a result for which none is written. */
    static Argument.Variable implied(Function function, String number) {
        String stem =
                switch (function) {
                    case GROUNDING -> "bbx";
                    case REFERRING -> "tgt";
                    case OCR -> "txt";
                    case CALCULATE -> "res";
                    case OTHER -> "out";
                };
        return new Argument.Variable(stem + number);
    }

    /** Whether two names may be used for one number: {@code n_1} for {@code res_1}. */
    static boolean sameNumber(String one, String other) {
        String number = number(one);
        return number.equals(number(other))
                && NUMBERS.contains(one.substring(0, one.length() - number.length()))
                && NUMBERS.contains(other.substring(0, other.length() - number.length()));
    }

    private static boolean isNumbering(char c) {
        return Character.isDigit(c) || c == '_' || c == '-' || c == '.';
    }

    /** Letters and digits in lower case. */
    static String letters(String text) {
        char[] chars = text.toCharArray();
        int length = 0;
        for (char c : chars) {
            if (Characters.isLetterOrDigit(c)) {
                chars[length++] = c;
            }
        }
        return LowerCase.of(new String(chars, 0, length));
    }
}
