package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts of what a file's form could not carry. */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(DataSets.class);

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, AtomicLong> unplaced = new LinkedHashMap<>();

    /** One more thing that had to be left out. */
    void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** So many more facts about what was written, for which the form has no place. */
    void unplaced(int many, String what) {
        if (many > 0) {
            unplaced.computeIfAbsent(what, first -> new AtomicLong()).addAndGet(many);
        }
    }

    /** Each kind of loss once. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        counts.forEach((what, count) -> told.add(count + " " + what));
        if (!unplaced.isEmpty()) {
            told.add(unplaced.entrySet().stream()
                    .map(fact -> fact.getValue() + " " + fact.getKey())
                    .collect(Collectors.joining(", ", "its form has no place for ", "")));
        }
        return told;
    }

    void warn(Path file) {
        told().forEach(what -> LOG.warn("{}: {}", file.getFileName(), what));
    }
}
