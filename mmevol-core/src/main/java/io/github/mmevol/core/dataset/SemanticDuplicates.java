package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Finds what means the same as something that was kept before about the same image, by comparing all of one image. */
final class SemanticDuplicates implements BiFunction<Sample, Outcome.Kept, Verdict> {

    /** An instruction that was kept, with its vector brought to length 1. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Meaning(String id, long part, float[] vector) {}

    private final TextEmbedder embedder;
    private final double threshold;
    private final Pictures pictures = new Pictures();
    private final Map<Integer, List<Meaning>> byPicture = new HashMap<>();

    SemanticDuplicates(TextEmbedder embedder, double threshold) {
        this.embedder = embedder;
        this.threshold = threshold;
    }

    @Override
    public Verdict apply(Sample sample, Outcome.Kept kept) {
        int number = pictures.number(sample);
        pictures.look(number);
        List<Meaning> before = byPicture.computeIfAbsent(pictures.original(number), picture -> new ArrayList<>());
        Meaning meaning = new Meaning(
                kept.origin().id(),
                NearDuplicates.part(kept.instruction()),
                unit(embedder.embed(kept.instruction().question() + "\n"
                        + kept.instruction().answer())));
        for (Meaning other : before) {
            if (other.part() == meaning.part()) {
                double cosine = cosine(meaning.vector(), other.vector());
                if (cosine >= threshold) {
                    return Verdict.reject(
                            String.format(
                                    Locale.ROOT,
                                    "it means what was kept before about this image (cosine %.3f)",
                                    cosine),
                            other.id());
                }
            }
        }
        before.add(meaning);
        return Verdict.pass();
    }

    private static float[] unit(float[] vector) {
        double length = Math.sqrt(cosine(vector, vector));
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length && length > 0; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /** The cosine of two vectors of length 1. */
    private static double cosine(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new IllegalStateException(
                    "the embedder gives vectors of " + one.length + " and of " + other.length + " numbers");
        }
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += (double) one[i] * other[i];
        }
        return product;
    }
}
