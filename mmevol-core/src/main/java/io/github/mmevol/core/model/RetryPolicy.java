package io.github.mmevol.core.model;

/** PLACEHOLDER, the client author writes this. */
public final class RetryPolicy {
    private RetryPolicy() {}
}
