package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.openai.contract.BatchServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs the program over a batch interface, from the command line. */
@Timeout(120)
class BatchOptionTest {
    private static final List<String> DATA_FILES =
            List.of("evolved.json", "evolved.jsonl", "llava.json", "eliminated.jsonl");

    @TempDir
    private Path folder;

    private Path seeds = Path.of("");
    private BatchServer server;
    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        seeds = SeedFiles.write(folder.resolve("in"), 5, 2);
        server = new BatchServer(BatchOptionTest::answer);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static BatchServer.Result answer(JsonNode request) {
        return new BatchServer.Result(
                200, LocalModel.reply(request, 10, UnaryOperator.identity()).toString());
    }

    private int run(String out, String baseUrl, String... options) {
        List<String> all = new ArrayList<>(List.of(
                "--out",
                folder.resolve(out).toString(),
                "--seeds",
                seeds.toString(),
                "--base-url",
                baseUrl,
                "--model",
                "local"));
        all.addAll(List.of(options));
        return EvolveDataset.run(
                new PrintWriter(console), new PrintWriter(errors), Map.of(), all.toArray(String[]::new));
    }

    @Test
    void writes_what_a_run_of_single_calls_writes() throws IOException {
        Files.writeString(seeds, "{\"id\": 7\n", StandardOpenOption.APPEND);
        assertThat(run("batch", server.baseUrl(), "--batch", "0.01"))
                .as(errors::toString)
                .isZero();

        assertThat(server.batches()).isPositive();
        assertThat(console.toString()).containsOnlyOnce("1 broken and skipped"); // in however many passes
        assertThat(console.toString()).contains("Batch batch_1: completed, ").contains("llava.json");
        try (LocalModelServer single = new LocalModelServer(0, UnaryOperator.identity())) {
            assertThat(run("single", single.baseUrl())).isZero();
            assertThat(server.asked()).doesNotHaveDuplicates().hasSize(single.calls());
        }
        for (String file : DATA_FILES) {
            assertThat(folder.resolve("batch").resolve(file))
                    .as(file)
                    .hasSameTextualContentAs(folder.resolve("single").resolve(file));
        }
    }

    @Test
    void asks_nothing_again_where_all_is_done() throws IOException {
        assertThat(run("batch", server.baseUrl(), "--batch", "0.01"))
                .as(errors::toString)
                .isZero();
        String first = Files.readString(folder.resolve("batch/evolved.json"));
        int batches = server.batches();

        assertThat(run("batch", server.baseUrl(), "--batch", "0.01"))
                .as(errors::toString)
                .isZero();
        assertThat(server.batches()).isEqualTo(batches);
        assertThat(folder.resolve("batch/evolved.json")).hasContent(first);
    }

    @Test
    void an_endpoint_without_batches_is_told_so() throws IOException {
        try (LocalModelServer single = new LocalModelServer(0, UnaryOperator.identity())) {
            assertThat(run("none", single.baseUrl(), "--batch", "0.01")).isEqualTo(3);
        }
        assertThat(errors.toString())
                .contains("there is no batch interface at", "check --base-url", "without --batch")
                .doesNotContain("baseUrl(");
    }

    @Test
    void needs_a_provider_and_a_time_above_zero() {
        assertThat(run("batch", server.baseUrl(), "--batch", "0")).isEqualTo(2);
        assertThat(errors.toString()).contains("--batch takes a number of seconds above 0: 0.0");
        int status = EvolveDataset.run(
                new PrintWriter(console),
                new PrintWriter(errors),
                Map.of(),
                "--out",
                folder.resolve("rehearsal").toString(),
                "--batch");
        assertThat(status).isEqualTo(2);
        assertThat(errors.toString()).contains("--batch needs a provider: give --base-url or OPENAI_API_KEY");
        assertThat(server.batches()).isZero();
    }
}
