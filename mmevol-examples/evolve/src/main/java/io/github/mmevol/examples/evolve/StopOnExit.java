package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.pipeline.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C or a termination signal: stops the run, waits until it has written what is finished, and exits with 3. */
final class StopOnExit {
    private static final long PATIENCE_SECONDS = 3600;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;

    private StopOnExit(StopSignal signal) {
        hook = new Thread(() -> stopAndWait(signal), "stop-on-exit");
    }

    static StopOnExit install(StopSignal signal) {
        StopOnExit stop = new StopOnExit(signal);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void stopAndWait(StopSignal signal) {
        System.err.println(
                "Stopping; what is under way may finish, and what is finished is written. The same command goes on from there.");
        signal.stop();
        try {
            if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(EvolveDataset.STOPPED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has written what it has to write. */
    void done() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is being shut down: the hook is what waits for this
        }
    }
}
