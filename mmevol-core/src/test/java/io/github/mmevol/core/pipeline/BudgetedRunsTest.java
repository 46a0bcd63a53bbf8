package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BudgetedRunsTest {
    private static final Direction UP = new Direction("up", "asks for more");
    private static final TokenUsage USAGE = new TokenUsage(80, 30, 20, 5);
    private static final PriceTable PRICES =
            PriceTable.none().with("m", "2", "1", "10").with("j", "20", "10", "100");

    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();
    private final ModelClient model = request -> {
        calls.incrementAndGet();
        return ModelResponse.of(request.text() + " more").withUsage(USAGE);
    };

    private EvolutionPipeline.Builder pipeline(Budget budget) {
        return EvolutionPipeline.builder()
                .evolvers(new StoredRunsTest.Asking(UP, model.named("m")))
                .eliminators(new StoredRunsTest.Scoring(model.named("j"), 3))
                .concurrency(8)
                .budget(budget);
    }

    private static DataSet<Sample> samples(int count) {
        return DataSet.of(IntStream.range(0, count)
                .mapToObj(i -> Sample.builder("s" + i)
                        .instructions(List.of(Instruction.of("Question of " + i, "A"), Instruction.of("Other", "B")))
                        .build())
                .toList());
    }

    private Path out() {
        return folder.resolve("out.jsonl");
    }

    private RunReport run(EvolutionPipeline.Builder pipeline) {
        return pipeline.build().run(samples(30), DataSets.writeJsonl(out()));
    }

    private String unlimited() throws IOException {
        run(pipeline(Budget.unlimited()));
        return Files.readString(out());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 100, 359})
    void a_run_stops_after_exactly_as_many_calls_and_writes_what_is_finished(int limit) throws IOException {
        String whole = unlimited();
        assertThat(calls).hasValue(360);
        calls.set(0);
        RunReport report = run(pipeline(Budget.unlimited().maxCalls(limit)));

        assertThat(calls).hasValue(limit);
        assertThat(report.calls()).isEqualTo(limit);
        assertThat(report.stoppedBy())
                .startsWith("the budget of " + limit + " calls is used up: " + limit + " calls, ")
                .contains("goes on");
        assertThat(report.rounds())
                .allSatisfy(r -> assertThat(r.attempted()).isEqualTo(r.kept() + r.eliminated() + r.failed()));
        assertThat(whole.lines()).containsAll(Files.readAllLines(out()));
    }

    @Test
    void a_budget_that_just_suffices_stops_nothing() throws IOException {
        String whole = unlimited();
        RunReport report = run(pipeline(Budget.unlimited().maxCalls(360)));
        assertThat(report.isComplete()).isTrue();
        assertThat(out()).content().isEqualTo(whole);
    }

    @Test
    void a_stored_run_goes_on_under_a_higher_budget_and_pays_nothing_twice() throws IOException {
        String whole = unlimited();
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        calls.set(0);
        long replayed = 0;
        for (int limit : List.of(50, 51, 200)) {
            RunReport report = run(pipeline(Budget.unlimited().maxCalls(limit)).store(store));
            assertThat(calls).hasValue(limit);
            assertThat(report.calls() + report.paidElsewhere().calls()).isEqualTo(limit);
            assertThat(report.stoppedBy()).contains(limit + " calls, ");
            replayed += report.replayedCalls();
        }
        assertThat(replayed)
                .as("a round has two calls, so that 51 leave one half finished")
                .isPositive();
        RunReport again = run(pipeline(Budget.unlimited().maxCalls(200)).store(store));
        assertThat(again.calls()).isZero();
        assertThat(again.isComplete()).isFalse();
        RunReport last = run(pipeline(Budget.unlimited()).store(store));
        assertThat(calls).hasValue(360);
        assertThat(last.isComplete()).isTrue();
        assertThat(last.paidElsewhere().calls()).isEqualTo(200);
        assertThat(out()).content().isEqualTo(whole);
    }

    @Test
    void what_failed_calls_took_is_known_to_a_run_that_goes_on() {
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        ModelClient poor = request -> {
            calls.incrementAndGet();
            throw new ModelException.Io("nobody there");
        };
        RetryPolicy twice =
                RetryPolicy.builder().maxAttempts(2).baseDelay(Duration.ZERO).build();
        EvolutionPipeline.Builder failing = EvolutionPipeline.builder()
                .evolvers(new StoredRunsTest.Asking(UP, poor.named("m").retrying(twice)))
                .budget(Budget.unlimited().maxCalls(20))
                .store(store);
        RunReport report = run(failing);
        assertThat(calls).hasValue(40);
        assertThat(report.account().lines()).singleElement().satisfies(line -> {
            assertThat(line.calls()).isEqualTo(20);
            assertThat(line.failed()).isEqualTo(20);
            assertThat(line.attempts()).isEqualTo(40);
        });
        RunReport next = run(failing);
        assertThat(next.calls()).isZero();
        assertThat(next.paidElsewhere().failed()).isEqualTo(20);
        assertThat(next.paidElsewhere().lines().get(0).attempts()).isEqualTo(40);
    }

    @Test
    void tokens_and_cost_pass_their_limit_by_no_more_than_the_calls_in_flight() {
        RunReport tokens = run(pipeline(Budget.unlimited().maxTokens(5_000)));
        assertThat(tokens.usage().total()).isBetween(5_000L, 5_000L + 7 * USAGE.total());
        assertThat(tokens.stoppedBy()).startsWith("the budget of 5000 tokens is used up");

        RunReport cost = run(pipeline(Budget.unlimited().prices(PRICES).maxCost("0.05")));
        // a call of the judge costs (50 * 20 + 30 * 10 + 20 * 100) / 10^6 = 0.0033
        assertThat(cost.account().cost())
                .hasValueSatisfying(amount -> assertThat(amount.doubleValue()).isBetween(0.05, 0.05 + 7 * 0.0033));
        assertThat(cost.stoppedBy()).startsWith("the budget of a cost of 0.05 is used up");
    }

    @Test
    void a_report_tells_what_each_purpose_cost_at_each_client() {
        RunReport report = run(pipeline(Budget.unlimited().prices(PRICES)));
        assertThat(report.account().lines())
                .extracting(
                        Account.Line::purpose,
                        Account.Line::client,
                        Account.Line::calls,
                        line -> line.cost().orElseThrow().stripTrailingZeros().toPlainString())
                .containsExactly(tuple("evolve:up", "m", 180L, "0.0594"), tuple("judge", "j", 180L, "0.594"));
        assertThat(report.usage().reasoning()).isEqualTo(360 * 5);
    }

    @Test
    void one_sample_alone_is_bounded_too() {
        EvolutionPipeline pipeline = pipeline(Budget.unlimited().maxCalls(3)).build();
        Sample sample = samples(1).stream().findFirst().orElseThrow();
        assertThatThrownBy(() -> pipeline.evolve(sample)).isInstanceOf(ModelException.BudgetExhausted.class);
        assertThat(calls).hasValue(3);
    }

    @Test
    void a_client_with_a_budget_of_its_own_stops_a_run_like_the_runs_own() {
        ModelClient few = model.named("m").budgeted(Budget.unlimited().maxCalls(9));
        RunReport report = run(EvolutionPipeline.builder().evolvers(new StoredRunsTest.Asking(UP, few)));
        assertThat(report.stoppedBy()).startsWith("the budget of 9 calls is used up");
        assertThat(calls).hasValue(9);
        assertThat(report.calls()).isEqualTo(9);
    }

    @Test
    void calls_in_flight_may_take_their_time_when_the_budget_is_used_up_and_not_when_the_user_stops() {
        StopSignal signal = new StopSignal();
        Tally tally = new Tally(List.of("up"));
        RunContext run = new RunContext(tally, new Spending(Budget.unlimited()), List.of(), signal, 1);
        RunThreads<String> threads = new RunThreads<>(run, 1, Duration.ZERO, work -> {});
        run.stopSpending(new ModelException.BudgetExhausted("used up"));

        assertThat(run.isStopping()).isTrue();
        assertThat(threads.pastWaiting()).isFalse();
        run.checkNotAborted();

        signal.stop();
        while (!threads.pastWaiting() && !isAborted(run)) {
            Thread.onSpinWait();
        }
        assertThat(isAborted(run)).isTrue();
        assertThat(run.end().stoppedBy()).isEqualTo("used up");
    }

    private static boolean isAborted(RunContext run) {
        try {
            run.checkNotAborted();
            return false;
        } catch (Round.BrokenOff e) {
            return true;
        }
    }
}
