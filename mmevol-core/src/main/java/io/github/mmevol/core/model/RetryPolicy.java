package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How failed calls are tried again: how often, and how long to wait in between. Only failures that
 * {@link ModelException#isRetryable()} marks are tried again.
 *
 * <p>The wait before the n-th retry is drawn evenly from zero to {@code baseDelay} doubled n - 1 times, but never more than
 * {@code maxDelay} (exponential backoff with full jitter). Where the server says how long to wait
 * ({@link ModelException#retryAfter()}), its time comes first and the drawn one is added, so that many callers do not come
 * back at the same moment. A server that asks for more than {@code maxDelay} is not waited for: the call fails at once, and
 * the message says what the server asked for.
 *
 * <p>Immutable and thread-safe. Use it with {@link ModelClient#retrying}.
 */
public final class RetryPolicy {
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final RetryPolicy DEFAULTS = builder().build();
    private static final RetryPolicy NONE = builder().maxAttempts(1).build();

    private final int maxAttempts;
    private final Duration baseDelay;
    private final Duration maxDelay;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    private RetryPolicy(Builder b) {
        maxAttempts = b.maxAttempts;
        baseDelay = b.baseDelay;
        maxDelay = b.maxDelay;
        sleeper = b.sleeper;
        random = b.random;
    }

    /** Five attempts, a base delay of one second, a longest delay of one minute. */
    public static RetryPolicy ofDefaults() {
        return DEFAULTS;
    }

    /** One attempt: nothing is tried again. */
    public static RetryPolicy none() {
        return NONE;
    }

    /** Starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts with the values of this policy. */
    public Builder toBuilder() {
        return builder()
                .maxAttempts(maxAttempts)
                .baseDelay(baseDelay)
                .maxDelay(maxDelay)
                .sleeper(sleeper)
                .random(random);
    }

    /** The most calls for one request, the first one included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** The longest wait before the first retry, if the server asks for none; doubles from retry to retry. */
    public Duration baseDelay() {
        return baseDelay;
    }

    /** The longest wait that is drawn, and the longest that a server may ask for. */
    public Duration maxDelay() {
        return maxDelay;
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", baseDelay=" + baseDelay + ", maxDelay=" + maxDelay + "]";
    }

    /** A drawn wait after so many failures in a row, 1 and above. */
    Duration backoff(int failures) {
        double ceiling = Math.min((double) maxDelay.toNanos(), baseDelay.toNanos() * Math.pow(2, failures - 1));
        return Duration.ofNanos((long) (ceiling * random.getAsDouble()));
    }

    void sleep(Duration wait) throws InterruptedException {
        sleeper.sleep(wait);
    }

    /** Waits; a test puts one here that only takes notes. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration wait) throws InterruptedException;
    }

    /** Builds a {@link RetryPolicy}; not thread-safe. */
    public static final class Builder {
        private int maxAttempts = 5;
        private Duration baseDelay = Duration.ofSeconds(1);
        private Duration maxDelay = Duration.ofSeconds(60);
        private Sleeper sleeper = Builder::sleepAtLeast;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /**
         * The most calls for one request, the first one included; default 5.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder maxAttempts(int maxAttempts) {
            if (maxAttempts < 1) {
                throw new IllegalArgumentException(
                        "maxAttempts counts the first call and must be at least 1: " + maxAttempts);
            }
            this.maxAttempts = maxAttempts;
            return this;
        }

        /**
         * The longest wait before the first retry, doubled for each further one; default one second.
         *
         * @throws IllegalArgumentException if negative or longer than a day
         */
        public Builder baseDelay(Duration baseDelay) {
            this.baseDelay = upToADay("baseDelay", baseDelay);
            return this;
        }

        /**
         * The longest wait, drawn or asked for by the server; default one minute. A server that asks for more makes the call
         * fail at once.
         *
         * @throws IllegalArgumentException if negative or longer than a day
         */
        public Builder maxDelay(Duration maxDelay) {
            this.maxDelay = upToADay("maxDelay", maxDelay);
            return this;
        }

        /** How to wait. */
        Builder sleeper(Sleeper sleeper) {
            this.sleeper = Objects.requireNonNull(sleeper, "sleeper");
            return this;
        }

        /** Where the jitter comes from: numbers from 0 up to, not including, 1. */
        Builder random(DoubleSupplier random) {
            this.random = Objects.requireNonNull(random, "random");
            return this;
        }

        /** The policy. */
        public RetryPolicy build() {
            return new RetryPolicy(this);
        }

        private static Duration upToADay(String option, Duration value) {
            if (value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " must lie between zero and a day: " + value);
            }
            return value;
        }

        /** Rounds up to milliseconds; sleeping for zero still notices an interruption. */
        private static void sleepAtLeast(Duration wait) throws InterruptedException {
            Thread.sleep(wait.plusNanos(999_999).toMillis());
        }
    }
}
