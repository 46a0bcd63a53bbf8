package io.github.mmevol.core.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.internal.cpu.Processors.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessorsTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void no_more_threads_calculate_at_once_than_there_are_processors() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(PROCESSORS + 6);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(threads.submit(() -> Processors.calculate(Work.RULES, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            })));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(most.get()).isBetween(1, PROCESSORS);
    }

    @Test
    void what_puts_calls_on_their_way_comes_before_rules_and_what_is_alike_in_its_order() throws Exception {
        Semaphore done = new Semaphore(0);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < PROCESSORS; i++) {
            threads.add(waiting(() -> Processors.calculate(Work.CALL, () -> done.acquireUninterruptibly())));
        }
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        for (String name : List.of("RULES 1", "REPLY", "CALL 1", "RULES 2", "CALL 2")) {
            Work work = Work.valueOf(name.split(" ")[0]);
            threads.add(waiting(() -> Processors.calculate(work, () -> {
                order.add(name);
            })));
        }
        done.release();
        for (Thread thread : threads.subList(PROCESSORS, threads.size())) {
            thread.join();
        }
        done.release(PROCESSORS - 1);
        assertThat(order).containsExactly("CALL 1", "CALL 2", "REPLY", "RULES 1", "RULES 2");
    }

    /** A thread that has come to where it waits. */
    private static Thread waiting(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        return thread;
    }

    @Test
    void work_that_fails_gives_its_processor_back() {
        for (int i = 0; i <= PROCESSORS; i++) {
            assertThatThrownBy(() -> Processors.calculate(Work.RULES, () -> {
                        throw new IllegalStateException("made to fail");
                    }))
                    .hasMessage("made to fail");
        }
        assertThat(Processors.<String>calculate(Work.CALL, () -> "done")).isEqualTo("done");
    }
}
