package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words that calculate, or that stand around numbers which do. */
final class SumWords {
    private static final Map<String, Integer> MULTIPLES = Map.of("twice", 2, "double", 2, "triple", 3, "thrice", 3);
    private static final Map<String, Integer> PARTS = Map.ofEntries(
            Map.entry("half", 2),
            Map.entry("halves", 2),
            Map.entry("third", 3),
            Map.entry("thirds", 3),
            Map.entry("quarter", 4),
            Map.entry("quarters", 4),
            Map.entry("fourth", 4),
            Map.entry("fourths", 4),
            Map.entry("fifth", 5),
            Map.entry("fifths", 5),
            Map.entry("sixth", 6),
            Map.entry("sixths", 6),
            Map.entry("eighth", 8),
            Map.entry("eighths", 8),
            Map.entry("tenth", 10),
            Map.entry("tenths", 10));
    private static final Set<String> APART =
            Texts.words("and or to from than more less fewer is are was were equals equal plus minus times by over "
                    + "divided multiplied makes make gives give leaves yields comes amounts about so if but not per "
                    + "each every out because then which that has have had add adds sum sums total totals together "
                    + "exceeds exceed squared cubed factorial");
    private static final Set<String> DETERMINERS =
            Texts.words("the a an another these those its their values numbers figures amounts only");

    private SumWords() {}

    /** How many times the word takes what follows it, 2 for "twice"; null if it is no such word. */
    static @Nullable Integer multiple(Token word) {
        return word.is(Kind.WORD) ? MULTIPLES.get(word.word()) : null;
    }

    /** How many of the named part make a whole, 3 for "third"; null if it is no such word. */
    static @Nullable Integer parts(Token word) {
        return word.is(Kind.WORD) ? PARTS.get(word.word()) : null;
    }

    /** Whether a token begins a share of what follows: "twice", "half of", "a third of". */
    static boolean isShare(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        int part = token.is("a") || token.is("an") ? at + 1 : at;
        boolean of = part + 1 < tokens.size() && tokens.get(part + 1).is("of") && isShareOf(tokens.get(part));
        return of || multiple(token) != null;
    }

    /** Whether a token may stand before "of" and take a share of what follows. */
    static boolean isShareOf(Token token) {
        return parts(token) != null || token.is(Kind.PERCENT) || token.is("percent") || token.is("cent");
    }

    /** Whether a word before a number does not make a label of it, as "bar" does of "bar 3". */
    static boolean isDeterminer(Token word) {
        return DETERMINERS.contains(word.word())
                || word.word().endsWith("'s")
                || word.word().endsWith("s'");
    }

    /** Whether a word can be no part of a number's unit or name. */
    static boolean isApart(Token word) {
        return APART.contains(word.word());
    }

    /** Whether a token stands between two operands or two sides. */
    static boolean isSign(Token token) {
        return switch (token.kind()) {
            case PLUS, MINUS, DASH, TIMES, OVER, EQUALS, ABOUT -> true;
            case WORD ->
                switch (token.word()) {
                    case "plus", "minus", "times", "divided", "multiplied", "over" -> true;
                    default -> false;
                };
            default -> false;
        };
    }
}
