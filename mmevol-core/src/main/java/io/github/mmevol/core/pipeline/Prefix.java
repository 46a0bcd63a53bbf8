package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Follows the finished samples of a stored run in input order through a selection, to tell when the output will have
 * enough. No more than a window of samples is handed out ahead of the oldest unfinished one.
 */
final class Prefix {
    private record Finished(long position, EvolvedSample sample) {}

    private final Selection.Pass selection;
    private final Semaphore window;
    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final Map<Long, EvolvedSample> waiting = new HashMap<>();
    private volatile long next;

    Prefix(Selection.Pass selection, int window) {
        this.selection = selection;
        this.window = new Semaphore(window);
    }

    /** Waits for a place in the window; false if there is none yet. */
    boolean tryAdmit(long millis) throws InterruptedException {
        return window.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    void finish(long position, EvolvedSample sample) {
        finished.add(new Finished(position, sample));
    }

    /** How many samples it has gone through. */
    long passed() {
        return next;
    }

    /** Goes on as far as samples are finished; true when the selection has no more room. Used by one thread. */
    boolean isFull() {
        for (Finished sample = finished.poll(); sample != null; sample = finished.poll()) {
            waiting.put(sample.position(), sample.sample());
        }
        EvolvedSample sample = waiting.remove(next);
        while (sample != null && selection.room().orElse(1) > 0) {
            selection.select(sample);
            window.release();
            long after = next + 1;
            next = after;
            sample = waiting.remove(after);
        }
        return selection.room().orElse(1) == 0;
    }
}
