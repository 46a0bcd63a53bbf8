package io.github.mmevol.examples.benchmarks;

/** How many calls are in flight, and how long the server takes for each. */
record Load(int inFlight, Latency latency) {
    @Override
    public String toString() {
        return inFlight + " in flight, " + latency;
    }
}
