package io.github.mmevol.examples.benchmarks;

/**
 * How long the server waits before each reply: always the same, or log-normal with the same mean (sigma 0.8, cut off at six
 * times the mean), drawn from the number of the request alone.
 */
record Latency(int meanMillis, boolean heavyTailed) {
    private static final double SIGMA = 0.8;
    private static final double LONGEST = 6;

    long nanos(long request) {
        double factor = heavyTailed ? Math.min(LONGEST, Math.exp(SIGMA * gaussian(request) - SIGMA * SIGMA / 2)) : 1;
        return (long) (meanMillis * 1e6 * factor);
    }

    private static double gaussian(long number) {
        double radius = Math.sqrt(-2 * Math.log(uniform(2 * number)));
        return radius * Math.cos(2 * Math.PI * uniform(2 * number + 1));
    }

    /** Above 0, up to 1. */
    private static double uniform(long number) {
        long z = number * 0x9e3779b97f4a7c15L; // SplitMix64
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53 + 0x1p-53;
    }

    @Override
    public String toString() {
        return meanMillis + " ms " + (heavyTailed ? "heavy-tailed" : "fixed");
    }
}
