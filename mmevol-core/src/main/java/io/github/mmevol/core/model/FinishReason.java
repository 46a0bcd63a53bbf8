package io.github.mmevol.core.model;

import java.util.Objects;

/**
 * Why a model's reply ended. Beside the named ones there may be any other that a provider tells.
 *
 * @param name the reason; empty if not told
 */
public record FinishReason(String name) {
    /** The model was done. */
    public static final FinishReason STOP = new FinishReason("stop");
    /** The token limit cut it off. */
    public static final FinishReason LENGTH = new FinishReason("length");
    /** A content filter stopped or emptied it. */
    public static final FinishReason CONTENT_FILTER = new FinishReason("content_filter");
    /** The model declined to answer, and its interface says so. */
    public static final FinishReason REFUSAL = new FinishReason("refusal");
    /** Not told. */
    public static final FinishReason UNKNOWN = new FinishReason("");

    /** Keeps the name. */
    public FinishReason {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name.isEmpty() ? "not told" : name;
    }
}
