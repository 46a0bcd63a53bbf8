package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Where clients take the time from and how they wait; a test puts one here that only counts. */
interface Time {
    /** The machine's. */
    Time SYSTEM = new Time() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration wait) throws InterruptedException {
            // rounded up to milliseconds
            Thread.sleep(wait.plusNanos(TimeUnit.MILLISECONDS.toNanos(1) - 1).toMillis());
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // it is, in the caller
        public void await(Condition signal, long nanos) throws InterruptedException {
            signal.awaitNanos(nanos);
        }
    };

    /** Nanoseconds since some fixed moment. */
    long nanos();

    /** Waits at least so long; also for zero it notices an interruption. */
    void sleep(Duration wait) throws InterruptedException;

    /** Waits for the signal, but no longer than so many nanoseconds; the condition's lock is held. */
    void await(Condition signal, long nanos) throws InterruptedException;
}
