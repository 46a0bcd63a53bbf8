package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts of what a file's form could not carry. */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(DataSets.class);

    private final Map<String, Long> counts = new LinkedHashMap<>();

    void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Tells each kind of loss once. */
    void warn(Path file) {
        counts.forEach((what, count) -> LOG.warn("{}: {} {}", file.getFileName(), count, what));
    }
}
