package io.github.mmevol.core.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks running pipelines to stop: no new sample-round begins, what runs may finish within the pipeline's grace period,
 * and all that is finished is written. Thread-safe; once given it stays given.
 */
public final class StopSignal {
    private final AtomicBoolean given = new AtomicBoolean();

    /** A signal that has not been given. */
    public StopSignal() {}

    /** Gives the signal. */
    public void stop() {
        given.set(true);
    }

    /** Whether the signal has been given. */
    public boolean isGiven() {
        return given.get();
    }
}
