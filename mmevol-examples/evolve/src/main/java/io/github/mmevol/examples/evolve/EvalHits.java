package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what of the evaluation data was hit, to show at the end of a run. */
final class EvalHits implements DataSetWriter {
    private static final String GUARD = "eval-guard";
    private static final int MOST_SHOWN = 5;

    /** By a question or image of an evaluation, how many instructions were near. */
    private final Map<String, Integer> hits = new TreeMap<>();

    @Override
    public Appender open() {
        hits.clear(); // a run in passes writes its output in each of them
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                for (Outcome outcome : sample.outcomes()) {
                    if (outcome instanceof Outcome.Eliminated lost && lost.by().equals(GUARD)) {
                        hits.merge(lost.evidence(), 1, Integer::sum);
                    }
                }
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    void print(PrintWriter out) {
        if (hits.isEmpty()) {
            return;
        }
        out.printf(
                Locale.ROOT,
                "Evaluation data: %d instructions were near to %d questions or images and are eliminated (eliminated.jsonl"
                        + " has all, by %s):%n",
                hits.values().stream().mapToInt(Integer::intValue).sum(),
                hits.size(),
                GUARD);
        hits.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_SHOWN)
                .forEach(hit -> out.printf(Locale.ROOT, "  %6d  %s%n", hit.getValue(), hit.getKey()));
        out.println();
    }
}
