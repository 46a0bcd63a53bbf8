package io.github.mmevol.core.dataset;

import io.github.mmevol.core.model.ImageFingerprint;
import java.util.Arrays;

/**
 * Looks of pictures, and the way from a look to one that is near: a look is cut into so many pieces that of two near ones
 * one piece at least is the same but for a single bit.
 */
final class Looks {
    static final int NONE = -1;

    private static final int PIECES = ImageFingerprint.NEAR / 2 + 1;
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
            int bits = bits(look, piece);
            first = near(look, piece, bits, first);
            for (int bit = 0; bit < PIECE_BITS; bit++) {
                first = near(look, piece, bits ^ (1 << bit), first);
            }
        }
        return first;
    }

    /** The first near look among those with these bits in a piece, or the one known so far where that is earlier. */
    private int near(long look, int piece, int bits, int known) {
        int first = known;
        for (int entry = newest[piece][bits]; entry != 0; entry = before[piece][entry - 1]) {
            if (ImageFingerprint.isNear(looks[entry - 1], look) && (first == NONE || entry - 1 < first)) {
                first = entry - 1;
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
