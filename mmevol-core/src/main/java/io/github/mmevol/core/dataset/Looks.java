package io.github.mmevol.core.dataset;

import io.github.mmevol.core.model.ImageFingerprint;
import java.util.Arrays;

/**
 * Looks of pictures, and the way from a look to one that is near: a look is cut into one piece more than it may have wrong
 * bits, so that one piece at least is the same in both.
 */
final class Looks {
    static final int NONE = -1;

    private static final int PIECES = ImageFingerprint.NEAR + 1;
    private static final int PIECE_BITS = (63 + PIECES - 1) / PIECES;

    private long[] looks = new long[1 << 4];
    private int size;

    /** By piece and its bits, the newest look with them, counted from 1; and from each look the one before it. */
    private final int[][] newest = new int[PIECES][1 << PIECE_BITS];

    private int[][] before = new int[PIECES][1 << 4];

    /** The number of the first look that is near; {@link #NONE} if there is none. */
    int near(long look) {
        int first = NONE;
        for (int piece = 0; piece < PIECES; piece++) {
            for (int entry = newest[piece][bits(look, piece)]; entry != 0; entry = before[piece][entry - 1]) {
                if (Long.bitCount(looks[entry - 1] ^ look) <= ImageFingerprint.NEAR
                        && (first == NONE || entry - 1 < first)) {
                    first = entry - 1;
                }
            }
        }
        return first;
    }

    /** Adds a look; its number is how many were added before it. */
    void add(long look) {
        if (size == looks.length) {
            looks = Arrays.copyOf(looks, 2 * size);
            for (int piece = 0; piece < PIECES; piece++) {
                before[piece] = Arrays.copyOf(before[piece], looks.length);
            }
        }
        looks[size] = look;
        for (int piece = 0; piece < PIECES; piece++) {
            int bits = bits(look, piece);
            before[piece][size] = newest[piece][bits];
            newest[piece][bits] = size + 1;
        }
        size++;
    }

    private static int bits(long look, int piece) {
        return (int) (look >>> (piece * PIECE_BITS)) & ((1 << PIECE_BITS) - 1);
    }
}
