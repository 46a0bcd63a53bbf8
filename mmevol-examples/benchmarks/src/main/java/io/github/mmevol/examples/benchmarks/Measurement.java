package io.github.mmevol.examples.benchmarks;

/** What one arm took for its calls under one load, seen from all sides. */
record Measurement(ArmUsage arm, HeapUsage heap, ServerStats server) {
    /** Calls x latency / in flight. */
    double floorSeconds(int inFlight) {
        return server.latencySeconds() / inFlight;
    }

    double cpuMillisPerCall() {
        return arm.cpuMillis() / arm.calls();
    }

    double kilobytesPerCall() {
        return heap.allocatedMegabytes() * 1024 / arm.calls();
    }
}
