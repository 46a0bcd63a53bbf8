package io.github.mmevol.core.sample;

import java.util.Locale;

/**
 * An axis-aligned box in an image: top-left and bottom-right corner, each coordinate a share of the image's width or
 * height, from 0 to 1, with {@code x1 < x2} and {@code y1 < y2}.
 *
 * @param x1 left edge, 0..1
 * @param y1 top edge, 0..1
 * @param x2 right edge, 0..1
 * @param y2 bottom edge, 0..1
 */
public record BoundingBox(double x1, double y1, double x2, double y2) {

    /** How far outside 0..1 a coordinate may lie for {@link #clamped} to move it to the edge: 0.02. */
    public static final double CLAMP_TOLERANCE = 0.02;

    /** @throws IllegalArgumentException if a coordinate is not in 0..1 or the box has no area */
    public BoundingBox {
        if (!(inUnit(x1) && inUnit(y1) && inUnit(x2) && inUnit(y2))) {
            throw new IllegalArgumentException("box coordinates must lie in 0..1: " + text(x1, y1, x2, y2));
        }
        if (!(x1 < x2 && y1 < y2)) {
            throw new IllegalArgumentException("box must have x1 < x2 and y1 < y2: " + text(x1, y1, x2, y2));
        }
    }

    /**
     * Makes a box from coordinates that may lie a hair outside the image, as real annotation files hold them: up to
     * {@link #CLAMP_TOLERANCE} beyond an edge is moved to the edge.
     *
     * @throws IllegalArgumentException if a coordinate lies further outside or the box has no area
     */
    public static BoundingBox clamped(double x1, double y1, double x2, double y2) {
        return new BoundingBox(clamp(x1), clamp(y1), clamp(x2), clamp(y2));
    }

    /** Width as a share of the image's width. */
    public double width() {
        return x2 - x1;
    }

    /** Height as a share of the image's height. */
    public double height() {
        return y2 - y1;
    }

    /** Area as a share of the image's area. */
    public double area() {
        return width() * height();
    }

    /** Intersection over union with another box, 0 (disjoint) to 1 (equal). */
    public double iou(BoundingBox other) {
        double w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        double h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        double intersection = w * h;
        return intersection / (area() + other.area() - intersection);
    }

    /** The form used in prompts and in evolved text: {@code [0.287, 0.045, 0.683, 0.715]}, three decimals. */
    @Override
    public String toString() {
        return text(x1, y1, x2, y2);
    }

    private static String text(double x1, double y1, double x2, double y2) {
        StringBuilder text = new StringBuilder(28).append('[');
        append(text, x1);
        append(text.append(", "), y1);
        append(text.append(", "), x2);
        append(text.append(", "), y2);
        return text.append(']').toString();
    }

    /** Three decimals, half up as the shortest decimal form of the number has it. */
    private static void append(StringBuilder text, double value) {
        double thousandths = value * 1000;
        long rounded = Math.round(thousandths);
        boolean close = Math.abs(Math.abs(thousandths - rounded) - 0.5) < 1e-6;
        if (!inUnit(value) || close) {
            text.append(String.format(Locale.ROOT, "%.3f", value));
        } else if (rounded == 1000) {
            text.append("1.000");
        } else {
            text.append("0.")
                    .append((char) ('0' + rounded / 100))
                    .append((char) ('0' + rounded / 10 % 10))
                    .append((char) ('0' + rounded % 10));
        }
    }

    private static boolean inUnit(double v) {
        return v >= 0 && v <= 1;
    }

    private static double clamp(double v) {
        if (v < 0 && v >= -CLAMP_TOLERANCE) {
            return 0;
        }
        return v > 1 && v <= 1 + CLAMP_TOLERANCE ? 1 : v;
    }
}
