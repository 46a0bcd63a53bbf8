package io.github.mmevol.core.dataset;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A lazy, re-openable source of samples. A lambda makes one of another:
 *
 * <pre>{@code
 * DataSet<Sample> firstTen = () -> all.stream().limit(10);
 * }</pre>
 *
 * @param <T> what it holds: {@link io.github.mmevol.core.sample.Sample} or
 *     {@link io.github.mmevol.core.elimination.EvolvedSample}
 */
@FunctionalInterface
public interface DataSet<T> {

    /**
     * Opens the source anew and gives its items in order. The stream is sequential and lazy; the caller closes it, which
     * closes the file. Reading fails with {@link java.io.UncheckedIOException}, whose message names the file.
     */
    Stream<T> stream();

    /** The items of a list, which is copied. */
    static <T> DataSet<T> of(List<T> items) {
        Objects.requireNonNull(items, "items");
        return List.copyOf(items)::stream;
    }
}
