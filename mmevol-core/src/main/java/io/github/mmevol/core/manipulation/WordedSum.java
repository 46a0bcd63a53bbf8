package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.manipulation.Figures.Fit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calculations that are told in words: "the total of 120, 95 and 180 is 395", "3 of 8 is 37.5 %", "240 is 145 more than
 * 95", "rises from 120 to 240, an increase of 100 %". Each pattern reads from one place and gives up at the first word that
 * it does not expect.
 */
final class WordedSum {
    private static final int MOST_WORDS = 6;
    private static final Set<String> MORE = Set.of("more", "higher", "greater", "larger", "bigger", "taller", "longer");
    private static final Set<String> LESS = Set.of("less", "fewer", "lower", "smaller", "shorter");
    private static final Set<String> NOUNS = Set.of("value", "number", "percentage", "price", "visits");
    private static final Set<String> ADDING = Set.of("add", "adds", "sum", "sums");
    private static final Set<String> BEFORE_SHARE =
            Set.of("is", "are", "makes", "make", "equals", "or", "represents", "amounts", "gives", "be", "means");
    private static final Set<String> BEHIND_SHARE =
            Set.of("of", "and", "which", "so", "but", "or", "in", "that", "rounded", "exactly", "because", "since");
    private static final Set<String> MOVING =
            Texts.words("rises rose rising falls fell falling grows grew growing increases increased increasing "
                    + "decreases decreased decreasing drops dropped dropping climbs climbed goes went going jumps "
                    + "jumped changes changed");
    private static final Set<String> CHANGES = Set.of(
            "increase",
            "rise",
            "gain",
            "growth",
            "decrease",
            "drop",
            "decline",
            "fall",
            "reduction",
            "difference",
            "change",
            "loss",
            "jump");

    private final Passage passage;
    private final int start;
    private final Cursor here;
    private final Operands operands;

    private WordedSum(Passage passage, int start) {
        this.passage = passage;
        this.start = start;
        here = new Cursor(passage.tokens(), start);
        operands = new Operands(here);
    }

    /** The calculation told in words that begins at a token; null if none does. */
    static @Nullable Calculation at(Passage passage, int from) {
        Token token = passage.tokens().get(from);
        if (token.is(Kind.NUMBER)) {
            WordedSum told = new WordedSum(passage, from);
            Calculation found = told.share();
            found = found == null ? told.again().comparison() : found;
            return found == null ? told.again().addedUp() : found;
        }
        if (!token.is(Kind.WORD)) {
            return null;
        }
        return switch (token.word()) {
            case "adding", "subtracting", "dividing", "multiplying" -> new WordedSum(passage, from).done();
            case "from" -> new WordedSum(passage, from).change();
            default -> {
                Aggregate aggregate = Aggregate.of(token.word());
                yield aggregate == null ? null : new WordedSum(passage, from).aggregate(aggregate);
            }
        };
    }

    private WordedSum again() {
        here.moveTo(start);
        return this;
    }

    /** "the sum of A, B and C is N", "the difference between A and B is N". */
    private @Nullable Calculation aggregate(Aggregate aggregate) {
        here.step();
        here.skipAll(NOUNS);
        if (!here.skip("of") && !here.skip("between") && !here.skip("among")) {
            return null;
        }
        List<BigDecimal> list = operands.list();
        BigDecimal exact = list.size() < 2 ? null : aggregate.of(list);
        here.skip("which");
        Joint relation = Joint.at(here.tokens(), here.at());
        if (exact == null || relation == null) {
            return null;
        }
        here.moveTo(relation.end());
        return stated(exact, relation.nearly());
    }

    /** "A, B and C add up to N". */
    private @Nullable Calculation addedUp() {
        Token before = here.peek(-1);
        if (before.is(Kind.COMMA) || before.is(Kind.NUMBER)) {
            return null; // the list begins further left
        }
        List<BigDecimal> list = operands.list();
        boolean adds =
                here.isAnyOf(ADDING) && (here.peek(1).is("up") || here.peek(1).is("to"));
        if (list.size() < 2 || !(adds || here.is("total"))) {
            return null;
        }
        here.step();
        here.skip("up");
        here.skip("to");
        boolean nearly = here.isAnyOf(Joint.NEARLY);
        here.skipAll(Joint.NEARLY);
        int place = here.at();
        // what leads to the list may be no part of it: "in 2019, 120 and 95 add up to 215"
        for (int from = 1; from + 2 <= list.size(); from++) {
            Calculation part = stated(Aggregate.SUM.of(list.subList(from, list.size())), nearly);
            if (part != null && !part.claims().isEmpty() && part.claims().get(0).right()) {
                return part;
            }
            here.moveTo(place);
        }
        return stated(Aggregate.SUM.of(list), nearly);
    }

    /** "adding A and B gives N", "subtracting A from B leaves N". */
    private @Nullable Calculation done() {
        String verb = here.peek(0).word();
        here.step();
        BigDecimal first = operands.next();
        String joint = here.peek(0).word();
        here.step();
        BigDecimal second = first == null ? null : operands.next();
        Joint relation = Joint.at(here.tokens(), here.at());
        if (first == null || second == null || relation == null) {
            return null;
        }
        BigDecimal exact =
                switch (verb + " " + joint) {
                    case "adding and", "adding to" -> first.add(second);
                    case "subtracting from" -> second.subtract(first);
                    case "multiplying by", "multiplying and", "multiplying with" -> first.multiply(second);
                    case "dividing by" -> Aggregate.RATIO.of(List.of(first, second));
                    default -> null;
                };
        here.moveTo(relation.end());
        return exact == null ? null : stated(exact, relation.nearly());
    }

    /** "A of B is N %". */
    private @Nullable Calculation share() {
        BigDecimal part = operands.alone();
        if (part == null || !(here.skip("out", "of") || here.skip("of"))) {
            return null;
        }
        BigDecimal whole = operands.next();
        if (whole == null || whole.signum() <= 0 || part.compareTo(whole) > 0) {
            return null;
        }
        int words = 0;
        while (!here.is(Kind.NUMBER)) {
            if (++words > MOST_WORDS || here.is(Kind.STOP) || here.is(Kind.ODD)) {
                return null;
            }
            here.step();
        }
        int back = -1;
        while (here.peek(back).is(Kind.WORD)
                && (Joint.NEARLY.contains(here.peek(back).word())
                        || here.peek(back).is("to"))) {
            back--;
        }
        Token before = here.peek(back);
        boolean leads = before.is(Kind.EQUALS)
                || before.is(Kind.ABOUT)
                || before.is(Kind.OPEN)
                || (before.is(Kind.WORD) && BEFORE_SHARE.contains(before.word()));
        int number = here.at();
        here.step();
        boolean percent = here.skipPercent();
        boolean compared = here.isAnyOf(MORE) || here.isAnyOf(LESS);
        here.moveTo(number);
        boolean ofWhat = before.is("is") || before.is("are") || before.is("was") || before.is("were");
        if (ofWhat && describes(number + 1)) {
            return null; // two of the three glasses are 50% full
        }
        BigDecimal exact = part.divide(whole, Term.PRECISION);
        return leads && percent && !compared ? stated(exact, before.is(Kind.ABOUT) || back < -1) : null;
    }

    /** Whether the percentage at a place is followed by what it is the degree of: "50% full", "20% off". */
    private boolean describes(int place) {
        here.moveTo(place);
        here.skipPercent();
        boolean describes =
                here.is(Kind.WORD) && !BEHIND_SHARE.contains(here.peek(0).word());
        here.moveTo(place - 1);
        return describes;
    }

    /** "A is N more than B", "A exceeds B by N". */
    private @Nullable Calculation comparison() {
        BigDecimal first = operands.next();
        if (first == null) {
            return null;
        }
        if (here.skip("exceeds") || here.skip("exceed")) {
            BigDecimal second = operands.next();
            return second != null && here.skip("by") ? stated(first.subtract(second), false) : null;
        }
        int stated = here.at() + 1;
        if (!(here.skip("is") || here.skip("are") || here.skip("was")) || !here.is(Kind.NUMBER)) {
            return null;
        }
        here.step();
        boolean percent = here.skipPercent();
        int end = here.at();
        int units = 0;
        if (here.is("times")) {
            return null; // three times more than 500
        }
        while (units < 2 && here.is(Kind.WORD) && !here.isAnyOf(MORE) && !here.isAnyOf(LESS)) {
            here.step();
            units++;
        }
        boolean more = here.isAnyOf(MORE);
        boolean less = here.isAnyOf(LESS);
        here.step();
        BigDecimal second = (more || less) && here.skip("than") ? operands.next() : null;
        if (second == null || (percent && second.signum() == 0) || Figures.goesOn(here.tokens(), here.at())) {
            return null;
        }
        BigDecimal difference = more ? first.subtract(second) : second.subtract(first);
        BigDecimal exact = percent ? difference.divide(second, Term.PRECISION) : difference;
        return isInPoints(percent, difference, stated) ? null : claim(exact, percent, false, stated, end, here.at());
    }

    /** "rises from A to B, an increase of N". */
    private @Nullable Calculation change() {
        if (!MOVING.contains(here.peek(-1).word())) {
            return null;
        }
        here.step();
        BigDecimal before = operands.next();
        BigDecimal after = before != null && here.skip("to") ? operands.next() : null;
        if (here.is(Kind.COMMA)) {
            here.step();
        }
        here.skip("which");
        here.skip("is");
        boolean article = here.skip("a") || here.skip("an");
        if (before == null || after == null || !article || !here.isAnyOf(CHANGES)) {
            return null;
        }
        here.step();
        if (!here.skip("of") || !here.is(Kind.NUMBER)) {
            return null;
        }
        int number = here.at();
        here.step();
        boolean percent = here.skipPercent();
        here.moveTo(number);
        BigDecimal off = after.subtract(before).abs();
        if (percent && before.signum() == 0) {
            return null;
        }
        return isInPoints(percent, off, number)
                ? null
                : stated(percent ? off.divide(before.abs(), Term.PRECISION) : off, false);
    }

    /** Whether percentages are compared, and the number at a place is by how many points they differ. */
    private boolean isInPoints(boolean percent, BigDecimal difference, int stated) {
        return percent
                && operands.hasPercent()
                && Figures.rounds(here.tokens().get(stated).value(), difference);
    }

    /** The claim that the number here is the exact one; null if there is no number by itself. */
    private @Nullable Calculation stated(@Nullable BigDecimal exact, boolean nearly) {
        int number = here.at();
        if (exact == null || !here.is(Kind.NUMBER)) {
            return null;
        }
        here.step();
        boolean percent = here.skipPercent();
        return Figures.goesOn(here.tokens(), here.at())
                ? null
                : claim(exact, percent, nearly, number, here.at(), here.at());
    }

    private Calculation claim(BigDecimal exact, boolean percent, boolean nearly, int stated, int statedEnd, int end) {
        List<Token> tokens = here.tokens();
        BigDecimal scale = Scale.of(tokens, stated);
        Fit fit = Figures.fit(tokens.get(stated).value(), percent, exact.divide(scale, Term.PRECISION), nearly);
        boolean sure = !operands.mayBeNames()
                && Calculation.plainly(tokens, start, end)
                && !Scale.isMixed(tokens, start, end)
                && !Money.isChange(tokens, start, end)
                && !Money.isPriceOfGoods(passage, start, stated, end);
        Fit told = sure ? fit : Calculation.unlessRight(fit);
        int behind = scale.compareTo(BigDecimal.ONE) > 0 ? statedEnd + 1 : statedEnd;
        if (!operands.areOfOneUnit(behind < tokens.size() ? tokens.get(behind).word() : "")) {
            told = Fit.UNCLEAR;
        }
        return new Calculation(passage.claim(start, end, stated, statedEnd, exact, told), end);
    }
}
