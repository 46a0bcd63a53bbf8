package io.github.mmevol.core.model;

/** Why a model's reply ended. */
public enum FinishReason {
    /** The model was done. */
    STOP,
    /** The token limit cut it off. */
    LENGTH,
    /** A content filter stopped or emptied it. */
    CONTENT_FILTER,
    /** The model declined to answer, and its interface says so. */
    REFUSAL,
    /** Anything else, or not told. */
    OTHER
}
