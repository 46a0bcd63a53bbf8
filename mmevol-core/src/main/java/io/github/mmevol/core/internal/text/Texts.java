package io.github.mmevol.core.internal.text;

import java.util.OptionalInt;
import java.util.Set;

/** Ways to look at a text that ignore what does not matter. Everything here takes time linear in the text. */
public final class Texts {
    private static final int EXCERPT = 80;
    /** Thai has the first of the scripts that are written without spaces. */
    private static final int FIRST_UNSPACED = 0x0e00;

    private Texts() {}

    /** Lower case, white space as single spaces, every kind of apostrophe and quotation mark as the plain one. */
    public static String folded(String text) {
        char[] chars = text.toCharArray();
        int length = 0;
        boolean ascii = true;
        boolean space = true;
        for (char c : chars) {
            if (Characters.isSpace(c)) {
                if (!space) {
                    chars[length++] = ' ';
                }
                space = true;
            } else {
                space = false;
                ascii &= c < 128;
                chars[length++] = plain(c);
            }
        }
        String folded = new String(chars, 0, space && length > 0 ? length - 1 : length);
        return ascii ? folded : LowerCase.of(folded);
    }

    private static char plain(char c) {
        return switch (c) {
            case '\u2018', '\u2019', '\u02bc', '\u00b4', '`' -> '\'';
            case '\u201c', '\u201d', '\u201e' -> '"';
            default -> c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
        };
    }

    /** Letters, digits and symbols in lower case; whatever stands between them is one space. */
    public static String fingerprint(String text) {
        char[] chars = text.toCharArray();
        int length = 0;
        boolean gap = false;
        for (int i = 0; i < chars.length; ) {
            int c = Character.codePointAt(chars, i);
            i += Character.charCount(c);
            if (Characters.isLetterOrDigit(c) || Characters.isSymbol(c)) {
                if (gap && length > 0) {
                    chars[length++] = ' ';
                }
                gap = false;
                length += Character.toChars(c, chars, length);
            } else {
                gap = true;
            }
        }
        return LowerCase.of(new String(chars, 0, length));
    }

    public static boolean hasLetter(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    /** Whether a text holds script that is written without spaces between words. */
    public static boolean unspaced(String text) {
        return text.codePoints().anyMatch(Texts::unspaced);
    }

    public static boolean unspaced(int c) {
        if (c < FIRST_UNSPACED) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || script == Character.UnicodeScript.THAI;
    }

    /** Whether a character belongs to a word of the Latin script, so that a letter beside it does not stand alone. */
    public static boolean wordly(char c) {
        return c == '_' || Character.isDigit(c) || (Character.isLetter(c) && !unspaced(c));
    }

    /** Whether the stretch of a text is bounded by something else than letters, digits and underscores. */
    public static boolean isWord(String text, int start, int end) {
        return (start == 0 || !wordly(text.charAt(start - 1))) && (end == text.length() || !wordly(text.charAt(end)));
    }

    /** Where a phrase stands as whole words, from a place on; -1 if nowhere, as nothing always does. */
    public static int findWords(String text, String phrase, int from) {
        int at = phrase.isEmpty() ? -1 : text.indexOf(phrase, from);
        while (at >= 0) {
            if (isWord(text, at, at + phrase.length())) {
                return at;
            }
            at = text.indexOf(phrase, at + 1);
        }
        return -1;
    }

    public static boolean hasWords(String text, String phrase) {
        return findWords(text, phrase, 0) >= 0;
    }

    public static boolean startsWithWords(String text, int from, String phrase) {
        int end = from + phrase.length();
        return text.startsWith(phrase, from) && (end == text.length() || !wordly(text.charAt(end)) || cjkEnd(phrase));
    }

    private static boolean cjkEnd(String phrase) {
        return unspaced(phrase.charAt(phrase.length() - 1));
    }

    /** The number that a word or digits stand for, 1..999. */
    public static OptionalInt number(String word) {
        OptionalInt named = NumberWords.word(word);
        if (named.isPresent() && named.getAsInt() > 0) {
            return named;
        }
        boolean digits = !word.isEmpty() && word.length() <= 3 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? OptionalInt.of(Integer.parseInt(word)) : OptionalInt.empty();
    }

    /** The words of a line, each of them once. */
    public static Set<String> words(String line) {
        return Set.of(line.split(" ", -1));
    }

    /** Evidence: the neighbourhood of a place in a text. */
    public static String around(String text, int at) {
        int start = Math.max(0, at - EXCERPT / 2);
        int end = Math.min(text.length(), at + EXCERPT);
        return (start > 0 ? "..." : "") + text.substring(start, end) + (end < text.length() ? "..." : "");
    }
}
