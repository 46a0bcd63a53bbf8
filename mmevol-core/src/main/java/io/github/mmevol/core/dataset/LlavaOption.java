package io.github.mmevol.core.dataset;

/** What {@link DataSets#writeLlavaJson} writes beside, or instead of, the survivors of all rounds. */
public enum LlavaOption {
    /**
     * Only the newest survivor of each line, all lines of a sample in one record. Where the lineage is not known, the
     * survivors of all rounds are written, a record for each round.
     */
    LAST_OF_EACH_LINE,
    /**
     * The seed instructions as well, in a record of their own; together with {@link #LAST_OF_EACH_LINE} the seeds of
     * those lines in which nothing survived.
     */
    WITH_SEEDS
}
