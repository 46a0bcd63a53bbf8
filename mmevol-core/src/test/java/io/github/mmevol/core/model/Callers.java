package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads for tests: virtual ones where the JDK has them. */
final class Callers {
    private Callers() {}

    static ExecutorService executor(int threads) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newFixedThreadPool(threads);
        }
    }

    /** Runs a task on so many threads at once and waits for all. */
    static void together(int threads, Callable<?> task) throws InterruptedException, ExecutionException {
        ExecutorService executor = executor(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(executor.submit(task));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("the callers do not end", e);
        } finally {
            executor.shutdownNow();
        }
    }

    /** A thread that does this and is seen to wait for something. */
    static Thread waiting(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            if (System.nanoTime() > end || !thread.isAlive()) {
                throw new AssertionError("the thread does not wait: " + thread.getState());
            }
            Thread.onSpinWait();
        }
        return thread;
    }

    /** To be thrown as it is. */
    static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
