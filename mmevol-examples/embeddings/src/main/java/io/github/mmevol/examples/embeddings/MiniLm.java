package io.github.mmevol.examples.embeddings;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.github.mmevol.core.dataset.TextEmbedder;

/**
 * The sentence model all-MiniLM-L6-v2, quantized, which comes with its jar and runs in this process: vectors of 384 numbers,
 * some milliseconds for each text on one core, English above all. Thread-safe.
 */
public final class MiniLm implements TextEmbedder {
    private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();

    /** Loads the model, which takes about a second. */
    public MiniLm() {}

    @Override
    public float[] embed(String text) {
        return model.embed(text).content().vector();
    }
}
