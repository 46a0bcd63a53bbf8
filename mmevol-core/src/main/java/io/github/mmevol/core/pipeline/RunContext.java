package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.SampleKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the threads of one run share: its counts, its listeners, and whether and why it is to stop. */
final class RunContext {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);

    /**
     * Why a run stops.
     *
     * @param patient whether the calls in flight may take the time that they need
     */
    private record Stop(String reason, @Nullable Throwable cause, boolean patient) {}

    private final Tally tally;
    private final Spending spending;
    private final List<RunListener> listeners;
    private final StopSignal signal;
    private final Semaphore calls;
    private final Outage outage;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final long start = System.nanoTime();
    private volatile boolean enough;
    private volatile boolean done;
    private volatile boolean aborted;

    /**
     * What the threads of one run share.
     *
     * @param calls the most calls in flight
     */
    RunContext(Tally tally, Spending spending, List<RunListener> listeners, StopSignal signal, int calls) {
        this.tally = tally;
        this.spending = spending;
        this.listeners = listeners;
        this.signal = signal;
        this.calls = new Semaphore(calls, true);
        this.outage = new Outage(calls);
    }

    Tally tally() {
        return tally;
    }

    Spending spending() {
        return spending;
    }

    /** Asks the run to stop; the first reason counts. */
    void stop(String reason, @Nullable Throwable cause) {
        if (!done) {
            stop.compareAndSet(null, new Stop(reason, cause, false));
        }
    }

    /**
     * Asks the run to stop because its results cannot be written. It is told also where the run stops for another reason, as
     * then the results of what was finished are missing.
     */
    void stopWriting(String reason, Throwable cause) {
        if (!done) {
            stop.updateAndGet(before -> before == null
                    ? new Stop(reason, cause, false)
                    : new Stop(
                            before.reason() + "; " + reason,
                            before.cause() == null ? cause : before.cause(),
                            before.patient()));
        }
    }

    /** Asks the run to stop because nothing more may be spent: what is in flight is paid for and may come to its end. */
    void stopSpending(ModelException.BudgetExhausted reached) {
        if (!done) {
            stop.compareAndSet(null, new Stop(String.valueOf(reached.getMessage()), null, true));
        }
    }

    /** A call brought a reply. */
    void replied() {
        outage.replied();
    }

    /**
     * A call failed for a passing reason, its retries too; a run whose calls all do stops.
     *
     * @param sample what it was for
     * @param since from when on a reply to another call would have shown that it is alone, by {@link System#nanoTime()}
     * @return the row of failures that it stands in
     */
    int failed(SampleKey sample, RuntimeException failure, long since) {
        int row = outage.failed(sample, failure, since);
        if (outage.verdict(row) == Outage.Verdict.OUTAGE && outage.isLasting()) {
            stop(outage.reason(), failure);
        }
        return row;
    }

    Outage outage() {
        return outage;
    }

    /** Asks the run to stop because of a sample that was left undone. */
    void stopForOutage() {
        stop(outage.reason(), null);
    }

    /** Says that no further sample-round is needed. */
    void enough() {
        enough = true;
    }

    boolean hasEnough() {
        return enough;
    }

    /** Says that the output is whole: what still goes on ends at its next call, and how it ends does not matter. */
    void done() {
        enough = true;
        done = true;
        aborted = true;
    }

    /** Asks the run to stop and refuses all further calls. */
    void abort() {
        aborted = true;
    }

    /** Whether all further calls are refused. */
    boolean isAborted() {
        return aborted;
    }

    void checkNotAborted() {
        if (aborted) {
            throw new Round.BrokenOff("the run was stopped");
        }
    }

    /**
     * Makes a call when it is its turn, in the order in which they came.
     *
     * @throws Round.BrokenOff if the run was broken off before
     * @throws ModelException.Interrupted if the thread is interrupted before
     */
    <T> T inTurn(Supplier<T> call) {
        try {
            calls.acquire();
        } catch (InterruptedException e) {
            checkNotAborted();
            throw new ModelException.Interrupted("interrupted before the call", e);
        }
        try {
            checkNotAborted();
            return call.get();
        } finally {
            calls.release();
        }
    }

    /** Whether no new sample-round may begin, because the run stops or has enough. */
    boolean isEnding() {
        return enough || isStopping();
    }

    /** Whether the run ends before all that was asked for is done. */
    boolean isStopping() {
        if (signal.isGiven()) {
            stop("stop signal", null);
        }
        return stop.get() != null;
    }

    /** Whether the calls in flight of a stopping run have to end within its grace period. */
    boolean isHurrying() {
        isStopping(); // so that a signal is the reason where there was none
        Stop stopped = stop.get();
        return signal.isGiven() || (stopped != null && !stopped.patient());
    }

    /** Why not all is done; empty if all is. */
    String unfinished() {
        Stop stopped = stopped();
        if (stopped != null) {
            return stopped.reason();
        }
        long pending = tally.pendingCalls();
        return pending == 0 ? "" : pending + " calls wait for their batch";
    }

    /**
     * The report of a run whose threads have ended.
     *
     * @throws RunStoppedException if it could not go on
     */
    RunReport end() {
        Stop stopped = stopped();
        RunReport report = tally.report(
                spending.here(),
                spending.elsewhere(),
                Duration.ofNanos(System.nanoTime() - start),
                stopped == null ? "" : stopped.reason());
        if (stopped != null && stopped.cause() != null) {
            throw new RunStoppedException("the run stopped: " + stopped.reason(), stopped.cause(), report);
        }
        return report;
    }

    /** Why the run stopped, or else is not complete. */
    private @Nullable Stop stopped() {
        Stop stopped = stop.get();
        boolean left = stopped == null && outage.hasLeftSome() && !done;
        return left ? new Stop(outage.reason(), null, true) : stopped;
    }

    void tell(Consumer<RunListener> event) {
        for (RunListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("a run listener failed; the run goes on", e);
            }
        }
    }
}
