package io.github.mmevol.examples.benchmarks;

/**
 * What a {@link SelectionProcess} tells of itself at its end.
 *
 * @param seconds time spent in the selection
 * @param dropped instructions that it dropped
 * @param repeated instructions that were made to be dropped
 * @param looked image files that it wanted to look at
 * @param heldMegabytes heap in use at the end, after a collection
 * @param residentMegabytes the most memory that the process held at any time; 0 where the system does not tell
 */
record SelectionUsage(
        double seconds, int dropped, int repeated, int looked, double heldMegabytes, double residentMegabytes) {}
