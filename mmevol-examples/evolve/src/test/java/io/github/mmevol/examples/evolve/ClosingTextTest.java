package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunStoppedException;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTextTest {
    @Test
    void results_that_could_not_be_written_are_not_said_to_have_been() {
        Highlights highlights = new Highlights();
        DataSetWriter full = () -> new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {}

            @Override
            public void commit() {
                throw new UncheckedIOException(new IOException("no space left"));
            }

            @Override
            public void close() {}
        };
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Evolver.each(new Direction("up", "asks for more"), (sample, live) -> Optional.empty()))
                .build();
        DataSet<Sample> seeds = DataSet.of(List.of(Sample.builder("s")
                .instructions(List.of(Instruction.of("What is it?", "A cup.")))
                .build()));

        RunStoppedException stopped =
                catchThrowableOfType(RunStoppedException.class, () -> pipeline.run(seeds, full.and(highlights)));
        StringWriter console = new StringWriter();
        ClosingText.printEnd(stopped.report(), false, highlights.areWritten(), new PrintWriter(console));
        assertThat(console.toString())
                .startsWith("Stopped early: the output could not be written: ")
                .contains(
                        "no space left. What was finished is kept, the results could not be written; the same command")
                .doesNotContain("has been written");
        console.getBuffer().setLength(0);
        ClosingText.printEnd(stopped.report(), true, false, new PrintWriter(console));
        assertThat(console.toString()).startsWith("Stopped early. What was finished is kept");

        pipeline.run(seeds, highlights);
        assertThat(highlights.areWritten()).isTrue();
    }

    @Test
    void json_that_cannot_be_written_leaves_what_was_there(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("summary.json");
        DataObject.write(file, DataObject.JSON.createObjectNode().put("kept", 1));
        Files.createDirectories(folder.resolve("summary.json.part/in-the-way"));
        assertThat(catchThrowableOfType(
                        IOException.class,
                        () -> DataObject.write(
                                file, DataObject.JSON.createObjectNode().put("kept", 2))))
                .isNotNull();
        assertThat(DataObject.JSON.readTree(Files.readString(file)).path("kept").asInt())
                .isEqualTo(1);
    }
}
