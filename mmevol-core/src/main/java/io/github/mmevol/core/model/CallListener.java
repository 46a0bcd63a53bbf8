package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Follows the calls of a client, for metrics and logs: {@code model.listening(attempt -> timer.record(attempt.time()))}.
 * Methods are called in the thread that calls the client, many at once, and must not block; what they throw is logged and
 * otherwise ignored.
 *
 * <p>A call is one {@link ModelClient#send}. It takes one attempt, or several where a decorator inside tries again or asks
 * another client.
 */
@FunctionalInterface
public interface CallListener {

    /**
     * One attempt of a call.
     *
     * @param purpose what the call is for, for example {@code evolve:cognitive} or {@code judge}
     * @param client the name of the client that was asked
     * @param number which attempt of the call it is, from 1
     * @param waited how long the call waited before it: for its turn, and before trying again
     * @param time how long the attempt itself took
     * @param usage the tokens it took; {@link TokenUsage#NONE} if it failed or the model does not tell
     * @param error why it failed; empty if a reply came
     */
    record Attempt(
            String purpose,
            String client,
            int number,
            Duration waited,
            Duration time,
            TokenUsage usage,
            Optional<RuntimeException> error) {}

    /**
     * One call, with all its attempts.
     *
     * @param purpose what it is for
     * @param client the client's name
     * @param attempts how many attempts it took; 0 if it ended before the first
     * @param waited how long it waited in all: for its turn, and before trying again
     * @param time how long it took in all, waits included
     * @param usage the tokens of the reply; {@link TokenUsage#NONE} if it failed or the model does not tell
     * @param error why it failed; empty if a reply came
     */
    record Call(
            String purpose,
            String client,
            int attempts,
            Duration waited,
            Duration time,
            TokenUsage usage,
            Optional<RuntimeException> error) {}

    /** An attempt ended. */
    void onAttempt(Attempt attempt);

    /** A call ended, after its last attempt; does nothing by default. */
    default void onCall(Call call) {}
}
