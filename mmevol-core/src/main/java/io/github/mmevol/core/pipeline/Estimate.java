package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a whole run will take, as far as can be told before: from its first call on, whatever a store holds of it already.
 *
 * @param samples how many seeds there are
 * @param confidence in how many of all cases at least an interval holds the figure, where it comes from a pilot run; empty
 *     where it comes from assumptions
 * @param calls model calls, re-asking included
 * @param promptTokens tokens of all prompts, images and what caches serve included
 * @param completionTokens tokens of all replies, reasoning included
 * @param cost what the clients with a price cost; empty if the budget has no prices
 * @param unpriced the clients without a price, in alphabetical order
 * @param wallTime how long the run takes at the pipeline's concurrency, if calls take as long then as they did in the pilot
 *     or as is assumed, and no limit on calls or tokens per minute is in the way
 * @param imageShareOfPrompt which share of the prompt tokens is images, 0 to 1
 * @param imageShareOfCost which share of the cost is images; empty if the cost is, or is zero
 * @param paid what has been paid in this run already, the pilot included; with a store, the run does not pay it again
 */
public record Estimate(
        long samples,
        OptionalDouble confidence,
        Interval<Long> calls,
        Interval<Long> promptTokens,
        Interval<Long> completionTokens,
        Optional<Interval<BigDecimal>> cost,
        List<String> unpriced,
        Interval<Duration> wallTime,
        double imageShareOfPrompt,
        OptionalDouble imageShareOfCost,
        Account paid) {

    /**
     * A figure that is not known exactly.
     *
     * @param low what it is not likely to be below
     * @param expected what it is likely to be near
     * @param high what it is not likely to be above
     */
    public record Interval<T extends Comparable<? super T>>(T low, T expected, T high) {
        /** @throws IllegalArgumentException if the three are not in order */
        public Interval {
            if (low.compareTo(expected) > 0 || expected.compareTo(high) > 0) {
                throw new IllegalArgumentException("not in order: " + low + ", " + expected + ", " + high);
            }
        }

        /** Whether a value lies in the interval, ends included. */
        public boolean holds(T value) {
            return low.compareTo(value) <= 0 && value.compareTo(high) <= 0;
        }
    }

    /** Copies the list. */
    public Estimate {
        Objects.requireNonNull(confidence, "confidence");
        Objects.requireNonNull(calls, "calls");
        Objects.requireNonNull(promptTokens, "promptTokens");
        Objects.requireNonNull(completionTokens, "completionTokens");
        Objects.requireNonNull(cost, "cost");
        unpriced = List.copyOf(unpriced);
        Objects.requireNonNull(wallTime, "wallTime");
        Objects.requireNonNull(imageShareOfCost, "imageShareOfCost");
        Objects.requireNonNull(paid, "paid");
    }
}
