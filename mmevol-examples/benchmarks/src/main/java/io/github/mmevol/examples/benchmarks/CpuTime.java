package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.util.Optional;

/** CPU time and heap for each model call, images passed through. */
final class CpuTime implements Topic {
    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Table table = new Table(
                "CPU and heap, cold JVM, " + Workbench.IMAGES + " distinct images, passed through",
                "load",
                "arm",
                "calls",
                "CPU, ms a call",
                "above bare, ms",
                "allocated, KB a call",
                "peak heap, MB",
                "live heap, MB",
                "server CPU, ms a call");
        for (Load load : bench.options().loads()) {
            if (load.latency().heavyTailed()) {
                continue;
            }
            double bare = bench.measurement(load, "bare").orElseThrow().cpuMillisPerCall();
            for (String arm : ArmProcess.ARMS.keySet()) {
                Optional<Measurement> known = bench.measurement(load, arm);
                if (known.isEmpty()) {
                    table.row(load, arm, "failed");
                    continue;
                }
                Measurement measured = known.get();
                table.row(
                        load,
                        arm,
                        measured.arm().calls(),
                        measured.cpuMillisPerCall(),
                        measured.cpuMillisPerCall() - bare,
                        measured.kilobytesPerCall(),
                        measured.heap().peakMegabytes(),
                        measured.heap().liveMegabytes(),
                        measured.server().cpuMillis() / measured.arm().calls());
            }
        }
        return table.note(
                "CPU: the whole process, from the JVM's start to the last reply. Allocated: what the heap grew by"
                        + " between collections, from the collection log. Peak: the most in use, garbage among it, under -Xmx1g;"
                        + " live: the most that a collection left.");
    }
}
