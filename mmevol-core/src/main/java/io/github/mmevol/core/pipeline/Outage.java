package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.SampleKey;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells an outage, in which all calls fail for reasons that may pass, from calls that fail by themselves. Failures between which no
 * call brought a reply are a row; a row is an outage when calls for three samples failed in it, if there was no reply while the
 * last of them went on, or was tried again. So it is known only later what the first failures of a row were. Thread-safe.
 */
final class Outage {
    /** Fewer samples may have failures of their own. */
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
    /** The samples that calls in the row failed for. */
    private final Set<SampleKey> samples = new HashSet<>();

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
            samples.clear();
            row++;
        }
    }

    /**
     * Whether a failure may pass by itself. As long as no call brought a reply, it may also be the server that is not set up for
     * what is asked, not the request that is at fault: where it refuses so many that it is no use to go on.
     */
    synchronized boolean mayPass(RuntimeException failure) {
        return isPassing(failure) || (failure instanceof ModelException.InvalidRequest && !everReplied);
    }

    private static boolean isPassing(RuntimeException failure) {
        return !(failure instanceof ModelException known) || known.isRetryable();
    }

    /**
     * A call failed for a reason that {@linkplain #mayPass may pass}, its retries too.
     *
     * @param sample what the call was for
     * @param since from when on a reply to another call would have shown that it is alone: when it began, or was begun again
     *     first; by {@link System#nanoTime()}
     * @return the row of failures that it stands in
     */
    synchronized int failed(SampleKey sample, RuntimeException failure, long since) {
        lastFailure = failure instanceof ModelException ? String.valueOf(failure.getMessage()) : failure.toString();
        failedInARow++;
        samples.add(sample);
        if (samples.size() >= FEWEST && lastReply - since < 0 && (isPassing(failure) || isLasting())) {
            outages.add(row);
        }
        return row;
    }

    /** What the failures of a row are. */
    synchronized Verdict verdict(int failures) {
        return outages.contains(failures) ? Verdict.OUTAGE : failures < row ? Verdict.ITS_OWN : Verdict.OPEN;
    }

    /**
     * What the failures of a row are, when no call is under way that could tell: an outage where none ever brought a reply, or
     * calls for several samples failed last.
     *
     * @param again whether the sample was left for an outage before, by another run
     */
    synchronized Verdict lastVerdict(int failures, boolean again) {
        boolean several = failures == row && samples.size() >= FEWEST;
        return outages.contains(failures) || ((several || !everReplied) && !again) ? Verdict.OUTAGE : Verdict.ITS_OWN;
    }

    /** Whether so many calls failed in a row that the run had better stop. */
    synchronized boolean isLasting() {
        return failedInARow >= lasting && samples.size() >= FEWEST;
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
