package io.github.mmevol.prompts;

import java.util.Locale;
import java.util.Set;

/** The short ids that prompts use, {@code q1}, {@code q2}, in the spellings that come back. */
final class LocalId {
    private static final Set<String> WORDS = Set.of("", "q", "id", "no", "item", "question", "instruction", "verdict");

    private LocalId() {}

    /** The number of {@code q1}, {@code Q1}, {@code 1}, {@code Question 1:}; for another text its letters and digits. */
    static String normal(String text) {
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(word::appendCodePoint);
        int digits = word.length();
        while (digits > 0 && word.charAt(digits - 1) >= '0' && word.charAt(digits - 1) <= '9') {
            digits--;
        }
        if (digits == word.length() || !WORDS.contains(word.substring(0, digits))) {
            return word.toString();
        }
        int first = digits;
        while (first < word.length() - 1 && word.charAt(first) == '0') {
            first++;
        }
        return word.substring(first);
    }

    /** Whether a text is such an id. */
    static boolean isId(String text) {
        String normal = normal(text);
        return !normal.isEmpty() && normal.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
