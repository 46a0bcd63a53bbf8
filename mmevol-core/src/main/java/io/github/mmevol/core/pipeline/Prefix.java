package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Follows the finished samples of a stored run in input order through a selection, to tell when the output will have
 * enough. No more than a window of samples is handed out ahead of the oldest unfinished one.
 */
final class Prefix {
    /**
     * A sample that is through.
     *
     * @param sample empty if it is not finished all the same, and will not be in this run
     */
    private record Through(long position, Optional<EvolvedSample> sample) {}

    private final Selection.Pass selection;
    private final Semaphore window;
    private final Queue<Through> through = new ConcurrentLinkedQueue<>();
    private final Map<Long, Optional<EvolvedSample>> waiting = new HashMap<>();
    private volatile long next;
    private volatile boolean stuck;

    Prefix(Selection.Pass selection, int window) {
        this.selection = selection;
        this.window = new Semaphore(window);
    }

    /** Waits for a place in the window; false if there is none yet. */
    boolean tryAdmit(long millis) throws InterruptedException {
        return window.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    void finish(long position, EvolvedSample sample) {
        through.add(new Through(position, Optional.of(sample)));
    }

    /** Says that a sample will not be finished in this run. */
    void leave(long position) {
        through.add(new Through(position, Optional.empty()));
    }

    /** Whether there will be no more places in the window: a sample at its beginning will not be finished in this run. */
    boolean isShut() {
        return stuck && window.availablePermits() == 0;
    }

    /** Whether it goes no further in this run: the next sample at its beginning will not be finished. */
    boolean isStuck() {
        return stuck;
    }

    /** How many samples it has gone through. */
    long passed() {
        return next;
    }

    /** Goes on as far as samples are finished; true when the selection has no more room. Used by one thread. */
    boolean isFull() {
        for (Through sample = through.poll(); sample != null; sample = through.poll()) {
            waiting.put(sample.position(), sample.sample());
        }
        while (waiting.containsKey(next) && !stuck && selection.room().orElse(1) > 0) {
            Optional<EvolvedSample> sample = waiting.remove(next);
            sample.ifPresentOrElse(this::pass, () -> stuck = true);
        }
        return selection.room().orElse(1) == 0;
    }

    private void pass(EvolvedSample sample) {
        selection.select(sample);
        long after = next + 1;
        next = after;
        window.release();
    }
}
