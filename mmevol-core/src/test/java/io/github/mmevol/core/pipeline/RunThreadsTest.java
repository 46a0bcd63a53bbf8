package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ModelException;
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
    void an_interrupt_ends_a_run_that_waits_for_what_was_paid_for() {
        RunThreads<Integer> threads = new RunThreads<>(run, 8, Duration.ofDays(1), Duration.ZERO, work -> {});
        run.stopSpending(new ModelException.BudgetExhausted("used up"));
        assertThat(threads.pastWaiting()).isFalse();
        threads.interrupted();
        while (!threads.pastWaiting()) {
            Thread.onSpinWait();
        }
        assertThat(run.isAborted()).isTrue();
        threads.end();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_signal_ends_a_run_whose_output_is_whole() {
        RunThreads<Integer> threads = new RunThreads<>(run, 8, Duration.ZERO, Duration.ZERO, work -> {});
        run.done();
        assertThat(threads.pastWaiting()).isFalse();
        signal.stop();
        while (!threads.pastWaiting()) {
            Thread.onSpinWait();
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
