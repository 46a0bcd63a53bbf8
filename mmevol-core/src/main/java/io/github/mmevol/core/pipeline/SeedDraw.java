package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Some of the seeds, drawn so that each is as likely as any other.
 *
 * @param seeds those that were drawn, in input order
 * @param of how many seeds there are
 */
record SeedDraw(List<Seed> seeds, long of) {

    /** One of the seeds, with the key and the place that it has in a run. */
    record Seed(Sample sample, SampleKey key, long position) {}

    /** Draws at most so many, in one pass: the n-th seed takes the place of an earlier one with a chance of most to n. */
    static SeedDraw draw(DataSet<Sample> seeds, int most, long randomSeed) {
        Random random = new Random(Round.derivedSeed(randomSeed, new SampleKey(""), 0, "draw"));
        KeyCounter keys = new KeyCounter();
        List<Seed> drawn = new ArrayList<>();
        long seen = 0;
        try (Stream<Sample> stream = seeds.stream()) {
            for (Iterator<Sample> samples = stream.iterator(); samples.hasNext(); seen++) {
                Sample sample = samples.next();
                Seed seed = new Seed(sample, keys.next(SampleKey.of(sample)), seen);
                if (seen < most) {
                    drawn.add(seed);
                } else {
                    long place = (long) (random.nextDouble() * (seen + 1));
                    if (place < most) {
                        drawn.set((int) place, seed);
                    }
                }
            }
        }
        drawn.sort(Comparator.comparingLong(Seed::position));
        return new SeedDraw(drawn, seen);
    }
}
