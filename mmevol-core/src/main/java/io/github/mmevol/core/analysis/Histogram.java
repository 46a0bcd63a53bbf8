package io.github.mmevol.core.analysis;

import java.util.ArrayList;
import java.util.List;

/** Counts whole numbers in bins that are fixed beforehand, so that its size does not depend on the data. */
final class Histogram {
    private static final int LEAST = -10;
    /** From here on there are eight bins for each doubling. */
    private static final int WIDE = 64;

    private static final int NARROW_BINS = WIDE - LEAST;
    private static final int SHIFT = 6;

    private final long[] counts = new long[NARROW_BINS + (Integer.SIZE - 1 - SHIFT) * 8];
    private long count;
    private long sum;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    /** @throws IllegalArgumentException if the number lies below -10 */
    void add(int value) {
        if (value < LEAST) {
            throw new IllegalArgumentException("too small a number to count: " + value);
        }
        counts[bin(value)]++;
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    Distribution distribution() {
        List<Distribution.Bin> bins = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                bins.add(new Distribution.Bin(from(i), from(i + 1) - 1, counts[i]));
            }
        }
        return new Distribution(count, sum, count == 0 ? 0 : min, count == 0 ? 0 : max, bins);
    }

    private static int bin(int value) {
        if (value < WIDE) {
            return value - LEAST;
        }
        int exponent = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
        return NARROW_BINS + (exponent - SHIFT) * 8 + ((value >> (exponent - 3)) & 7);
    }

    private static long from(int bin) {
        if (bin < NARROW_BINS) {
            return bin + (long) LEAST;
        }
        int wide = bin - NARROW_BINS;
        return (8L + wide % 8) << (SHIFT - 3 + wide / 8);
    }
}
