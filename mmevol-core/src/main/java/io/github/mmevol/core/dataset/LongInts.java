package io.github.mmevol.core.dataset;

import java.util.Arrays;

/** A number for each of many keys, which are well-mixed hashes: open addressing, 20 to 40 bytes a key. */
final class LongInts {
    /** Marks a free place. */
    private static final int FREE = Integer.MIN_VALUE;

    private long[] keys = new long[1 << 6];
    private int[] values = free(1 << 6);
    private int size;

    int get(long key, int otherwise) {
        int value = values[place(key)];
        return value == FREE ? otherwise : value;
    }

    /**
     * Sets a key's number.
     *
     * @param value any but the least of all integers
     */
    void put(long key, int value) {
        if (5L * size > 3L * keys.length) {
            grow();
        }
        int place = place(key);
        if (values[place] == FREE) {
            size++;
            keys[place] = key;
        }
        values[place] = value;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = free(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != FREE) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }

    /** Where the key stands, or the free place where it belongs. */
    private int place(long key) {
        int mask = keys.length - 1;
        int place = (int) key & mask;
        while (values[place] != FREE && keys[place] != key) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static int[] free(int size) {
        int[] values = new int[size];
        Arrays.fill(values, FREE);
        return values;
    }
}
