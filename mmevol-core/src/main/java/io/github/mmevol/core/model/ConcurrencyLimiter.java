package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Bounds how many calls are in flight at once, by a number given or found out. Several clients of one account share one, so
 * that all of them together keep to it. Use it with {@link ModelClient#concurrencyLimited}.
 *
 * <p>Where the server asks to wait ({@code Retry-After}, or a reply along with which it told that nothing is left), no call
 * starts before its time; then calls come back one after the other. A server that asks for more than an hour is not waited
 * for: calls fail with {@link ModelException.Quota}, which ends a run. Calls start in the order in which they came. A call
 * that has a deadline ({@link ModelRequest#timeLeft}) does not wait beyond it, but fails with {@link ModelException.Timeout}.
 *
 * <p>An {@linkplain #adaptive() adaptive} limiter needs to know nothing of the server. It begins with 32 calls and doubles
 * that every 50 milliseconds while more are wanted. What the server is too busy for (503, 504, 529, timeouts) takes a part of
 * the limit away; what it refuses for its rate (429) does not, but makes calls start evenly, at the rate that it was seen to
 * admit. Both grow again while they hold calls back: fast up to just below where they failed, then slowly. A burst of
 * refusals counts once. Refusals that do not depend on the limit, because they go on however far it is cut, are told apart
 * and borne.
 *
 * <p>Thread-safe; it holds no thread, and no lock while a call runs.
 */
public final class ConcurrencyLimiter {
    private final Throttle throttle;
    private final Gate gate;

    ConcurrencyLimiter(int minimum, int maximum, Time time) {
        if (minimum < 1 || maximum < minimum) {
            throw new IllegalArgumentException("a limit must be at least 1, and the maximum no less than the minimum: "
                    + minimum + " to " + maximum);
        }
        throttle = new Throttle(minimum, maximum, time.nanos());
        gate = new Gate(time);
    }

    /**
     * So many calls in flight, always.
     *
     * @throws IllegalArgumentException if below 1
     */
    public static ConcurrencyLimiter fixed(int limit) {
        return new ConcurrencyLimiter(limit, limit, Time.SYSTEM);
    }

    /** As many calls as the server can take, from 1 to 4 096. */
    public static ConcurrencyLimiter adaptive() {
        return adaptive(1, 4096);
    }

    /**
     * As many calls as the server can take, within bounds; with equal ones it is {@linkplain #fixed fixed}.
     *
     * @throws IllegalArgumentException if the minimum is below 1 or above the maximum
     */
    public static ConcurrencyLimiter adaptive(int minimum, int maximum) {
        return new ConcurrencyLimiter(minimum, maximum, Time.SYSTEM);
    }

    /** How many calls may be in flight just now. */
    public int limit() {
        return gate.look(now -> throttle.limit());
    }

    /** How many calls are in flight just now. */
    public int inFlight() {
        return gate.look(now -> throttle.inFlight());
    }

    /** The pace at which calls start, per second, as far as it was found out; empty where the server set no limit yet. */
    public OptionalDouble startsPerSecond() {
        return gate.look(now -> throttle.startsPerSecond());
    }

    /** How long no call will start, because the server asks to wait or refuses all calls; zero if calls may start. */
    public Duration pauseLeft() {
        return gate.look(throttle::pauseLeft);
    }

    @Override
    public String toString() {
        return "ConcurrencyLimiter[inFlight=" + inFlight() + ", limit=" + limit() + "]";
    }

    ModelResponse call(ModelClient client, ModelRequest request) {
        long number = gate.pass(request, throttle::delay, throttle::start);
        Ending ending = Ending.UNKNOWN;
        try {
            ModelResponse response = Reply.of(client, request);
            ending = Ending.of(response, 1);
            return response;
        } catch (ModelException failure) {
            ending = Ending.of(failure, request);
            throw failure;
        } finally {
            Ending known = ending;
            gate.change(now -> throttle.ended(number, known, now));
        }
    }
}
