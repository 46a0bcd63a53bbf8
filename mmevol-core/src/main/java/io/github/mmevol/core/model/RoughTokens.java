package io.github.mmevol.core.model;

/**
 * Estimates tokens by kinds of characters. A word is a token, and a little more for each letter beyond the sixth; other
 * scripts have a rate of their own; digits go by threes; a run of punctuation is a token and a little more, and less where
 * a word or the line's end follows at once. The figures were fitted to the o200k encoding.
 */
final class RoughTokens {
    private static final double JOINED = 0.4;

    private enum Kind {
        LATIN,
        ACCENTED,
        CYRILLIC,
        HAN,
        KANA,
        HANGUL,
        OTHER_LETTER,
        DIGIT,
        SPACE,
        LINE_BREAK,
        MARK
    }

    private RoughTokens() {}

    static long count(String text) {
        double tokens = 0;
        int at = 0;
        while (at < text.length()) {
            Kind kind = kindAt(text, at);
            int end = at;
            int length = 0;
            int accented = 0;
            while (end < text.length() && isOneRun(kind, kindAt(text, end))) {
                accented += kindAt(text, end) == Kind.ACCENTED ? 1 : 0;
                end = text.offsetByCodePoints(end, 1);
                length++;
            }
            tokens += tokens(kind, length) + 0.6 * accented;
            if (kind == Kind.MARK && end < text.length() && isJoinedToMark(kindAt(text, end))) {
                tokens -= JOINED;
            }
            at = end;
        }
        return Math.round(tokens);
    }

    private static double tokens(Kind run, int length) {
        return switch (run) {
            case LATIN, ACCENTED -> 1 + 0.15 * Math.max(0, length - 6);
            case CYRILLIC -> 1 + 0.25 * Math.max(0, length - 3);
            case HAN -> 0.87 * length;
            case KANA -> 0.73 * length;
            case HANGUL -> 0.78 * length;
            case OTHER_LETTER -> 0.35 * length;
            case DIGIT -> Math.ceil(length / 3.0);
            case SPACE -> length > 1 ? 1 : 0;
            case LINE_BREAK -> 0.7;
            case MARK -> 1 + 0.25 * (length - 1);
        };
    }

    private static boolean isOneRun(Kind run, Kind next) {
        return run == next || (isLatin(run) && isLatin(next));
    }

    private static boolean isLatin(Kind kind) {
        return kind == Kind.LATIN || kind == Kind.ACCENTED;
    }

    private static boolean isJoinedToMark(Kind next) {
        return isLatin(next) || next == Kind.LINE_BREAK;
    }

    private static Kind kindAt(String text, int at) {
        int c = text.codePointAt(at);
        return c < 0x80 ? ascii(c) : other(c);
    }

    private static Kind ascii(int c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return Kind.LATIN;
        }
        if (c >= '0' && c <= '9') {
            return Kind.DIGIT;
        }
        if (c == '\n' || c == '\r') {
            return Kind.LINE_BREAK;
        }
        return c <= ' ' ? Kind.SPACE : Kind.MARK;
    }

    private static Kind other(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> Kind.OTHER_LETTER;
            case Character.DECIMAL_DIGIT_NUMBER -> Kind.DIGIT;
            case Character.SPACE_SEPARATOR -> Kind.SPACE;
            default -> Character.isLetter(c) ? letter(c) : Kind.MARK;
        };
    }

    private static Kind letter(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case LATIN -> Kind.ACCENTED;
            case CYRILLIC -> Kind.CYRILLIC;
            case HAN -> Kind.HAN;
            case HIRAGANA, KATAKANA -> Kind.KANA;
            case HANGUL -> Kind.HANGUL;
            default -> Kind.OTHER_LETTER;
        };
    }
}
