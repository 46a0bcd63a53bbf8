package io.github.mmevol.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A number of threads that make one call after the other until all are made. */
final class Callers {
    private Callers() {}

    /** One call; gives the text of its reply. */
    @FunctionalInterface
    interface Call {
        String make(int number) throws Exception;
    }

    /** Makes the calls 0 and up; the first failure ends it. */
    static long run(int threads, int calls, Call call) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        LongAdder characters = new LongAdder();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(executor.submit(() -> {
                for (int number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
                    characters.add(call.make(number).length());
                }
                return null;
            }));
        }
        executor.shutdown();
        try {
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            executor.shutdownNow();
            throw new IllegalStateException("a call failed", e.getCause());
        }
        if (characters.sum() < 100L * calls) {
            throw new IllegalStateException("replies of only " + characters + " characters in all");
        }
        return calls;
    }
}
