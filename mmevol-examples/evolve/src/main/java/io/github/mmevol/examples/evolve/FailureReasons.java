package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts by what instructions failed, with an example of each, to show at the end of a run. */
final class FailureReasons implements DataSetWriter {
    private static final int LONGEST = 200;
    /** So many causes of one kind are told apart. */
    private static final int CAUSES = 5;
    /** What names the one that failed: texts in quotes, files. */
    private static final Pattern NAMES = Pattern.compile("'[^']*'|\\S*[./\\\\]\\S*");

    /**
     * What instructions failed by.
     *
     * @param cause what images have in common that cannot be used; empty for other kinds
     */
    private record Kind(String by, String cause) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int order = by.compareTo(other.by);
            return order == 0 ? cause.compareTo(other.cause) : order;
        }
    }

    private final Map<Kind, Integer> counts = new TreeMap<>();
    private final Map<Kind, String> examples = new TreeMap<>();

    @Override
    public Appender open() {
        counts.clear(); // a run in passes writes its output in each of them
        examples.clear();
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                for (Outcome outcome : sample.outcomes()) {
                    if (outcome instanceof Outcome.Failed failed) {
                        Kind kind = kind(failed);
                        counts.merge(kind, 1, Integer::sum);
                        examples.putIfAbsent(kind, failed.why());
                    }
                }
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    private Kind kind(Outcome.Failed failed) {
        if (!failed.by().equals(Outcome.Failed.IMAGE)) {
            return new Kind(failed.by(), "");
        }
        Kind kind = new Kind(failed.by(), NAMES.matcher(failed.why()).replaceAll(""));
        return counts.containsKey(kind)
                        || counts.keySet().stream()
                                        .filter(FailureReasons::isImage)
                                        .count()
                                < CAUSES
                ? kind
                : new Kind(failed.by(), "");
    }

    private static boolean isImage(Kind kind) {
        return kind.by().equals(Outcome.Failed.IMAGE);
    }

    /** Whether all that failed did so for its image, which another run attempts again. */
    boolean isOnlyOfImages() {
        return !counts.isEmpty() && counts.keySet().stream().allMatch(FailureReasons::isImage);
    }

    /** @param again whether the same command attempts anything */
    void print(PrintWriter out, boolean again) {
        if (counts.isEmpty()) {
            return;
        }
        out.println("Failed (eliminated.jsonl has all), with an example of each kind:");
        counts.forEach((kind, count) -> out.printf(Locale.ROOT, "  %6d  %s: %s%n", count, kind.by(), excerpt(kind)));
        if (again && counts.keySet().stream().anyMatch(FailureReasons::isImage)) {
            out.println("What failed for its image is attempted again when the same command runs again.");
        }
        out.println();
    }

    private String excerpt(Kind kind) {
        String line = examples.getOrDefault(kind, "").replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
