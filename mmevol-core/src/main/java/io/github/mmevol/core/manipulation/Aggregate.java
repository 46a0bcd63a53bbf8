package io.github.mmevol.core.manipulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is made of a list of numbers. */
enum Aggregate {
    SUM,
    MEAN,
    DIFFERENCE,
    PRODUCT,
    LARGEST,
    SMALLEST,
    RATIO;

    private static final Map<String, Aggregate> NAMES = Map.ofEntries(
            Map.entry("sum", SUM),
            Map.entry("total", SUM),
            Map.entry("add", SUM),
            Map.entry("average", MEAN),
            Map.entry("mean", MEAN),
            Map.entry("avg", MEAN),
            Map.entry("difference", DIFFERENCE),
            Map.entry("diff", DIFFERENCE),
            Map.entry("gap", DIFFERENCE),
            Map.entry("product", PRODUCT),
            Map.entry("maximum", LARGEST),
            Map.entry("max", LARGEST),
            Map.entry("largest", LARGEST),
            Map.entry("highest", LARGEST),
            Map.entry("greatest", LARGEST),
            Map.entry("biggest", LARGEST),
            Map.entry("minimum", SMALLEST),
            Map.entry("min", SMALLEST),
            Map.entry("smallest", SMALLEST),
            Map.entry("lowest", SMALLEST),
            Map.entry("ratio", RATIO));

    /** The aggregate that a word names; null if it names none. */
    static @Nullable Aggregate of(String word) {
        return NAMES.get(word);
    }

    /** What it makes of at least one number; null if it cannot be made of these. */
    @Nullable
    BigDecimal of(List<BigDecimal> numbers) {
        BigDecimal first = numbers.get(0);
        if ((this == DIFFERENCE || this == RATIO) && numbers.size() != 2) {
            return null;
        }
        BigDecimal last = numbers.get(numbers.size() - 1);
        return switch (this) {
            case SUM -> sum(numbers);
            case MEAN -> sum(numbers).divide(BigDecimal.valueOf(numbers.size()), Term.PRECISION);
            case DIFFERENCE -> first.subtract(last).abs();
            case PRODUCT -> numbers.stream().reduce(BigDecimal.ONE, (a, b) -> a.multiply(b, Term.PRECISION));
            case LARGEST -> numbers.stream().reduce(first, BigDecimal::max);
            case SMALLEST -> numbers.stream().reduce(first, BigDecimal::min);
            case RATIO -> last.signum() == 0 ? null : first.divide(last, Term.PRECISION);
        };
    }

    private static BigDecimal sum(List<BigDecimal> numbers) {
        return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
