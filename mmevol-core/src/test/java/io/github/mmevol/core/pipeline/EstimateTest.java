package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ImageTokens;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EstimateTest {
    private static final Direction UP = new Direction("up", "asks for more");
    private static final PriceTable PRICES =
            PriceTable.none().with("m", "2", "1", "10").with("j", "20", "10", "100");

    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();

    /** Tells tokens that depend on the text, so that samples differ. */
    private final ModelClient model = request -> {
        calls.incrementAndGet();
        int tokens = 100 + Math.floorMod(request.text().hashCode(), 50);
        return ModelResponse.of(request.text() + " more").withUsage(new TokenUsage(tokens, 0, tokens / 4, 0));
    };

    private EvolutionPipeline.Builder pipeline(ModelClient model) {
        return EvolutionPipeline.builder()
                .evolvers(new StoredRunsTest.Asking(UP, model.named("m")))
                .eliminators(new StoredRunsTest.Scoring(model.named("j"), 3))
                .budget(Budget.unlimited().prices(PRICES))
                .concurrency(4);
    }

    private static DataSet<Sample> samples(int count) {
        return DataSet.of(IntStream.range(0, count)
                .mapToObj(i -> Sample.builder("s" + i)
                        .instructions(IntStream.rangeClosed(0, i % 3)
                                .mapToObj(k -> Instruction.of("Question " + k + " of " + i, "A"))
                                .toList())
                        .build())
                .toList());
    }

    private RunReport run(EvolutionPipeline.Builder pipeline, int samples) {
        return pipeline.build().run(samples(samples), DataSets.writeJsonl(folder.resolve("out.jsonl")));
    }

    @Nested
    class WithoutAPilot {
        private final ModelClient nobody = request -> {
            throw new AssertionError("no one may be asked");
        };

        @Test
        void nobody_is_asked_and_no_store_is_touched() {
            Path file = folder.resolve("run.db");
            Estimate estimate =
                    pipeline(nobody).store(JdbcRunStore.sqlite(file)).build().estimate(samples(50), Pilot.none());
            assertThat(file).doesNotExist();
            assertThat(estimate.samples()).isEqualTo(50);
            assertThat(estimate.confidence()).isEmpty();
            assertThat(estimate.paid()).isEqualTo(Account.NONE);
            assertThat(estimate.calls().low()).isPositive();
        }

        @Test
        void calls_are_those_of_the_run_and_the_judge_may_be_asked_less() {
            long real = run(pipeline(model), 200).calls();
            Estimate estimate = pipeline(nobody).build().estimate(samples(200), Pilot.none());
            assertThat(estimate.calls().holds(real))
                    .as(estimate.calls() + " of " + real)
                    .isTrue();
            Estimate allKept = pipeline(nobody)
                    .repairs(0)
                    .build()
                    .estimate(samples(200), Pilot.none().keptShare("up", 1));
            assertThat(allKept.calls().expected()).isEqualTo(real);
        }

        @Test
        void more_seeds_than_are_counted_stand_for_the_others_too() {
            long real = run(pipeline(model), 3000).calls();
            Estimate estimate = pipeline(nobody)
                    .repairs(0)
                    .build()
                    .estimate(samples(3000), Pilot.none().keptShare("up", 1));
            assertThat(estimate.calls().holds(real)).isTrue();
            assertThat((double) estimate.calls().expected() / real).isBetween(0.93, 1.07);
        }

        @Test
        void what_is_assumed_can_be_told_better() {
            EvolutionPipeline pipeline =
                    pipeline(nobody).repairs(0).rounds(1).concurrency(1).build();
            Pilot plain = Pilot.none().keptShare("up", 1);
            Estimate estimate = pipeline.estimate(samples(3), plain);
            // six instructions, each evolved; three samples, each judged
            assertThat(estimate.completionTokens().expected()).isEqualTo(6 * 250 + 6 * 90);
            assertThat(pipeline.estimate(
                                    samples(3),
                                    plain.completionTokens("evolve", 10).completionTokens("judge", 1))
                            .completionTokens())
                    .isEqualTo(new Estimate.Interval<>(33L, 66L, 132L));
            assertThat(pipeline.estimate(samples(3), plain.text(text -> 1000))
                            .promptTokens()
                            .expected())
                    .isEqualTo(estimate.calls().expected() * 2000);
            assertThat(pipeline.estimate(samples(1), plain.callTime(Duration.ofSeconds(2)))
                            .wallTime()
                            .expected())
                    .isEqualTo(Duration.ofSeconds(4));
        }

        @Test
        void a_client_without_a_price_is_named_and_not_in_the_cost() {
            PriceTable some = PriceTable.none().with("m", "2", "1", "10");
            Estimate estimate = pipeline(nobody)
                    .budget(Budget.unlimited().prices(some))
                    .build()
                    .estimate(samples(9), Pilot.none());
            assertThat(estimate.cost()).isPresent();
            assertThat(estimate.unpriced()).containsExactly("j");
            assertThat(pipeline(nobody)
                            .budget(Budget.unlimited())
                            .build()
                            .estimate(samples(9), Pilot.none())
                            .cost())
                    .isEmpty();
        }

        @Test
        void of_no_seeds_nothing_is_taken() {
            Estimate estimate = pipeline(nobody).build().estimate(samples(0), Pilot.none());
            assertThat(estimate.calls()).isEqualTo(new Estimate.Interval<>(0L, 0L, 0L));
            assertThat(estimate.wallTime().high()).isZero();
        }
    }

    @Nested
    class Images {
        /** Asks with the image, once for each sample. */
        private record Looking(ModelClient client) implements Evolver {
            @Override
            public Direction direction() {
                return UP;
            }

            @Override
            public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                round.ask(
                        client,
                        ModelRequest.builder("evolve:up")
                                .text("look")
                                .image(round.image())
                                .build());
                return new Evolution(List.of(), List.of());
            }
        }

        private Sample pictured(int width, int height) throws IOException {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", png);
            Path file = folder.resolve(width + ".png");
            Files.write(file, png.toByteArray());
            return Sample.builder("p")
                    .image(width + ".png", ImageSource.within(folder, width + ".png"))
                    .instructions(List.of(Instruction.of("What?", "That.")))
                    .build();
        }

        private Estimate estimate(Pilot pilot, Sample... samples) {
            return EvolutionPipeline.builder()
                    .evolvers(new Looking(model.named("m")))
                    .rounds(1)
                    .repairs(0)
                    .budget(Budget.unlimited().prices(PRICES))
                    .build()
                    .estimate(DataSet.of(List.of(samples)), pilot);
        }

        private final Pilot pilot =
                Pilot.none().text(text -> text.isEmpty() ? 0 : 100).completionTokens("evolve", 30);

        @Test
        void their_share_of_prompt_and_cost_is_told() throws IOException {
            Estimate estimate = estimate(pilot.images(ImageTokens.fixed(300)), pictured(64, 48));
            assertThat(estimate.promptTokens().expected()).isEqualTo(400);
            assertThat(estimate.imageShareOfPrompt()).isEqualTo(0.75);
            // 300 * 2 of 400 * 2 + 30 * 10
            assertThat(estimate.imageShareOfCost()).hasValue(600.0 / 1100);
        }

        @Test
        void their_size_as_sent_counts() throws IOException {
            Estimate estimate = estimate(pilot.images((width, height) -> width + height), pictured(1024, 768));
            assertThat(estimate.promptTokens().expected()).isEqualTo(100 + 512 + 384);
        }

        @Test
        void of_what_the_model_tells_they_have_the_share_that_was_counted() throws IOException {
            ModelClient telling = request -> ModelResponse.of("").withUsage(new TokenUsage(1000, 0, 0, 0));
            Estimate estimate = EvolutionPipeline.builder()
                    .evolvers(new Looking(telling.named("m")))
                    .rounds(1)
                    .build()
                    .estimate(
                            DataSet.of(List.of(pictured(64, 48))),
                            Pilot.samples(2)
                                    .text(text -> text.isEmpty() ? 0 : 100)
                                    .images(ImageTokens.fixed(300)));
            assertThat(estimate.promptTokens()).isEqualTo(new Estimate.Interval<>(1000L, 1000L, 1000L));
            assertThat(estimate.imageShareOfPrompt()).isEqualTo(0.75);
        }

        @Test
        void a_sample_whose_image_cannot_be_used_asks_nothing() throws IOException {
            Sample missing = Sample.builder("gone")
                    .image("gone.png", ImageSource.within(folder, "gone.png"))
                    .instructions(List.of(Instruction.of("What?", "That.")))
                    .build();
            assertThat(estimate(pilot, pictured(64, 48), missing).calls().expected())
                    .isEqualTo(1);
        }
    }

    @Nested
    class WithAPilot {
        @Test
        void the_interval_holds_what_the_run_takes_in_nine_of_ten_draws() {
            RunReport real = run(pipeline(model), 300);
            int held = 0;
            for (int seed = 0; seed < 40; seed++) {
                Estimate estimate = pipeline(model).seed(seed).build().estimate(samples(300), Pilot.samples(20));
                assertThat(estimate.confidence()).hasValue(0.9);
                held += estimate.calls().holds(real.calls()) ? 1 : 0;
                held += estimate.promptTokens().holds(real.usage().prompt()) ? 1 : 0;
                held += estimate.completionTokens().holds(real.usage().completion()) ? 1 : 0;
                held += estimate.cost()
                                .orElseThrow()
                                .holds(real.account().cost().orElseThrow())
                        ? 1
                        : 0;
            }
            assertThat(held).isGreaterThanOrEqualTo(4 * 40 * 9 / 10);
        }

        @Test
        void a_target_does_not_cut_it_short() {
            EvolutionPipeline.Builder one = pipeline(model).concurrency(1).store(RunStore.inMemory());
            Estimate estimate = one.selections(Selection.target(1)).build().estimate(samples(300), Pilot.samples(30));
            Estimate without = pipeline(model).concurrency(1).build().estimate(samples(300), Pilot.samples(30));
            assertThat(estimate.calls()).isEqualTo(without.calls());
        }

        @Test
        void what_it_asked_is_kept_in_the_store_and_never_paid_for_again() throws IOException {
            run(pipeline(model), 60);
            String whole = Files.readString(folder.resolve("out.jsonl"));
            int all = calls.getAndSet(0);
            RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));

            Estimate first = pipeline(model).store(store).build().estimate(samples(60), Pilot.samples(10));
            int piloted = calls.get();
            assertThat(piloted).isBetween(10, all / 3);
            assertThat(first.paid().calls()).isEqualTo(piloted);
            assertThat(first.paid().cost()).isPresent();

            Estimate again = pipeline(model).store(store).build().estimate(samples(60), Pilot.samples(10));
            assertThat(calls).hasValue(piloted);
            assertThat(again.calls()).isEqualTo(first.calls());
            assertThat(again.cost()).isEqualTo(first.cost());
            assertThat(again.paid().calls()).isEqualTo(piloted);
            assertThat(again.paid().cost()).isEqualTo(first.paid().cost());

            RunReport rest = run(pipeline(model).store(store), 60);
            assertThat(calls).hasValue(all);
            assertThat(rest.paidElsewhere().calls()).isEqualTo(piloted);
            assertThat(folder.resolve("out.jsonl")).content().isEqualTo(whole);
        }

        @Test
        void a_model_that_tells_no_tokens_has_them_counted() {
            ModelClient silent = request -> ModelResponse.of(request.text() + " more");
            Estimate estimate = pipeline(silent).build().estimate(samples(30), Pilot.samples(5));
            assertThat(estimate.promptTokens().expected()).isPositive();
            assertThat(estimate.cost()).isPresent();
            assertThat(estimate.calls().holds(run(pipeline(silent), 30).calls()))
                    .isTrue();
        }

        @Test
        void the_budget_bounds_it_too() {
            assertThatThrownBy(() -> pipeline(model)
                            .budget(Budget.unlimited().maxCalls(7))
                            .build()
                            .estimate(samples(30), Pilot.samples(10)))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("pilot")
                    .hasMessageContaining("the budget of 7 calls is used up");
            assertThat(calls).hasValue(7);
        }

        @Test
        void a_model_that_refuses_every_call_stops_it() {
            ModelClient refusing = request -> {
                throw new ModelException.BudgetExhausted("nothing left");
            };
            assertThatThrownBy(() -> pipeline(refusing).build().estimate(samples(3), Pilot.samples(2)))
                    .isInstanceOf(RunStoppedException.class)
                    .hasMessageContaining("nothing left");
        }

        @Test
        void of_fewer_than_two_samples_nothing_can_be_told() {
            assertThatIllegalArgumentException().isThrownBy(() -> Pilot.samples(1));
        }
    }

    @Test
    void a_chain_of_eliminators_tells_its_stages() {
        Eliminator a = Eliminator.each("a", c -> Verdict.pass());
        Eliminator b = Eliminator.each("b", c -> Verdict.pass());
        Eliminator c = Eliminator.each("c", x -> Verdict.pass());
        assertThat(a.then(b).then(c).stages()).containsExactly(a, b, c);
        assertThat(Eliminator.chain(List.of(a, b.then(c))).stages()).containsExactly(a, b, c);
        assertThat(a.stages()).containsExactly(a);
    }
}
