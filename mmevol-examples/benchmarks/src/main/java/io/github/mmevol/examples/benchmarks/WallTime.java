package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.util.Optional;

/** How long each arm takes for its calls, beside calls x latency / in flight and beside the bare client. */
final class WallTime implements Topic {
    @Override
    public String name() {
        return "wall";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Table table = new Table(
                "Wall time, cold JVM, " + Workbench.IMAGES + " distinct images",
                "load",
                "arm",
                "calls",
                "distinct bodies",
                "most in flight",
                "calls x latency / in flight, s",
                "wall, s",
                "share of that",
                "x bare");
        for (Load load : bench.options().loads()) {
            Measurement bare = bench.measurement(load, "bare").orElseThrow();
            for (String arm : ArmProcess.ARMS.keySet()) {
                Optional<Measurement> known = bench.measurement(load, arm);
                if (known.isEmpty()) {
                    table.row(load, arm, "failed");
                    continue;
                }
                Measurement measured = known.get();
                double floor = measured.floorSeconds(load.inFlight());
                double wall = measured.arm().wallSeconds();
                table.row(
                        load,
                        arm,
                        measured.arm().calls(),
                        bodies(measured.server(), bare.server()),
                        measured.server().mostInFlight(),
                        floor,
                        wall,
                        floor / wall,
                        bare.arm().wallSeconds() / wall);
            }
        }
        return table.note(
                "Share: what of calls x latency / in flight the arm reaches, 1 at best. x bare: how many times as"
                        + " fast as the bare client. Heavy-tailed: the latencies really drawn, added up, stand for calls x latency.");
    }

    private static String bodies(ServerStats arm, ServerStats bare) {
        boolean same = arm.requests() == bare.requests() && arm.bodiesChecksum() == bare.bodiesChecksum();
        return arm.distinctBodies() + (same ? " same" : "");
    }
}
