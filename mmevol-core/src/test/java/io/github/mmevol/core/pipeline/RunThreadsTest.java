package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.Budget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunThreadsTest {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final StopSignal signal = new StopSignal();
    private final RunContext run =
            new RunContext(new Tally(List.of("up")), new Spending(Budget.unlimited()), List.of(), signal, 8);
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void endAll() {
        over.countDown();
    }

    private void ignoreInterruption() {
        while (over.getCount() > 0) {
            try {
                over.await();
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    @Test
    void many_threads_that_ignore_interruption_are_waited_for_no_longer_than_one() throws Exception {
        CountDownLatch busy = new CountDownLatch(8);
        RunThreads<Integer> threads = new RunThreads<>(run, 8, Duration.ZERO, PATIENCE, work -> {
            busy.countDown();
            ignoreInterruption();
        });
        threads.start(() -> {
            try {
                for (int work : IntStream.range(0, 8).toArray()) {
                    threads.hand(work);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            threads.noMore();
        });
        busy.await();
        signal.stop();
        long start = System.nanoTime();
        threads.await(1, () -> {});
        threads.end();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(PATIENCE, PATIENCE.multipliedBy(5));
    }
}
