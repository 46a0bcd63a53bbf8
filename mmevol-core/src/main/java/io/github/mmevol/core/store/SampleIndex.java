package io.github.mmevol.core.store;

import io.github.mmevol.core.sample.SampleKey;
import java.util.function.IntConsumer;

/**
 * What a session knows of each stored sample: its number, its place, how many rounds are finished, whether it is at its end,
 * and whether it was placed in this run. 26 bytes a slot, at most two of three slots taken: a million samples in about 50 MB.
 * Not thread-safe.
 */
final class SampleIndex {
    /** Where a sample is not known. */
    static final int UNKNOWN = -1;

    private static final int PLACED = 0x80;
    private static final int AT_END = 0x40;
    private static final int ROUNDS = 0x3f;
    private static final int RETRY = 0x100;
    private static final int LEFT = 0x200;

    /** The two halves of each key; both 0 where a slot is free. */
    private long[] high;

    private long[] low;
    private int[] numbers;
    private int[] positions;
    private short[] states;
    private int size;
    private int unplaced;

    SampleIndex(long expected) {
        int slots = 1 << 10;
        while (slots < 1 << 30 && 2L * slots <= 3 * expected) {
            slots <<= 1;
        }
        allocate(slots);
    }

    private void allocate(int slots) {
        high = new long[slots];
        low = new long[slots];
        numbers = new int[slots];
        positions = new int[slots];
        states = new short[slots];
    }

    /** The slot of a known sample, until the next {@link #add}; {@link #UNKNOWN} if it is not known. */
    int find(SampleKey key) {
        int slot = slot(high(key), low(key));
        return isFree(slot) ? UNKNOWN : slot;
    }

    /** Adds a sample that is not known yet, and returns its slot. */
    int add(SampleKey key, int number, int position, int rounds) {
        if (3L * (size + 1) > 2L * high.length) {
            grow();
        }
        int slot = slot(high(key), low(key));
        high[slot] = high(key);
        low[slot] = low(key);
        numbers[slot] = number;
        positions[slot] = position;
        states[slot] = (short) Math.min(rounds, ROUNDS);
        size++;
        unplaced += isLeft(slot) ? 1 : 0;
        return slot;
    }

    int number(int slot) {
        return numbers[slot];
    }

    int rounds(int slot) {
        return states[slot] & ROUNDS;
    }

    void rounds(int slot, int rounds) {
        states[slot] = (short) ((states[slot] & ~ROUNDS) | Math.min(rounds, ROUNDS));
    }

    /** Notes that a sample is worked on, with so many finished rounds; it is at no end any more. */
    void claim(int slot, int rounds) {
        states[slot] &= (short) ~(AT_END | RETRY);
        rounds(slot, rounds);
    }

    boolean isAtEnd(int slot) {
        return (states[slot] & AT_END) != 0;
    }

    /** Whether a sample is at its end by what may have passed. */
    boolean isToRetry(int slot) {
        return (states[slot] & RETRY) != 0;
    }

    /** Whether a sample was left as it is before this session. */
    boolean wasLeft(int slot) {
        return (states[slot] & LEFT) != 0;
    }

    void left(int slot) {
        states[slot] |= (short) LEFT;
    }

    /**
     * Marks a sample as at its end.
     *
     * @param retry whether that may have passed
     */
    void end(int slot, boolean retry) {
        states[slot] |= (short) (retry ? AT_END | RETRY : AT_END);
    }

    /** Marks a sample as placed; true if its place is another one than before. */
    boolean place(int slot, int position) {
        unplaced -= isLeft(slot) ? 1 : 0;
        states[slot] |= (short) PLACED;
        boolean moved = positions[slot] != position;
        positions[slot] = position;
        return moved;
    }

    /** Whether all samples were placed, but for those that an earlier run left out. */
    boolean isPlaced() {
        return unplaced == 0;
    }

    private boolean isLeft(int slot) {
        return (states[slot] & PLACED) == 0 && positions[slot] >= 0;
    }

    /** Gives the numbers of all samples that were not placed. */
    void forEachUnplaced(IntConsumer action) {
        for (int slot = 0; slot < high.length; slot++) {
            if (!isFree(slot) && isLeft(slot)) {
                action.accept(numbers[slot]);
            }
        }
    }

    private boolean isFree(int slot) {
        return high[slot] == 0 && low[slot] == 0;
    }

    /** Where the key stands, or the free slot where it belongs. */
    private int slot(long keyHigh, long keyLow) {
        int mask = high.length - 1;
        int slot = (int) keyLow & mask;
        while (!isFree(slot) && !(high[slot] == keyHigh && low[slot] == keyLow)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        SampleIndex larger = new SampleIndex(0);
        larger.allocate(2 * high.length);
        for (int slot = 0; slot < high.length; slot++) {
            if (!isFree(slot)) {
                int to = larger.slot(high[slot], low[slot]);
                larger.high[to] = high[slot];
                larger.low[to] = low[slot];
                larger.numbers[to] = numbers[slot];
                larger.positions[to] = positions[slot];
                larger.states[to] = states[slot];
            }
        }
        high = larger.high;
        low = larger.low;
        numbers = larger.numbers;
        positions = larger.positions;
        states = larger.states;
    }

    private static long high(SampleKey key) {
        return Long.parseUnsignedLong(key.value(), 0, 16, 16);
    }

    /** The low half; a repeat's number is mixed in, so that the repeats of a record lie apart. */
    private static long low(SampleKey key) {
        String text = key.value();
        long half = Long.parseUnsignedLong(text, 16, 32, 16);
        return text.length() == 32 ? half : half ^ (Long.parseLong(text, 33, text.length(), 10) * 0x9e3779b97f4a7c15L);
    }
}
