package io.github.mmevol.core.store;

/** A run store that cannot be opened, read or written; the message says what to do. */
@SuppressWarnings("serial")
public final class RunStoreException extends RuntimeException {
    /** Made from what is wrong and what to do. */
    public RunStoreException(String message) {
        super(message);
    }

    /** Made from what is wrong and what to do, and the cause. */
    public RunStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
