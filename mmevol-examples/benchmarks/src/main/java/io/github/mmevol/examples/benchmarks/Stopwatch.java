package io.github.mmevol.examples.benchmarks;

import java.lang.management.ManagementFactory;

/** Wall time and CPU time of one thread, in parts. */
final class Stopwatch {
    private long wall;
    private long cpu;

    static Stopwatch started() {
        Stopwatch watch = new Stopwatch();
        watch.start();
        return watch;
    }

    void start() {
        wall -= System.nanoTime();
        cpu -= ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    Stopwatch stop() {
        wall += System.nanoTime();
        cpu += ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        return this;
    }

    double wallSeconds() {
        return wall / 1e9;
    }

    double cpuSeconds() {
        return cpu / 1e9;
    }
}
