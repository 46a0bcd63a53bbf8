package io.github.mmevol.core.dataset;

/**
 * Turns a text into a vector whose direction stands for its meaning, for example by a sentence model. Implementations are
 * thread-safe, give the same vector for the same text, and vectors of one length for all texts.
 */
@FunctionalInterface
public interface TextEmbedder {

    /** The text's vector, of any length but zero. */
    float[] embed(String text);
}
