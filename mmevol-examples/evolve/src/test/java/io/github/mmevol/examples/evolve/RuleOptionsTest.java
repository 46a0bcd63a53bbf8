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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class RuleOptionsTest {
    private static final String LAMPS =
            "{\"id\": \"%s\", \"image\": \"a.jpg\", \"annotation_trust\": \"precise\", \"det\":"
                    + " [{\"label\": \"lamp\", \"bbox\": [0.1, 0.1, 0.2, 0.2]}, {\"label\": \"lamp\", \"bbox\": [0.4, 0.1, 0.5, 0.2]}],"
                    + " \"conversations_v0\": [{\"question\": \"What is shown?\", \"answer\": \"Lamps.\"},"
                    + " {\"question\": \"%s\", \"answer\": \"%s\"}]}";

    @TempDir
    private Path folder;

    private final StringWriter console = new StringWriter();

    private int run(String... args) {
        String[] all = Stream.concat(Stream.of("--out", folder.toString()), Stream.of(args))
                .toArray(String[]::new);
        return EvolveDataset.run(new PrintWriter(console), new PrintWriter(console), Map.of(), all);
    }

    private List<JsonNode> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .map(DataObject.JSON::readTree)
                .toList();
    }

    private JsonNode json(String file) throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve(file)));
    }

    private String seeds() throws IOException {
        Path file = folder.resolve("seeds.jsonl");
        Files.writeString(
                file,
                String.join(
                        "\n",
                        LAMPS.formatted("fine", "How many lamps are there?", "2"),
                        "",
                        "{\"id\": \"broken\", \"image\": 7, \"det\": {}}",
                        LAMPS.formatted("miscounted", "How many lamps are there?", "1"),
                        LAMPS.formatted("invented", "What is at [0.600, 0.600, 0.900, 0.900]?", "A lamp."),
                        ""));
        return file.toString();
    }

    @Test
    void seeds_are_checked_before_money_is_spent() throws IOException {
        assertThat(run("--check-seeds", "--seeds", seeds())).isZero();

        JsonNode check = json("seed-check.json");
        assertThat(check.path("samples").asInt()).isEqualTo(3);
        assertThat(check.path("broken_records").asInt()).isEqualTo(1);
        assertThat(check.path("instructions").asInt()).isEqualTo(6);
        assertThat(check.path("wrong").asInt()).isEqualTo(2);
        assertThat(check.path("wrong_by_rule").toString()).isEqualTo("{\"box\":1,\"count\":1}");
        JsonNode miscount = check.at("/examples/count/0");
        assertThat(miscount.path("sample_id").asString()).isEqualTo("miscounted");
        assertThat(miscount.path("line").asInt()).isEqualTo(4);
        assertThat(miscount.path("instruction").asInt()).isEqualTo(2);
        assertThat(miscount.path("why").asString()).contains("counts 1");
        assertThat(check.at("/examples/box/0/line").asInt()).isEqualTo(5);
        assertThat(console.toString())
                .contains("6 seed instructions of 3 samples: 2 wrong", "line 4, sample miscounted, instruction 2");
        assertThat(folder).isDirectoryNotContaining("glob:**/run.db");
    }

    @Test
    void under_another_trust_the_same_seeds_are_disputed_or_fine() throws IOException {
        assertThat(run("--check-seeds", "--seeds", seeds(), "--trust", "noisy")).isZero();

        JsonNode check = json("seed-check.json");
        assertThat(check.path("wrong_by_rule").toString()).isEqualTo("{\"box\":1}");
        assertThat(check.path("disputed_by_rule").toString()).isEqualTo("{\"count\":1}");

        assertThat(run("--check-seeds", "--seeds", seeds(), "--trust", "EXHAUSTIVE"))
                .isZero();
        assertThat(json("seed-check.json").path("verified").asInt()).isEqualTo(1);
    }

    @Test
    void the_bundled_seeds_are_fine() throws IOException {
        assertThat(run("--check-seeds")).isZero();
        assertThat(json("seed-check.json").path("wrong").asInt()).isZero();
    }

    @Test
    void of_a_run_only_what_is_verified_is_written_where_asked() throws IOException {
        assertThat(run()).isZero();
        int kept = lines("evolved.jsonl").size();
        int lost = lines("eliminated.jsonl").size();

        assertThat(run("--verified-only")).isZero();

        assertThat(lines("evolved.jsonl"))
                .isNotEmpty()
                .hasSizeLessThan(kept)
                .allSatisfy(
                        line -> assertThat(line.path("verification").asString()).isEqualTo("verified"));
        assertThat(lines("eliminated.jsonl"))
                .hasSize(kept + lost - lines("evolved.jsonl").size())
                .anySatisfy(line -> assertThat(line.path("by").asString()).isEqualTo("verified-only"));
    }

    @Test
    void a_run_is_replayed_under_another_trust_without_a_call() throws IOException {
        assertThat(run()).isZero();
        assertThat(lines("evolved.jsonl"))
                .anySatisfy(line -> assertThat(box(line)).contains("confirmed"));

        assertThat(run("--replay", "--trust", "noisy")).isZero();

        assertThat(json("summary.json").path("calls").asInt()).isZero();
        assertThat(lines("evolved.jsonl"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(box(line)).doesNotContain("confirmed"));
    }

    private static List<String> box(JsonNode line) {
        return line.path("checks")
                .valueStream()
                .filter(check -> check.path("by").asString().equals("box"))
                .map(check -> check.path("result").asString())
                .toList();
    }
}
