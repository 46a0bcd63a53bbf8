package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import java.nio.file.Path;
import java.util.Objects;

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
        Objects.requireNonNull(other, "other");
        return () -> PairAppender.open(this, other);
    }

    /**
     * This writer, to whom the images that are {@linkplain io.github.mmevol.core.sample.ImageSource#isInMemory() in memory}
     * are files: each is written once into a folder, under its name and never outside the folder, and the samples come to
     * this writer with their images there. So do those of seeds with data URLs.
     *
     * <pre>{@code
     * DataSetWriter files = DataSets.writeLlavaJson(out.resolve("llava.json")).withImagesIn(out.resolve("images"));
     * }</pre>
     *
     * <p>An image is put in place as soon as its sample is appended, over an older file of that name, and stays there
     * without {@link Appender#commit()} too. One whose name leads out of the folder, or is another one's already, is not
     * written, which is told in a warning.
     */
    default DataSetWriter withImagesIn(Path folder) {
        return new WrittenImages(this, Objects.requireNonNull(folder, "folder"));
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
