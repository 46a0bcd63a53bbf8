package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.text.TextPrint;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Keys that near texts have in common: of 80 ways to mix up a text's runs of words, the least in each, four to a key. Texts
 * with a share s of common runs have a common key with the probability {@code 1 - (1 - s^4)^20}: 0.996 at 0.7, 0.15 at 0.3.
 */
final class MinHash {
    static final int BANDS = 20;

    private static final int ROWS = 4;
    private static final int[] FACTORS = new int[BANDS * ROWS];
    private static final int[] MASKS = new int[BANDS * ROWS];

    static {
        SplittableRandom random = new SplittableRandom(0x6d6d65766f6cL);
        for (int i = 0; i < FACTORS.length; i++) {
            FACTORS[i] = random.nextInt() | 1;
            MASKS[i] = random.nextInt();
        }
    }

    private MinHash() {}

    /** One key for each band. */
    static long[] bands(TextPrint print) {
        int[] least = new int[BANDS * ROWS];
        Arrays.fill(least, Integer.MAX_VALUE);
        mix(print.question(), least);
        mix(print.answer(), least);
        long[] bands = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            long key = band;
            for (int row = 0; row < ROWS; row++) {
                key = Hash64.of(key, least[ROWS * band + row]);
            }
            bands[band] = key;
        }
        return bands;
    }

    private static void mix(int[] runs, int[] least) {
        for (int run : runs) {
            for (int i = 0; i < least.length; i++) {
                least[i] = Math.min(least[i], (run ^ MASKS[i]) * FACTORS[i]);
            }
        }
    }
}
