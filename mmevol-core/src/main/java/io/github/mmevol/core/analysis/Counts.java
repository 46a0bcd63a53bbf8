package io.github.mmevol.core.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each name occurs. The names that are met first, up to 20 000 of them, are counted exactly; what else occurs
 * is {@link #others}, so that the memory for it is bounded.
 *
 * @param byName the counts, the most frequent name first, names of one count in alphabetical order
 * @param others occurrences of names that are not counted by themselves; usually 0
 */
public record Counts(Map<String, Long> byName, long others) {
    private static final Comparator<Map.Entry<String, Long>> ORDER =
            Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    /** Copies the map and puts it in order. */
    public Counts {
        List<Map.Entry<String, Long>> entries = new ArrayList<>(byName.entrySet());
        entries.sort(ORDER);
        Map<String, Long> sorted = new LinkedHashMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        byName = Collections.unmodifiableMap(sorted);
    }

    /** How often the name occurs. */
    public long of(String name) {
        return byName.getOrDefault(name, 0L);
    }

    /** All occurrences, those of others included. */
    public long total() {
        return named() + others;
    }

    /** How many names are counted by themselves. */
    public int distinct() {
        return byName.size();
    }

    /** How evenly the named occurrences are spread: Shannon's entropy in bits; 0 if all are of one name. */
    public double entropy() {
        double all = named();
        double entropy = 0;
        for (long count : byName.values()) {
            entropy -= count / all * Math.log(count / all) / Math.log(2);
        }
        return Math.max(0, entropy);
    }

    private long named() {
        return byName.values().stream().mapToLong(Long::longValue).sum();
    }
}
