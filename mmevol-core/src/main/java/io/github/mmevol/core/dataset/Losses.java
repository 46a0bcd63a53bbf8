package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final String IN_NO_FILE = "records name an image that is in memory and in no file;"
            + " writer.withImagesIn(folder) writes such images";

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, AtomicLong> unplaced = new LinkedHashMap<>();

    private long written;
    private long unreadable;
    private String firstUnreadable = "";

    /** One more thing that had to be left out. */
    void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** A record was written. */
    void written() {
        written++;
    }

    /** So many records name a sample's image. */
    void named(Sample sample, int records) {
        if (records > 0 && sample.imageSource().isInMemory()) {
            counts.merge(IN_NO_FILE, (long) records, Long::sum);
        }
    }

    /** A record had to be left out, as its image cannot be read. */
    void unreadable(IOException reason) {
        unreadable++;
        if (unreadable == 1) {
            firstUnreadable = String.valueOf(reason.getMessage());
        }
    }

    /**
     * Holds on before an output of records with images is put in place of an earlier one.
     *
     * @throws UncheckedIOException if it is empty because no image can be read
     */
    void requireReadable(Path file) {
        if (written == 0 && unreadable > 0) {
            throw new UncheckedIOException(
                    "nothing is written to " + file + ", and what was there stays: not one of the images can be read"
                            + " whose bytes it is to hold; tell where the images are (of a stored run,"
                            + " store.imagesIn(folder) does, or store.imagesFrom(name -> source)). The first of them: "
                            + firstUnreadable,
                    new IOException(firstUnreadable));
        }
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
        if (unreadable > 0) {
            told.add(unreadable + " records left out whose image cannot be read, the first of them: " + firstUnreadable
                    + "; tell where the images are");
        }
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
