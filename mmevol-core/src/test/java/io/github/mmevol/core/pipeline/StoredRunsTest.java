package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunHistory;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredRound;
import io.github.mmevol.core.store.StoredSample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StoredRunsTest {
    private static final Direction UP = new Direction("up", "asks for more");
    private static final Direction SIDE = new Direction("side", "asks otherwise");

    @TempDir
    private Path folder;

    private RunStore store = RunStore.none();
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** Writes the request's text with an ending; every text is asked once at most. */
    private final ModelClient model = request -> {
        calls.incrementAndGet();
        if (!asked.add(request.purpose() + request.text())) {
            throw new IllegalStateException("paid for twice: " + request.text());
        }
        return ModelResponse.of(request.text() + " more").withUsage(new TokenUsage(10, 0, 2, 0));
    };

    @BeforeEach
    void sqlite() {
        store = JdbcRunStore.sqlite(folder.resolve("run.db"));
    }

    record Asking(Direction direction, ModelClient client) implements Evolver {
        @Override
        public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
            Evolution all = new Evolution(List.of(), List.of());
            for (LiveInstruction parent : live) {
                String text = round.ask(
                                client,
                                ModelRequest.builder("evolve:" + direction.name())
                                        .text(sample.id() + "/" + round.number() + "/"
                                                + parent.instruction().question())
                                        .build())
                        .text();
                round.count("asked");
                Instruction child = Instruction.of(text + "?", "Answer");
                all = all.plus(new Evolution(
                        List.of(new Evolution.Child(parent.id(), child, new PromptInfo("p", List.of()), "m")),
                        List.of()));
            }
            return all;
        }
    }

    /** Looks at the image before it asks. */
    record Looking(Evolver evolver) implements Evolver {
        @Override
        public Direction direction() {
            return evolver.direction();
        }

        @Override
        public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
            round.image().encoded();
            return evolver.evolve(sample, live, round);
        }
    }

    /** A judge whose score is the text's hash, and who asks a model about all candidates at once. */
    record Scoring(ModelClient client, int least) implements Eliminator {
        @Override
        public String name() {
            return "scoring";
        }

        @Override
        public String settings() {
            return "scoring from " + least;
        }

        @Override
        public List<Verdict> judge(List<Candidate> candidates, Round round) {
            List<Verdict> verdicts = new ArrayList<>();
            for (var candidate : candidates) {
                int score =
                        Integer.parseInt(round.recall("score " + candidate.id()).orElseGet(() -> {
                            round.ask(
                                    client,
                                    ModelRequest.builder("judge")
                                            .text(candidate.id())
                                            .build());
                            String given =
                                    String.valueOf(Math.floorMod(candidate.id().hashCode(), 11));
                            round.remember("score " + candidate.id(), given);
                            return given;
                        }));
                verdicts.add(
                        score >= least
                                ? Verdict.pass(score, "fine")
                                : Verdict.reject("score " + score + " is too low"));
            }
            return verdicts;
        }
    }

    private EvolutionPipeline.Builder pipeline(int least) {
        return EvolutionPipeline.builder()
                .evolvers(new Asking(UP, model.named("m")), new Asking(SIDE, model.named("m")))
                .eliminators(new Scoring(model.named("j"), least))
                .store(store)
                .grace(Duration.ofSeconds(20))
                .concurrency(8);
    }

    private static Sample sample(int i) {
        return Sample.builder("s" + i)
                .instructions(List.of(Instruction.of("Question of " + i, "A"), Instruction.of("Other of " + i, "B")))
                .build();
    }

    private static DataSet<Sample> samples(int from, int to) {
        return DataSet.of(
                IntStream.range(from, to).mapToObj(StoredRunsTest::sample).toList());
    }

    private static Sample pictured(int i, Path images) {
        return Sample.builder("p" + i)
                .image(i + ".png", ImageSource.within(images, i + ".png"))
                .instructions(List.of(Instruction.of("Question of " + i, "A")))
                .build();
    }

    private static long failed(RunReport report) {
        return report.rounds().stream().mapToLong(RunReport.RoundReport::failed).sum();
    }

    private static void picture(Path file) throws IOException {
        ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private String run(EvolutionPipeline pipeline, DataSet<Sample> seeds) throws IOException {
        Path file = folder.resolve("out.jsonl");
        pipeline.run(seeds, DataSets.writeJsonl(file));
        return Files.readString(file);
    }

    /** What the same run gives without a store, with clients that nothing else is asked of. */
    private String uninterrupted(int least, int rounds, DataSet<Sample> seeds) throws IOException {
        ModelClient other = request -> ModelResponse.of(request.text() + " more");
        return run(
                EvolutionPipeline.builder()
                        .evolvers(new Asking(UP, other.named("m")), new Asking(SIDE, other.named("m")))
                        .eliminators(new Scoring(other.named("j"), least))
                        .rounds(rounds)
                        .build(),
                seeds);
    }

    @Test
    void a_run_with_a_store_writes_what_one_without_writes() throws IOException {
        assertThat(run(pipeline(3).build(), samples(0, 50))).isEqualTo(uninterrupted(3, 3, samples(0, 50)));
    }

    @Test
    void a_finished_run_is_not_paid_for_again() throws IOException {
        String first = run(pipeline(3).build(), samples(0, 20));
        int paid = calls.get();
        List<String> resumed = new ArrayList<>();
        RunReport report = pipeline(3)
                .listener(new RunListener() {
                    @Override
                    public void onResumed(SampleKey key) {
                        resumed.add(key.value());
                    }
                })
                .build()
                .run(samples(0, 20), DataSets.writeJsonl(folder.resolve("again.jsonl")));
        assertThat(calls).hasValue(paid);
        assertThat(folder.resolve("again.jsonl")).content().isEqualTo(first);
        assertThat(report.calls()).isZero();
        assertThat(report.resumedRounds()).isEqualTo(60);
        assertThat(report.samples()).isEqualTo(20);
        assertThat(report.kept()).isEqualTo(first.lines().count());
        assertThat(report.events()).containsKey("asked");
        assertThat(resumed).hasSize(20);
    }

    @Test
    void a_stopped_run_goes_on_where_it_stopped() throws IOException {
        String whole = uninterrupted(3, 3, samples(0, 60));
        for (int stopAfter : List.of(5, 40, 90, 1, 130)) {
            StopSignal stop = new StopSignal();
            AtomicInteger seen = new AtomicInteger();
            RunReport report = pipeline(3)
                    .stopSignal(stop)
                    .listener(new RunListener() {
                        @Override
                        public void onCall(Call call) {
                            if (seen.incrementAndGet() == stopAfter) {
                                stop.stop();
                            }
                        }
                    })
                    .build()
                    .run(samples(0, 60), DataSets.writeJsonl(folder.resolve("part.jsonl")));
            assertThat(report.stoppedBy()).isEqualTo("stop signal");
        }
        assertThat(run(pipeline(3).build(), samples(0, 60))).isEqualTo(whole);
    }

    @Test
    void an_interrupted_run_writes_what_is_finished_lets_go_of_its_store_and_goes_on_later() throws IOException {
        String whole = uninterrupted(3, 3, samples(0, 40));
        Thread runner = Thread.currentThread();
        AtomicInteger seen = new AtomicInteger();
        RunReport report = pipeline(3)
                .listener(new RunListener() {
                    @Override
                    public void onCall(Call call) {
                        if (seen.incrementAndGet() == 100) {
                            runner.interrupt();
                        }
                    }
                })
                .build()
                .run(samples(0, 40), DataSets.writeJsonl(folder.resolve("part.jsonl")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.stoppedBy()).isEqualTo("interrupted");
        assertThat(report.samples()).isPositive();
        assertThat(folder.resolve("part.jsonl")).isNotEmptyFile();
        assertThat(store.history().stoppedBy()).isEqualTo("interrupted");
        assertThat(run(pipeline(3).build(), samples(0, 40))).isEqualTo(whole);
    }

    @Test
    void a_reply_that_comes_although_the_run_was_broken_off_is_not_paid_for_again() throws IOException {
        String whole = uninterrupted(0, 1, samples(0, 4));
        StopSignal stop = new StopSignal();
        ModelClient deaf = request -> {
            stop.stop();
            boolean interrupted = false;
            while (!interrupted) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            Thread.currentThread().interrupt();
            return model.send(request);
        };
        RunReport report = EvolutionPipeline.builder()
                .evolvers(new Asking(UP, deaf.named("m")), new Asking(SIDE, deaf.named("m")))
                .eliminators(new Scoring(model.named("j"), 0))
                .rounds(1)
                .concurrency(4)
                .store(store)
                .grace(Duration.ZERO)
                .stopSignal(stop)
                .build()
                .run(samples(0, 4), DataSets.writeJsonl(folder.resolve("part.jsonl")));
        assertThat(report.stoppedBy()).isEqualTo("stop signal");
        assertThat(calls.get()).isPositive();
        assertThat(store.history().paid().calls()).isEqualTo(report.calls()).isEqualTo(calls.get());
        assertThat(run(pipeline(0).rounds(1).build(), samples(0, 4))).isEqualTo(whole);
    }

    @Test
    void a_stopped_run_writes_the_order_of_its_own_seeds_and_none_that_was_taken_out() throws IOException {
        run(pipeline(0).rounds(1).build(), samples(0, 12));
        List<Sample> seeds = new ArrayList<>(
                IntStream.range(3, 12).mapToObj(StoredRunsTest::sample).toList());
        Collections.reverse(seeds);
        IntStream.range(20, 40).forEach(i -> seeds.add(4, sample(i)));
        StopSignal stop = new StopSignal();
        RunReport report = pipeline(0)
                .rounds(1)
                .concurrency(1)
                .stopSignal(stop)
                .listener(new RunListener() {
                    @Override
                    public void onCall(Call call) {
                        stop.stop();
                    }
                })
                .build()
                .run(DataSet.of(seeds), DataSets.writeJsonl(folder.resolve("part.jsonl")));
        assertThat(report.stoppedBy()).isEqualTo("stop signal");
        List<String> written = Files.readAllLines(folder.resolve("part.jsonl")).stream()
                .map(line -> Json.parse(line).path("sample_id").asString())
                .distinct()
                .toList();
        assertThat(written).hasSizeBetween(9, 12);
        assertThat(seeds.stream().map(Sample::id)).containsSubsequence(written);
    }

    @Test
    void a_stopped_run_does_not_read_on_where_the_place_of_all_samples_is_known() {
        StopSignal stop = new StopSignal();
        DataSet<Sample> endless = () -> IntStream.iterate(0, i -> i + 1).mapToObj(StoredRunsTest::sample);
        RunReport report = pipeline(0)
                .stopSignal(stop)
                .listener(new RunListener() {
                    @Override
                    public void onSample(EvolvedSample sample) {
                        stop.stop();
                    }
                })
                .build()
                .run(endless, DataSets.writeJsonl(folder.resolve("part.jsonl")));
        assertThat(report.stoppedBy()).isEqualTo("stop signal");
        assertThat(report.samples()).isPositive();
    }

    @Test
    void a_reply_is_kept_also_where_its_round_was_never_finished() throws IOException {
        AtomicInteger left = new AtomicInteger(30);
        ModelClient poor = request -> {
            if (left.decrementAndGet() < 0) {
                throw new ModelException.Quota(new HttpFailure("no quota left", 429, "", "", Optional.empty()));
            }
            return model.send(request);
        };
        assertThatThrownBy(() -> EvolutionPipeline.builder()
                        .evolvers(new Asking(UP, model.named("m")), new Asking(SIDE, model.named("m")))
                        .eliminators(new Scoring(poor.named("j"), 3))
                        .store(store)
                        .concurrency(8)
                        .build()
                        .run(samples(0, 40), DataSets.writeJsonl(folder.resolve("part.jsonl"))))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("no quota left");
        RunReport report = pipeline(3).build().run(samples(0, 40), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.replayedCalls()).isPositive();
        assertThat(folder.resolve("out.jsonl")).content().isEqualTo(uninterrupted(3, 3, samples(0, 40)));
    }

    @Test
    void a_fourth_round_and_more_seeds_cost_only_themselves() throws IOException {
        run(pipeline(3).build(), samples(5, 25));
        int paid = calls.get();
        assertThat(run(pipeline(3).rounds(4).build(), samples(5, 25))).isEqualTo(uninterrupted(3, 4, samples(5, 25)));
        assertThat(calls.get() - paid).isEqualTo(80);
        assertThat(run(pipeline(3).rounds(4).build(), samples(0, 30))).isEqualTo(uninterrupted(3, 4, samples(0, 30)));
        assertThat(calls.get() - paid).isEqualTo(80 + 10 * 16);
        assertThat(run(pipeline(3).rounds(4).build(), samples(10, 12))).isEqualTo(uninterrupted(3, 4, samples(10, 12)));
        assertThat(calls.get() - paid).isEqualTo(80 + 10 * 16);
    }

    @Test
    void a_change_of_the_set_up_is_refused_and_told() throws IOException {
        run(pipeline(3).build(), samples(0, 3));
        assertThatThrownBy(() -> run(pipeline(5).seed(7).build(), samples(0, 3)))
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("eliminators: scoring from 3 -> scoring from 5")
                .hasMessageContaining("seed: 42 -> 7")
                .hasMessageNotContaining("evolver");
        assertThatThrownBy(() -> run(pipeline(3).rounds(2).build(), samples(0, 3)))
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("rounds: 3 -> 2");
        assertThat(store.history().stoppedBy()).isEmpty();
        int paid = calls.get();
        run(pipeline(5).changedSettings(true).rounds(4).build(), samples(0, 3));
        assertThat(calls.get() - paid).isEqualTo(12);
        run(pipeline(5).rounds(4).concurrency(1).build(), samples(0, 3));
    }

    @Test
    void a_replay_judges_anew_and_asks_nobody() throws IOException {
        String first = run(pipeline(3).build(), samples(0, 40));
        int paid = calls.get();
        Path file = folder.resolve("replayed.jsonl");
        pipeline(3).build().replay(DataSets.writeJsonl(file));
        assertThat(file).content().isEqualTo(first);

        RunReport strict = pipeline(7).build().replay(DataSets.writeJsonl(file));
        assertThat(Files.readString(file)).doesNotContain("\"score\":3").contains("\"score\":8");
        assertThat(strict.kept()).isPositive().isLessThan(first.lines().count());
        assertThat(strict.events()).containsKey("left-out");
        assertThat(strict.rounds())
                .allSatisfy(r -> assertThat(r.attempted()).isEqualTo(r.kept() + r.eliminated() + r.failed()));

        Eliminator odd =
                Eliminator.each("odd", c -> c.id().hashCode() % 2 == 0 ? Verdict.pass() : Verdict.reject("not even"));
        RunReport mixed = EvolutionPipeline.builder()
                .evolvers(new Asking(UP, model))
                .eliminators(odd, new Scoring(model.named("j"), 0))
                .rounds(2)
                .store(store)
                .build()
                .replay(DataSets.writeJsonl(file));
        assertThat(mixed.rounds()).allSatisfy(r -> {
            assertThat(r.round()).isLessThan(3);
            assertThat(r.failed()).isZero();
            assertThat(r.eliminatedBy().keySet()).isSubsetOf("odd");
        });
        assertThat(calls).hasValue(paid);
    }

    @Test
    void what_a_replay_does_not_find_fails_and_is_not_asked() throws IOException {
        run(
                EvolutionPipeline.builder()
                        .evolvers(new Asking(UP, model))
                        .store(store)
                        .build(),
                samples(0, 2));
        int paid = calls.get();
        RunReport report = pipeline(0).build().replay(DataSets.writeJsonl(folder.resolve("x.jsonl")));
        assertThat(report.kept()).isZero();
        assertThat(report.rounds()).allSatisfy(r -> assertThat(r.failedBy()).containsOnlyKeys("scoring"));
        assertThat(calls).hasValue(paid);
    }

    @Test
    void what_the_judge_could_not_see_is_attempted_again_and_what_was_written_is_not_paid_for_again() {
        boolean[] blind = {true};
        Eliminator judge = new Eliminator() {
            @Override
            public String name() {
                return "judge";
            }

            @Override
            public List<Verdict> judge(List<Candidate> candidates, Round round) {
                if (blind[0]) {
                    throw new ModelException.UnusableImage("the image file is not there");
                }
                return candidates.stream()
                        .map(candidate -> (Verdict) Verdict.pass(5, "fine"))
                        .toList();
            }
        };
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(new Asking(UP, model.named("m")))
                .eliminators(judge)
                .rounds(2)
                .store(store)
                .build();
        RunReport report = pipeline.run(samples(0, 2), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.rounds()).singleElement().satisfies(round -> {
            assertThat(round.failedBy()).containsExactly(entry("image", 4L));
        });
        blind[0] = false;
        report = pipeline.run(samples(0, 2), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.kept()).isEqualTo(8);
        assertThat(failed(report)).isZero();
        assertThat(calls).hasValue(8); // the model would not answer twice
    }

    @Test
    void what_has_no_instructions_is_passed_over_as_finished_also_with_more_rounds() throws IOException {
        DataSet<Sample> seeds =
                DataSet.of(List.of(sample(0), Sample.builder("empty").build()));
        List<String> handled = new ArrayList<>();
        List<String> resumed = new ArrayList<>();
        for (int rounds : List.of(2, 2, 3)) {
            handled.clear();
            resumed.clear();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(new Asking(UP, model.named("m")))
                    .rounds(rounds)
                    .store(store)
                    .listener(new RunListener() {
                        @Override
                        public void onSample(EvolvedSample evolved) {
                            handled.add(evolved.sample().id());
                        }

                        @Override
                        public void onResumed(SampleKey key) {
                            resumed.add(key.value());
                        }
                    })
                    .build()
                    .run(seeds, DataSets.writeJsonl(folder.resolve("out.jsonl")));
            assertThat(report.isComplete()).isTrue();
            assertThat(report.samples()).isEqualTo(2);
        }
        assertThat(handled).containsExactly("s0");
        assertThat(resumed)
                .containsExactly(SampleKey.of(Sample.builder("empty").build()).value());
    }

    @Test
    void what_failed_for_its_image_is_attempted_again_by_the_next_run_and_nothing_else_is() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        DataSet<Sample> wrong = DataSet.of(List.of(pictured(0, folder), pictured(1, folder)));
        DataSet<Sample> right = DataSet.of(List.of(pictured(0, images), pictured(1, images)));
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(new Looking(new Asking(UP, model.named("m"))))
                .rounds(2)
                .store(store)
                .build();

        for (int again = 0; again < 2; again++) {
            RunReport report = pipeline.run(wrong, DataSets.writeJsonl(folder.resolve("out.jsonl")));
            assertThat(report.isComplete()).isTrue();
            assertThat(failed(report)).isEqualTo(2);
            assertThat(report.resumedRounds()).isZero();
            assertThat(calls).hasValue(0);
        }
        picture(images.resolve("1.png"));
        RunReport report = pipeline.run(right, DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.kept()).isEqualTo(2);
        assertThat(failed(report)).isEqualTo(1);
        assertThat(calls).hasValue(2);
        picture(images.resolve("0.png"));
        report = pipeline.run(right, DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.kept()).isEqualTo(4);
        assertThat(failed(report)).isZero();
        assertThat(report.resumedRounds()).isEqualTo(2);
        assertThat(calls).hasValue(4);
        try (Stream<StoredSample> samples = store.samples()) {
            assertThat(samples.map(stored -> stored.sample().imageSource().onDisk()))
                    .containsExactly(Optional.of(images.resolve("0.png")), Optional.of(images.resolve("1.png")));
        }
    }

    @Test
    void what_fails_because_the_run_is_broken_off_has_not_failed() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        ModelClient blocking = request -> {
            if (begun.incrementAndGet() > 10) {
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("a client that knows nothing of interrupts", e);
                }
            }
            return model.send(request);
        };
        Thread runner =
                new Thread(() -> pipelineOver(blocking).run(samples(0, 20), DataSets.writeJsonl(folder.resolve("x"))));
        runner.start();
        while (begun.get() < 14) {
            Thread.sleep(10);
        }
        runner.interrupt();
        runner.join();
        run(pipelineOver(model), samples(0, 20));
        ModelClient other = request -> ModelResponse.of(request.text() + " more");
        String expected = run(builderOver(other).build(), samples(0, 20));
        assertThat(run(pipelineOver(model), samples(0, 20))).isEqualTo(expected);
    }

    private static EvolutionPipeline.Builder builderOver(ModelClient client) {
        return EvolutionPipeline.builder()
                .evolvers(new Asking(UP, client.named("m")))
                .rounds(2)
                .concurrency(4);
    }

    private EvolutionPipeline pipelineOver(ModelClient client) {
        return builderOver(client).store(store).build();
    }

    @Test
    void a_straggler_delays_nobody() throws Exception {
        CountDownLatch others = new CountDownLatch(299);
        ModelClient slow = request -> {
            if (request.text().startsWith("s0/1/Question")) {
                try {
                    others.await();
                } catch (InterruptedException e) {
                    throw new ModelException.Interrupted("interrupted", e);
                }
            }
            return model.send(request);
        };
        RunReport report = EvolutionPipeline.builder()
                .evolvers(new Asking(UP, slow))
                .store(store)
                .concurrency(2)
                .listener(new RunListener() {
                    @Override
                    public void onSample(EvolvedSample sample) {
                        others.countDown();
                    }
                })
                .build()
                .run(samples(0, 300), DataSets.writeJsonl(folder.resolve("x.jsonl")));
        assertThat(report.samples()).isEqualTo(300);
    }

    @Test
    void a_sample_that_another_process_has_taken_meanwhile_is_looked_for_again() throws IOException {
        AtomicInteger taken = new AtomicInteger();
        RunStore losing = new ChangedRounds(store, round -> {
            if (round.number() == 2 && taken.incrementAndGet() == 1) {
                return Optional.of(false);
            }
            return Optional.empty();
        });
        assertThat(run(pipeline(3).store(losing).build(), samples(0, 6))).isEqualTo(uninterrupted(3, 3, samples(0, 6)));
        assertThat(taken).hasValue(7);
    }

    @Test
    void samples_without_an_image_are_counted_and_passed_on_and_nothing_of_them_has_failed() {
        for (RunStore kept : List.of(store, RunStore.none(), store)) {
            List<EvolvedSample> written = new ArrayList<>();
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(new Looking(new Asking(UP, request -> ModelResponse.of("never"))))
                    .store(kept)
                    .build()
                    .run(samples(0, 3), () -> new DataSetWriter.Appender() {
                        @Override
                        public void append(EvolvedSample sample) {
                            written.add(sample);
                        }

                        @Override
                        public void commit() {}

                        @Override
                        public void close() {}
                    });
            assertThat(report.isComplete()).isTrue();
            assertThat(report.samples()).isEqualTo(3);
            assertThat(report.rounds())
                    .allSatisfy(round -> assertThat(round.attempted()).isZero());
            assertThat(report.events()).containsEntry("without-image", 3L);
            assertThat(written)
                    .hasSize(3)
                    .allSatisfy(sample -> assertThat(sample.outcomes()).isEmpty());
        }
    }

    @Test
    void what_a_client_cancels_by_itself_has_failed_and_is_not_lost() throws IOException {
        ModelClient impatient = request -> {
            if (request.text().startsWith("s3/")) {
                throw new CancellationException("timed out");
            }
            return ModelResponse.of(request.text());
        };
        RunReport report = EvolutionPipeline.builder()
                .evolvers(new Asking(UP, impatient))
                .rounds(1)
                .store(store)
                .build()
                .run(samples(0, 10), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(report.isComplete()).isTrue();
        assertThat(report.samples()).isEqualTo(10);
        assertThat(failed(report)).isEqualTo(2);
    }

    @Test
    void two_clients_of_one_name_that_are_asked_the_same_are_both_asked_and_remembered_apart() {
        AtomicInteger strict = new AtomicInteger();
        Eliminator mild = asking("mild", request -> ModelResponse.of("yes"));
        Eliminator second = asking("second", request -> {
            strict.incrementAndGet();
            return ModelResponse.of("no");
        });
        for (int run = 0; run < 2; run++) {
            RunReport report = EvolutionPipeline.builder()
                    .evolvers(new Asking(UP, model))
                    .eliminators(mild, second)
                    .rounds(1)
                    .store(store)
                    .build()
                    .run(samples(0, 4), DataSets.writeJsonl(folder.resolve("out.jsonl")));
            assertThat(report.kept()).isZero();
            assertThat(strict).hasValue(8);
        }
    }

    /** Keeps what a client says yes to; every one asks in the same words. */
    private static Eliminator asking(String name, ModelClient client) {
        return new Eliminator() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Verdict> judge(List<Candidate> candidates, Round round) {
                return candidates.stream()
                        .map(candidate -> round.ask(
                                        client,
                                        ModelRequest.builder("judge")
                                                .text(candidate.id())
                                                .build())
                                .text())
                        .<Verdict>map(reply -> reply.equals("yes") ? Verdict.pass() : Verdict.reject("no"))
                        .toList();
            }
        };
    }

    @Test
    void a_store_that_cannot_be_written_ends_the_run_and_leaves_the_output_alone() throws IOException {
        Path file = folder.resolve("out.jsonl");
        String whole = run(pipeline(3).build(), samples(0, 4));
        RunStore closing = closing(store, 20);
        assertThatThrownBy(() -> pipeline(3)
                        .store(closing)
                        .build()
                        .run(samples(0, 40), DataSets.writeJsonl(folder.resolve("other.jsonl"))))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("made to fail");
        assertThat(file).content().isEqualTo(whole);
        assertThat(run(pipeline(3).build(), samples(0, 40))).isEqualTo(uninterrupted(3, 3, samples(0, 40)));
    }

    @Test
    void where_store_and_output_both_fail_both_are_told() {
        DataSetWriter full = () -> new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {
                throw new UncheckedIOException(new IOException("no space left"));
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
        assertThatThrownBy(() -> pipeline(3).store(closing(store, 20)).build().run(samples(0, 40), full))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("made to fail; the output could not be written: ")
                .hasMessageContaining("no space left")
                .hasCauseInstanceOf(RunStoreException.class);
    }

    @Test
    void a_run_whose_output_cannot_be_opened_tells_so_in_the_history() {
        DataSetWriter closed = () -> {
            throw new UncheckedIOException(new IOException("it is a folder"));
        };
        assertThatThrownBy(() -> pipeline(3).build().run(samples(0, 4), closed)).hasMessageContaining("it is a folder");
        assertThat(store.history().stoppedBy()).contains("it is a folder");
        assertThat(calls).hasValue(0);
    }

    @Test
    void the_store_tells_afterwards_what_the_report_told() {
        RunReport stopped = pipeline(3)
                .budget(Budget.unlimited().maxCalls(20))
                .build()
                .run(samples(0, 40), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(store.history().paid().lines())
                .usingRecursiveComparison()
                .ignoringFields("time")
                .isEqualTo(stopped.account().lines());
        assertThat(store.history().stoppedBy()).isNotEmpty().isEqualTo(stopped.stoppedBy());

        RunReport whole = pipeline(3).build().run(samples(0, 40), DataSets.writeJsonl(folder.resolve("out.jsonl")));
        assertThat(store.history().paid().calls()).isEqualTo(stopped.calls() + whole.calls());
        assertThat(store.history().stoppedBy()).isEmpty();
        assertThat(store.history().took()).isPositive();
    }

    /** A store whose n-th finished round cannot be stored. */
    private static RunStore closing(RunStore store, int left) {
        AtomicInteger rounds = new AtomicInteger(left);
        return new ChangedRounds(store, round -> {
            if (rounds.decrementAndGet() < 0) {
                throw new RunStoreException("made to fail");
            }
            return Optional.empty();
        });
    }

    /** A store that says otherwise what becomes of a round, where there is something to say. */
    private record ChangedRounds(RunStore store, Function<StoredRound, Optional<Boolean>> said) implements RunStore {

        @Override
        public Session open() {
            Session session = store.open();
            return (Session) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, args) -> {
                        Object result = method.invoke(session, args);
                        return result instanceof Optional<?> claim && claim.isPresent()
                                ? Optional.of(changed((Claim) claim.get()))
                                : result;
                    });
        }

        private Claim changed(Claim claim) {
            return (Claim) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Claim.class}, (proxy, method, args) -> {
                        Optional<Boolean> other = method.getName().equals("putRound")
                                ? said.apply((StoredRound) args[0])
                                : Optional.empty();
                        return other.isPresent() ? other.get() : method.invoke(claim, args);
                    });
        }

        @Override
        public Stream<StoredSample> samples() {
            return store.samples();
        }

        @Override
        public RunSettings settings() {
            return store.settings();
        }

        @Override
        public RunHistory history() {
            return store.history();
        }
    }
}
