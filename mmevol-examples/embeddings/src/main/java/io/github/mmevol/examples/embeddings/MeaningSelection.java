package io.github.mmevol.examples.embeddings;

import io.github.mmevol.core.dataset.DataSetReader;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Drops from a file of evolved samples what means the same as another instruction about the same image. In a pipeline the
 * same is {@code builder.selections(Selection.semanticDuplicates(new MiniLm(), MeaningSelection.THRESHOLD))}.
 */
public final class MeaningSelection {
    /**
     * From which cosine of {@link MiniLm} on two instructions about one image mean the same. Of the pairs that were looked at,
     * repetitions in other words lie at 0.83 to 0.97, one template about two things at 0.55 to 0.93, other questions below
     * 0.75; the bound is set so that no good instruction is lost rather than that every repetition is found.
     */
    public static final double THRESHOLD = 0.95;

    private MeaningSelection() {}

    /** Arguments: the folder of the images, the file to read ({@code evolved.json}), the file to write, what was dropped. */
    public static void main(String[] args) {
        DataSetReader reader = DataSets.reader().images(Path.of(args[0]));
        DataSetWriter writer =
                DataSets.writeMmevolJson(Path.of(args[2])).and(DataSets.writeEliminatedJsonl(Path.of(args[3])));
        int[] counts = select(reader, Path.of(args[1]), writer);
        System.out.println(counts[1] + " of " + counts[0] + " instructions are left");
    }

    /** Selects; gives how many instructions there were, and how many are left. */
    static int[] select(DataSetReader reader, Path file, DataSetWriter writer) {
        int[] counts = new int[2];
        Selection.Pass pass =
                Selection.semanticDuplicates(new MiniLm(), THRESHOLD).start();
        try (Stream<EvolvedSample> samples = reader.readEvolved(file).stream();
                DataSetWriter.Appender out = writer.open()) {
            Iterator<EvolvedSample> all = samples.iterator();
            while (all.hasNext()) {
                EvolvedSample sample = all.next();
                EvolvedSample selected = pass.select(sample);
                counts[0] += sample.kept().size();
                counts[1] += selected.kept().size();
                out.append(selected);
            }
            out.commit();
        }
        return counts;
    }
}
