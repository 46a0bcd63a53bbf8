package io.github.mmevol.examples.benchmarks;

/**
 * What an arm tells of itself at its end.
 *
 * @param wallSeconds from the entry of main to the last reply read
 * @param calls model calls made
 * @param cpuMillis CPU time of the whole JVM from its start, compiler and collector among it
 * @param usedHeapMegabytes heap in use at the end
 */
record ArmUsage(double wallSeconds, long calls, double cpuMillis, double usedHeapMegabytes) {}
