package io.github.mmevol.core.internal.text;

import java.util.BitSet;
import java.util.List;

/**
 * Phrases that are looked for all at once, in one pass over a text: where the hash of its next few characters is that of no
 * phrase's first ones, none begins (Rabin and Karp). Thread-safe.
 */
public final class Phrases {
    private static final int FACTOR = 31;
    private static final int MASK = 0xfff;

    private final List<String> phrases;
    /** How many characters are hashed: as many as the shortest phrase has. */
    private final int width;
    /** What a character counts for when it leaves the hash. */
    private final int leaving;

    private final BitSet beginnings = new BitSet(MASK + 1);

    /** @throws IllegalArgumentException if a phrase is empty */
    public Phrases(List<String> phrases) {
        this.phrases = List.copyOf(phrases);
        width = phrases.stream().mapToInt(String::length).min().orElse(0);
        if (width == 0 && !phrases.isEmpty()) {
            throw new IllegalArgumentException("an empty phrase stands everywhere");
        }
        int power = 1;
        for (int i = 0; i < width; i++) {
            power *= FACTOR;
        }
        leaving = power;
        for (String phrase : phrases) {
            beginnings.set(phrase.substring(0, width).hashCode() & MASK);
        }
    }

    /** All of them, in their order. */
    public List<String> all() {
        return phrases;
    }

    /** The first place at which one of them begins in a text; -1 if there is none. */
    public int find(String text) {
        if (phrases.isEmpty()) {
            return -1;
        }
        char[] chars = text.toCharArray();
        int hash = 0;
        for (int i = 0; i < chars.length; i++) {
            hash = FACTOR * hash + chars[i];
            int begin = i + 1 - width;
            if (begin > 0) {
                hash -= leaving * chars[begin - 1];
            }
            if (begin >= 0 && beginnings.get(hash & MASK) && !at(text, begin).isEmpty()) {
                return begin;
            }
        }
        return -1;
    }

    /** Those that begin at a place. */
    public List<String> at(String text, int place) {
        return phrases.stream().filter(phrase -> text.startsWith(phrase, place)).toList();
    }
}
