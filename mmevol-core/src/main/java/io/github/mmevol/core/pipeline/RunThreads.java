package io.github.mmevol.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a run and how they end: a stopping run has its grace period, then its threads are interrupted, and what
 * ignores that is given up. Used by the thread that runs the pipeline.
 */
final class RunThreads {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);
    private static final Duration AFTER_ABORT = Duration.ofSeconds(10);

    private final RunContext run;
    private final Duration grace;
    private final List<Thread> threads = new ArrayList<>();
    private boolean interrupted;
    private long abortAt = Long.MAX_VALUE;
    private long giveUpAt = Long.MAX_VALUE;

    RunThreads(RunContext run, Duration grace) {
        this.run = run;
        this.grace = grace;
    }

    /** Starts one reader and so many workers. */
    void start(Runnable reader, Runnable worker, int workers) {
        Thread reading = new Thread(reader, "mmevol-reader");
        reading.setDaemon(true);
        threads.add(reading);
        ThreadFactory factory = WorkerThreads.factory();
        for (int i = 0; i < workers; i++) {
            threads.add(factory.newThread(worker));
        }
        threads.forEach(Thread::start);
    }

    /** The calling thread was interrupted: the run is broken off. */
    void interrupted() {
        interrupted = true;
        run.stop("interrupted", null);
        abort();
    }

    /** Gives a stopping run its grace period, then breaks it off; true when even that did not end it. */
    boolean pastWaiting() {
        if (!run.isHurrying()) {
            return false;
        }
        long now = System.nanoTime();
        if (giveUpAt != Long.MAX_VALUE) {
            return now > giveUpAt;
        }
        if (!run.isStopping()) {
            return false;
        }
        if (abortAt == Long.MAX_VALUE) {
            abortAt = now + grace.toNanos();
        }
        if (now > abortAt) {
            abort();
        }
        return false;
    }

    /** Refuses all further calls and interrupts the threads. */
    void abort() {
        if (giveUpAt == Long.MAX_VALUE) {
            giveUpAt = System.nanoTime() + AFTER_ABORT.toNanos();
            run.abort();
            threads.forEach(Thread::interrupt);
        }
    }

    /**
     * Waits until all threads have come to their end, or the run is past waiting.
     *
     * @param meanwhile what is done again and again while waiting
     */
    void await(long pollMillis, Runnable meanwhile) {
        for (Thread thread : threads) {
            while (thread.isAlive() && !pastWaiting()) {
                meanwhile.run();
                try {
                    thread.join(pollMillis);
                } catch (InterruptedException e) {
                    interrupted();
                }
            }
        }
    }

    /** Ends what still runs, and sets the calling thread's interrupt flag again. */
    void end() {
        for (Thread thread : threads) {
            try {
                thread.join(AFTER_ABORT.toMillis());
            } catch (InterruptedException e) {
                interrupted();
            }
            if (thread.isAlive()) {
                LOG.warn("thread {} does not end: a client or eliminator ignores interruption", thread.getName());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
