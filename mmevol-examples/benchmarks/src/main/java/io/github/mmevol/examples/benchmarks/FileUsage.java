package io.github.mmevol.examples.benchmarks;

/**
 * What a {@link FileProcess} tells of itself at its end; not a number for what does not apply.
 *
 * @param megabytes the size of the file
 * @param writeSeconds wall time in our writer
 * @param readSeconds wall time in our reader
 * @param jacksonSeconds wall time that a plain copy of the file takes
 * @param ownCpuSeconds CPU time in our writer and reader
 * @param jacksonCpuSeconds CPU time that the plain copy takes
 * @param heldMegabytes heap in use after a collection, half-way through the reading
 * @param residentMegabytes the most memory that the process held at any time; 0 where the system does not tell
 */
record FileUsage(
        double megabytes,
        double writeSeconds,
        double readSeconds,
        double jacksonSeconds,
        double ownCpuSeconds,
        double jacksonCpuSeconds,
        double heldMegabytes,
        double residentMegabytes) {}
