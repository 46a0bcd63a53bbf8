package io.github.mmevol.core.internal.cpu;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Lets no more threads calculate at once than there are processors, in the order in which they came. Where hundreds of
 * replies come at the same time, the first of them are read and answered while the last ones wait, instead of all of them
 * getting done at the end; and the just-in-time compiler, one thread among few instead of among hundreds, gets its share.
 */
public final class Processors {
    private static final Semaphore FREE = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    private Processors() {}

    /**
     * Does some work when a processor is free.
     *
     * @param work calculates: it waits for nothing and does not come here again
     */
    public static void calculate(Runnable work) {
        calculate(() -> {
            work.run();
            return true;
        });
    }

    /** The same, for work with a result. */
    public static <T> T calculate(Supplier<T> work) {
        FREE.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            FREE.release();
        }
    }
}
