package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.sample.SampleKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers exact repeats of a record: the first keeps its key, the next gets {@code ~2}. Holds a million keys in about
 * 32 MB. Used by one thread.
 */
final class KeyCounter {
    /** Open addressing; two longs a key, both 0 where free. */
    private long[] table = new long[1 << 11];

    private int size;
    private final Map<SampleKey, Integer> repeats = new HashMap<>();

    SampleKey next(SampleKey key) {
        long high = Long.parseUnsignedLong(key.value().substring(0, 16), 16);
        long low = Long.parseUnsignedLong(key.value().substring(16, 32), 16);
        if (add(high, low)) {
            return key;
        }
        return key.occurrence(repeats.merge(key, 2, (before, first) -> before + 1));
    }

    private boolean add(long high, long low) {
        if (4L * size > table.length) {
            grow();
        }
        int place = place(table, high, low);
        if (table[place] == high && table[place + 1] == low) {
            return false;
        }
        table[place] = high;
        table[place + 1] = low;
        size++;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0 || table[i + 1] != 0) {
                int place = place(larger, table[i], table[i + 1]);
                larger[place] = table[i];
                larger[place + 1] = table[i + 1];
            }
        }
        table = larger;
    }

    /** Where the key stands, or the free place where it belongs. */
    private static int place(long[] table, long high, long low) {
        int mask = table.length - 1;
        int place = ((int) low << 1) & mask;
        while ((table[place] != 0 || table[place + 1] != 0) && !(table[place] == high && table[place + 1] == low)) {
            place = (place + 2) & mask;
        }
        return place;
    }
}
