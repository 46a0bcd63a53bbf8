package io.github.mmevol.core.internal.text;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a text: a word, a number, a mark.
 *
 * @param kind what it is
 * @param start where it begins
 * @param end where it ends
 * @param word a word or an odd piece in lower case, the content of a quotation as it is; else empty
 * @param number the value of a number
 * @param tight whether a sign stands between its neighbours without a space; of a number, whether it is written in words
 */
public record Token(
        Kind kind,
        int start,
        int end,
        String word,
        @Nullable BigDecimal number,
        boolean tight) {

    /** What a piece of a text is. */
    public enum Kind {
        /** Letters. */
        WORD,
        /** A number that can be read in one way only, in digits or in English words. */
        NUMBER,
        /** What holds digits and is no plain number: {@code 10:30}, {@code 2024-05-03}, {@code A4}, {@code 3rd}. */
        ODD,
        /** Four numbers in brackets. */
        BOX,
        /** What stands between quotation marks. */
        QUOTE,
        PLUS,
        MINUS,
        /** A dash that may be a minus. */
        DASH,
        TIMES,
        OVER,
        PERCENT,
        EQUALS,
        /** Nearly equals. */
        ABOUT,
        /** Less or greater than. */
        COMPARE,
        OPEN,
        CLOSE,
        COMMA,
        /** An arrow. */
        ARROW,
        /** The end of a sentence, a clause or a line. */
        STOP
    }

    /** Whether it is of this kind. */
    public boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it is this word, given in lower case. */
    public boolean is(String other) {
        return kind == Kind.WORD && word.equals(other);
    }

    /** The value of a number; zero for everything else. */
    public BigDecimal value() {
        return number == null ? BigDecimal.ZERO : number;
    }
}
