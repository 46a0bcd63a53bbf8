package io.github.mmevol.core.analysis;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How whole numbers are spread. Count, sum, least and greatest are exact; so are the bins of the numbers from -10 to 63,
 * while a bin of greater numbers is as wide as an eighth of them at most.
 *
 * @param count how many numbers there are
 * @param sum what they add up to
 * @param min the least one; 0 if there is none
 * @param max the greatest one; 0 if there is none
 * @param bins the bins that are not empty, rising
 */
public record Distribution(long count, long sum, long min, long max, List<Bin> bins) {

    /**
     * Numbers that are counted together.
     *
     * @param from the least number that falls into it
     * @param to the greatest number that falls into it
     * @param count how many do
     */
    public record Bin(long from, long to, long count) {}

    /** Copies the list. */
    public Distribution {
        bins = List.copyOf(bins);
    }

    /** The mean; empty if there are no numbers. */
    public OptionalDouble mean() {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / count);
    }

    /**
     * The least number that the given share of all numbers does not exceed, in bins wider than one number an estimate
     * within the bin; empty if there are no numbers.
     *
     * @param share 0 to 1, for example 0.5 for the median
     * @throws IllegalArgumentException if the share is not in 0..1
     */
    public OptionalDouble quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile is asked for by a share in 0..1: " + share);
        }
        double wanted = Math.max(1, share * count);
        long below = 0;
        for (Bin bin : bins) {
            if (below + bin.count() >= wanted) {
                double within = (wanted - below) / bin.count();
                long value = bin.from() + (long) (within * (bin.to() - bin.from()));
                return OptionalDouble.of((double) Math.min(max, Math.max(min, value)));
            }
            below += bin.count();
        }
        return OptionalDouble.empty();
    }
}
