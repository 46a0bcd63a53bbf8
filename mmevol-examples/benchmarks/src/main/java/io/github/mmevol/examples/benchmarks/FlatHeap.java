package io.github.mmevol.examples.benchmarks;

import java.io.IOException;

/** How much heap a run takes whose seeds are many, kept in a store. */
final class FlatHeap implements Topic {
    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        StoredRuns runs = new StoredRuns(bench.folder().resolve("heap"));
        Table table = new Table(
                "Heap by number of seeds, " + StoredRuns.HEAP + ", " + StoreProcess.IN_FLIGHT
                        + " in flight, SQLite store, " + Workbench.IMAGES + " distinct images",
                "seeds",
                "calls",
                "wall, s",
                "CPU, ms a call",
                "live heap, MB",
                "peak heap, MB",
                "resident, MB",
                "store, MB");
        for (int seeds : bench.options().sizes()) {
            StoredRuns.Run run = runs.run("heap-" + seeds, seeds);
            table.row(
                    seeds,
                    run.usage().calls(),
                    run.usage().wallSeconds(),
                    run.usage().cpuMillis() / run.usage().calls(),
                    run.heap().liveMegabytes(),
                    run.heap().peakMegabytes(),
                    run.usage().residentMegabytes(),
                    run.storeMegabytes());
            runs.forget("heap-" + seeds);
        }
        return table.note("A seed has five boxes and two instructions and goes through " + StoreProcess.ROUNDS
                + " rounds; the model answers at once. CPU: the whole process, the making of the replies, the store and the"
                + " written file among it. Live: the most that a collection left; peak: garbage among it.");
    }
}
