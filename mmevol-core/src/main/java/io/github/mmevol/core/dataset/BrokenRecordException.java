package io.github.mmevol.core.dataset;

import java.util.Objects;

/** Thrown by a data set's stream at a broken record, where the reader was told to stop there. */
public final class BrokenRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient BrokenRecord broken;

    /** Makes the exception for a record. */
    public BrokenRecordException(BrokenRecord broken) {
        super(broken.toString());
        this.broken = Objects.requireNonNull(broken, "broken");
    }

    /** The record that could not be read. */
    public BrokenRecord broken() {
        return broken;
    }
}
