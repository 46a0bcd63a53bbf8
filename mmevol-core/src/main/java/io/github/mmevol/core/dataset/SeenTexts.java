package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.text.TextPrint;
import java.util.Arrays;

/**
 * Prints of texts, each seen at some place, and the way from a text to those at its place that it repeats. Primitive arrays:
 * four bytes for each run and telling word of a text, and 16 to 24 bytes for each of its bands.
 */
final class SeenTexts {
    static final int NONE = -1;

    private int size;

    /** All prints one behind the other: the three lengths, then the hashes. */
    private int[] prints = new int[1 << 10];

    private int[] starts = new int[1 << 4];

    /** Of each band of each text: its key at its place, and the entry behind it in the same bucket. */
    private long[] keys = new long[MinHash.BANDS << 4];

    private int[] nexts = new int[MinHash.BANDS << 4];

    /** The newest entry of each bucket, counted from 1; 0 where there is none. */
    private int[] buckets = new int[1 << 9];

    /**
     * The first text that this one repeats.
     *
     * @param bands those of the print
     * @param place where it stands; elsewhere nothing is repeated
     * @return the text's number; {@link #NONE} if there is none
     */
    int repeated(TextPrint print, long[] bands, long place) {
        int[] found = new int[MinHash.BANDS];
        int count = 0;
        for (long band : bands) {
            long key = Hash64.of(place, band);
            for (int entry = buckets[bucket(key)]; entry != 0; entry = nexts[entry - 1]) {
                if (keys[entry - 1] == key) {
                    if (count == found.length) {
                        found = Arrays.copyOf(found, 2 * count);
                    }
                    found[count++] = (entry - 1) / MinHash.BANDS;
                }
            }
        }
        Arrays.sort(found, 0, count);
        for (int i = 0; i < count; i++) {
            if ((i == 0 || found[i] != found[i - 1]) && print.repeats(print(found[i]))) {
                return found[i];
            }
        }
        return NONE;
    }

    /** Adds a text; its number is how many were added before it. */
    void add(TextPrint print, long[] bands, long place) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, larger(size));
        }
        int first = size * MinHash.BANDS;
        if (first == keys.length) {
            keys = Arrays.copyOf(keys, larger(size) * MinHash.BANDS);
            nexts = Arrays.copyOf(nexts, keys.length);
        }
        if (first >= buckets.length) {
            spread(first);
        }
        for (int band = 0; band < MinHash.BANDS; band++) {
            keys[first + band] = Hash64.of(place, bands[band]);
            link(first + band);
        }
        starts[size] = append(print);
        size++;
    }

    private int append(TextPrint print) {
        int start = size == 0 ? 0 : end(size - 1);
        int end = start + 3 + print.question().length + print.answer().length + print.telling().length;
        if (end > prints.length) {
            prints = Arrays.copyOf(prints, Math.max(end, larger(prints.length)));
        }
        int at = start + 3;
        int part = start;
        for (int[] hashes : new int[][] {print.question(), print.answer(), print.telling()}) {
            prints[part++] = hashes.length;
            System.arraycopy(hashes, 0, prints, at, hashes.length);
            at += hashes.length;
        }
        return start;
    }

    private int end(int text) {
        int start = starts[text];
        return start + 3 + prints[start] + prints[start + 1] + prints[start + 2];
    }

    /** A text by its number. */
    TextPrint print(int text) {
        int start = starts[text];
        int question = start + 3;
        int answer = question + prints[start];
        int telling = answer + prints[start + 1];
        return new TextPrint(
                Arrays.copyOfRange(prints, question, answer),
                Arrays.copyOfRange(prints, answer, telling),
                Arrays.copyOfRange(prints, telling, telling + prints[start + 2]));
    }

    private void spread(int entries) {
        buckets = new int[2 * buckets.length];
        for (int entry = 0; entry < entries; entry++) {
            link(entry);
        }
    }

    private void link(int entry) {
        int bucket = bucket(keys[entry]);
        nexts[entry] = buckets[bucket];
        buckets[bucket] = entry + 1;
    }

    private int bucket(long key) {
        return (int) key & (buckets.length - 1);
    }

    private static int larger(int size) {
        return size + (size >> 1);
    }
}
