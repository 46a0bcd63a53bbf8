package io.github.mmevol.core.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a run, a reader that hands out work and workers that do it, and how they end: a stopping run has its grace
 * period, then its threads are interrupted, and what ignores that is given up. Used by the thread that runs the pipeline,
 * but for {@link #hand}, {@link #beginAll} and {@link #noMore}, which are the reader's.
 *
 * <p>A quarter more workers than calls in flight: while some read replies, others have theirs on the way. One where there is
 * one call at a time. The reader is as far ahead as there are calls in flight; when it comes to the end, all that it is ahead
 * is begun at once, or the last samples, one call after the other, would leave most of the calls' places empty.
 *
 * @param <T> a piece of work
 */
final class RunThreads<T> {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);
    /** How long interrupted threads may take to end, all together. */
    private static final Duration AFTER_ABORT = Duration.ofSeconds(10);

    private static final long POLL_MILLIS = 100;

    private final RunContext run;
    private final int concurrency;
    private final Duration grace;
    private final Duration afterAbort;
    private final Consumer<T> worker;
    private final ThreadFactory factory = WorkerThreads.factory();
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore ahead;
    /** What is to be done; empty at its end, for all workers. */
    private final BlockingQueue<Optional<T>> work = new LinkedBlockingQueue<>();

    private int workers;
    private boolean interrupted;
    private boolean waiting;
    /** Since when the run has its grace period, if it has, by {@link System#nanoTime}. */
    private long waitingSince;

    private long giveUpAt = Long.MAX_VALUE;

    /**
     * The threads of a run.
     *
     * @param concurrency the most calls in flight
     * @param worker does a piece of work, and never throws
     */
    RunThreads(RunContext run, int concurrency, Duration grace, Consumer<T> worker) {
        this(run, concurrency, grace, AFTER_ABORT, worker);
    }

    RunThreads(RunContext run, int concurrency, Duration grace, Duration afterAbort, Consumer<T> worker) {
        this.run = run;
        this.afterAbort = afterAbort;
        this.concurrency = concurrency;
        this.grace = grace;
        this.worker = worker;
        ahead = new Semaphore(concurrency);
    }

    /**
     * Starts all.
     *
     * @param reader hands out work, and says at last that there is no more
     */
    void start(Runnable reader) {
        Thread reading = new Thread(reader, "mmevol-reader");
        reading.setDaemon(true);
        threads.add(reading);
        boolean started = false;
        try {
            startWorkers(usualWorkers());
            reading.start();
            started = true;
        } finally {
            if (!started) {
                work.add(Optional.empty()); // those that there are have to end
            }
        }
    }

    private int usualWorkers() {
        return concurrency + concurrency / 4;
    }

    private void startWorkers(int number) {
        workers += number;
        for (int i = 0; i < number; i++) {
            Thread thread = factory.newThread(this::work);
            threads.add(thread);
            thread.start();
        }
    }

    /** Puts work into the line when there is a place; false if the run ends before. */
    boolean hand(T next) throws InterruptedException {
        while (!run.isEnding()) {
            if (ahead.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                work.add(Optional.of(next));
                return true;
            }
        }
        return false;
    }

    /** Says that nothing else will be handed out for some time: what is in the line is begun at once. */
    void beginAll() {
        if (concurrency > 1 && !run.isEnding()) {
            startWorkers(Math.min(work.size(), usualWorkers() + concurrency - workers));
        }
    }

    /** Says that the workers may end when they have done what is in the line. */
    void noMore() {
        work.add(Optional.empty()); // first, for there may be no more threads to be had
        beginAll();
    }

    private void work() {
        while (true) {
            Optional<T> next;
            try {
                next = work.take();
            } catch (InterruptedException e) {
                run.stop("interrupted", null);
                continue;
            }
            if (next.isEmpty()) {
                work.add(next); // for the next worker
                return;
            }
            ahead.release();
            worker.accept(next.get());
            Thread.interrupted(); // an interrupt belongs to the sample that was running
        }
    }

    /** The calling thread was interrupted: the run is broken off. */
    void interrupted() {
        interrupted = true;
        run.stop("interrupted", null);
        abort();
    }

    /** Gives a stopping run its grace period, then breaks it off; true when even that did not end it. */
    boolean pastWaiting() {
        long now = System.nanoTime();
        if (giveUpAt != Long.MAX_VALUE) {
            return now > giveUpAt;
        }
        if (!run.isHurrying()) {
            return false;
        }
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
        if (now - waitingSince > TimeUnit.NANOSECONDS.convert(grace)) {
            abort();
        }
        return false;
    }

    /** Refuses all further calls and interrupts the threads. */
    void abort() {
        if (giveUpAt == Long.MAX_VALUE) {
            giveUpAt = System.nanoTime() + afterAbort.toNanos();
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
        for (int i = 0; i < threads.size(); i++) { // the reader comes first, and may start others
            Thread thread = threads.get(i);
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

    /** Waits for what still runs, all of it no longer than one thread alone, and sets the calling thread's interrupt flag again. */
    void end() {
        long deadline = giveUpAt == Long.MAX_VALUE ? System.nanoTime() + afterAbort.toNanos() : giveUpAt;
        for (int i = 0; i < threads.size(); i++) {
            Thread thread = threads.get(i);
            join(thread, deadline);
            if (thread.isAlive()) {
                LOG.warn("thread {} does not end: a client or eliminator ignores interruption", thread.getName());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(Thread thread, long deadline) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        while (thread.isAlive() && millis > 0) {
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                interrupted();
            }
            millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
