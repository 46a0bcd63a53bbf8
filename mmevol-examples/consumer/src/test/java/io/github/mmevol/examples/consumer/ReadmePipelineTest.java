package io.github.mmevol.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunProgress;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.prompts.Directions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmePipelineTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path SOURCE = Path.of("src/main/java/io/github/mmevol/examples/consumer/ReadmePipeline.java");
    private static final String EVOLVED = """
            {"instructions": [{"id": "q1", "question": "Which colour fills the left half of the picture, and which the right?",
            "steps": [{"manipulation": "None", "description": "The left half is black."}],
            "answer": "Black fills both halves.", "objects": [], "skills": [], "format": "Norm"}]}""";
    private static final String VERDICT = """
            {"verdicts": [{"id": "q1", "reason": "new and right", "answer_right": "yes", "needs_image": "yes",
            "well_posed": "yes", "improved": "yes", "score": 5}]}""";

    /** A PNG of one pixel. */
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    @TempDir
    Path folder;

    private static String reply(String system) {
        return system.contains("\"verdicts\"") ? VERDICT : EVOLVED;
    }

    private Path image() throws IOException {
        Path file = folder.resolve("black.png");
        return Files.write(file, Base64.getDecoder().decode(PIXEL));
    }

    private Path seeds() throws IOException {
        return Files.writeString(
                folder.resolve("seeds.jsonl"),
                "{\"id\": \"a\", \"image\": \"black.png\", \"conversations\": [{\"from\": \"human\", \"value\":"
                        + " \"<image>\\nWhat is shown?\"}, {\"from\": \"gpt\", \"value\": \"A black square.\"}]}\n");
    }

    @Test
    void the_pipeline_of_the_readme_runs() throws IOException {
        image();
        Path seeds = seeds();
        Path out = folder.resolve("evolved.jsonl");
        RunReport report = ReadmePipeline.run(request -> ModelResponse.of(reply(request.system())), seeds, out);

        assertThat(report.rounds()).hasSizeBetween(1, 3);
        assertThat(report.kept()).isPositive();
        assertThat(Files.readAllLines(out)).hasSize((int) report.kept());
    }

    @Test
    void own_parts_plug_in_as_the_readme_says() throws IOException {
        Sample sample = Sample.builder("a")
                .image("black.png", ImageSource.file(image()))
                .instructions(List.of(Instruction.of("What is shown?", "A black square.")))
                .build();
        EvolvedSample result = new ReadmePipeline((system, text) -> reply(system)).ownParts(sample);
        assertThat(result.kept()).isNotEmpty();
    }

    @Test
    void decorated_clients_answer_and_are_listened_to() {
        ModelClient other = request -> ModelResponse.of("other");
        AtomicInteger attempts = new AtomicInteger();
        ModelRequest request = ModelRequest.builder("judge").text("hello").build();
        for (ModelClient client : new ReadmePipeline((system, text) -> text + " you")
                .decorated(other, attempt -> attempts.incrementAndGet())) {
            assertThat(client.send(request).text()).isEqualTo("hello you");
        }
        assertThat(attempts).hasValue(1);
    }

    @Test
    void files_for_trainers_are_written() throws IOException {
        image();
        Path file = folder.resolve("messages.jsonl");
        EvolutionPipeline.builder()
                .evolvers(Directions.all(request -> ModelResponse.of(reply(request.system()))))
                .rounds(1)
                .build()
                .run(DataSets.read(seeds()), ReadmePipeline.forTrainers(folder, file));

        assertThat(file).isNotEmptyFile();
        assertThat(folder.resolve("sharegpt.json")).isNotEmptyFile();
        assertThat(folder.resolve("dataset_info.json")).isNotEmptyFile();
    }

    @Test
    void a_sample_made_in_code_is_evolved_and_names_its_image() throws IOException {
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Directions.all(request -> ModelResponse.of(reply(request.system()))))
                .rounds(1)
                .build();
        Path out = folder.resolve("evolved.jsonl");
        RunReport report = ReadmePipeline.samplesInCode(pipeline, Files.readAllBytes(image()), out);

        assertThat(report.kept()).isPositive();
        assertThat(out).content().containsPattern("\"image\":\"[0-9a-f]{16}\\.png\"");
    }

    @Test
    void what_is_not_verified_is_not_selected() throws IOException {
        image();
        Path seeds = seeds();
        Path out = folder.resolve("evolved.jsonl");
        RunReport report = ReadmePipeline.selective(request -> ModelResponse.of(reply(request.system())))
                .run(DataSets.read(seeds), DataSets.writeJsonl(out));

        assertThat(report.kept()).isZero();
        assertThat(out).isEmptyFile();
    }

    @Test
    void progress_tells_nothing_before_a_run() {
        RunProgress.Figures now = ReadmePipeline.progress(PriceTable.none());
        assertThat(now.keptShare()).isEmpty();
        assertThat(now.expected()).hasValue(50_000);
    }

    @Test
    void a_budget_bounds_calls_and_cost() {
        assertThat(ReadmePipeline.budget().toString()).contains("maxCalls=100000", "maxCost=50");
    }

    @Test
    void a_client_for_openai_is_one_line() {
        assertThat(ReadmePipeline.openAi("key").name()).isEqualTo("gpt-4o-mini");
    }

    @Test
    void every_java_statement_of_the_readme_is_compiled_here() throws IOException {
        String source = packed(Files.readString(SOURCE));
        List<String> statements = new ArrayList<>();
        for (String block : Files.readString(README).split("```java\n")) {
            statements.add(block.substring(0, Math.max(0, block.indexOf("```"))));
        }
        statements.remove(0);
        assertThat(statements).hasSizeGreaterThanOrEqualTo(3);
        for (String block : statements) {
            for (String statement : block.split("\n\n")) {
                assertThat(source).contains(packed(statement));
            }
        }
    }

    private static String packed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
