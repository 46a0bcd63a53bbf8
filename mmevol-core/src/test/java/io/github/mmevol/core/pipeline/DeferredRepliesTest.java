package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.StoredSample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeferredRepliesTest {
    private static final int SAMPLES = 20;
    private static final ModelClient NEVER = request -> {
        throw new AssertionError("no model may be called");
    };

    /** Takes requests down, and answers them all when told to. */
    private static class Post implements DeferredReplies {
        final Map<String, ModelRequest> taken = new ConcurrentHashMap<>();
        /** What was sent, without what was handed out. */
        final Map<String, ModelRequest> arrived = new ConcurrentHashMap<>();

        private final Map<String, ModelRequest> sent = new ConcurrentHashMap<>();

        @Override
        public Optional<ModelResponse> reply(String key, ModelClient client, ModelRequest request) {
            assertThat(key).matches("[0-9a-f]{32}");
            if (sent.containsKey(key)) {
                if (request.text().contains("q3")) {
                    throw new ModelException.InvalidRequest(new HttpFailure("refused", 400, "", "", Optional.empty()));
                }
                return Optional.of(answer(request));
            }
            taken.put(key, request);
            return Optional.empty();
        }

        int deliver() {
            int delivered = taken.size();
            sent.putAll(taken);
            arrived.putAll(taken);
            taken.clear();
            return delivered;
        }
    }

    private static ModelResponse answer(ModelRequest request) {
        return ModelResponse.of(request.text() + " more").withUsage(new TokenUsage(10, 0, 2, 0));
    }

    /** Asks once to evolve and once to judge. */
    private static EvolutionPipeline.Builder pipeline(ModelClient client) {
        Direction direction = new Direction("deeper", "it goes deeper");
        Evolver evolver = new Evolver() {
            @Override
            public Direction direction() {
                return direction;
            }

            @Override
            public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                LiveInstruction parent = live.get(0);
                String text = round.ask(
                                client, request("evolve", parent.instruction().question()))
                        .text();
                return new Evolution(
                        List.of(new Evolution.Child(parent.id(), Instruction.of(text, "yes"), PromptInfo.NONE, "")),
                        List.of());
            }
        };
        Eliminator judge = new Eliminator() {
            @Override
            public String name() {
                return "judge";
            }

            @Override
            public List<Verdict> judge(List<Candidate> candidates, Round round) {
                round.ask(client, request("judge", candidates.get(0).evolved().question()));
                return List.of(Verdict.pass());
            }
        };
        return EvolutionPipeline.builder()
                .evolvers(evolver)
                .eliminators(judge)
                .rounds(2)
                .concurrency(4);
    }

    private static ModelRequest request(String purpose, String text) {
        return ModelRequest.builder(purpose).text(text).build();
    }

    private static DataSet<Sample> seeds() {
        return seeds(SAMPLES);
    }

    private static DataSet<Sample> seeds(int count) {
        return () -> IntStream.range(0, count)
                .mapToObj(i -> Sample.builder("s" + i)
                        .instructions(List.of(Instruction.of("q" + i, "a")))
                        .build());
    }

    private static DataSetWriter into(List<EvolvedSample> list) {
        return () -> new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {
                list.add(sample);
            }

            @Override
            public void commit() {
                // what was appended stands
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    @Test
    void a_run_goes_on_with_what_has_come_until_nothing_is_pending() {
        Post post = new Post();
        RunStore store = RunStore.inMemory();
        EvolutionPipeline deferred = pipeline(NEVER).store(store).deferred(post).build();
        List<Long> pending = new ArrayList<>();
        List<EvolvedSample> written = new ArrayList<>();
        RunReport report;
        do {
            written.clear();
            report = deferred.run(seeds(), into(written));
            pending.add(report.pendingCalls());
            assertThat(report.isComplete()).isEqualTo(report.pendingCalls() == 0);
            assertThat(post.deliver()).isEqualTo((int) report.pendingCalls());
        } while (report.pendingCalls() > 0);

        // q3's evolver is refused in both rounds, so that it has nothing to be judged
        assertThat(pending).containsExactly(20L, 20L, 19L, 19L, 0L);
        Account all = report.account().plus(report.paidElsewhere());
        assertThat(all.calls()).isEqualTo(78);
        assertThat(all.failed()).isEqualTo(2);
        assertThat(all.usage()).isEqualTo(new TokenUsage(760, 0, 152, 0));

        List<EvolvedSample> direct = new ArrayList<>();
        pipeline(DeferredRepliesTest::answerUnlessThird).build().run(seeds(), into(direct));
        assertThat(written).isEqualTo(direct);
        assertThat(written.get(3).outcomes())
                .hasSize(2)
                .allMatch(outcome ->
                        outcome instanceof Outcome.Failed failed && failed.by().equals("model"));
    }

    private static ModelResponse answerUnlessThird(ModelRequest request) {
        if (request.text().contains("q3")) {
            throw new ModelException.InvalidRequest(new HttpFailure("refused", 400, "", "", Optional.empty()));
        }
        return answer(request);
    }

    @Test
    void the_budget_bounds_what_is_taken_down() {
        Post post = new Post();
        RunStore store = RunStore.inMemory();
        RunReport report = pipeline(NEVER)
                .store(store)
                .deferred(post)
                .budget(Budget.unlimited().maxCalls(7))
                .build()
                .run(seeds(), into(new ArrayList<>()));

        assertThat(post.taken).hasSize(7);
        assertThat(report.pendingCalls()).isEqualTo(7);
        assertThat(report.stoppedBy()).contains("budget of 7 calls");
        assertThat(report.account().calls()).isZero();
    }

    @Test
    void a_target_bounds_what_is_taken_down_before_it_is_reached() {
        Post post = new Post();
        EvolutionPipeline deferred = pipeline(NEVER)
                .store(RunStore.inMemory())
                .deferred(post)
                .selections(Selection.target(50))
                .build();
        List<EvolvedSample> written = new ArrayList<>();
        RunReport report = deferred.run(seeds(2_000), into(written));
        assertThat(report.events()).doesNotContainKey("not-needed");
        do {
            written.clear();
            report = deferred.run(seeds(2_000), into(written));
            assertThat(post.deliver()).isLessThanOrEqualTo(16 * 4);
        } while (!report.isComplete());
        assertThat(report.kept()).isEqualTo(50);
        assertThat(report.events()).containsKey("not-needed");

        List<EvolvedSample> direct = new ArrayList<>();
        pipeline(DeferredRepliesTest::answerUnlessThird)
                .selections(Selection.target(50))
                .build()
                .run(seeds(2_000), into(direct));
        assertThat(written).isEqualTo(direct);
        assertThat(report.account().plus(report.paidElsewhere()).calls()).isLessThan(4 * (50 + 16 * 4));
    }

    @Test
    void requests_that_are_on_their_way_have_their_places_in_the_budget() {
        AtomicInteger sent = new AtomicInteger();
        Post post = new Post() {
            @Override
            public long outstanding() {
                return arrived.size();
            }

            @Override
            public boolean isOutstanding(String key) {
                return arrived.containsKey(key);
            }

            @Override
            public Optional<ModelResponse> reply(String key, ModelClient client, ModelRequest request) {
                Optional<ModelResponse> come = super.reply(key, client, request);
                come.ifPresent(reply -> arrived.remove(key));
                return come;
            }
        };
        EvolutionPipeline deferred = pipeline(NEVER)
                .store(RunStore.inMemory())
                .deferred(post)
                .budget(Budget.unlimited().maxCalls(25))
                .build();
        for (int pass = 0; pass < 6; pass++) {
            deferred.run(seeds(), into(new ArrayList<>()));
            sent.addAndGet(post.deliver());
        }
        assertThat(sent).hasValueBetween(20, 25);
    }

    @Test
    void a_request_that_cannot_be_taken_down_stops_the_run_and_fails_nothing() {
        RunStore store = RunStore.inMemory();
        DeferredReplies full = (key, client, request) -> {
            throw new UncheckedIOException(new IOException("no space left"));
        };
        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() ->
                        pipeline(NEVER).store(store).deferred(full).build().run(seeds(), into(new ArrayList<>())))
                .withMessageContaining("no space left");
        try (Stream<StoredSample> samples = store.samples()) {
            assertThat(samples).allSatisfy(sample -> assertThat(sample.rounds()).isEmpty());
        }
    }

    @Test
    @Timeout(30)
    void a_target_run_comes_to_its_end_where_the_first_sample_is_attempted_again_and_its_reply_is_to_come() {
        RunStore store = RunStore.inMemory();
        EvolutionPipeline deferred = pipeline(NEVER)
                .store(store)
                .deferred(new Post())
                .selections(Selection.target(5))
                .build();
        Sample first = seeds(1).stream().findFirst().orElseThrow();
        try (RunStore.Session session = store.open()) {
            session.claim(SampleKey.of(first), 0, first).orElseThrow().end(false); // its image was missing
        }
        RunReport report = deferred.run(seeds(), into(new ArrayList<>()));
        assertThat(report.pendingCalls()).isPositive();
    }

    @Test
    @Timeout(30)
    void one_process_alone_works_on_a_run_whose_replies_come_later() {
        RunStore store = RunStore.inMemory();
        RunStore taken = (RunStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RunStore.class}, (proxy, method, args) -> {
                    Object result = method.invoke(store, args);
                    return result instanceof RunStore.Session session ? refusing(session) : result;
                });
        RunReport report =
                pipeline(NEVER).store(taken).deferred(new Post()).build().run(seeds(), into(new ArrayList<>()));
        assertThat(report.stoppedBy()).contains("another process is at work on the same stored run");
    }

    private static RunStore.Session refusing(RunStore.Session session) {
        return (RunStore.Session) Proxy.newProxyInstance(
                DeferredRepliesTest.class.getClassLoader(),
                new Class<?>[] {RunStore.Session.class},
                (proxy, method, args) ->
                        method.getName().equals("claim") ? Optional.empty() : method.invoke(session, args));
    }

    @Test
    void they_need_a_store() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pipeline(NEVER).deferred(new Post()).build())
                .withMessageContaining("builder.store(...)");
    }
}
