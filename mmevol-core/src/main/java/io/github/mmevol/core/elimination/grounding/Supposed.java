package io.github.mmevol.core.elimination.grounding;

import java.util.Set;

/**
 * Tells whether a question is about another picture than the one there is: flipped, after something has moved, or seen from
 * elsewhere.
 */
final class Supposed {
    private static final Set<String> WORDS = Words.of("""
            if suppose supposing supposed imagine imagining assume assuming after afterwards would were flip flipped
            flipping flips mirror mirrored mirroring rotate rotated rotating rotation turned turning swap swapped swaps
            swapping exchanged reversed inverted upside hypothetically until unless once when
            now viewed turn degrees move moves walk
            """);

    private Supposed() {}

    static boolean in(Passage question) {
        return question.word(0).equals("from") || question.hasWord(0, question.size(), WORDS);
    }
}
