package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Keeps so many instructions of each cell, the first ones. Holds a cell in 20 to 40 bytes, however long its name. */
final class Caps implements BiFunction<Sample, Outcome.Kept, Verdict> {
    private final int most;
    private final Function<Outcome.Kept, List<String>> cells;
    private final LongInts counts = new LongInts();

    private Caps(int most, Function<Outcome.Kept, List<String>> cells) {
        this.most = most;
        this.cells = cells;
    }

    static Selection of(String name, int most, Function<Outcome.Kept, List<String>> cells) {
        Objects.requireNonNull(cells, "cells");
        if (most < 1) {
            throw new IllegalArgumentException(name + " keeps at least 1 of each: " + most);
        }
        return Selection.each(name, () -> new Caps(most, cells));
    }

    @Override
    public Verdict apply(Sample sample, Outcome.Kept kept) {
        List<String> own = cells.apply(kept);
        for (String cell : own) {
            if (counts.get(Hash64.of(cell), 0) >= most) {
                return Verdict.reject("there are " + most + " of this kind already", cell);
            }
        }
        for (String cell : own) {
            long key = Hash64.of(cell);
            counts.put(key, counts.get(key, 0) + 1);
        }
        return Verdict.pass();
    }
}
