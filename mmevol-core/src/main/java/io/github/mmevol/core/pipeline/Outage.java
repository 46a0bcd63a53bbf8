package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ModelException;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells an outage, in which all calls fail for passing reasons, from calls that fail by themselves. Failures between which no
 * call brought a reply are a row; a row is an outage from its third failure on, if there was no reply while that call went on,
 * or was tried again. So it is known only later what the first failures of a row were. Thread-safe.
 */
final class Outage {
    /** Fewer in a row may be one sample's own. */
    private static final int FEWEST = 3;
    /** From how many in a row on it is no use to go on, at one call in flight. */
    private static final int LASTING = 8;

    /** What a failure turned out to be. */
    enum Verdict {
        /** Nothing can be told yet. */
        OPEN,
        /** The failure of its own call. */
        ITS_OWN,
        /** Part of an outage. */
        OUTAGE
    }

    private final int lasting;
    private final Set<Integer> outages = new HashSet<>();
    private int row;
    private int failedInARow;
    private int undone;
    private boolean everReplied;
    private long lastReply = System.nanoTime();
    private String lastFailure = "";

    /** @param inFlight the most calls in flight: of an outage each of them tells */
    Outage(int inFlight) {
        lasting = Math.max(LASTING, 2 * inFlight);
    }

    /** A call brought a reply. */
    synchronized void replied() {
        everReplied = true;
        lastReply = System.nanoTime();
        if (failedInARow > 0) {
            failedInARow = 0;
            row++;
        }
    }

    /** Whether a failure may pass by itself. */
    static boolean isPassing(RuntimeException failure) {
        return !(failure instanceof ModelException known) || known.isRetryable();
    }

    /**
     * A call failed for a passing reason, its retries too.
     *
     * @param since from when on a reply to another call would have shown that it is alone: when it began, or was begun again
     *     first; by {@link System#nanoTime()}
     * @return the row of failures that it stands in
     */
    synchronized int failed(RuntimeException failure, long since) {
        lastFailure = failure instanceof ModelException ? String.valueOf(failure.getMessage()) : failure.toString();
        failedInARow++;
        if (failedInARow >= FEWEST && lastReply - since < 0) {
            outages.add(row);
        }
        return row;
    }

    /** What the failures of a row are. */
    synchronized Verdict verdict(int failures) {
        return outages.contains(failures) ? Verdict.OUTAGE : failures < row ? Verdict.ITS_OWN : Verdict.OPEN;
    }

    /** What the failures of a row are, when no other call will be made: an outage where none brought a reply. */
    synchronized Verdict lastVerdict(int failures) {
        return outages.contains(failures) || !everReplied ? Verdict.OUTAGE : Verdict.ITS_OWN;
    }

    /** Whether so many calls failed in a row that the run had better stop. */
    synchronized boolean isLasting() {
        return failedInARow >= lasting;
    }

    /** A sample is left as it is because of an outage. */
    synchronized void leftUndone() {
        undone++;
    }

    synchronized boolean hasLeftSome() {
        return undone > 0;
    }

    /** Why a run stops, or is not complete. */
    synchronized String reason() {
        String what = isLasting()
                ? "the last " + failedInARow + " calls all failed"
                : undone + " samples are unfinished, as calls for them failed while none succeeded";
        return what + " (the last one: " + lastFailure + ")";
    }
}
