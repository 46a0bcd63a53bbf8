package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * How failed calls are tried again: how often, and how long to wait in between. Only failures that
 * {@link ModelException#isRetryable()} marks are tried again.
 *
 * <p>The wait before the n-th retry is drawn evenly from zero to {@code baseDelay} doubled n - 1 times, but never more than
 * {@code maxDelay} (exponential backoff with full jitter). Where the server says how long to wait
 * ({@link ModelException#retryAfter()}), its time comes first and the drawn one is added, so that many callers do not come
 * back at the same moment. A server that asks for more than {@code maxRetryAfter} is not waited for: the call fails at once,
 * and the message says what the server asked for.
 *
 * <p>A {@code deadline} is for the whole call: all attempts, and all waits for a turn or for the next attempt. A wait that
 * would last beyond it is not begun, the call fails at once, and no attempt follows. An attempt under way is not broken off:
 * it is told what is left ({@link ModelRequest#timeLeft()}), and ends in time if the client obeys that, as {@code
 * OpenAiModelClient} does and {@link ModelClient#send} asks of each client. A client that does not look at it takes as long as
 * it takes.
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
    private final Duration maxRetryAfter;
    private final Optional<Duration> deadline;
    private final Time time;
    private final DoubleSupplier random;

    private RetryPolicy(Builder b) {
        maxAttempts = b.maxAttempts;
        baseDelay = b.baseDelay;
        maxDelay = b.maxDelay;
        maxRetryAfter = b.maxRetryAfter;
        deadline = b.deadline;
        time = b.time;
        random = b.random;
    }

    /**
     * Five attempts, a base delay of one second, a longest delay of one minute or of ten where the server asks for it, no
     * deadline.
     */
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
        Builder builder = builder()
                .maxAttempts(maxAttempts)
                .baseDelay(baseDelay)
                .maxDelay(maxDelay)
                .maxRetryAfter(maxRetryAfter)
                .time(time)
                .random(random);
        builder.deadline = deadline;
        return builder;
    }

    /** The most calls for one request, the first one included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** The longest wait before the first retry, if the server asks for none; doubles from retry to retry. */
    public Duration baseDelay() {
        return baseDelay;
    }

    /** The longest wait that is drawn. */
    public Duration maxDelay() {
        return maxDelay;
    }

    /** The longest wait that a server may ask for. */
    public Duration maxRetryAfter() {
        return maxRetryAfter;
    }

    /** The longest time for a whole call; empty for no bound. */
    public Optional<Duration> deadline() {
        return deadline;
    }

    @Override
    public String toString() {
        return "RetryPolicy[maxAttempts=" + maxAttempts + ", baseDelay=" + baseDelay + ", maxDelay=" + maxDelay
                + ", maxRetryAfter=" + maxRetryAfter
                + deadline.map(longest -> ", deadline=" + longest).orElse("") + "]";
    }

    /** Whether a client is the same with and without this policy. */
    boolean changesNothing() {
        return maxAttempts == 1 && deadline.isEmpty();
    }

    /** A drawn wait after so many failures in a row, 1 and above. */
    Duration backoff(int failures) {
        double ceiling = Math.min((double) maxDelay.toNanos(), baseDelay.toNanos() * Math.pow(2, failures - 1));
        return Duration.ofNanos((long) (ceiling * random.getAsDouble()));
    }

    Time time() {
        return time;
    }

    /** Builds a {@link RetryPolicy}; not thread-safe. */
    public static final class Builder {
        private int maxAttempts = 5;
        private Duration baseDelay = Duration.ofSeconds(1);
        private Duration maxDelay = Duration.ofSeconds(60);
        private Duration maxRetryAfter = Duration.ofMinutes(10);
        private Optional<Duration> deadline = Optional.empty();
        private Time time = Time.SYSTEM;
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
         * The longest wait that is drawn; default one minute.
         *
         * @throws IllegalArgumentException if negative or longer than a day
         */
        public Builder maxDelay(Duration maxDelay) {
            this.maxDelay = upToADay("maxDelay", maxDelay);
            return this;
        }

        /**
         * The longest wait that a server may ask for; default ten minutes. Where it asks for more the call fails at once.
         *
         * @throws IllegalArgumentException if negative or longer than a day
         */
        public Builder maxRetryAfter(Duration maxRetryAfter) {
            this.maxRetryAfter = upToADay("maxRetryAfter", maxRetryAfter);
            return this;
        }

        /**
         * The longest time for a whole call, all attempts and waits included, as far as the client obeys
         * {@link ModelRequest#timeLeft()}; default no bound.
         *
         * @throws IllegalArgumentException if not above zero, or longer than a day
         */
        public Builder deadline(Duration deadline) {
            Duration checked = upToADay("deadline", deadline);
            if (checked.isZero()) {
                throw new IllegalArgumentException("deadline must be above zero");
            }
            this.deadline = Optional.of(checked);
            return this;
        }

        /** Where the time comes from, and how to wait. */
        Builder time(Time time) {
            this.time = Objects.requireNonNull(time, "time");
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
            Objects.requireNonNull(value, option);
            if (value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(option + " must lie between zero and a day: " + value);
            }
            return value;
        }
    }
}
