package io.github.mmevol.core.elimination.grounding;

import java.util.Set;

/** Sets of words, written as a text. */
final class Words {
    private Words() {}

    /** The words of a text that spaces and line breaks separate. */
    static Set<String> of(String text) {
        return Set.of(text.strip().split("\\s+", -1));
    }
}
