package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a server told of its rate limits with a reply or an error; what it did not tell is empty.
 *
 * @param requests of requests
 * @param tokens of tokens
 */
public record RateLimitStatus(Window requests, Window tokens) {
    /** Nothing told. */
    public static final RateLimitStatus NONE = new RateLimitStatus(Window.NONE, Window.NONE);

    /**
     * One limit.
     *
     * @param limit how many are admitted in the provider's window, mostly a minute
     * @param remaining how many are left of it
     * @param reset how long until all are there again
     */
    public record Window(OptionalLong limit, OptionalLong remaining, Optional<Duration> reset) {
        /** Nothing told. */
        public static final Window NONE = new Window(OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

        /** Keeps the values. */
        public Window {
            Objects.requireNonNull(limit, "limit");
            Objects.requireNonNull(remaining, "remaining");
            Objects.requireNonNull(reset, "reset");
        }
    }

    /** Keeps the values. */
    public RateLimitStatus {
        Objects.requireNonNull(requests, "requests");
        Objects.requireNonNull(tokens, "tokens");
    }
}
