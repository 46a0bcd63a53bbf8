package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class TrainingOptionsTest {
    @TempDir
    private Path folder;

    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... args) {
        String[] all = Stream.concat(Stream.of("--out", folder.toString()), Stream.of(args))
                .toArray(String[]::new);
        return EvolveDataset.run(new PrintWriter(console), new PrintWriter(errors), Map.of(), all);
    }

    private JsonNode json(String name) throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve(name)));
    }

    @Test
    void files_for_trainers_are_chosen_and_shaped_in_a_replay_at_no_cost() throws IOException {
        assertThat(run()).isZero();
        assertThat(folder.resolve("llava.json")).exists();
        assertThat(folder.resolve("sharegpt.json")).doesNotExist();

        assertThat(run(
                        "--replay",
                        "--write",
                        "sharegpt,messages",
                        "--turns",
                        "single",
                        "--answer",
                        "think",
                        "--boxes",
                        "thousand",
                        "--image-paths",
                        "relative",
                        "--content",
                        "data-url",
                        "--split",
                        "0.3"))
                .isZero();

        assertThat(json("summary.json").path("calls").asInt()).isZero();
        int kept = Files.readAllLines(folder.resolve("evolved.jsonl")).size();
        int train = json("sharegpt.json").size();
        int eval = json("sharegpt-eval.json").size();
        assertThat(eval).isPositive();
        assertThat(train + eval).isBetween(kept * 9 / 10, kept);
        assertThat(json("dataset_info.json").propertyNames()).contains("mmevol", "mmevol_eval");
        for (JsonNode record : json("sharegpt.json")) {
            assertThat(folder.resolve(record.path("images").get(0).stringValue()))
                    .isRegularFile();
            assertThat(record.path("messages")).hasSize(2);
            assertThat(record.path("messages").toString()).doesNotContainPattern("\\[0?\\.\\d+, 0?\\.\\d+,");
        }
        assertThat(json("sharegpt.json").toString()).contains("<think>\\n1. ");
        assertThat(Files.readString(folder.resolve("messages.jsonl"))).contains("data:image/jpeg;base64,");
        assertThat(console.toString()).contains("sharegpt.json", "messages.jsonl");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --write csv           | --write
            --boxes inches        | --boxes
            --image-paths short   | --image-paths does not know 'short'
            --content nothing     | --content does not know 'nothing'
            --split 1             | --split: a share to split off lies in 0..1
            """)
    void what_cannot_be_meant_is_refused_before_anything_is_done(String options, String message) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(folder.resolve("run.db")).doesNotExist();
    }
}
