package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(120)
class PrepareOptionTest {
    @TempDir
    private Path folder;

    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private LocalModelServer server;

    @BeforeEach
    void start() throws IOException {
        server = new LocalModelServer(0, reply -> reply);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String out, String... args) {
        String[] all = Stream.concat(Stream.of("--out", folder.resolve(out).toString()), Stream.of(args))
                .toArray(String[]::new);
        return EvolveDataset.run(new PrintWriter(console), new PrintWriter(errors), Map.of(), all);
    }

    private JsonNode json(String name) throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve(name)));
    }

    @Test
    void annotated_photographs_without_instructions_become_seeds_that_can_be_evolved() throws IOException {
        assertThat(run("first")).isZero();
        StringBuilder bare = new StringBuilder();
        for (JsonNode record : json("first/evolved.json")) {
            ObjectNode without =
                    ((ObjectNode) record).without(List.of("sample_key", "conversations_v1", "conversations_v2"));
            without.remove("conversations_v3");
            without.putArray("conversations_v0");
            bare.append(DataObject.JSON.writeValueAsString(without)).append('\n');
        }
        Path seeds = Files.writeString(folder.resolve("bare.jsonl"), bare.toString());
        String images = folder.resolve("first/bundled").toString();

        String[] prepare = {
            "--prepare",
            "2",
            "--seeds",
            seeds.toString(),
            "--images",
            images,
            "--base-url",
            server.baseUrl(),
            "--model",
            "m",
            "--price",
            "1,1,1"
        };
        assertThat(run("prepared", prepare)).as(errors.toString()).isZero();
        int calls = server.calls();
        assertThat(run("prepared", prepare)).isZero();

        assertThat(server.calls()).as("what is stored is not asked again").isEqualTo(calls);
        assertThat(json("prepared/seeds.json")).hasSize(8).anySatisfy(record -> {
            JsonNode seed = record.path("conversations_v0").get(0);
            assertThat(seed.path("steps")).isNotEmpty();
            assertThat(seed.path("seed_score").asInt()).isPositive();
        });
        assertThat(json("prepared/summary.json").toString()).contains("prepare");
        assertThat(console.toString()).contains("seeds.json");
        assertThat(run(
                        "evolved",
                        "--seeds",
                        folder.resolve("prepared/seeds.json").toString(),
                        "--images",
                        images,
                        "--base-url",
                        server.baseUrl(),
                        "--model",
                        "m"))
                .isZero();
        assertThat(Files.readAllLines(folder.resolve("evolved/evolved.jsonl"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a nurse who plans a garden                  | a nurse who plans a garden
            {"persona": "a retired train driver"}       | a retired train driver
            """)
    void rewrites_take_the_view_of_people_from_a_file(String line, String persona) throws IOException {
        Path people = Files.writeString(folder.resolve("people.jsonl"), line + "\n\n");
        assertThat(run("first", "--limit", "1")).isZero();

        assertThat(run(
                        "out",
                        "--persona",
                        people.toString(),
                        "--rounds",
                        "1",
                        "--eliminate",
                        "rules",
                        "--seeds",
                        folder.resolve("first/evolved.json").toString(),
                        "--images",
                        folder.resolve("first/bundled").toString(),
                        "--base-url",
                        server.baseUrl(),
                        "--model",
                        "m"))
                .isZero();

        assertThat(server.lastRequest().toString()).contains("\\\"persona\\\": \\\"" + persona);
    }

    @Test
    void people_that_cannot_be_read_are_refused() throws IOException {
        Path people = Files.writeString(folder.resolve("people.jsonl"), "{\"name\": \"x\"}\n");
        assertThat(run("out", "--persona", people.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("has lines without a persona");
    }

    @ParameterizedTest
    @CsvSource({"--prepare, --prepare needs a model", "--prepare 7, --prepare takes a number from 2 to 4"})
    void what_cannot_be_meant_is_refused(String options, String message) {
        assertThat(run("out", options.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }
}
