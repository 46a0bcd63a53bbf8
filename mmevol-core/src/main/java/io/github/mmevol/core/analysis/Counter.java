package io.github.mmevol.core.analysis;

import java.util.HashMap;
import java.util.Map;

/** Counts names, a bounded number of them by themselves. */
final class Counter {
    static final int MOST_NAMES = 20_000;
    private static final int LONGEST_NAME = 100;

    private final Map<String, Long> counts = new HashMap<>();
    private long others;

    void add(String name) {
        String shortened = Cut.to(name, LONGEST_NAME);
        if (counts.size() < MOST_NAMES || counts.containsKey(shortened)) {
            counts.merge(shortened, 1L, Long::sum);
        } else {
            others++;
        }
    }

    Counts counts() {
        return new Counts(counts, others);
    }
}
