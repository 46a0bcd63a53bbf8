package io.github.mmevol.core.dataset;

import io.github.mmevol.core.sample.ImageSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A record as it stands in the file, or a place where none could be read. */
sealed interface RawRecord {
    /** The record's position, from 0. */
    long index();

    /** The line on which it begins, from 1. */
    long line();

    /**
     * A record that could be read.
     *
     * @param image its image, where that lies beside the record; else the record names it
     */
    record Whole(long index, long line, ObjectNode node, Optional<ImageSource> image) implements RawRecord {
        Whole(long index, long line, ObjectNode node) {
            this(index, line, node, Optional.empty());
        }
    }

    record Torn(long index, long line, String reason) implements RawRecord {}
}
