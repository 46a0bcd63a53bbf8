package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunStore;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OutageTest {
    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();
    private volatile IntPredicate down = call -> false;

    private final ModelClient model = request -> {
        int call = calls.incrementAndGet();
        if (down.test(call)) {
            throw new ModelException.Io("the server cannot be reached", new ConnectException("refused"));
        }
        return ModelResponse.of(request.text() + " more");
    };

    private EvolutionPipeline pipeline(RunStore store, int concurrency) {
        return builder(store, concurrency).build();
    }

    private EvolutionPipeline.Builder builder(RunStore store, int concurrency) {
        return builder(model, store, concurrency);
    }

    private static EvolutionPipeline.Builder builder(ModelClient model, RunStore store, int concurrency) {
        return EvolutionPipeline.builder()
                .evolvers(new StoredRunsTest.Asking(new Direction("up", "asks for more"), model))
                .eliminators(Eliminator.each("none", candidate -> Verdict.pass(5, "")))
                .rounds(1)
                .concurrency(concurrency)
                .store(store);
    }

    private static DataSet<Sample> seeds(int count) {
        return DataSet.of(IntStream.range(0, count)
                .mapToObj(i -> Sample.builder("s" + i)
                        .instructions(List.of(Instruction.of("Q" + i, "A")))
                        .build())
                .toList());
    }

    private DataSetWriter out() {
        return DataSets.writeJsonl(folder.resolve("evolved.jsonl"));
    }

    @Test
    void what_an_outage_keeps_from_being_evolved_is_evolved_by_the_next_run() {
        RunStore store = RunStore.inMemory();
        down = call -> call > 5 && call <= 10;

        RunReport report = pipeline(store, 1).run(seeds(20), out());

        assertThat(report.isComplete()).isFalse();
        assertThat(report.stoppedBy()).contains("5 samples are unfinished", "the server cannot be reached");
        assertThat(report.kept()).isEqualTo(15);
        RunReport next = pipeline(store, 1).run(seeds(20), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(next.calls()).isEqualTo(5);
        assertThat(next.kept()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void a_lasting_outage_stops_the_run_and_the_next_one_goes_on(int concurrency) {
        RunStore store = RunStore.inMemory();
        down = call -> call > 20;

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> pipeline(store, concurrency).run(seeds(200), out()))
                .withMessageContaining("calls all failed")
                .withMessageContaining("the server cannot be reached")
                .satisfies(stopped -> assertThat(stopped.report().kept()).isEqualTo(20));
        assertThat(calls).hasValueLessThan(20 + 4 * Math.max(8, 2 * concurrency));

        down = call -> false;
        RunReport next = pipeline(store, concurrency).run(seeds(200), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(next.kept()).isEqualTo(200);
    }

    @Test
    void a_run_with_a_target_stops_where_an_outage_keeps_it_from_telling_what_is_enough() throws IOException {
        RunStore store = RunStore.inMemory();
        down = call -> call > 5 && call <= 8;

        RunReport report =
                builder(store, 1).selections(Selection.target(10)).build().run(seeds(40), out());

        assertThat(report.isComplete()).isFalse();
        assertThat(report.stoppedBy()).contains("samples are unfinished", "the server cannot be reached");
        assertThat(calls).hasValue(8);
        assertThat(report.kept()).isEqualTo(5);
        RunReport next =
                builder(store, 1).selections(Selection.target(10)).build().run(seeds(40), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(folder.resolve("evolved.jsonl")).content().hasLineCount(10).contains("\"s5\"", "\"s9\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30})
    void where_no_call_ever_brought_a_reply_nothing_has_failed_for_good(int samples) {
        RunStore store = RunStore.inMemory();
        down = call -> true;
        for (int again = 0; again < 3; again++) {
            try {
                RunReport report = pipeline(store, 4).run(seeds(samples), out());
                assertThat(report.stoppedBy()).contains(samples + " samples are unfinished");
            } catch (RunStoppedException e) {
                assertThat(e).hasMessageContaining("calls all failed");
            }
        }
        down = call -> false;
        RunReport next = pipeline(store, 4).run(seeds(samples), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(next.kept()).isEqualTo(samples);
    }

    @Test
    void a_server_that_refuses_every_request_stops_the_run_and_nothing_has_failed_for_good() {
        RunStore store = RunStore.inMemory();
        ModelClient textOnly = request -> {
            calls.incrementAndGet();
            throw refused();
        };
        for (RunStore kept : List.of(store, RunStore.none())) {
            calls.set(0);
            assertThatExceptionOfType(RunStoppedException.class)
                    .isThrownBy(() -> builder(textOnly, kept, 4).build().run(seeds(100), out()))
                    .withMessageContaining("calls all failed")
                    .withMessageContaining("takes no such part");
            assertThat(calls).hasValueLessThan(40);
        }
        RunReport next = pipeline(store, 4).run(seeds(100), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(next.kept()).isEqualTo(100);
    }

    @Test
    void requests_that_are_refused_before_the_first_reply_or_later_have_failed_for_good() {
        RunStore store = RunStore.inMemory();
        ModelClient picky = request -> {
            if (request.text().matches("s[01237]/.*")) {
                throw refused();
            }
            return ModelResponse.of(request.text());
        };
        RunReport report = builder(picky, store, 1).build().run(seeds(10), out());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(5);
        assertThat(report.rounds().get(0).failed()).isEqualTo(5);
    }

    @Test
    void requests_that_are_refused_for_what_they_hold_say_nothing_of_the_server() {
        RunStore store = RunStore.inMemory();
        ModelClient filtering = request -> {
            if (request.text().matches("s[0-9]/.*|s1[0-9]/.*")) {
                throw new ModelException.ContentFilter(
                        new HttpFailure("not of this kind", 400, "", "", Optional.empty()));
            }
            return ModelResponse.of(request.text());
        };
        RunReport report = builder(filtering, store, 1).build().run(seeds(40), out());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(20);
    }

    @Test
    void a_run_of_which_all_failed_leaves_what_is_there() throws IOException {
        Path file = folder.resolve("evolved.jsonl");
        Files.writeString(file, "of an earlier run");
        for (RunStore kept : List.of(RunStore.inMemory(), RunStore.none())) {
            ModelClient textOnly = request -> {
                throw refused();
            };
            assertThatExceptionOfType(RunStoppedException.class)
                    .isThrownBy(() -> builder(textOnly, kept, 1).build().run(seeds(60), out()));
            assertThat(file).hasContent("of an earlier run");
        }
    }

    private static ModelException refused() {
        return new ModelException.InvalidRequest(new HttpFailure("takes no such part", 400, "", "", Optional.empty()));
    }

    @Test
    void calls_that_were_in_flight_when_the_server_went_down_have_not_failed_for_good() throws Exception {
        RunStore store = RunStore.inMemory();
        CyclicBarrier together = new CyclicBarrier(8);
        AtomicInteger sent = new AtomicInteger();
        ModelClient dying = request -> {
            int call = sent.incrementAndGet();
            if (call <= 8) {
                return ModelResponse.of(request.text());
            }
            if (call <= 16) {
                meet(together); // all eight were begun before any of them fails
            }
            throw new ModelException.Io("the server cannot be reached", new ConnectException("refused"));
        };
        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> builder(dying, store, 8).rounds(2).build().run(seeds(60), out()));
        RunReport next = builder(model, store, 8).rounds(2).build().run(seeds(60), out());
        assertThat(next.isComplete()).isTrue();
        assertThat(next.kept()).isEqualTo(120);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "1, 19", "4, 0", "4, 19"})
    void a_sample_whose_calls_always_fail_is_no_outage_wherever_it_stands(int concurrency, int poisoned) {
        RunStore store = RunStore.inMemory();
        ModelClient refusing = request -> {
            if (request.text().startsWith("s" + poisoned + "/")) {
                throw new ModelException.Io("the connection was reset", new ConnectException("reset"));
            }
            return ModelResponse.of(request.text());
        };
        RunReport report =
                builder(refusing, store, concurrency).rounds(3).build().run(seeds(20), out());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(57);
        assertThat(report.rounds())
                .allSatisfy(round -> assertThat(round.failed()).isOne());
    }

    @Test
    void where_only_samples_are_left_whose_calls_always_fail_the_run_comes_to_its_end() {
        RunStore store = RunStore.inMemory();
        down = call -> false;
        pipeline(store, 1).run(seeds(5), out());
        down = call -> true;
        RunReport report = pipeline(store, 1).run(seeds(6), out());
        assertThat(report.stoppedBy()).contains("1 samples are unfinished");
        report = pipeline(store, 1).run(seeds(6), out());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.rounds().get(0).failed()).isOne();
    }

    @Test
    void a_run_with_a_target_goes_on_where_the_oldest_sample_fails_last() {
        RunStore store = RunStore.inMemory();
        int window = OrderedRun.WINDOW_PER_CALL * 2;
        CountDownLatch others = new CountDownLatch(window - 1);
        ModelClient straggling = request -> {
            if (request.text().startsWith("s0/")) {
                try {
                    others.await();
                    Thread.sleep(100); // until the others are through
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new ModelException.Io("the connection was reset", new ConnectException("reset"));
            }
            others.countDown();
            return ModelResponse.of(request.text());
        };
        RunReport report = builder(straggling, store, 2)
                .selections(Selection.target(60))
                .build()
                .run(seeds(100), out());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(60);
    }

    @Test
    void a_run_that_nothing_keeps_stops_too() {
        down = call -> call > 20;

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> pipeline(RunStore.none(), 4).run(seeds(200), out()))
                .satisfies(stopped -> assertThat(stopped.report().kept()).isEqualTo(20));
    }

    @Test
    void a_call_that_fails_among_others_that_do_not_is_an_outcome() {
        down = call -> call % 3 != 0;

        RunReport report = pipeline(RunStore.inMemory(), 1).run(seeds(30), out());

        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(10);
        assertThat(report.rounds().get(0).failed()).isEqualTo(20);
    }
}
