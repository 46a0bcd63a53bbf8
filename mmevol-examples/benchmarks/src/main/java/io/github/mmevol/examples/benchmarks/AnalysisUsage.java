package io.github.mmevol.examples.benchmarks;

/**
 * What an {@link AnalysisProcess} tells of itself at its end.
 *
 * @param instructions how many instructions the report counted, seeds and survivors
 * @param megabytes the size of the data file
 * @param readSeconds wall time of reading the file alone
 * @param reportSeconds wall time of the report: reading, counting, writing the page
 * @param reportCpuSeconds CPU time of the same
 * @param heldMegabytes heap in use after a collection, half-way through the report
 * @param pageMegabytes the size of the page
 * @param residentMegabytes the most memory that the process held at any time; 0 where the system does not tell
 */
record AnalysisUsage(
        long instructions,
        double megabytes,
        double readSeconds,
        double reportSeconds,
        double reportCpuSeconds,
        double heldMegabytes,
        double pageMegabytes,
        double residentMegabytes) {}
