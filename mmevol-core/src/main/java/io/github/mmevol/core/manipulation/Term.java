package io.github.mmevol.core.manipulation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What an expression comes to.
 *
 * @param value its value, in hundredths already where it is a percentage
 * @param percent whether it is written as a percentage
 * @param operators how many operations it takes; 0 for a number alone
 * @param divides whether it divides
 * @param doubtful whether it can be read in another way
 * @param loose whether its signs count only beside an equals sign: "3-2" may be a score, "1/2" a half, "2 x 2" a size
 * @param first its leading operand
 * @param unit the last unit named in it; empty for none
 * @param mixedUnits whether it adds different units of measure
 * @param mixedThings whether it adds things of different names
 * @param certainty how far the value is known
 */
record Term(
        BigDecimal value,
        boolean percent,
        int operators,
        boolean divides,
        boolean doubtful,
        boolean loose,
        BigDecimal first,
        String unit,
        boolean mixedUnits,
        boolean mixedThings,
        Value.Certainty certainty) {
    static final MathContext PRECISION = MathContext.DECIMAL64;
    static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Term number(BigDecimal value) {
        return of(value, Value.Certainty.EXACT);
    }

    static Term of(BigDecimal value, Value.Certainty certainty) {
        return new Term(value, false, 0, false, false, false, value, "", false, false, certainty);
    }

    Term percentage() {
        BigDecimal share = value.divide(HUNDRED, PRECISION);
        return new Term(
                share, true, operators, divides, doubtful, loose, share, unit, mixedUnits, mixedThings, certainty);
    }

    Term withUnit(String named) {
        return named.isEmpty()
                ? this
                : new Term(
                        value,
                        percent,
                        operators,
                        divides,
                        doubtful,
                        loose,
                        first,
                        named,
                        mixedUnits || Measures.differ(unit, named),
                        mixedThings,
                        certainty);
    }

    /** This term, one of its numbers perhaps a label. */
    Term doubted() {
        return new Term(
                value, percent, operators, divides, true, loose, first, unit, mixedUnits, mixedThings, certainty);
    }

    /** This term, its last sign standing so that it may be none. */
    Term loosened() {
        // 2019-2024 is a range and no difference
        boolean range = value.signum() < 0;
        return new Term(
                value,
                percent,
                operators,
                divides,
                doubtful || range,
                true,
                first,
                unit,
                mixedUnits,
                mixedThings,
                certainty);
    }

    Term negative() {
        BigDecimal negated = value.negate();
        Value.Certainty known = certainty == Value.Certainty.EXACT ? certainty : Value.Certainty.DOUBTFUL;
        return new Term(
                negated, percent, operators, divides, doubtful, loose, negated, unit, mixedUnits, mixedThings, known);
    }

    Term plus(Term other) {
        return added(other, value.add(other.value, PRECISION), certainty.and(other.certainty));
    }

    Term minus(Term other) {
        return added(other, value.subtract(other.value, PRECISION), exactOnly(other));
    }

    Term times(Term other) {
        boolean grows = value.signum() >= 0 && other.value.signum() >= 0;
        Value.Certainty known = grows ? certainty.and(other.certainty) : exactOnly(other);
        BigDecimal product = value.multiply(other.value, PRECISION);
        return multiplied(other, product, divides || other.divides, known);
    }

    /** The quotient; the other is not zero. */
    Term over(Term other) {
        return multiplied(other, value.divide(other.value, PRECISION), true, exactOnly(other));
    }

    private Term multiplied(Term other, BigDecimal result, boolean divided, Value.Certainty known) {
        boolean converted = Measures.differ(unit, other.unit); // 3 weeks of 7 days, or 60 km in 2 hours
        return with(other, result, false, divided, converted, mixedUnits || other.mixedUnits, known);
    }

    private Term added(Term other, BigDecimal sum, Value.Certainty known) {
        boolean mixed = percent != other.percent; // ten percent more than 120, or 120.1?
        boolean units = mixedUnits || other.mixedUnits || Measures.differ(unit, other.unit);
        return with(other, sum, percent && other.percent, divides || other.divides, mixed, units, known);
    }

    /** What a lower bound is worth where a larger operand may make the result smaller. */
    private Value.Certainty exactOnly(Term other) {
        Value.Certainty both = certainty.and(other.certainty);
        return both == Value.Certainty.EXACT ? both : Value.Certainty.DOUBTFUL;
    }

    private Term with(
            Term other,
            BigDecimal result,
            boolean percentage,
            boolean divided,
            boolean doubt,
            boolean units,
            Value.Certainty known) {
        return new Term(
                result,
                percentage,
                operators + other.operators + 1,
                divided,
                doubtful || other.doubtful || doubt,
                loose || other.loose,
                first,
                other.unit.isEmpty() ? unit : other.unit,
                units,
                mixedThings || other.mixedThings || !isNamedAlike(other),
                known);
    }

    private boolean isNamedAlike(Term other) {
        return unit.isEmpty() || other.unit.isEmpty() || Measures.isSame(unit, other.unit);
    }
}
