package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Numbers as a text states them, held against exact ones. */
final class Figures {
    private static final BigDecimal HAIR = new BigDecimal("1e-9");
    private static final BigDecimal NEAR = new BigDecimal("0.02");
    private static final BigDecimal FAR = new BigDecimal("0.1");
    /** Words behind a number that make another one of it. */
    private static final Set<String> CHANGING = Texts.words(
            "o'clock am pm dozen hundred thousand million billion trillion lakh crore k squared cubed times or to through "
                    + "remainder mod r modulo score scores");

    /** Words behind a number that leave it alone, whatever number follows. */
    private static final Set<String> JOINING = Texts.words(
            "and is are makes equals of with in for at on by from gives plus minus but while so then versus " + "vs");

    /** How a stated number fits an exact one. */
    enum Fit {
        /** It is the exact one, rounded to the digits it shows. */
        RIGHT,
        /** It is none of the ways in which the exact one may be written. */
        WRONG,
        /** It may be the exact one, cut off, rounded further, or as a share for a percentage. */
        UNCLEAR
    }

    private Figures() {}

    /** The number that a text is, with nothing else but a unit, a currency or a full stop. */
    static Optional<BigDecimal> only(String text) {
        List<Token> tokens = Tokens.of(text);
        int place = -1;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean harmless = token.is(Kind.STOP) || token.is(Kind.PERCENT) || (token.is(Kind.WORD) && i > 0);
            if (token.is(Kind.NUMBER) && place < 0) {
                place = i;
            } else if (!harmless) {
                return Optional.empty();
            }
        }
        return place >= 0 && standsAlone(tokens, place)
                ? Optional.of(tokens.get(place).value())
                : Optional.empty();
    }

    /** Whether a number is all of the figure that stands there: no range, no "two and a half", no "1 hour 30". */
    static boolean standsAlone(List<Token> tokens, int at) {
        if (at > 0) {
            Token before = tokens.get(at - 1);
            boolean joined = before.is(Kind.OVER) || before.is(Kind.DASH) || before.is(Kind.TIMES);
            if (joined || before.is(Kind.COMPARE) || (before.is(Kind.MINUS) && before.tight())) {
                return false;
            }
        }
        int next = at + 1;
        if (next < tokens.size() && tokens.get(next).is(Kind.PERCENT)) {
            next++;
        }
        return !goesOn(tokens, next);
    }

    /** Whether what follows a number makes another one of it. */
    static boolean goesOn(List<Token> tokens, int next) {
        if (next >= tokens.size()) {
            return false;
        }
        Token after = tokens.get(next);
        boolean sign = SumWords.isSign(after) && !after.is(Kind.EQUALS) && !after.is(Kind.ABOUT);
        if (sign || after.is(Kind.NUMBER) || after.is(Kind.ODD) || after.is(Kind.COMPARE)) {
            return true;
        }
        if (!after.is(Kind.WORD) || CHANGING.contains(after.word()) || SumWords.parts(after) != null) {
            return after.is(Kind.WORD);
        }
        if (next + 1 >= tokens.size()) {
            return false;
        }
        Token second = tokens.get(next + 1);
        Token third = next + 2 < tokens.size() ? tokens.get(next + 2) : second;
        boolean share = after.is("of") && (second.is(Kind.NUMBER) || (second.is("the") && third.is(Kind.NUMBER)));
        return share
                || (after.is("out") && second.is("of") && third.is(Kind.NUMBER))
                || (after.is("and") && (second.is("a") || second.is("half")))
                || second.is("than")
                || (second.is(Kind.NUMBER) && !JOINING.contains(after.word()));
    }

    /**
     * Holds a stated number against the exact one.
     *
     * @param stated as written; a percentage not yet in hundredths
     * @param percent whether a percent sign follows it
     * @param nearly whether it is said to be about that
     */
    static Fit fit(BigDecimal stated, boolean percent, BigDecimal exact, boolean nearly) {
        BigDecimal other = exact.multiply(Term.HUNDRED, Term.PRECISION);
        BigDecimal meant = percent ? other : exact;
        if (rounds(stated, meant)) {
            return Fit.RIGHT;
        }
        // a share for a percentage, or the other way round
        BigDecimal alternative = percent ? exact : other;
        if (rounds(stated, alternative)) {
            return percent ? Fit.RIGHT : Fit.UNCLEAR;
        }
        if (exact.signum() < 0 && rounds(stated, meant.negate())) {
            return Fit.UNCLEAR; // how far two numbers lie apart, whichever is named first
        }
        for (BigDecimal target : List.of(meant, alternative)) {
            BigDecimal off = stated.subtract(target).abs();
            boolean cutOff = target.stripTrailingZeros().scale() > Math.max(0, stated.scale())
                    && off.compareTo(BigDecimal.ONE.movePointLeft(stated.scale())) < 0;
            BigDecimal size = target.abs();
            if (nearly && off.compareTo(size.multiply(NEAR)) <= 0) {
                return Fit.RIGHT;
            }
            if (cutOff || (nearly && off.compareTo(size.multiply(FAR)) <= 0)) {
                return Fit.UNCLEAR;
            }
        }
        return Fit.WRONG;
    }

    /** Whether a number is an exact one, rounded to the digits that it shows. */
    static boolean rounds(BigDecimal stated, BigDecimal exact) {
        BigDecimal half =
                BigDecimal.ONE.movePointLeft(Math.max(0, stated.scale())).multiply(new BigDecimal("0.5"));
        return stated.subtract(exact).abs().compareTo(half.add(HAIR)) <= 0;
    }

    /** An exact value for a reader: at most four decimals. */
    static String text(BigDecimal exact) {
        BigDecimal rounded = exact.setScale(Math.min(4, Math.max(0, exact.scale())), RoundingMode.HALF_UP);
        String plain = rounded.stripTrailingZeros().toPlainString();
        return rounded.compareTo(exact) == 0 ? plain : "about " + plain;
    }
}
