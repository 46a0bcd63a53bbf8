package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.Balance;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.EvalGuard;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.pipeline.RunReport.RoundReport;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunHistory;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.StoredSample;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SelectionsInRunsTest {
    private static final Direction UP = new Direction("up", "asks for more");
    private static final Selection CUPS = Selection.each(
            "no-cups",
            () -> (sample, kept) -> kept.instruction().question().contains("cup")
                    ? Verdict.reject("it is about a cup", "cup")
                    : Verdict.pass());

    @TempDir
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    /** Answers with what it is asked; every text is asked once at most. */
    private final ModelClient model = request -> {
        calls.incrementAndGet();
        if (!asked.add(request.text())) {
            throw new IllegalStateException("paid for twice: " + request.text());
        }
        return ModelResponse.of(request.text());
    };

    /** Asks in each round about another thing, in the second one what the first asked with a little word more. */
    private record Asking(ModelClient client) implements Evolver {
        private static final List<String> THINGS = List.of(
                "Where is the cup of %s?", "Where is the cup of %s in the picture?", "Why does %s carry a lamp?");

        @Override
        public Direction direction() {
            return UP;
        }

        @Override
        public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
            List<Evolution.Child> children = new ArrayList<>();
            for (LiveInstruction parent : live) {
                String who = parent.ancestors().isEmpty()
                        ? parent.instruction().question()
                        : parent.ancestors().get(0).question();
                String text = round.ask(
                                client,
                                ModelRequest.builder("evolve:up")
                                        .text(sample.id() + "|" + String.format(THINGS.get(round.number() - 1), who))
                                        .build())
                        .text();
                children.add(new Evolution.Child(
                        parent.id(),
                        Instruction.of(text.substring(text.indexOf('|') + 1), "On the left of the table."),
                        PromptInfo.NONE,
                        "m"));
            }
            return new Evolution(children, List.of());
        }
    }

    /** Rejects a quarter of all, by what they ask. */
    private static final Eliminator QUARTER = Eliminator.each(
            "quarter",
            c -> Math.floorMod(c.evolved().question().hashCode(), 4) == 0
                    ? Verdict.reject("a quarter")
                    : Verdict.pass(5, "fine"));

    private EvolutionPipeline.Builder pipeline() {
        return EvolutionPipeline.builder()
                .evolvers(new Asking(model.named("m")))
                .eliminators(QUARTER);
    }

    /** Sees nothing of some samples. */
    private record Seeing(Evolver evolver) implements Evolver {
        @Override
        public Direction direction() {
            return evolver.direction();
        }

        @Override
        public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
            if (sample.caption().equals("blind")) {
                throw new ModelException.UnusableImage("the image file is not there");
            }
            return evolver.evolve(sample, live, round);
        }
    }

    private EvolutionPipeline.Builder unpaid() {
        ModelClient free = request -> ModelResponse.of(request.text());
        return EvolutionPipeline.builder().evolvers(new Asking(free.named("m"))).eliminators(QUARTER);
    }

    private static DataSet<Sample> samples(int count) {
        return DataSet.of(
                IntStream.range(0, count).mapToObj(SelectionsInRunsTest::sample).toList());
    }

    private static Sample sample(int i) {
        return Sample.builder("s" + i)
                .image(i + ".jpg", ImageSource.within(Path.of("nowhere"), i + ".jpg"))
                .instructions(List.of(Instruction.of("Anna " + i, "A"), Instruction.of("Bert " + i, "B")))
                .build();
    }

    /** What a run or a replay wrote, and what it reported. */
    private record Written(RunReport report, String kept, String lost) {
        List<JsonNode> lostBy(String by) {
            return lost.lines()
                    .map(Json::parse)
                    .filter(line -> line.path("by").asString().equals(by))
                    .toList();
        }

        List<String> keptIds() {
            return kept.lines()
                    .map(line -> Json.parse(line).path("id").asString())
                    .toList();
        }
    }

    private Written run(EvolutionPipeline pipeline, DataSet<Sample> seeds) throws IOException {
        Path kept = folder.resolve("evolved.jsonl");
        Path lost = folder.resolve("eliminated.jsonl");
        RunReport report = pipeline.run(seeds, DataSets.writeJsonl(kept).and(DataSets.writeEliminatedJsonl(lost)));
        return new Written(report, Files.readString(kept), Files.readString(lost));
    }

    private Written replay(EvolutionPipeline pipeline) throws IOException {
        Path kept = folder.resolve("evolved.jsonl");
        Path lost = folder.resolve("eliminated.jsonl");
        RunReport report = pipeline.replay(DataSets.writeJsonl(kept).and(DataSets.writeEliminatedJsonl(lost)));
        return new Written(report, Files.readString(kept), Files.readString(lost));
    }

    private RunStore sqlite() {
        return JdbcRunStore.sqlite(folder.resolve("run.db"));
    }

    @Test
    void what_is_dropped_is_told_in_the_files_and_counted_as_eliminated() throws IOException {
        Written written = run(pipeline().selections(Selection.nearDuplicates()).build(), samples(40));

        assertThat(written.lostBy("near-duplicate")).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("outcome").asString()).isEqualTo("eliminated");
            assertThat(line.path("why").asString()).isEqualTo("it says again what was kept before about this image");
            assertThat(line.path("question").asString()).startsWith("Where is the cup of ");
            assertThat(written.keptIds()).contains(line.path("evidence").asString());
        });
        assertThat(written.report().kept()).isEqualTo(written.kept().lines().count());
        for (RoundReport round : written.report().rounds()) {
            assertThat(round.attempted()).isEqualTo(80).isEqualTo(round.kept() + round.eliminated() + round.failed());
        }
        assertThat(written.report().rounds().get(1).eliminatedBy()).containsEntry("near-duplicate", (long)
                written.lostBy("near-duplicate").size());
        assertThat(written.report().calls()).isEqualTo(240);
    }

    @Test
    void what_was_evolved_from_what_is_dropped_stays() throws IOException {
        Written all = run(unpaid().build(), samples(20));
        Written without = run(unpaid().selections(CUPS).build(), samples(20));

        assertThat(without.kept().lines())
                .isNotEmpty()
                .containsExactlyElementsOf(
                        all.kept().lines().filter(line -> !line.contains("cup")).toList());
        assertThat(without.kept()).contains("\"round\":3");
    }

    @Test
    void selections_follow_one_another() throws IOException {
        Written written = run(
                pipeline()
                        .selections(CUPS, Selection.balance(Balance.DIRECTION, 3))
                        .selections(Selection.contamination(EvalGuard.builder()
                                .question("Why does Bert 0 carry a lamp?")
                                .build()))
                        .build(),
                samples(20));

        assertThat(written.report().rounds().get(0).eliminatedBy()).containsOnlyKeys("no-cups", "quarter");
        assertThat(written.report().rounds().get(2).eliminatedBy().get("balance"))
                .isGreaterThan(20L);
        assertThat(written.keptIds()).hasSizeBetween(2, 3);
    }

    @Test
    void a_run_with_a_store_and_its_replay_write_what_one_without_writes() throws IOException {
        Selection selection = Selection.nearDuplicates().then(Selection.skeletonCap(30));
        Written plain = run(unpaid().selections(selection).build(), samples(40));
        Written stored = run(
                pipeline().selections(selection).store(sqlite()).concurrency(8).build(), samples(40));
        Written replayed =
                replay(pipeline().selections(selection).store(sqlite()).build());

        assertThat(stored.lostBy("skeleton-cap")).isNotEmpty();
        assertThat(stored.kept()).isEqualTo(plain.kept()).isEqualTo(replayed.kept());
        assertThat(stored.lost()).isEqualTo(plain.lost()).isEqualTo(replayed.lost());
        assertThat(replayed.report().rounds().get(0).eliminatedBy())
                .isEqualTo(plain.report().rounds().get(0).eliminatedBy());
        assertThat(replayed.report().calls()).isZero();
    }

    @Test
    void a_stored_run_is_gone_on_with_and_replayed_with_other_selections_at_no_cost() throws IOException {
        run(pipeline().selections(CUPS).store(sqlite()).build(), samples(20));
        int paid = calls.get();

        Written all = run(pipeline().store(sqlite()).build(), samples(20));
        Written few = replay(
                pipeline().selections(Selection.target(5)).store(sqlite()).build());

        assertThat(all.kept()).contains("cup");
        assertThat(few.kept()).isEqualTo(firstLines(all.kept(), 5));
        assertThat(few.report().isComplete()).isTrue();
        assertThat(calls).hasValue(paid);
    }

    @Test
    void a_selection_that_breaks_ends_the_run_with_a_reason() {
        Selection broken = Selection.each("broken", () -> (sample, kept) -> {
            throw new IllegalStateException("no idea");
        });

        assertThatThrownBy(() -> run(pipeline().selections(broken).build(), samples(3)))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("the selection failed at sample s0")
                .hasMessageContaining("no idea");
        assertThatThrownBy(() -> run(
                        unpaid().selections(broken, Selection.target(3))
                                .store(sqlite())
                                .build(),
                        samples(3)))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageContaining("no idea");
    }

    @Test
    void one_sample_alone_is_not_selected_from() {
        EvolvedSample evolved = unpaid().selections(CUPS).build().evolve(sample(1));

        assertThat(evolved.kept())
                .anyMatch(kept -> kept.instruction().question().contains("cup"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16})
    void a_target_gives_the_beginning_of_the_whole_output_at_any_concurrency(int concurrency) throws IOException {
        Written all = run(unpaid().selections(Selection.nearDuplicates()).build(), samples(300));
        int samplesNeeded = lastSample(firstLines(all.kept(), 50)) + 1;
        Selection[] selections = {Selection.nearDuplicates(), Selection.target(50)};

        Written plain =
                run(unpaid().selections(selections).concurrency(concurrency).build(), samples(300));
        Written stored = run(
                pipeline()
                        .selections(selections)
                        .concurrency(concurrency)
                        .store(sqlite())
                        .build(),
                samples(300));

        for (Written written : List.of(plain, stored)) {
            assertThat(written.kept()).isEqualTo(firstLines(all.kept(), 50));
            assertThat(all.lost()).startsWith(written.lost().lines().findFirst().orElseThrow());
            assertThat(written.lost()).isEqualTo(plain.lost());
            assertThat(written.report().isComplete()).isTrue();
            assertThat(written.report().kept()).isEqualTo(50);
            assertThat(written.report().samples()).isEqualTo(samplesNeeded);
            assertThat(written.report().calls())
                    .isGreaterThanOrEqualTo(6L * samplesNeeded)
                    .isLessThanOrEqualTo(6L * (samplesNeeded + 16L * concurrency));
        }
    }

    @Test
    void what_is_kept_beyond_a_target_in_its_last_sample_is_told() throws IOException {
        Written written = run(unpaid().selections(Selection.target(7)).build(), samples(300));

        assertThat(written.lostBy("target")).isNotEmpty().allSatisfy(line -> {
            assertThat(line.path("why").asString()).isEqualTo("the target is reached");
            assertThat(line.path("evidence").asString()).isEqualTo("7 are kept");
        });
    }

    @Test
    void a_target_that_is_never_reached_takes_all_samples() throws IOException {
        Written written = run(pipeline().selections(Selection.target(1_000_000)).build(), samples(30));

        assertThat(written.report().samples()).isEqualTo(30);
        assertThat(written.report().isComplete()).isTrue();
    }

    @Test
    void a_higher_target_goes_on_from_the_store_and_pays_for_nothing_twice() throws IOException {
        Written all = run(unpaid().build(), samples(500));
        run(
                pipeline()
                        .selections(Selection.target(20))
                        .store(sqlite())
                        .concurrency(2)
                        .build(),
                samples(500));
        int paid = calls.get();
        assertThat(paid).isLessThan(6 * 60);

        List<SampleKey> resumed = new ArrayList<>();
        Written more = run(
                pipeline()
                        .selections(Selection.target(300))
                        .store(sqlite())
                        .concurrency(2)
                        .listener(new RunListener() {
                            @Override
                            public void onResumed(SampleKey sample) {
                                synchronized (resumed) {
                                    resumed.add(sample);
                                }
                            }
                        })
                        .build(),
                samples(500));

        assertThat(more.kept()).isEqualTo(firstLines(all.kept(), 300));
        assertThat(calls.get()).isGreaterThan(paid).isLessThan(6 * 120);
        assertThat(resumed).isNotEmpty().doesNotHaveDuplicates();
        assertThat(replay(pipeline()
                                .selections(Selection.target(10))
                                .store(sqlite())
                                .build())
                        .kept())
                .isEqualTo(firstLines(all.kept(), 10));
    }

    @Test
    void a_lower_target_leaves_what_an_earlier_run_finished_in_the_store() throws IOException {
        Written all = run(pipeline().store(sqlite()).build(), samples(100));

        Written few = run(
                pipeline()
                        .selections(Selection.target(10))
                        .store(sqlite())
                        .concurrency(1)
                        .build(),
                samples(100));

        assertThat(few.kept()).isEqualTo(firstLines(all.kept(), 10));
        assertThat(few.report().calls()).isZero();
        assertThat(replay(pipeline().store(sqlite()).build()).kept()).isEqualTo(all.kept());
    }

    @Test
    void a_run_that_has_reached_its_target_costs_nothing_when_it_is_repeated() throws IOException {
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(new Seeing(new Asking(model.named("m"))))
                .eliminators(QUARTER)
                .selections(Selection.target(30))
                .store(sqlite())
                .concurrency(16)
                .build();
        List<Sample> seeds = new ArrayList<>(samples(500).stream().toList());
        seeds.set(0, Sample.builder("empty").build());
        seeds.set(1, seeds.get(1).toBuilder().caption("blind").build());
        Written first = run(pipeline, DataSet.of(seeds));
        assertThat(first.report().notNeeded()).isBetween(400L, 490L);
        int paid = calls.get();
        for (int i = 0; i < 3; i++) {
            Written again = run(pipeline, DataSet.of(seeds));
            assertThat(again.kept()).isEqualTo(first.kept());
            assertThat(again.report().isComplete()).isTrue();
            assertThat(calls).hasValue(paid);
        }
    }

    @Test
    void calls_that_are_under_way_when_a_target_is_reached_may_end_and_begin_no_other() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger late = new AtomicInteger();
        ModelClient slowBehind = request -> {
            // three of the four calls in flight wait, so that the first sample has the fourth
            if (!request.text().startsWith("s0|") && late.incrementAndGet() <= 3) {
                await(release);
            }
            return ModelResponse.of(request.text());
        };
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(new Asking(slowBehind.named("m")))
                .selections(Selection.target(1))
                .concurrency(4)
                .listener(new RunListener() {
                    @Override
                    public void onSample(EvolvedSample sample) {
                        if (sample.sample().id().equals("s0")) {
                            release.countDown();
                        }
                    }
                })
                .build();

        RunReport report = pipeline.run(samples(100), DataSets.writeJsonl(folder.resolve("out.jsonl")));

        assertThat(report.kept()).isEqualTo(1);
        assertThat(report.samples()).isEqualTo(1);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.calls()).isEqualTo(6 + late.get());
    }

    @Test
    void where_another_process_has_a_sample_the_run_waits_for_it_and_pays_for_no_more_than_a_target_needs()
            throws IOException {
        Written all = run(unpaid().build(), samples(60));
        SharedStore shared = new SharedStore(sqlite());

        Written written = run(
                pipeline()
                        .selections(Selection.target(10))
                        .store(shared)
                        .concurrency(1)
                        .build(),
                samples(60));

        assertThat(written.kept()).isEqualTo(firstLines(all.kept(), 10));
        assertThat(written.report().isComplete()).isTrue();
        int samplesNeeded = lastSample(firstLines(all.kept(), 10)) + 1;
        assertThat(calls).hasValueBetween(6 * samplesNeeded, 6 * (samplesNeeded + 16));
    }

    /** Says of the first sample once that another process has it. */
    private record SharedStore(RunStore store) implements RunStore {
        @Override
        public Session open() {
            Session session = store.open();
            AtomicInteger claims = new AtomicInteger();
            return (Session) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {Session.class},
                    (proxy, method, args) -> method.getName().equals("claim") && claims.getAndIncrement() == 0
                            ? Optional.empty()
                            : method.invoke(session, args));
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

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String firstLines(String text, int count) {
        StringBuilder first = new StringBuilder();
        text.lines().limit(count).forEach(line -> first.append(line).append('\n'));
        return first.toString();
    }

    /** The number of the last line's sample. */
    private static int lastSample(String lines) {
        String last = lines.lines().reduce("", (before, line) -> line);
        return Integer.parseInt(Json.parse(last).path("sample_id").asString().substring(1));
    }
}
