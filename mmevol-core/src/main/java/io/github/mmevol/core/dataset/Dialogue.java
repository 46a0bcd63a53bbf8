package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.Sample;
import java.util.List;

/**
 * A conversation about one image, ready to be written.
 *
 * @param image the image's name as it is to be written; empty if there is none
 */
record Dialogue(Sample sample, String image, List<Turn> turns) {
    Dialogue {
        turns = List.copyOf(turns);
    }

    /**
     * An instruction of it.
     *
     * @param line the id of the oldest known ancestor
     */
    record Turn(String id, String line, int round, String question, String answer) {}

    /** The id of the first instruction. */
    String id() {
        return turns.get(0).id();
    }

    boolean hasImage() {
        return !image.isEmpty();
    }
}
