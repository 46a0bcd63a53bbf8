package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts by what instructions failed, with an example of each, to show at the end of a run. */
final class FailureReasons implements DataSetWriter {
    private static final int LONGEST = 200;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, String> examples = new TreeMap<>();

    @Override
    public Appender open() {
        counts.clear(); // a run in passes writes its output in each of them
        examples.clear();
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                for (Outcome outcome : sample.outcomes()) {
                    if (outcome instanceof Outcome.Failed failed) {
                        counts.merge(failed.by(), 1, Integer::sum);
                        examples.putIfAbsent(failed.by(), failed.why());
                    }
                }
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    /** Whether all that failed did so for its image, which another run attempts again. */
    boolean isOnlyOfImages() {
        return counts.keySet().equals(Set.of(Outcome.Failed.IMAGE));
    }

    /** @param again whether the same command attempts anything */
    void print(PrintWriter out, boolean again) {
        if (counts.isEmpty()) {
            return;
        }
        out.println("Failed (eliminated.jsonl has all), with an example of each kind:");
        counts.forEach((by, count) -> out.printf(Locale.ROOT, "  %6d  %s: %s%n", count, by, excerpt(by)));
        if (again && counts.containsKey(Outcome.Failed.IMAGE)) {
            out.println("What failed for its image is attempted again when the same command runs again.");
        }
        out.println();
    }

    private String excerpt(String by) {
        String line = examples.getOrDefault(by, "").replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
