package io.github.mmevol.examples.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeaningSelectionTest {
    @TempDir
    private Path folder;

    private final MiniLm model = new MiniLm();

    private double cosine(String one, String other) {
        float[] a = model.embed(one);
        float[] b = model.embed(other);
        double product = 0;
        double lengthA = 0;
        double lengthB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            lengthA += (double) a[i] * a[i];
            lengthB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(lengthA * lengthB);
    }

    @Test
    void what_means_the_same_is_nearer_than_what_does_not() {
        assertThat(model.embed("How many boats lie in the harbour?")).hasSize(384);
        assertThat(cosine("How many boats lie in the harbour?", "What is the number of ships in the port?"))
                .isGreaterThan(0.6)
                .isGreaterThan(cosine("How many boats lie in the harbour?", "Which colour is the cat's nose?") + 0.3);
    }

    @Test
    void of_a_file_what_says_the_same_in_other_words_is_dropped() throws IOException {
        Path file = folder.resolve("evolved.json");
        write(
                file,
                Instruction.of(
                        "Which boat lies closest to the lighthouse?", "The red boat lies closest to the lighthouse."),
                Instruction.of(
                        "Which of the boats lies closest to the lighthouse?",
                        "Closest to the lighthouse lies the red boat."),
                Instruction.of("How many gulls sit on the roof of the shed?", "Three gulls sit on it."));
        Path kept = folder.resolve("kept.json");
        Path dropped = folder.resolve("dropped.jsonl");
        DataSetWriter writer = DataSets.writeMmevolJson(kept).and(DataSets.writeEliminatedJsonl(dropped));

        int[] counts = MeaningSelection.select(DataSets.reader().images(folder), file, writer);

        assertThat(counts).containsExactly(3, 2);
        assertThat(Files.readString(kept)).contains("How many gulls").doesNotContain("Which of the boats");
        assertThat(Files.readString(dropped)).contains("\"by\":\"semantic-duplicate\"", "Which of the boats");
    }

    private static void write(Path file, Instruction... evolved) {
        Sample sample = Sample.builder("harbour")
                .image("harbour.jpg", ImageSource.none())
                .instructions(List.of(Instruction.of("What is this?", "A harbour.")))
                .build();
        SampleKey key = SampleKey.of(sample);
        List<Outcome> outcomes = new ArrayList<>();
        for (Instruction instruction : evolved) {
            int round = outcomes.size() + 1;
            Outcome.Origin origin = new Outcome.Origin(
                    key.instruction(round, 1), key.instruction(round - 1, 1), round, "cognitive", "", "");
            outcomes.add(new Outcome.Kept(origin, instruction, OptionalInt.of(6), "better"));
        }
        try (DataSetWriter.Appender out = DataSets.writeMmevolJson(file).open()) {
            out.append(new EvolvedSample(key, sample, outcomes));
            out.commit();
        }
    }
}
