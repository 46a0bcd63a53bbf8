package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.manipulation.Arithmetic.Claim;
import io.github.mmevol.core.manipulation.Figures.Fit;
import java.math.BigDecimal;
import java.util.List;

/** A text with its pieces. */
record Passage(String text, List<Token> tokens) {

    static Passage of(String text) {
        return new Passage(text, Tokens.of(text));
    }

    /** The text from one token up to another. */
    String written(int from, int end) {
        return text.substring(tokens.get(from).start(), tokens.get(end - 1).end());
    }

    /**
     * The claim that some tokens make; none if it is unclear.
     *
     * @param from its first token
     * @param end the token behind it
     * @param stated the first token of the result
     * @param statedEnd the token behind the result
     */
    List<Claim> claim(int from, int end, int stated, int statedEnd, BigDecimal exact, Fit fit) {
        if (fit == Fit.UNCLEAR) {
            return List.of();
        }
        Token last = tokens.get(statedEnd - 1);
        boolean share = (last.is(Kind.PERCENT) || last.word().endsWith("cent"))
                && exact.abs().compareTo(BigDecimal.ONE) <= 0;
        String actual = share ? Figures.text(exact.multiply(Term.HUNDRED)) + " %" : Figures.text(exact);
        return List.of(new Claim(written(from, end), written(stated, statedEnd), actual, fit == Fit.RIGHT));
    }
}
