package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;

/** Tells what is odd in one reading of a file: all of it to a listener, the first few of a kind and their number to the log. */
final class Oddities {
    private static final int LOGGED = 5;

    private final Path file;
    private final Consumer<BrokenRecord> listener;
    /** The last odd record that was logged, by this reading of the data set or another one. */
    private final AtomicLong logged;

    private final Logger log;
    private final Map<Oddity.Kind, Integer> counts = new EnumMap<>(Oddity.Kind.class);

    Oddities(Path file, Consumer<BrokenRecord> listener, AtomicLong logged, Logger log) {
        this.file = file;
        this.listener = listener;
        this.logged = logged;
        this.log = log;
    }

    void tell(RawRecord record, String id, List<Oddity> oddities) {
        boolean isNew = logged.getAndAccumulate(record.index(), Math::max) < record.index();
        for (Oddity oddity : oddities) {
            BrokenRecord odd =
                    new BrokenRecord(file, record.index(), record.line(), id, oddity.field(), oddity.reason());
            if (isNew && counts.merge(oddity.kind(), 1, Integer::sum) <= LOGGED) {
                log.warn("Odd record: {}", odd);
            }
            listener.accept(odd);
        }
    }

    /** Says how many there were of the kinds of which not all were logged. */
    void end() {
        counts.forEach((kind, count) -> {
            if (count > LOGGED) {
                log.warn("{}: {}", file, count + " " + kind.many() + " in all, " + LOGGED + " are logged above");
            }
        });
    }
}
