package io.github.mmevol.core.dataset;

/**
 * Something odd about a record that is used all the same.
 *
 * @param field the place of it
 * @param reason what is odd, and what was done about it
 */
record Oddity(Kind kind, String field, String reason) {
    /** What kinds there are, of each of which the first few of a file are logged. */
    enum Kind {
        /** A turn or an instruction without its other half. */
        LEFT_OUT("turns or instructions were left out"),
        /** A sample that lost all its instructions that way. */
        NONE_LEFT("records have no instruction left"),
        /** An id that stood for another image before. */
        SAME_ID("ids stand for another image than before");

        private final String many;

        Kind(String many) {
            this.many = many;
        }

        String many() {
            return many;
        }
    }
}
