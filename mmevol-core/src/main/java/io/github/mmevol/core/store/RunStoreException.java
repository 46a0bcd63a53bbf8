package io.github.mmevol.core.store;

/** A run store that cannot be opened, read or written; the message says what to do. */
@SuppressWarnings("serial")
public sealed class RunStoreException extends RuntimeException
        permits RunStoreException.ChangedSettings, RunStoreException.NoRun {
    /** Made from what is wrong and what to do. */
    public RunStoreException(String message) {
        super(message);
    }

    /** Made from what is wrong and what to do, and the cause. */
    public RunStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The stored run was set up differently, in a way that makes other results; the message tells what differs. */
    public static final class ChangedSettings extends RunStoreException {
        /** Made from what differs and what to do. */
        public ChangedSettings(String message) {
            super(message);
        }
    }

    /** Nothing has been stored yet that could be read. */
    public static final class NoRun extends RunStoreException {
        /** Made from where there is none. */
        public NoRun(String message) {
            super(message);
        }
    }
}
