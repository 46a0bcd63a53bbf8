package io.github.mmevol.core.dataset;

import tools.jackson.databind.node.ObjectNode;

/** A record as it stands in the file, or a place where none could be read. */
sealed interface RawRecord {
    /** The record's position, from 0. */
    long index();

    /** The line on which it begins, from 1. */
    long line();

    record Whole(long index, long line, ObjectNode node) implements RawRecord {}

    record Torn(long index, long line, String reason) implements RawRecord {}
}
