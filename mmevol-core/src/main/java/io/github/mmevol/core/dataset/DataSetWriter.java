package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;

/**
 * Writes evolved samples somewhere. A writer can be used again and again; each {@link #open()} starts a new output.
 *
 * <p>Those of {@link DataSets} write UTF-8 with line feeds and keys in a fixed order, the same bytes for the same
 * samples. They write to a file named {@code <target>.part} beside the target, missing folders are made, and
 * {@link Appender#commit()} moves it into place in one step.
 */
@FunctionalInterface
public interface DataSetWriter {

    /**
     * Starts a new output.
     *
     * @throws java.io.UncheckedIOException if it cannot be made
     */
    Appender open();

    /** A writer of both outputs. Nothing is committed before both have taken all that was appended. */
    default DataSetWriter and(DataSetWriter other) {
        return () -> PairAppender.open(this, other);
    }

    /**
     * Takes samples in the order of the output; not thread-safe. Failures to write are
     * {@link java.io.UncheckedIOException}s that name the file; after one, {@link #commit()} is refused.
     */
    interface Appender extends AutoCloseable {

        /** Adds a sample. */
        void append(EvolvedSample sample);

        /** Writes out what was appended, as {@link #commit()} does first. The default does nothing. */
        default void flush() {}

        /** Makes the output take the place of an older one. Nothing can be appended afterwards. */
        void commit();

        /** Ends the output; without {@link #commit()} it is removed, and an older one stays as it was. */
        @Override
        void close();
    }
}

/** Two appenders in step. */
record PairAppender(DataSetWriter.Appender first, DataSetWriter.Appender second) implements DataSetWriter.Appender {

    static PairAppender open(DataSetWriter first, DataSetWriter second) {
        DataSetWriter.Appender opened = first.open();
        try {
            return new PairAppender(opened, second.open());
        } catch (RuntimeException e) {
            try {
                opened.close();
            } catch (RuntimeException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    @Override
    public void append(EvolvedSample sample) {
        first.append(sample);
        second.append(sample);
    }

    @Override
    public void flush() {
        first.flush();
        second.flush();
    }

    @Override
    public void commit() {
        flush();
        first.commit();
        second.commit();
    }

    @Override
    public void close() {
        try (first;
                second) {
            // closes both, the second one first, whatever either throws
        }
    }
}
