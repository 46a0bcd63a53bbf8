package io.github.mmevol.core.model;

import java.time.Duration;

/**
 * Keeps calls within the requests and tokens per minute that a provider grants. Several clients of one account may share
 * one. Use it with {@link ModelClient#rateLimited}. Thread-safe.
 */
public final class RateLimiter {

    private RateLimiter() {}

    /** Starts without any limit. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long no call will be started, because the server asked to wait; zero if it did not. */
    public Duration pauseLeft() {
        return Duration.ZERO;
    }

    ModelResponse call(ModelClient client, ModelRequest request) {
        return client.send(request);
    }

    /** Builds a {@link RateLimiter}; not thread-safe. */
    public static final class Builder {
        private Builder() {}

        /**
         * The most calls started in a minute; default no limit.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder requestsPerMinute(long requestsPerMinute) {
            return this;
        }

        /**
         * The most tokens in a minute, of prompts and replies together; default no limit.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder tokensPerMinute(long tokensPerMinute) {
            return this;
        }

        /** The limiter. */
        public RateLimiter build() {
            return new RateLimiter();
        }
    }
}
