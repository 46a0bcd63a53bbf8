package io.github.mmevol.examples.benchmarks;

/**
 * What the server has seen since it was last set.
 *
 * @param requests model calls
 * @param bodyBytes bytes of their bodies
 * @param distinctBodies how many different bodies there were
 * @param bodiesChecksum the same for the same bodies, in whatever order they came
 * @param mostInFlight the most calls that waited for their replies at once
 * @param mostConnections the most connections open at once
 * @param latencySeconds the set latencies of all calls, added up
 * @param cpuMillis CPU time of the server
 */
record ServerStats(
        long requests,
        long bodyBytes,
        long distinctBodies,
        long bodiesChecksum,
        int mostInFlight,
        int mostConnections,
        double latencySeconds,
        double cpuMillis) {}
