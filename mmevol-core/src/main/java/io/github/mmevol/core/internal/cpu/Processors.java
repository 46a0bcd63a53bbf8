package io.github.mmevol.core.internal.cpu;

import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets no more threads calculate at once than there are processors: what puts calls on their way first, and what is alike in
 * the order in which it came. Where hundreds of replies come at the same time, the first of them are answered while the last
 * ones wait, and rules are asked when the model has enough to do; and the just-in-time compiler, one thread among few instead
 * of among hundreds, gets its share.
 */
public final class Processors {
    /** What is calculated, what comes first first. */
    public enum Work {
        /** A request is written, or its reply taken in, which frees its place for the next call. */
        CALL,
        /** A reply is understood. */
        REPLY,
        /** Rules look at what a model wrote. */
        RULES
    }

    /**
     * The turn of a thread that waits.
     *
     * @param number counts up
     * @param come released when it has come
     */
    private record Turn(Work work, long number, Semaphore come) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byWork = work.compareTo(other.work);
            return byWork == 0 ? Long.compare(number, other.number) : byWork;
        }
    }

    /** Held for a look at the line and at what is free, never while something is calculated. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private static final PriorityQueue<Turn> LINE = new PriorityQueue<>();
    private static long turns;
    private static int free = Runtime.getRuntime().availableProcessors();

    private Processors() {}

    /**
     * Calculates when a processor is free.
     *
     * @param calculation waits for nothing and does not come here again
     */
    public static void calculate(Work work, Runnable calculation) {
        calculate(work, () -> {
            calculation.run();
            return true;
        });
    }

    /** The same, for what has a result. */
    public static <T> T calculate(Work work, Supplier<T> calculation) {
        take(work);
        try {
            return calculation.get();
        } finally {
            giveBack();
        }
    }

    private static void take(Work work) {
        Semaphore come = new Semaphore(0);
        LOCK.lock();
        try {
            if (free > 0) {
                free--;
                return;
            }
            LINE.add(new Turn(work, turns++, come));
        } finally {
            LOCK.unlock();
        }
        come.acquireUninterruptibly();
    }

    /** Hands the processor on to who is next. */
    private static void giveBack() {
        LOCK.lock();
        try {
            Turn next = LINE.poll();
            if (next == null) {
                free++;
            } else {
                next.come.release();
            }
        } finally {
            LOCK.unlock();
        }
    }
}
