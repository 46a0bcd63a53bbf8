package io.github.mmevol.core.model;

import java.time.Duration;

/**
 * How a call ended, as far as a limiter cares.
 *
 * @param kind what it says of the server
 * @param pause how long the server asks not to be asked; zero if it does not
 */
record Ending(Kind kind, Duration pause) {
    enum Kind {
        /** The server had room for the call. */
        ANSWERED,
        /** There were too many calls for its rate. */
        REFUSED,
        /** It was too busy, or too slow. */
        OVERLOADED,
        /** Nothing is known. */
        UNKNOWN
    }

    /** So long that nobody will wait for it, and yet to be counted in nanoseconds. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(365);

    /** Longest reset that is waited for unasked. */
    private static final Duration LONGEST_RESET = Duration.ofHours(1);

    /** Bounds the pause. */
    Ending {
        pause = pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    static final Ending UNKNOWN = new Ending(Kind.UNKNOWN, Duration.ZERO);

    /**
     * A reply came.
     *
     * @param tokens how many the next call needs
     */
    static Ending of(ModelResponse response, long tokens) {
        RateLimitStatus told = response.rateLimits();
        Duration forRequests = until(told.requests(), 1);
        Duration forTokens = until(told.tokens(), tokens);
        return new Ending(Kind.ANSWERED, forRequests.compareTo(forTokens) > 0 ? forRequests : forTokens);
    }

    /** How long until there is room for so much again; zero where there is, or nothing plausible was told. */
    private static Duration until(RateLimitStatus.Window window, long need) {
        boolean used = window.remaining().isPresent() && window.remaining().getAsLong() < need;
        return used
                ? window.reset()
                        .filter(wait -> wait.compareTo(LONGEST_RESET) <= 0)
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    /** A call failed. */
    static Ending of(ModelException failure, ModelRequest request) {
        Duration pause = failure.isRetryable() ? failure.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        if (failure instanceof ModelException.RateLimit) {
            return new Ending(Kind.REFUSED, pause);
        }
        if (failure instanceof ModelException.Timeout) {
            boolean callersFault = request.timeLeft().filter(Duration::isZero).isPresent();
            return new Ending(callersFault ? Kind.UNKNOWN : Kind.OVERLOADED, pause);
        }
        if (failure instanceof ModelException.Server server) {
            boolean busy = server.status() == 503 || server.status() == 504 || server.status() == 529;
            return new Ending(busy ? Kind.OVERLOADED : Kind.UNKNOWN, pause);
        }
        return new Ending(failure instanceof ModelException.Http ? Kind.ANSWERED : Kind.UNKNOWN, pause);
    }
}
