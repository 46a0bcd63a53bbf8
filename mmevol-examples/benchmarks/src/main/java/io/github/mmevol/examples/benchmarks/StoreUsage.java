package io.github.mmevol.examples.benchmarks;

/**
 * What a {@link StoreProcess} tells of itself at its end.
 *
 * @param wallSeconds from the entry of main to the last line written
 * @param firstCallSeconds from the entry of main to the first model call; 0 if none was made
 * @param calls model calls made
 * @param resumedRounds rounds of samples that were stored as finished before
 * @param cpuMillis CPU time of the whole JVM from its start, compiler and collector among it
 * @param usedHeapMegabytes heap in use at the end
 * @param residentMegabytes the most memory that the process held at any time; 0 where the system does not tell
 */
record StoreUsage(
        double wallSeconds,
        double firstCallSeconds,
        long calls,
        long resumedRounds,
        double cpuMillis,
        double usedHeapMegabytes,
        double residentMegabytes) {}
