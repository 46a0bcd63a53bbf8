package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Image sources that an application brings, with a run store, and what is said of them. */
class OwnImageSourcesTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1};
    private static final String WARNING = "the run store keeps the name of the image";

    @TempDir
    private Path folder;

    private DataSet<Sample> seeds(ImageSource source) {
        return DataSet.of(IntStream.range(0, 3)
                .mapToObj(i -> Sample.builder("s" + i)
                        .image(i + ".png", source)
                        .instructions(List.of(Instruction.of("What is it?", "A cup.")))
                        .build())
                .toList());
    }

    private static EvolutionPipeline pipeline(RunStore store) {
        Evolver evolver = Evolver.each(
                new Direction("cognitive", "more steps"),
                (sample, live) -> Optional.of(Instruction.of("How many cups are there?", "One.")));
        return EvolutionPipeline.builder()
                .evolvers(evolver)
                .rounds(1)
                .store(store)
                .build();
    }

    private DataSetWriter archives() {
        return DataSets.writeWebDataset(folder.resolve("archives"), TrainingForm.ofDefaults());
    }

    private static List<String> told(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return told.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void are_warned_of_once_in_a_session_whose_store_cannot_keep_them() {
        DataSet<Sample> seeds = seeds(() -> new ByteArrayInputStream(PNG));
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        assertThat(told(() -> pipeline(store).run(seeds, DataSets.writeJsonl(folder.resolve("a.jsonl")))))
                .filteredOn(line -> line.contains(WARNING))
                .singleElement()
                .asString()
                .contains("store.imagesFrom(name -> source)");
    }

    @Test
    void come_through_a_store_that_is_told_of_them() {
        ImageSource own = () -> new ByteArrayInputStream(PNG);
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"))
                .imagesFrom(name -> own)
                .imagesIn(folder);
        assertThat(told(() -> pipeline(store).run(seeds(own), archives()))).noneMatch(line -> line.contains(WARNING));
        assertThat(told(() -> pipeline(store).replay(archives()))).noneMatch(line -> line.contains("left out"));
        try (var samples = DataSets.read(folder.resolve("archives")).stream()) {
            assertThat(samples).extracting(Sample::image).containsExactly("0.png", "1.png", "2.png");
        }
    }

    @Test
    void in_memory_are_warned_of_where_a_file_names_them_and_nothing_writes_them() {
        DataSet<Sample> seeds = seeds(ImageSource.bytes(PNG));
        DataSetWriter files = DataSets.writeLlavaJson(folder.resolve("llava.json"))
                .and(DataSets.writeMmevolJson(folder.resolve("evolved.json")))
                .and(DataSets.writeJsonl(folder.resolve("evolved.jsonl")));
        assertThat(told(() -> pipeline(RunStore.none()).run(seeds, files)))
                .filteredOn(line -> line.contains("withImagesIn"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains("3 records name an image that is in memory"));
        assertThat(told(() -> pipeline(RunStore.none()).run(seeds, files.withImagesIn(folder.resolve("images")))))
                .noneMatch(line -> line.contains("withImagesIn"));
        assertThat(folder.resolve("images/2.png")).hasBinaryContent(PNG);
    }
}
