package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.sample.Sample;
import java.util.Collection;
import java.util.Iterator;
import java.util.stream.Stream;

/** Holds on before a run that could only replace earlier results by nothing. */
final class UsableSeeds {
    private UsableSeeds() {}

    /**
     * Reads up to the first sample that something can be made of.
     *
     * @param preparing whether that is one with an image; else it is one with an instruction
     * @param read what was read so far, as the reader tells it
     * @throws IllegalArgumentException if there is none
     */
    static void require(DataSet<Sample> seeds, boolean preparing, Collection<ReadReport> read) {
        long samples = 0;
        try (Stream<Sample> all = seeds.stream()) {
            for (Iterator<Sample> each = all.iterator(); each.hasNext(); samples++) {
                Sample sample = each.next();
                if (preparing
                        ? !sample.image().isEmpty()
                        : !sample.instructions().isEmpty()) {
                    return;
                }
            }
        }
        long broken = read.stream().mapToLong(ReadReport::broken).sum();
        throw new IllegalArgumentException("the seeds hold nothing to go on with, so nothing was written: "
                + (samples > 0
                        ? preparing
                                ? "none of their " + samples + " samples has an image."
                                : "none of their " + samples
                                        + " samples has an instruction; --prepare makes some of the images."
                        : broken > 0 ? broken + " records, none of which can be read." : "there are no records."));
    }
}
