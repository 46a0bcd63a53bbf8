package io.github.mmevol.core.internal.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
            all.add(threads.submit(() -> Processors.calculate(() -> {
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
    void work_that_fails_gives_its_processor_back() {
        for (int i = 0; i <= PROCESSORS; i++) {
            assertThatThrownBy(() -> Processors.calculate(() -> {
                        throw new IllegalStateException("made to fail");
                    }))
                    .hasMessage("made to fail");
        }
        assertThat(Processors.<String>calculate(() -> "done")).isEqualTo("done");
    }
}
