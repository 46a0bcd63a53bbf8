package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by recursive descent and works it out: signs and their words, brackets, percentages, "half of",
 * units and names beside the numbers, functions, variables. Used once, from one place in a text.
 */
final class Sum {
    private static final int DEEPEST = 20;
    private static final int MOST_OPERATORS = 100;
    private static final int MOST_WORDS = 4;

    /** Where an expression finds the values of its variables and functions. */
    interface Scope {
        /** No names: the expressions of running text. */
        Scope NONE = new Scope() {
            @Override
            public Optional<Term> variable(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<Term> function(String name, List<Token> arguments) {
                return Optional.empty();
            }
        };

        /** The value of a variable, if it has one that can be reckoned with. */
        Optional<Term> variable(String name);

        /** What a function makes of its arguments, if it is known. */
        Optional<Term> function(String name, List<Token> arguments);
    }

    private final Cursor here;
    private final Scope names;
    private final int start;
    /** The brackets that were tried in vain; without it each one would be tried twice for each one around it. */
    private final BitSet unreadable = new BitSet(0);

    private int depth;
    private int operators;

    Sum(List<Token> tokens, int from, Scope names) {
        here = new Cursor(tokens, from);
        this.names = names;
        start = from;
    }

    /** Where reading stopped. */
    int at() {
        return here.at();
    }

    /** The value of the longest expression that begins here; null if none does. */
    @Nullable
    Term sum() {
        Term left = product();
        while (left != null) {
            int before = here.at();
            boolean plus = here.is(Kind.PLUS) || here.is("plus");
            boolean minus = here.is(Kind.MINUS) || here.is(Kind.DASH) || here.is("minus");
            if (!plus && !minus) {
                break;
            }
            boolean loose =
                    here.is(Kind.DASH) || (here.is(Kind.MINUS) && here.peek(0).tight());
            here.step();
            Term right = product();
            if (right == null) {
                here.moveTo(before);
                break;
            }
            left = plus ? left.plus(right) : left.minus(right);
            left = loose ? left.loosened() : left;
        }
        return left;
    }

    private @Nullable Term product() {
        Term left = factor(true);
        while (left != null) {
            int before = here.at();
            boolean sign = here.is(Kind.TIMES);
            boolean loose = sign || (here.is(Kind.OVER) && here.peek(0).tight());
            boolean times = sign || here.is("times") || here.is("multiplied", "by");
            boolean over = here.is(Kind.OVER) || here.is("over") || here.is("divided", "by");
            if (!times && !over) {
                break;
            }
            here.moveTo(before + (here.peek(1).is("by") ? 2 : 1));
            Term right = ++operators > MOST_OPERATORS ? null : factor(false);
            if (right == null || (over && right.value().signum() == 0)) {
                here.moveTo(before);
                break;
            }
            left = times ? left.times(right) : left.over(right);
            left = loose ? left.loosened() : left;
        }
        return left;
    }

    private @Nullable Term factor(boolean signed) {
        if (here.is(Kind.MINUS) && signed) {
            here.step();
            Term negated = factor(false);
            return negated == null ? null : negated.negative();
        }
        int before = here.at();
        Term read = share();
        boolean label = false;
        if (read == null) {
            label = skipNames(before);
            read = share();
        }
        if (read == null) {
            here.moveTo(before);
            return null;
        }
        Term named = read.withUnit(skipUnits());
        return label ? named.doubted() : named;
    }

    /** An operand, or a share of one: "20 % of 50", "two thirds of 9", "twice 120". */
    private @Nullable Term share() {
        int before = here.at();
        Term share = fraction();
        if (share != null) {
            here.skip("the");
            Term whole = operand();
            if (whole != null) {
                return share.times(whole);
            }
        }
        here.moveTo(before);
        Term operand = operand();
        boolean of = operand != null
                && operand.percent()
                && here.is("of")
                && here.peek(1).is(Kind.NUMBER);
        if (operand == null || !of) {
            return operand;
        }
        here.step();
        Term whole = operand();
        return whole == null ? operand : operand.times(whole);
    }

    /** "twice", "half of", "a third of", "two thirds of". */
    private @Nullable Term fraction() {
        Integer multiple = SumWords.multiple(here.peek(0));
        if (multiple != null) {
            here.step();
            return Term.number(BigDecimal.valueOf(multiple));
        }
        BigDecimal numerator = BigDecimal.ONE;
        if (here.is(Kind.NUMBER) && here.peek(0).tight()) {
            numerator = here.peek(0).value();
            here.step();
        } else if (here.is("a") || here.is("an")) {
            here.step();
        }
        Integer part = SumWords.parts(here.peek(0));
        if (part == null || !here.peek(1).is("of")) {
            return null;
        }
        here.moveTo(here.at() + 2);
        return Term.number(numerator.divide(BigDecimal.valueOf(part), Term.PRECISION));
    }

    private @Nullable Term operand() {
        Token token = here.peek(0);
        Term read =
                switch (token.kind()) {
                    case NUMBER -> number(token.value());
                    case QUOTE -> Figures.only(token.word()).map(this::number).orElse(null);
                    case OPEN -> bracket();
                    case WORD, ODD -> names == Scope.NONE ? null : named(token);
                    default -> null;
                };
        BigDecimal scale = read != null && token.is(Kind.NUMBER) ? Scale.of(here.peek(0)) : null;
        if (read != null && scale != null) {
            here.step();
            BigDecimal value = read.value().multiply(scale);
            return names == Scope.NONE ? Term.number(value) : Term.of(value, Value.Certainty.DOUBTFUL);
        }
        return read != null && here.skipPercent() ? read.percentage() : read;
    }

    private Term number(BigDecimal value) {
        here.step();
        return Term.number(value);
    }

    private @Nullable Term bracket() {
        int before = here.at();
        Token word = here.peek(-1);
        boolean called = (word.is(Kind.WORD) || word.is(Kind.ODD))
                && word.end() == here.peek(0).start();
        if (called || depth == DEEPEST || unreadable.get(before - start)) {
            return null;
        }
        here.step();
        depth++;
        Term inside = sum();
        depth--;
        if (inside == null || !here.is(Kind.CLOSE)) {
            unreadable.set(before - start);
            here.moveTo(before);
            return null;
        }
        here.step();
        return inside;
    }

    private @Nullable Term named(Token token) {
        int before = here.at();
        here.step();
        Optional<Term> value;
        if (here.is(Kind.OPEN)) {
            int end = closing();
            value = names.function(token.word(), here.tokens().subList(here.at() + 1, end));
            here.moveTo(Math.min(end + 1, here.tokens().size()));
        } else {
            value = names.variable(token.word());
        }
        if (value.isEmpty()) {
            here.moveTo(before);
        }
        return value.orElse(null);
    }

    /** Where the bracket that opens here is closed, or the end. */
    private int closing() {
        int level = 0;
        List<Token> tokens = here.tokens();
        for (int i = here.at(); i < tokens.size(); i++) {
            level += tokens.get(i).is(Kind.OPEN) ? 1 : tokens.get(i).is(Kind.CLOSE) ? -1 : 0;
            if (level == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /**
     * Steps over what a later operand is called: "+ February's 95", "+ February (95)".
     *
     * @return whether it may be a label: "+ bar 3"
     */
    private boolean skipNames(int before) {
        boolean possessive = true;
        int words = 0;
        while (words < MOST_WORDS && here.is(Kind.WORD) && !SumWords.isApart(here.peek(0))) {
            possessive = SumWords.isDeterminer(here.peek(0));
            here.step();
            words++;
        }
        boolean operand = here.is(Kind.NUMBER) || here.is(Kind.OPEN) || here.is(Kind.QUOTE);
        boolean later = before == start ? names != Scope.NONE : SumWords.isSign(here.peek(-words - 1));
        if (!operand || !later) {
            here.moveTo(before);
        }
        return words > 0 && !possessive && !here.is(Kind.OPEN);
    }

    /** Steps over units and names between a number and the sign behind it; gives the first word. */
    private String skipUnits() {
        int before = here.at();
        boolean named = here.is(Kind.WORD) && !SumWords.isApart(here.peek(0)) && !here.is("of");
        String unit = named ? here.peek(0).word() : "";
        int words = 0;
        while (words < MOST_WORDS && here.is(Kind.WORD) && !SumWords.isApart(here.peek(0)) && !here.is("of")) {
            here.step();
            words++;
        }
        here.skipWordsInBrackets(MOST_WORDS);
        boolean goesOn =
                SumWords.isSign(here.peek(0)) || here.is(Kind.CLOSE) || Joint.at(here.tokens(), here.at()) != null;
        if (!goesOn) {
            here.moveTo(before);
        }
        return unit;
    }
}
