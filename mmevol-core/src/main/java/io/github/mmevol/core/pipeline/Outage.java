package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ModelException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells an outage, in which all calls fail for passing reasons, from calls that fail by themselves. A failure is part of one
 * where none of the last few calls brought a reply, nor any since the call that failed began. Thread-safe.
 */
final class Outage {
    /** Fewer in a row may be one sample's own. */
    private static final int FEWEST = 3;
    /** From how many in a row on it is no use to go on, at one call in flight. */
    private static final int LASTING = 8;

    private final int lasting;
    private final AtomicInteger failedInARow = new AtomicInteger();
    private final AtomicInteger undone = new AtomicInteger();
    private volatile long lastReply = System.nanoTime();
    private volatile String lastFailure = "";

    /** @param inFlight the most calls in flight: of an outage each of them tells */
    Outage(int inFlight) {
        lasting = Math.max(LASTING, 2 * inFlight);
    }

    /** A call brought a reply. */
    void replied() {
        lastReply = System.nanoTime();
        failedInARow.set(0);
    }

    /**
     * A call failed, its retries too.
     *
     * @param began when it began, by {@link System#nanoTime()}
     * @return whether that is part of an outage
     */
    boolean failed(RuntimeException failure, long began) {
        if (failure instanceof ModelException known && !known.isRetryable()) {
            return false;
        }
        lastFailure = failure instanceof ModelException ? String.valueOf(failure.getMessage()) : failure.toString();
        return failedInARow.incrementAndGet() >= FEWEST && lastReply - began < 0;
    }

    /** Whether so many calls failed in a row that the run had better stop. */
    boolean isLasting() {
        return failedInARow.get() >= lasting;
    }

    /** A sample is left as it is because of an outage. */
    void leftUndone() {
        undone.incrementAndGet();
    }

    boolean hasLeftSome() {
        return undone.get() > 0;
    }

    /** Why a run stops, or is not complete. */
    String reason() {
        String what = isLasting()
                ? "the last " + failedInARow.get() + " calls all failed"
                : undone.get() + " samples are unfinished, as calls for them failed while none succeeded";
        return what + " (the last one: " + lastFailure + ")";
    }
}
