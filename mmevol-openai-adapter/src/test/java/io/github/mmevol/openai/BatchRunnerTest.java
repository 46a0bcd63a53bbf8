package io.github.mmevol.openai;

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
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.RunStoppedException;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.openai.contract.BatchServer;
import io.github.mmevol.openai.contract.BatchServer.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class BatchRunnerTest {
    private static final int SAMPLES = 12;
    private static final Direction DEEPER = new Direction("deeper", "it goes deeper");
    private static final Duration SOON = Duration.ofMillis(1);

    /** Stands for the death of the process. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private final RunStore store = RunStore.inMemory();
    private final List<EvolvedSample> written = new ArrayList<>();
    private volatile boolean blind;
    private BatchServer server;

    @AfterEach
    void close() {
        server.close();
    }

    private void serve(Function<JsonNode, Result> worker) throws IOException {
        server = new BatchServer(worker);
    }

    private OpenAiModelClient client(String model) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .apiKey("sk-canary-0123456789")
                .model(model)
                .build();
    }

    private static String text(JsonNode body) {
        return body.path("messages").path(0).path("content").asString("");
    }

    private static Result answered(JsonNode body) {
        return answered(text(body) + " more");
    }

    private static Result answered(String text) {
        JsonNode reply = Json.object()
                .set(
                        "choices",
                        Json.array()
                                .add(Json.object()
                                        .put("finish_reason", "stop")
                                        .set(
                                                "message",
                                                Json.object()
                                                        .put("role", "assistant")
                                                        .put("content", text))));
        String usage = ",\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":2}}";
        String json = Json.write(reply);
        return new Result(200, json.substring(0, json.length() - 1) + usage);
    }

    private static Result refused(int status, String code) {
        return new Result(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"refused\"}}");
    }

    /** Two rounds; each asks one client to evolve and another one to judge. */
    private EvolutionPipeline.Builder pipeline(ModelClient evolver, ModelClient judge) {
        return EvolutionPipeline.builder()
                .evolvers(new Evolver() {
                    @Override
                    public Direction direction() {
                        return DEEPER;
                    }

                    @Override
                    public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                        if (blind) {
                            throw new ModelException.UnusableImage("the image file is not there");
                        }
                        LiveInstruction parent = live.get(0);
                        String text = round.ask(
                                        evolver,
                                        request("evolve", parent.instruction().question()))
                                .text();
                        return new Evolution(
                                List.of(new Evolution.Child(
                                        parent.id(), Instruction.of(text, "yes"), PromptInfo.NONE, "")),
                                List.of());
                    }
                })
                .eliminators(new Eliminator() {
                    @Override
                    public String name() {
                        return "judge";
                    }

                    @Override
                    public List<Verdict> judge(List<Candidate> candidates, Round round) {
                        String said = round.ask(
                                        judge,
                                        request(
                                                "judge",
                                                "good? "
                                                        + candidates
                                                                .get(0)
                                                                .evolved()
                                                                .question()))
                                .text();
                        return List.of(said.startsWith("good?") ? Verdict.pass() : Verdict.reject(said));
                    }
                })
                .rounds(2)
                .concurrency(4)
                .store(store);
    }

    private static ModelRequest request(String purpose, String text) {
        return ModelRequest.builder(purpose).text(text).build();
    }

    private static DataSet<Sample> seeds() {
        return () -> IntStream.range(0, SAMPLES)
                .mapToObj(i -> Sample.builder("s" + i)
                        .image("s" + i + ".jpg", ImageSource.none())
                        .instructions(List.of(Instruction.of("q" + i, "a")))
                        .build());
    }

    private DataSetWriter writer() {
        return () -> {
            written.clear();
            return new DataSetWriter.Appender() {
                @Override
                public void append(EvolvedSample sample) {
                    written.add(sample);
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
        };
    }

    private BatchRunner runner(OpenAiModelClient... clients) {
        return BatchRunner.over(folder.resolve("batches"), clients).pollEvery(SOON);
    }

    /** A run with three batches a pass. */
    private RunReport run(OpenAiModelClient model, Consumer<BatchRunner.Status> listener) {
        return runner(model).maxRequests(5).onStatus(listener).run(pipeline(model, model), seeds(), writer());
    }

    private void assertThatAllIsWritten(RunReport report) {
        assertThat(report.isComplete()).isTrue();
        assertThat(written).isEqualTo(withoutBatches(text -> text + " more"));
    }

    private List<EvolvedSample> withoutBatches(Function<String, String> model) {
        ModelClient direct = request -> ModelResponse.of(model.apply(request.text()));
        List<EvolvedSample> expected = new ArrayList<>();
        pipeline(direct, direct).store(RunStore.none()).build().run(seeds(), () -> new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {
                expected.add(sample);
            }

            @Override
            public void commit() {
                // what was appended stands
            }

            @Override
            public void close() {
                // nothing is open
            }
        });
        return expected;
    }

    @Test
    void gives_what_direct_calls_give_and_asks_for_everything_once() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient evolver = client("evolving");
        OpenAiModelClient judge = client("judging");
        List<BatchRunner.Status> statuses = new ArrayList<>();

        RunReport report = runner(evolver, judge)
                .maxRequests(5)
                .onStatus(statuses::add)
                .run(pipeline(evolver, judge), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        assertThat(written).isEqualTo(withoutBatches(text -> text + " more"));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
        assertThat(server.models()).hasSize(4 * 3).allMatch(models -> !models.contains(" "));
        assertThat(report.calls()).isEqualTo(4 * SAMPLES);
        assertThat(report.usage()).isEqualTo(new TokenUsage(480, 0, 96, 0));
        assertThat(report.paidElsewhere().calls()).isZero();
        assertThat(statuses).extracting(BatchRunner.Status::state).contains("in_progress", "finalizing", "completed");
        try (Stream<Path> left = Files.list(folder.resolve("batches"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("lock", "state.json");
        }
        assertThat(Files.readString(folder.resolve("batches").resolve("state.json")))
                .doesNotContain("canary");
    }

    @Test
    void replies_that_a_target_made_needless_are_there_when_they_are_wanted() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient evolver = client("evolving");
        OpenAiModelClient judge = client("judging");
        runner(evolver, judge)
                .run(pipeline(evolver, judge).concurrency(1).selections(Selection.target(3)), seeds(), writer());
        assertThat(written).hasSizeLessThan(SAMPLES);

        runner(evolver, judge).run(pipeline(evolver, judge), seeds(), writer());

        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void replies_stay_where_the_images_could_not_be_used_in_between() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        assertThatExceptionOfType(Killed.class)
                .isThrownBy(() -> run(model, status -> {
                    throw new Killed();
                }));
        blind = true;
        runner(model).run(pipeline(model, model), seeds(), writer());
        blind = false;

        assertThatAllIsWritten(runner(model).run(pipeline(model, model), seeds(), writer()));

        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void expired_and_failed_lines_are_asked_again_and_what_is_refused_for_good_fails() throws IOException {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        serve(body -> {
            String text = text(body);
            int time = times.merge(text, 1, Integer::sum);
            if (text.equals("q1") && time < 3) {
                return new Result(0, "");
            }
            if (text.equals("q2") && time < 3) {
                return refused(500, "server_error");
            }
            if (text.equals("q3")) {
                return refused(400, "context_length_exceeded");
            }
            return text.equals("q4") ? refused(503, "overloaded") : answered(body);
        });
        OpenAiModelClient model = client("tiny");

        RunReport report = runner(model).run(pipeline(model, model), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        assertThat(times).containsEntry("q1", 3).containsEntry("q2", 3);
        assertThat(kinds(1)).containsExactly("Kept", "Kept");
        assertThat(kinds(2)).containsExactly("Kept", "Kept");
        assertThat(kinds(3)).containsExactly("Failed", "Failed");
        assertThat(kinds(4)).containsExactly("Failed", "Failed");
        assertThat(written.get(3).outcomes().get(0))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class, failed -> assertThat(failed.why()).contains("req_"));
        assertThat(times.get("q4")).isEqualTo(2 * 5);
    }

    private List<String> kinds(int sample) {
        return written.get(sample).outcomes().stream()
                .map(outcome -> outcome.getClass().getSimpleName())
                .toList();
    }

    @Test
    void killed_at_any_moment_it_goes_on_and_asks_for_nothing_twice() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger kills = new AtomicInteger();
        RunReport report = null;
        while (report == null) {
            int after = looks.get() + 1 + kills.get() % 4;
            try {
                report = runner(model)
                        .maxRequests(5)
                        .onStatus(status -> {
                            if (looks.incrementAndGet() >= after && kills.get() < 12) {
                                kills.incrementAndGet();
                                throw new Killed();
                            }
                        })
                        .run(pipeline(model, model), seeds(), writer());
            } catch (Killed e) {
                server.loseCreations(kills.get() % 3 == 0 ? 1 : 0);
            }
        }

        assertThat(kills.get()).isGreaterThan(10);
        assertThat(written).isEqualTo(withoutBatches(text -> text + " more"));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void a_batch_whose_creation_was_not_confirmed_is_found_again() throws IOException {
        serve(BatchRunnerTest::answered);
        server.loseCreations(3);
        OpenAiModelClient model = client("tiny");

        RunReport report = runner(model).maxRequests(4).run(pipeline(model, model), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
        assertThat(server.batches()).isEqualTo(4 * 3);
    }

    @Test
    void a_provider_that_takes_only_so_much_gets_one_batch_after_the_other_and_smaller_ones() throws IOException {
        serve(BatchRunnerTest::answered);
        server.enqueuedLimit(4);
        OpenAiModelClient model = client("tiny");

        RunReport report = runner(model).maxRequests(6).run(pipeline(model, model), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        Set<String> distinct = new HashSet<>(server.asked());
        assertThat(distinct).hasSize(4 * SAMPLES);
        assertThat(server.asked()).hasSameSizeAs(distinct);
    }

    @Test
    void no_more_than_so_many_requests_are_on_their_way() throws IOException {
        List<Integer> sizes = new ArrayList<>();
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        RunReport report = runner(model)
                .maxPending(5)
                .onStatus(status -> sizes.add((int) status.requests()))
                .run(pipeline(model, model), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        assertThat(sizes).allMatch(size -> size <= 5);
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void a_server_that_does_not_take_a_schema_is_asked_for_less_in_the_next_batch() throws IOException {
        serve(body -> body.path("response_format").path("type").asString("").equals("json_schema")
                ? new Result(
                        400,
                        "{\"error\":{\"message\":\"response_format type json_schema is not supported\",\"param\":\"response_format\"}}")
                : answered(body));
        OpenAiModelClient model = client("tiny");

        RunReport report = runner(model).run(schemaPipeline(model), seeds(), writer());

        assertThat(report.isComplete()).isTrue();
        assertThat(report.kept()).isEqualTo(SAMPLES);
    }

    private EvolutionPipeline.Builder schemaPipeline(ModelClient model) {
        return EvolutionPipeline.builder()
                .evolvers(new Evolver() {
                    @Override
                    public Direction direction() {
                        return DEEPER;
                    }

                    @Override
                    public Evolution evolve(Sample sample, List<LiveInstruction> live, Round round) {
                        ModelRequest request = ModelRequest.builder("evolve")
                                .text(live.get(0).instruction().question())
                                .replyForm(ReplyForm.jsonSchema("reply", "{\"type\":\"object\"}"))
                                .build();
                        String text = round.ask(model, request).text();
                        return new Evolution(
                                List.of(new Evolution.Child(
                                        live.get(0).id(), Instruction.of(text, "yes"), PromptInfo.NONE, "")),
                                List.of());
                    }
                })
                .rounds(1)
                .store(store);
    }

    @Test
    void a_batch_that_is_refused_says_why_and_where() throws IOException {
        serve(BatchRunnerTest::answered);
        server.enqueuedLimit(0);
        OpenAiModelClient model = client("tiny");

        assertThatExceptionOfType(ModelException.InvalidRequest.class)
                .isThrownBy(() -> runner(model).maxRequests(1).run(pipeline(model, model), seeds(), writer()))
                .withMessageContaining("token_limit_exceeded")
                .withMessageContaining("part-");
    }

    @Test
    void a_client_that_the_runner_does_not_have_is_named() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> runner(model).run(pipeline(model.named("other"), model), seeds(), writer()))
                .withMessageContaining("no client other");
    }

    @Test
    void a_second_runner_on_the_same_folder_is_refused() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        runner(model)
                .onStatus(status -> assertThatIllegalStateException()
                        .isThrownBy(() -> runner(model).run(pipeline(model, model), seeds(), writer()))
                        .withMessageContaining("another run"))
                .run(pipeline(model, model), seeds(), writer());
    }

    @Test
    void refused_for_want_of_quota_it_goes_on_once_the_account_is_topped_up() throws IOException {
        AtomicBoolean toppedUp = new AtomicBoolean();
        Map<String, Integer> times = new ConcurrentHashMap<>();
        serve(body -> {
            times.merge(text(body), 1, Integer::sum);
            return text(body).equals("q3") && !toppedUp.get() ? refused(429, "insufficient_quota") : answered(body);
        });
        OpenAiModelClient model = client("tiny");
        for (int run = 1; run <= 2; run++) {
            assertThatExceptionOfType(RunStoppedException.class)
                    .isThrownBy(() -> run(model, status -> {}))
                    .withCauseInstanceOf(ModelException.Quota.class);
            assertThat(times).containsEntry("q3", run);
        }
        toppedUp.set(true);

        assertThatAllIsWritten(run(model, status -> {}));

        assertThat(times).containsEntry("q3", 3).containsEntry("q4", 1);
    }

    @Test
    void a_line_that_refuses_the_key_says_so_without_showing_it() throws IOException {
        serve(body ->
                new Result(401, "{\"error\":{\"message\":\"Incorrect API key provided: sk-canary-0123456789.\"}}"));
        OpenAiModelClient model = client("tiny");

        assertThatExceptionOfType(RunStoppedException.class)
                .isThrownBy(() -> run(model, status -> {}))
                .withMessageContaining("refuses the API key")
                .withMessageNotContaining("canary")
                .withCauseInstanceOf(ModelException.Authentication.class);
    }

    @Test
    void a_line_without_a_status_is_asked_again() throws IOException {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        serve(body -> times.merge(text(body), 1, Integer::sum) == 1 ? Result.NO_STATUS : answered(body));
        OpenAiModelClient model = client("tiny");

        assertThatAllIsWritten(run(model, status -> {}));

        assertThat(times)
                .hasSize(4 * SAMPLES)
                .allSatisfy((text, asked) -> assertThat(asked).isEqualTo(2));
    }

    @Test
    void what_comes_back_without_an_answer_is_asked_again_and_fails_in_the_end() throws IOException {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        serve(body -> {
            String text = text(body);
            int time = times.merge(text, 1, Integer::sum);
            if (time == 1 || text.equals("q2")) {
                return Result.NOTHING;
            }
            return time == 2 && text.equals("q3") ? Result.GARBLED : answered(body);
        });
        OpenAiModelClient model = client("tiny");

        RunReport report = run(model, status -> {});

        assertThat(report.isComplete()).isTrue();
        assertThat(times).containsEntry("q1", 2).containsEntry("q3", 3);
        assertThat(times.get("q2")).isEqualTo(2 * 5);
        assertThat(IntStream.of(1, 3).mapToObj(this::kinds)).allMatch(List.of("Kept", "Kept")::equals);
        assertThat(written.get(2).outcomes())
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Outcome.Failed.class,
                                failed -> assertThat(failed.why()).contains("no answer", "5 times")));
    }

    @Test
    void batches_cancelled_at_the_provider_end_it_and_the_next_run_goes_on() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        RunReport cancelled = run(model, status -> {
            if (status.state().equals("in_progress")) {
                server.cancel(status.batch());
            }
        });

        assertThat(cancelled.pendingCalls()).isEqualTo(SAMPLES);
        assertThat(server.asked()).hasSize(2 + 2 + 1);
        assertThatAllIsWritten(run(model, status -> {}));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void a_batch_that_is_gone_from_the_provider_is_asked_again() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        RunReport report = run(model, status -> {
            if (status.batch().equals("batch_1")) {
                server.deleteBatch(status.batch());
            }
        });

        assertThatAllIsWritten(report);
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void replies_that_are_gone_from_the_provider_are_asked_for_again() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");

        RunReport report = run(model, status -> {
            if (status.batch().equals("batch_2") && status.state().equals("completed")) {
                server.deleteOutput(status.batch());
            }
        });

        assertThatAllIsWritten(report);
        assertThat(server.asked()).hasSize(4 * SAMPLES + 5);
    }

    @Test
    void an_address_without_files_is_an_error() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = OpenAiModelClient.builder()
                .baseUrl(server.baseUrl() + "/elsewhere")
                .model("tiny")
                .build();

        assertThatExceptionOfType(ModelException.UnknownModel.class)
                .isThrownBy(() -> run(model, status -> {}))
                .withMessageContaining("there is no batch interface at")
                .withMessageContaining("/files")
                .withMessageContaining("baseUrl");
    }

    @Test
    void a_provider_that_only_fails_is_given_up_and_gone_on_with_later() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        server.failUploads(1000);

        assertThatExceptionOfType(ModelException.Io.class)
                .isThrownBy(() -> runner(model).run(pipeline(model, model), seeds(), writer()))
                .withMessageContaining("failed 30 times in a row, run again to go on")
                .withMessageContaining("Something went wrong.");
        assertThat(server.uploadsToFail()).isEqualTo(1000 - 30);

        server.failUploads(29);
        assertThatAllIsWritten(runner(model).run(pipeline(model, model), seeds(), writer()));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void nothing_of_a_download_that_failed_stays_in_the_next_one() throws IOException {
        serve(BatchRunnerTest::answered);
        server.failDownloads(2);
        OpenAiModelClient model = client("tiny");

        assertThatAllIsWritten(run(model, status -> {}));

        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupt_while_it_waits_ends_it_with_a_report_that_counts_what_is_to_come() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        for (int run = 1; run <= 2; run++) {
            RunReport report = run(model, status -> Thread.currentThread().interrupt());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(report.pendingCalls()).isEqualTo(SAMPLES);
            assertThat(server.asked()).isEmpty();
        }

        assertThatAllIsWritten(run(model, status -> {}));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void interrupted_again_and_again_it_asks_for_nothing_twice() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        AtomicInteger looks = new AtomicInteger();
        RunReport report;
        do {
            report = run(model, status -> {
                if (looks.incrementAndGet() % 4 == 0) {
                    Thread.currentThread().interrupt();
                }
            });
        } while (Thread.interrupted());

        assertThatAllIsWritten(report);
        assertThat(looks).hasValueGreaterThan(4 * 3 * 3);
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupt_while_requests_are_taken_down_breaks_no_file() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        Thread runner = Thread.currentThread();
        AtomicInteger calls = new AtomicInteger();
        ModelClient interrupting = new ModelClient() {
            @Override
            public String name() {
                if (calls.incrementAndGet() >= 3) {
                    runner.interrupt();
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                }
                return model.name();
            }

            @Override
            public ModelResponse send(ModelRequest request) {
                throw new AssertionError("not to be called");
            }
        };

        RunReport report = runner(model).run(pipeline(interrupting, interrupting), seeds(), writer());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.stoppedBy()).isEqualTo("interrupted");
        assertThatAllIsWritten(run(model, status -> {}));
        assertThat(server.asked()).hasSize(4 * SAMPLES).doesNotHaveDuplicates();
    }

    @Test
    void files_of_others_in_its_folder_stay() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        Path batches = Files.createDirectories(folder.resolve("batches"));
        List<String> others = List.of("draft.tmp", "part-2.csv", "part-notes", "part-000001.jsonl.bak");
        for (String name : others) {
            Files.writeString(batches.resolve(name), name);
        }
        for (String name : List.of("part-000009.jsonl", "part-000009.errors.jsonl.tmp", "state.json.tmp")) {
            Files.writeString(batches.resolve(name), "begun");
        }

        assertThatAllIsWritten(run(model, status -> {}));

        try (Stream<Path> left = Files.list(batches)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(others.stream(), Stream.of("lock", "state.json"))
                            .toList());
        }
    }

    @Test
    void a_folder_that_could_not_be_opened_is_not_kept_from_others() throws IOException {
        serve(BatchRunnerTest::answered);
        OpenAiModelClient model = client("tiny");
        Path state = Files.createDirectories(folder.resolve("batches")).resolve("state.json");
        Files.writeString(state, "{\"parts\":");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> run(model, status -> {}))
                .withMessageContaining("state.json");

        Files.delete(state);
        assertThatAllIsWritten(run(model, status -> {}));
    }
}
