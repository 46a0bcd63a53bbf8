package io.github.mmevol.core.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Spliterators.AbstractSpliterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** One reading of a data file: a sequential stream that closes the file at its end, counts, and reports what is broken. */
final class RecordStream<T> extends AbstractSpliterator<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DataSets.class);
    private static final int LOGGED = 20;

    /** Makes a value of a record. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(RawRecord.Whole record, Tally tally) throws BadFieldException;
    }

    private final Path file;
    private final RecordSource source;
    private final Parser<T> parser;
    private final Consumer<BrokenRecord> onBroken;
    private final Consumer<ReadReport> onEnd;
    /** The last broken record that was logged, by this reading of the data set or another one. */
    private final AtomicLong logged;

    private final Oddities oddities;
    private final Tally tally = new Tally();
    private boolean closed;

    private RecordStream(
            Path file,
            RecordSource source,
            Parser<T> parser,
            Consumer<BrokenRecord> onBroken,
            Oddities oddities,
            Consumer<ReadReport> onEnd,
            AtomicLong logged) {
        super(Long.MAX_VALUE, ORDERED | NONNULL);
        this.file = file;
        this.source = source;
        this.parser = parser;
        this.onBroken = onBroken;
        this.oddities = oddities;
        this.onEnd = onEnd;
        this.logged = logged;
    }

    /** A data set that opens the file for each stream, and logs a broken or odd record once. */
    static <T> DataSet<T> of(
            Path file,
            Parser<T> parser,
            Consumer<BrokenRecord> onBroken,
            Consumer<BrokenRecord> onOdd,
            Consumer<ReadReport> onEnd) {
        AtomicLong logged = new AtomicLong(-1);
        AtomicLong oddLogged = new AtomicLong(-1);
        return () -> {
            try {
                Oddities oddities = new Oddities(file, onOdd, oddLogged, LOG);
                RecordStream<T> records =
                        new RecordStream<>(file, RecordSource.open(file), parser, onBroken, oddities, onEnd, logged);
                return StreamSupport.stream(records, false).onClose(records::close);
            } catch (IOException e) {
                throw failure(file, e);
            }
        };
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        while (!closed) {
            RawRecord raw = read();
            if (raw == null) {
                close();
                return false;
            }
            T value = parse(raw);
            if (value != null) {
                action.accept(value);
                return true;
            }
        }
        return false;
    }

    private @Nullable RawRecord read() {
        try {
            return source.next();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private @Nullable T parse(RawRecord raw) {
        tally.oddities.clear();
        if (raw instanceof RawRecord.Whole whole) {
            try {
                T value = parser.parse(whole, tally);
                tally.samples++;
                if (!tally.oddities.isEmpty()) {
                    oddities.tell(raw, RecordParser.id(whole.node()), tally.oddities);
                }
                return value;
            } catch (BadFieldException e) {
                broken(new BrokenRecord(
                        file, raw.index(), raw.line(), RecordParser.id(whole.node()), e.field(), e.reason()));
            } catch (JacksonException e) { // a value that cannot be what is asked of it
                broken(new BrokenRecord(
                        file,
                        raw.index(),
                        raw.line(),
                        RecordParser.id(whole.node()),
                        "",
                        "cannot be read: " + e.getOriginalMessage()));
            }
        } else if (raw instanceof RawRecord.Torn torn) {
            broken(new BrokenRecord(file, raw.index(), raw.line(), "", "", torn.reason()));
        }
        return null;
    }

    private void broken(BrokenRecord record) {
        tally.broken++;
        boolean isNew = logged.getAndAccumulate(record.index(), Math::max) < record.index();
        if (isNew && tally.broken <= LOGGED) {
            LOG.warn("Broken record: {}", record);
        } else if (isNew && tally.broken == LOGGED + 1) {
            LOG.warn("More broken records in {}; they are counted and no longer logged one by one", file);
        }
        onBroken.accept(record);
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        ReadReport report = tally.report(file);
        LOG.debug("Read to the end: {}", report);
        oddities.end();
        try {
            source.close();
        } catch (IOException e) {
            throw failure(file, e);
        } finally {
            onEnd.accept(report);
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        String what = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
        return new UncheckedIOException("cannot read the data file " + file + ": " + what, e);
    }
}
