package io.github.mmevol.examples.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Counts operations and the CPU time of the thread that makes them. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuCounter {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long start;
    /** CPU time of the iteration. */
    public long nanos;
    /** Operations of the iteration. */
    public long operations;

    /** Before an iteration. */
    @Setup(Level.Iteration)
    public void start() {
        operations = 0;
        start = threads.getCurrentThreadCpuTime();
    }

    /** After an iteration. */
    @TearDown(Level.Iteration)
    public void stop() {
        nanos = threads.getCurrentThreadCpuTime() - start;
    }
}
