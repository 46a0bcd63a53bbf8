package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    private static String[] with(String[] args, String... more) {
        return Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
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
                        "sharegpt,messages,webdataset",
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
        assertThat(folder.resolve("webdataset/mmevol-000000.tar")).isRegularFile();
        assertThat(folder.resolve("webdataset/mmevol-eval-000000.tar")).isRegularFile();
        assertThat(console.toString()).contains("sharegpt.json", "messages.jsonl", "webdataset");
    }

    @Test
    void each_file_is_told_what_it_has_no_place_for_itself() {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertThat(run("--write", "llava,messages", "--content", "data-url"))
                    .isZero();
        } finally {
            System.setErr(before);
        }
        List<String> lines = told.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.contains("llava.json: "))
                .singleElement()
                .asString()
                .contains("skills")
                .doesNotContain(" ids", "image names");
        assertThat(lines)
                .filteredOn(line -> line.contains("messages.jsonl: "))
                .singleElement()
                .asString()
                .contains("8 ids, 8 image names");
    }

    @Test
    void what_an_earlier_run_split_off_does_not_stay_beside_a_file_that_holds_it_too() throws IOException {
        String[] all = {"--replay", "--write", "llava,sharegpt,messages,webdataset"};
        List<String> evals = List.of(
                "llava-eval.json", "sharegpt-eval.json", "messages-eval.jsonl", "webdataset/mmevol-eval-000000.tar");
        assertThat(run()).isZero();
        assertThat(run(Stream.concat(Stream.of(all), Stream.of("--split", "0.5"))
                        .toArray(String[]::new)))
                .isZero();
        assertThat(evals).allSatisfy(file -> assertThat(folder.resolve(file)).isRegularFile());
        assertThat(run(all)).isZero();
        assertThat(evals).allSatisfy(file -> assertThat(folder.resolve(file)).doesNotExist());
        assertThat(json("dataset_info.json").propertyNames()).containsExactly("mmevol");
    }

    @Test
    void records_of_text_alone_are_counted_and_pass_through_on_wish() throws IOException {
        Path seeds = Files.writeString(folder.resolve("seeds.jsonl"), """
                {"id": "t", "conversations": [{"from": "human", "value": "Name three primes."}, {"from": "gpt", "value": "2, 3, 5"}]}
                """);

        assertThat(run(
                        "--seeds",
                        seeds.toString(),
                        "--text-only",
                        "--base-url",
                        "http://127.0.0.1:9/v1",
                        "--model",
                        "m"))
                .isZero();

        assertThat(console.toString()).contains("1 without image");
        assertThat(json("llava.json").toString()).contains("Name three primes.");
        assertThat(json("summary.json").path("calls").asInt()).isZero();
    }

    @Test
    void annotations_are_joined_by_image_and_told() throws IOException {
        assertThat(run("--limit", "1")).isZero();
        Path coco = Files.writeString(folder.resolve("instances.json"), """
                {"images": [{"id": 1, "file_name": "coffee.jpg", "width": 600, "height": 400}],
                 "annotations": [{"image_id": 1, "bbox": [60, 40, 300, 200], "category_id": 3, "iscrowd": 0},
                                 {"image_id": 2, "bbox": [60, 40, 300, 200], "category_id": 3}],
                 "categories": [{"id": 3, "name": "cup"}]}
                """);
        String line = "{\"image\": \"%s.jpg\", \"conversations\": [{\"from\": \"human\", \"value\": \"What is it?\"},"
                + " {\"from\": \"gpt\", \"value\": \"A thing.\"}]}\n";
        Path seeds = Files.writeString(
                folder.resolve("plain.jsonl"), line.formatted("coffee") + line.formatted("astronaut"));
        String[] annotated = {
            "--seeds", seeds.toString(), "--images", folder.resolve("bundled").toString(), "--fresh", "--annotations"
        };
        assertThat(run(with(annotated, seeds.toString()))).isEqualTo(2);
        assertThat(run(with(annotated, folder.resolve("none.json").toString()))).isEqualTo(2);
        assertThat(errors.toString())
                .contains(
                        "--annotations: no usable caption and no usable object in",
                        "captions_*.json",
                        "--annotations: no such file: ");
        assertThat(json("summary.json").path("samples").asInt()).isEqualTo(1); // those of the run before

        run(with(annotated, coco.toString(), "--annotations-trust", "exhaustive"));

        JsonNode coffee = json("evolved.json")
                .valueStream()
                .filter(record -> record.path("image").asString().equals("coffee.jpg"))
                .findFirst()
                .orElseThrow();
        assertThat(coffee.path("det").toString()).isEqualTo("[{\"label\":\"cup\",\"bbox\":[0.1,0.1,0.6,0.6]}]");
        assertThat(coffee.path("annotation_trust").asString()).isEqualTo("exhaustive");
        assertThat(console.toString())
                .contains(
                        "Annotations: 1 captions and objects of 1 images; left out: 0 boxes of crowds, and 1 without a"
                                + " known image",
                        "Samples joined by image path 1, by file name 0, not annotated 1");
    }

    @Test
    void a_folder_of_photographs_with_captions_alone_leaves_what_was_there() throws IOException {
        assertThat(run("--limit", "1")).isZero();
        String before = Files.readString(folder.resolve("evolved.json"));
        Files.writeString(
                folder.resolve("bundled/metadata.jsonl"), "{\"file_name\": \"coffee.jpg\", \"text\": \"A cup.\"}\n");

        assertThat(run("--fresh", "--seeds", folder.resolve("bundled").toString()))
                .isEqualTo(2);

        assertThat(errors.toString()).contains("none of their 1 samples has an instruction; --prepare");
        assertThat(folder.resolve("evolved.json")).hasContent(before);
    }

    @Test
    void what_went_into_a_second_file_is_told_also_where_it_is_nothing() throws IOException {
        assertThat(run("--split", "0.3")).isZero();
        assertThat(console.toString())
                .contains("  llava-eval.json  split off: "
                        + json("llava-eval.json").size() + " records, "
                        + json("llava.json").size() + " are in the other");
        assertThat(run("--replay", "--split", "0.001", "--write", "llava,messages"))
                .isZero();
        assertThat(json("llava-eval.json")).isEmpty();
        assertThat(console.toString())
                .contains("messages-eval.jsonl  split off: nothing, for --split 0.001 drew none of the images; all "
                        + json("llava.json").size() + " records");
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
