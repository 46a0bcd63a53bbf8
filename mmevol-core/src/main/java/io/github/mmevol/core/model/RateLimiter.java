package io.github.mmevol.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls within the requests and tokens per minute that a provider grants. Several clients of one account share one, so
 * that all of them together keep to it. Use it with {@link ModelClient#rateLimited}.
 *
 * <p>Calls start evenly over the minute, in the order in which they came. The tokens of a call are estimated before it, from
 * its texts, its images and the tokens that its reply may have, and from what earlier calls for the same purpose took; when
 * the reply tells what it took, the difference is made good. Tokens of calls that were refused do not count.
 *
 * <p>Where the server asks to wait ({@code Retry-After}), or tells along with a reply that too little is left for another
 * call, no call starts before its time; where that is more than an hour, calls fail with {@link ModelException.Quota}, which
 * ends a run. A call that has a deadline ({@link ModelRequest#timeLeft}) does not wait beyond it, but fails with
 * {@link ModelException.Timeout}.
 *
 * <p>Thread-safe; it holds no thread, and no lock while a call runs.
 */
public final class RateLimiter {
    private final long requestsPerMinute;
    private final long tokensPerMinute;
    private final @Nullable Allowance requests;
    private final @Nullable Allowance tokens;
    private final TokenNeed need = new TokenNeed();
    private final Gate gate;
    private long pausedUntil;

    private RateLimiter(Builder b) {
        long now = b.time.nanos();
        requestsPerMinute = b.requestsPerMinute;
        tokensPerMinute = b.tokensPerMinute;
        requests = requestsPerMinute == 0 ? null : new Allowance(requestsPerMinute, now);
        tokens = tokensPerMinute == 0 ? null : new Allowance(tokensPerMinute, now);
        gate = new Gate(b.time);
        pausedUntil = now;
    }

    /** Starts without any limit: what the server tells counts always. */
    public static Builder builder() {
        return new Builder();
    }

    /** How long no call will start, because the server asks to wait; zero if it does not. */
    public Duration pauseLeft() {
        return gate.look(now -> Duration.ofNanos(Math.max(0, pausedUntil - now)));
    }

    @Override
    public String toString() {
        return "RateLimiter[requestsPerMinute=" + orNone(requestsPerMinute) + ", tokensPerMinute="
                + orNone(tokensPerMinute) + "]";
    }

    private static String orNone(long limit) {
        return limit == 0 ? "none" : String.valueOf(limit);
    }

    ModelResponse call(ModelClient client, ModelRequest request) {
        double estimate = tokens == null ? 0 : need.of(request);
        gate.pass(request, now -> delay(estimate, now), now -> {
            take(estimate);
            return now;
        });
        try {
            ModelResponse response = Reply.of(client, request);
            answered(request, response, estimate);
            return response;
        } catch (ModelException failure) {
            failed(failure, request, estimate);
            throw failure;
        }
    }

    private long delay(double estimate, long now) {
        long wait = Math.max(0, pausedUntil - now);
        wait = requests == null ? wait : Math.max(wait, requests.delay(1, now));
        return tokens == null ? wait : Math.max(wait, tokens.delay(estimate, now));
    }

    private void take(double estimate) {
        if (requests != null) {
            requests.take(1);
        }
        if (tokens != null) {
            tokens.take(estimate);
        }
    }

    private void answered(ModelRequest request, ModelResponse response, double estimate) {
        long took = response.usage().total();
        if (took > 0 && tokens != null) {
            need.learn(request, took);
        }
        Duration pause = Ending.of(response, Math.max(1, took)).pause();
        gate.change(now -> {
            correct(took > 0 ? estimate - took : 0);
            pause(pause, now);
        });
    }

    private void failed(ModelException failure, ModelRequest request, double estimate) {
        Duration pause = Ending.of(failure, request).pause();
        gate.change(now -> {
            correct(failure instanceof ModelException.Http ? estimate : 0);
            pause(pause, now);
        });
    }

    private void correct(double surplus) {
        if (tokens != null) {
            tokens.correct(surplus);
        }
    }

    private void pause(Duration pause, long now) {
        pausedUntil = Math.max(pausedUntil, now + pause.toNanos());
    }

    /** Builds a {@link RateLimiter}; not thread-safe. */
    public static final class Builder {
        private long requestsPerMinute;
        private long tokensPerMinute;
        private Time time = Time.SYSTEM;

        private Builder() {}

        /**
         * The most calls that start in a minute; default no limit.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder requestsPerMinute(long requestsPerMinute) {
            this.requestsPerMinute = atLeastOne("requestsPerMinute", requestsPerMinute);
            return this;
        }

        /**
         * The most tokens in a minute, of prompts and replies together; default no limit. A call that needs more than that on
         * its own is sent all the same, and the next ones wait the longer.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder tokensPerMinute(long tokensPerMinute) {
            this.tokensPerMinute = atLeastOne("tokensPerMinute", tokensPerMinute);
            return this;
        }

        /** Where the time comes from, and how to wait. */
        Builder time(Time time) {
            this.time = time;
            return this;
        }

        /** The limiter. */
        public RateLimiter build() {
            return new RateLimiter(this);
        }

        private static long atLeastOne(String option, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(option + " must be at least 1: " + value);
            }
            return value;
        }
    }
}
