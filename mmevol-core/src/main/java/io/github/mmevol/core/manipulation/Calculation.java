package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Arithmetic.Claim;
import io.github.mmevol.core.manipulation.Figures.Fit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A calculation met in a text: two sides or more with a relation between them, or one told in words.
 *
 * @param claims what it states
 * @param end the index of the token behind it
 */
record Calculation(List<Claim> claims, int end) {
    private static final int WINDOW = 6;
    private static final int MOST_BETWEEN = 3;
    private static final int LONGEST_LIST = 200;
    private static final int LONGEST_ABBREVIATION = 3;
    private static final BigDecimal SAME = new BigDecimal("1e-6");
    private static final BigDecimal ROUNDED = new BigDecimal("1e-2");
    /** Words before a number, with or without "of", that make another one of it. */
    private static final Set<String> FUNCTIONS =
            Texts.words("log ln sin cos tan sqrt root square cube factorial logarithm sine cosine tangent power");
    /** What the numbers of a range or of a score are told in: "9-5 = 8 hours", "4-2 = 6 goals". */
    private static final Set<String> SPANS =
            Texts.words("hours hour h minutes days months years goals goal points pages");
    /** Words near a calculation that may say that it is not so. */
    private static final Set<String> DENYING = Texts.words(
            "not never wrong wrongly incorrect incorrectly false instead rather mistake mistaken mistakenly "
                    + "claims claimed reads says wrote writes written inscription cannot isn't aren't doesn't can't "
                    + "unlike no error");

    private static final String SENTENCE_ENDS = ".;!?\n\u3002\uff1b\uff01\uff1f";
    private static final BigDecimal FIRST_YEAR = BigDecimal.valueOf(1_900);
    private static final BigDecimal LAST_YEAR = BigDecimal.valueOf(2_100);

    /** The calculation that begins at a token; null if none does. */
    static @Nullable Calculation at(Passage passage, int from) {
        Calculation told = WordedSum.at(passage, from);
        return told == null && begins(passage.tokens(), from) ? equation(passage, from) : told;
    }

    private static @Nullable Calculation equation(Passage passage, int from) {
        List<Token> tokens = passage.tokens();
        List<Claim> claims = new ArrayList<>();
        Sum reader = new Sum(tokens, from, Sum.Scope.NONE);
        Term left = reader.sum();
        int start = from;
        int end = from;
        while (left != null) {
            Joint relation = Joint.at(tokens, reader.at());
            if (relation == null) {
                break;
            }
            reader = new Sum(tokens, relation.end(), Sum.Scope.NONE);
            Term right = reader.sum();
            if (right == null || Figures.goesOn(tokens, reader.at())) {
                break;
            }
            end = reader.at();
            if (left.operators() + right.operators() > 0) {
                Fit fit = fit(tokens, left, relation, right, end);
                boolean sure = sure(tokens, start, left, relation, right, end)
                        && !Scale.isMixed(tokens, start, end)
                        && !Money.isChange(tokens, start, end)
                        && !Money.isPriceOfGoods(passage, start, relation.end(), end);
                boolean leads = start == from && leads(passage, from, left);
                boolean named = leads ? isNumbered(tokens, from, right) : start == from && left.operators() == 0;
                Fit told = sure && !named ? fit : unlessRight(fit);
                boolean mixed = left.mixedUnits() || right.mixedUnits();
                boolean worth = left.operators() > 0
                        && right.operators() > 0
                        && (left.mixedThings()
                                || (areYears(tokens, start, relation.end()) && !areYears(tokens, relation.end(), end)));
                if (mixed || worth || (!isOneUnit(left, right) && onlyAdds(tokens, start, relation.end()))) {
                    told = Fit.UNCLEAR; // hours and minutes, goods and what they cost
                }
                claims.addAll(passage.claim(start, end, relation.end(), end, left.value(), told));
            }
            start = relation.end();
            left = right;
        }
        return end > from ? new Calculation(claims, end) : null;
    }

    /** Whether a number alone begins a sentence, so that it names nothing: "Row 3 = 4 + 5" tells of a row. */
    private static boolean leads(Passage passage, int at, Term number) {
        int start = passage.tokens().get(at).start();
        int end = 0;
        if (at > 0) {
            Token before = passage.tokens().get(at - 1);
            boolean ends = SENTENCE_ENDS.indexOf(passage.text().charAt(before.start())) >= 0;
            if (!ends || isAbbreviated(passage, at - 1)) {
                return false;
            }
            end = before.end();
        }
        return number.unit().isEmpty()
                && !number.percent()
                && passage.text().substring(end, start).isBlank();
    }

    /** Whether a point may end an abbreviation, as in "Fig. 3". */
    private static boolean isAbbreviated(Passage passage, int point) {
        Token before = passage.tokens().get(Math.max(0, point - 1));
        return passage.text().charAt(passage.tokens().get(point).start()) == '.'
                && before.is(Kind.WORD)
                && before.word().length() <= LONGEST_ABBREVIATION;
    }

    /** Whether a number and a dash begin the line, and what follows them is right by itself: "2 - 8 × 2 = 16". */
    private static boolean isNumbered(List<Token> tokens, int from, Term right) {
        if (from + 2 >= tokens.size()
                || !tokens.get(from + 1).is(Kind.MINUS)
                || tokens.get(from + 1).tight()) {
            return false;
        }
        Term rest = new Sum(tokens, from + 2, Sum.Scope.NONE).sum();
        return rest != null && rest.operators() > 0 && rest.value().compareTo(right.value()) == 0;
    }

    /** Whether all numbers in some tokens may be years. */
    private static boolean areYears(List<Token> tokens, int from, int end) {
        return tokens.subList(from, end).stream()
                .filter(token -> token.is(Kind.NUMBER))
                .map(Token::value)
                .allMatch(number ->
                        number.compareTo(FIRST_YEAR) >= 0 && number.compareTo(LAST_YEAR) <= 0 && number.scale() == 0);
    }

    static Fit unlessRight(Fit fit) {
        return fit == Fit.RIGHT ? fit : Fit.UNCLEAR;
    }

    private static Fit fit(List<Token> tokens, Term left, Joint relation, Term right, int end) {
        if (right.operators() == 0) {
            BigDecimal stated = statedNumber(tokens, relation.end(), end);
            BigDecimal signed = right.value().signum() < 0 ? stated.negate() : stated;
            BigDecimal exact = left.value().divide(statedScale(tokens, relation.end(), end), Term.PRECISION);
            return Figures.fit(signed, right.percent(), exact, relation.nearly());
        }
        BigDecimal off = left.value().subtract(right.value()).abs();
        BigDecimal size = left.value().abs().max(BigDecimal.ONE);
        if (off.compareTo(size.multiply(SAME)) <= 0) {
            return Fit.RIGHT;
        }
        boolean whole = isWhole(left.value()) && isWhole(right.value()) && !left.divides() && !right.divides();
        boolean rounded = (!whole && off.compareTo(size.multiply(ROUNDED)) <= 0) || relation.nearly();
        boolean goesOn = Figures.rounds(right.first(), left.value()); // 120 + 95 = 215 / 2 = 107.5
        return rounded || goesOn || left.percent() || right.percent() ? Fit.UNCLEAR : Fit.WRONG;
    }

    private static boolean isWhole(BigDecimal value) {
        return value.stripTrailingZeros().scale() <= 0;
    }

    /** The number in the tokens of a side that is no more than a number. */
    private static BigDecimal statedNumber(List<Token> tokens, int from, int end) {
        for (int i = from; i < end; i++) {
            if (tokens.get(i).is(Kind.NUMBER)) {
                return tokens.get(i).value();
            }
            if (tokens.get(i).is(Kind.QUOTE)) {
                return Figures.only(tokens.get(i).word()).orElse(BigDecimal.ZERO);
            }
        }
        return BigDecimal.ZERO;
    }

    /** What the one number in some tokens is multiplied by. */
    private static BigDecimal statedScale(List<Token> tokens, int from, int end) {
        for (int i = from; i < end; i++) {
            if (tokens.get(i).is(Kind.NUMBER)) {
                return Scale.of(tokens, i);
            }
        }
        return BigDecimal.ONE;
    }

    private static boolean isOneUnit(Term left, Term right) {
        return !left.mixedUnits() && !right.mixedUnits() && !Measures.differ(left.unit(), right.unit());
    }

    /** Whether nothing is multiplied or divided in some tokens. */
    private static boolean onlyAdds(List<Token> tokens, int from, int end) {
        return tokens.subList(from, end).stream()
                .noneMatch(token -> token.is(Kind.TIMES)
                        || token.is(Kind.OVER)
                        || token.is("times")
                        || token.is("divided")
                        || token.is("multiplied")
                        || token.is("over")
                        || token.is("of"));
    }

    /** Whether a wrong result is surely one. */
    private static boolean sure(List<Token> tokens, int start, Term left, Joint relation, Term right, int end) {
        boolean readable = !left.doubtful() && !right.doubtful();
        boolean signed = relation.sign() || (!left.loose() && !right.loose() && left.operators() > 0);
        boolean range = SPANS.contains(right.unit()) && left.unit().isEmpty() && isRange(tokens, start);
        return readable
                && !range
                && isOneUnit(left, right)
                && signed
                && plainly(tokens, start, end)
                && !endsAList(tokens, start, left, right);
    }

    /** Whether two numbers with a dash between them begin here: opening hours, a score. */
    private static boolean isRange(List<Token> tokens, int start) {
        Token sign = start + 1 < tokens.size() ? tokens.get(start + 1) : tokens.get(start);
        return (sign.is(Kind.MINUS) && sign.tight()) || sign.is(Kind.DASH);
    }

    /** Whether nothing around or in the tokens says that it is not so, or that a point parts thousands. */
    static boolean plainly(List<Token> tokens, int start, int end) {
        for (int i = start; i < end; i++) {
            BigDecimal number = tokens.get(i).value();
            boolean dotted = number.scale() == 3 && number.compareTo(BigDecimal.ONE) >= 0;
            if (dotted && number.compareTo(BigDecimal.valueOf(1000)) < 0) {
                return false;
            }
        }
        return !denied(tokens, start - 1, -1) && !denied(tokens, end, 1);
    }

    private static boolean denied(List<Token> tokens, int from, int direction) {
        int seen = 0;
        for (int i = from; i >= 0 && i < tokens.size() && seen < WINDOW; i += direction) {
            Token token = tokens.get(i);
            if (token.is(Kind.STOP)) {
                return false;
            }
            if (token.is(Kind.WORD) && DENYING.contains(token.word())) {
                return true;
            }
            seen++;
        }
        return false;
    }

    /** Whether it is right together with a list of numbers before it: "120, 95 + 180 = 395". */
    private static boolean endsAList(List<Token> tokens, int start, Term left, Term right) {
        BigDecimal sum = left.value();
        int place = start - 1;
        int between = 0;
        int last = Math.max(0, start - LONGEST_LIST);
        while (place >= last && between <= MOST_BETWEEN && !tokens.get(place).is(Kind.STOP)) {
            if (tokens.get(place).is(Kind.NUMBER)
                    && tokens.get(place).tight() == tokens.get(start).tight()) {
                sum = sum.add(tokens.get(place).value());
                between = 0;
                if (sum.compareTo(right.value()) == 0) {
                    return true;
                }
            }
            between++;
            place--;
        }
        return false;
    }

    /** Whether an expression may begin at a token: one does, and nothing before it belongs to it. */
    private static boolean begins(List<Token> tokens, int from) {
        Token token = tokens.get(from);
        boolean operand = token.is(Kind.NUMBER) || token.is(Kind.OPEN) || token.is(Kind.QUOTE);
        boolean negative = token.is(Kind.MINUS)
                && from + 1 < tokens.size()
                && tokens.get(from + 1).start() == token.end()
                && (from == 0 || !tokens.get(from - 1).is(Kind.WORD));
        if (!operand && !negative && !SumWords.isShare(tokens, from)) {
            return false;
        }
        if (from == 0) {
            return true;
        }
        Token before = tokens.get(from - 1);
        boolean apart =
                switch (before.kind()) {
                    case EQUALS -> true;
                    case ODD, COMPARE, NUMBER, PERCENT -> false;
                    default -> !SumWords.isSign(before) && !before.is("by");
                };
        boolean function = before.is(Kind.WORD) && FUNCTIONS.contains(before.word());
        boolean ofFunction = before.is("of")
                && from >= 2
                && FUNCTIONS.contains(tokens.get(from - 2).word());
        boolean ofShare = before.is("of") && from >= 2 && SumWords.isShareOf(tokens.get(from - 2));
        boolean explaining = (token.is(Kind.OPEN) && isNameOfNumber(tokens, from - 1))
                || (before.is("of") && isNameOfNumber(tokens, from - 2));
        return apart && !function && !ofFunction && !ofShare && !explaining && !SumWords.isShare(tokens, from - 1);
    }

    /** Whether a word ends the name of what a number counts, as in "3 ripe bananas", "3 packs". */
    private static boolean isNameOfNumber(List<Token> tokens, int at) {
        int place = at;
        while (place > 0
                && place > at - MOST_BETWEEN
                && tokens.get(place).is(Kind.WORD)
                && !SumWords.isApart(tokens.get(place))) {
            place--;
        }
        return place < at && tokens.get(place).is(Kind.NUMBER);
    }
}
