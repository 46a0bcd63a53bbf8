package io.github.mmevol.core.model;

import io.github.mmevol.core.internal.image.PixelScaler;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.OptionalLong;

/** Says of each of a picture's 63 lowest frequencies, but for its mean brightness, whether it is above their median. */
final class PerceptualHash {
    /** Side of the grey square that is looked at. */
    private static final int SIDE = 32;

    /** So many frequencies are looked at in each direction. */
    private static final int LOWEST = 8;

    /** Of grey levels from 0 to 255. */
    private static final int LEAST_CONTRAST = 2;

    private static final double[][] COSINES = cosines();

    private PerceptualHash() {}

    /**
     * The hash of a picture; empty if that has next to no contrast, so that chance would decide.
     *
     * @param picture at least one pixel, opaque
     */
    static OptionalLong of(BufferedImage picture) {
        double[][] grey = grey(picture);
        double[][] across = new double[SIDE][LOWEST];
        for (int y = 0; y < SIDE; y++) {
            for (int u = 0; u < LOWEST; u++) {
                across[y][u] = dot(grey[y], COSINES[u]);
            }
        }
        double[] frequencies = new double[LOWEST * LOWEST - 1];
        double[] column = new double[SIDE];
        for (int u = 0; u < LOWEST; u++) {
            for (int y = 0; y < SIDE; y++) {
                column[y] = across[y][u];
            }
            for (int v = u == 0 ? 1 : 0; v < LOWEST; v++) {
                frequencies[v * LOWEST + u - 1] = dot(column, COSINES[v]);
            }
        }
        double strongest = Arrays.stream(frequencies).map(Math::abs).max().orElseThrow();
        return strongest < LEAST_CONTRAST * SIDE * SIDE / 2
                ? OptionalLong.empty()
                : OptionalLong.of(aboveMedian(frequencies));
    }

    private static long aboveMedian(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        long bits = 0;
        for (double value : values) {
            bits = bits << 1 | (value > median ? 1 : 0);
        }
        return bits;
    }

    /** The brightness of a small picture, brought to the square; one that is smaller is stretched. */
    private static double[][] grey(BufferedImage picture) {
        BufferedImage square =
                PixelScaler.scale(picture, Math.min(SIDE, picture.getWidth()), Math.min(SIDE, picture.getHeight()), 1);
        double[][] grey = new double[SIDE][SIDE];
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int rgb = square.getRGB(x * square.getWidth() / SIDE, y * square.getHeight() / SIDE);
                grey[y][x] = 0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
            }
        }
        return grey;
    }

    private static double dot(double[] values, double[] weights) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
        }
        return sum;
    }

    private static double[][] cosines() {
        double[][] cosines = new double[LOWEST][SIDE];
        for (int frequency = 0; frequency < LOWEST; frequency++) {
            for (int i = 0; i < SIDE; i++) {
                cosines[frequency][i] = StrictMath.cos((2 * i + 1) * frequency * StrictMath.PI / (2 * SIDE));
            }
        }
        return cosines;
    }
}
