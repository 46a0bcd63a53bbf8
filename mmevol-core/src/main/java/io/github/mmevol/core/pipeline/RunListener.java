package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.time.Duration;

/**
 * Follows a run. Methods are called on worker threads, many at once, and must not block; exceptions of
 * theirs are logged and otherwise ignored, an {@link Error} stops the run. Every method does nothing by default.
 */
public interface RunListener {

    /**
     * One model call.
     *
     * @param purpose what it was for, for example {@code evolve:cognitive} or {@code judge}
     * @param client the client's name
     * @param round the round's number, from 1
     * @param attempts how many were made inside the client, as far as it tells
     * @param usage the tokens it took; {@link TokenUsage#NONE} if it failed or the model does not tell
     * @param time how long it took
     * @param kind a short, countable name of the failure, for example {@code RateLimit}; empty if a reply came
     * @param error why it failed; empty if a reply came
     */
    record Call(
            String purpose,
            String client,
            int round,
            int attempts,
            TokenUsage usage,
            Duration time,
            String kind,
            String error) {}

    /** A model call ended. */
    default void onCall(Call call) {}

    /** A sample was passed over, because a stored run has finished all its rounds. */
    default void onResumed(SampleKey sample) {}

    /** An attempt to evolve an instruction ended; not told in a replay. */
    default void onOutcome(Sample sample, Outcome outcome) {}

    /** A sample has been through all its rounds, or as far as a stopped run let it come. */
    default void onSample(EvolvedSample sample) {}
}
