package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.Skeleton;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the skeletons of questions to tell the most frequent ones, a bounded number of them at a time: where these become
 * too many, the rarest are forgotten. What recurs more often than
 * the others around it is found; of what was rare at first some occurrences may be missing.
 */
final class Skeletons {
    static final int TOLD = 50;

    private static final int MOST_HELD = 20_000;
    private static final int LONGEST = 300;

    private final Map<String, Long> counts = new HashMap<>();
    private long total;

    void add(String question) {
        total++;
        counts.merge(Cut.to(Skeleton.of(question).text(), LONGEST), 1L, Long::sum);
        for (long rarest = 1; counts.size() > MOST_HELD; rarest++) {
            long forgotten = rarest;
            counts.values().removeIf(count -> count <= forgotten);
        }
    }

    /** The most frequent ones, and how many questions have another one. */
    Counts most() {
        Map<String, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TOLD)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return new Counts(
                most, total - most.values().stream().mapToLong(Long::longValue).sum());
    }
}
