package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of a calculation that is told in words, with the words that name them. */
final class Operands {
    private static final int MOST_WORDS = 6;
    private static final int LONGEST_LIST = 50;
    /** Words before a number that make no name of it. */
    private static final Set<String> LEADING = Texts.words(
            "of in on at for with here together thus hence therefore now since as read reads namely be when "
                    + "while because only all where");

    private final Cursor here;
    /** Whether a number read so far may be a name and no operand: a year, or the 3 of "bars 3 and 5". */
    private boolean names;

    private boolean percent;
    /** The words behind the numbers. */
    private final List<String> units = new ArrayList<>();

    Operands(Cursor here) {
        this.here = here;
        Token before = here.peek(-1);
        names = here.is(Kind.NUMBER)
                && before.is(Kind.WORD)
                && !SumWords.isApart(before)
                && !SumWords.isDeterminer(before)
                && !LEADING.contains(before.word());
    }

    boolean mayBeNames() {
        return names;
    }

    /** Whether a number read so far is a percentage. */
    boolean hasPercent() {
        return percent;
    }

    /** Whether the numbers read so far, and a result with this word behind it, are of one unit and no dates. */
    boolean areOfOneUnit(String behindResult) {
        for (String unit : units) {
            if (Measures.isDate(unit) || Measures.differ(units.get(0), unit) || Measures.differ(unit, behindResult)) {
                return false;
            }
        }
        return true;
    }

    /** Numbers joined by commas and "and", each with a unit or a name; fewer than two if there is no such list. */
    List<BigDecimal> list() {
        List<BigDecimal> list = new ArrayList<>();
        int behind = here.at();
        for (BigDecimal operand = next(); operand != null; operand = next()) {
            list.add(operand);
            behind = here.at();
            boolean comma = here.is(Kind.COMMA);
            if (comma) {
                here.step();
            }
            boolean joined = here.skip("and") || (list.size() == 1 && here.skip("to"));
            if ((!comma && !joined) || list.size() == LONGEST_LIST) {
                break;
            }
        }
        here.moveTo(here.peek(0).is("which") ? here.at() : behind);
        return list;
    }

    /** A number with the words that name it: "March's 180", "120 visits", "January (120)"; null if there is none. */
    @Nullable
    BigDecimal next() {
        int words = 0;
        boolean label = false;
        while (words < MOST_WORDS && here.is(Kind.WORD) && !SumWords.isApart(here.peek(0))) {
            label = !SumWords.isDeterminer(here.peek(0));
            here.step();
            words++;
        }
        boolean bracket = words > 0 && here.is(Kind.OPEN);
        if (bracket) {
            here.step();
        } else if (label) {
            return null; // "bar 3"
        }
        BigDecimal number = alone();
        if (number == null) {
            return null;
        }
        int before = here.at();
        if (here.is(Kind.WORD) && !SumWords.isApart(here.peek(0)) && !here.is("of")) {
            units.add(here.peek(0).word());
        }
        int behind = 0;
        while (behind < 3 && here.is(Kind.WORD) && !SumWords.isApart(here.peek(0)) && !here.is("of")) {
            here.step();
            behind++;
        }
        if (bracket) {
            if (!here.is(Kind.CLOSE)) {
                return null;
            }
            here.step();
        } else if (here.is(Kind.NUMBER)) {
            here.moveTo(before);
        }
        here.skipWordsInBrackets(MOST_WORDS);
        return number;
    }

    /** A number with its percent sign; null if there is none, or if it is part of something else. */
    @Nullable
    BigDecimal alone() {
        Token token = here.peek(0);
        Token before = here.peek(-1);
        boolean joined = SumWords.isSign(before) && !before.is(Kind.EQUALS);
        if (!token.is(Kind.NUMBER) || joined) {
            return null;
        }
        here.step();
        percent |= here.skipPercent();
        BigDecimal scale = Scale.of(here.peek(0));
        if (scale != null) {
            here.step();
        }
        Token after = here.peek(0);
        names |= !token.tight()
                && token.value().scale() == 0
                && token.value().intValue() >= 1900
                && token.value().intValue() < 2100;
        return SumWords.isSign(after) || after.is(Kind.ODD)
                ? null
                : scale == null ? token.value() : token.value().multiply(scale);
    }
}
