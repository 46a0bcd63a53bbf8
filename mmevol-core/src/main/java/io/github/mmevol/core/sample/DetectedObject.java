package io.github.mmevol.core.sample;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One annotated object of an image.
 *
 * @param label what it is, never blank
 * @param box where it is
 * @param confidence the detector's confidence, 0..1, where the file gives one
 */
public record DetectedObject(String label, BoundingBox box, OptionalDouble confidence) {

    /** @throws IllegalArgumentException if the label is blank or the confidence is not in 0..1 */
    public DetectedObject {
        Objects.requireNonNull(box, "box");
        Objects.requireNonNull(confidence, "confidence");
        if (label.isBlank()) {
            throw new IllegalArgumentException("a detected object needs a label");
        }
        if (confidence.isPresent() && !(confidence.getAsDouble() >= 0 && confidence.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("confidence must lie in 0..1: " + confidence.getAsDouble());
        }
    }

    /** An object without a confidence. */
    public static DetectedObject of(String label, BoundingBox box) {
        return new DetectedObject(label, box, OptionalDouble.empty());
    }
}
