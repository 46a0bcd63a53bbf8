package io.github.mmevol.examples.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path file = Files.writeString(folder.resolve("evolved.json"), """
                [{"id": "harbour", "image": "harbour.jpg",
                  "conversations_v0": [
                    {"from": "human", "value": "<image>\\nWhat is this?"}, {"from": "gpt", "value": "A harbour."},
                    {"from": "human", "value": "Who is there?"}, {"from": "gpt", "value": "Nobody."},
                    {"from": "human", "value": "When is it?"}, {"from": "gpt", "value": "At noon."}],
                  "conversations_v1": [
                    {"from": "human", "value": "Which boat lies closest to the lighthouse?"},
                    {"from": "gpt", "value": "The red boat lies closest to the lighthouse."},
                    {"from": "human", "value": "Which of the boats lies closest to the lighthouse?"},
                    {"from": "gpt", "value": "Closest to the lighthouse lies the red boat."},
                    {"from": "human", "value": "How many gulls sit on the roof of the shed?"},
                    {"from": "gpt", "value": "Three gulls sit on it."}]}]
                """);
        Path kept = folder.resolve("kept.json");
        Path dropped = folder.resolve("dropped.jsonl");
        DataSetWriter writer = DataSets.writeMmevolJson(kept).and(DataSets.writeEliminatedJsonl(dropped));

        int[] counts = MeaningSelection.select(DataSets.reader().images(folder), file, writer);

        assertThat(counts).containsExactly(3, 2);
        assertThat(Files.readString(kept)).contains("How many gulls").doesNotContain("Which of the boats");
        assertThat(Files.readString(dropped)).contains("\"by\":\"semantic-duplicate\"", "Which of the boats");
    }
}
