package io.github.mmevol.core.dataset;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What one reading of a data file met.
 *
 * @param file the data file
 * @param records all records met, {@code samples + broken}; what stands behind a syntax error in a JSON array cannot be
 *     counted and is one broken record
 * @param samples the records that could be read
 * @param broken the records that could not
 * @param clamped detected objects whose box or confidence lay a hair outside 0..1 and was moved to the edge
 * @param droppedTurns turns, or instructions, left out because they had no question or no answer
 * @param withoutImage samples that name no image
 * @param captions samples whose only question asked for a description, so that its answer became the caption
 */
public record ReadReport(
        Path file,
        long records,
        long samples,
        long broken,
        long clamped,
        long droppedTurns,
        long withoutImage,
        long captions) {
    /** Keeps the values. */
    public ReadReport {
        Objects.requireNonNull(file, "file");
    }
}
