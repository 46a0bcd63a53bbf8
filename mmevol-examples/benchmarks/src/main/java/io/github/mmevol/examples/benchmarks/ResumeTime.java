package io.github.mmevol.examples.benchmarks;

import java.io.IOException;

/** How long a run that goes on takes to its first new call, by what is stored as finished. */
final class ResumeTime implements Topic {
    @Override
    public String name() {
        return "resume";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        StoredRuns runs = new StoredRuns(bench.folder().resolve("resume"));
        Table table = new Table(
                "Time to the first new call of a run that goes on, " + StoredRuns.HEAP + ", SQLite store, "
                        + Workbench.IMAGES + " distinct images",
                "stored sample-rounds",
                "samples passed over",
                "to the first new call, s",
                "again, s",
                "store, MB");
        for (int rounds : bench.options().sizes()) {
            int samples = (rounds + StoreProcess.ROUNDS - 1) / StoreProcess.ROUNDS;
            String store = "resume-" + rounds;
            runs.run(store, samples);
            StoredRuns.Run first = runs.run(store, samples + 1);
            StoredRuns.Run second = runs.run(store, samples + 2);
            table.row(
                    first.usage().resumedRounds(),
                    samples,
                    first.usage().firstCallSeconds(),
                    second.usage().firstCallSeconds(),
                    first.storeMegabytes());
            runs.forget(store);
        }
        return table.note(
                "The same seed file with one more line at its end, so that all others are passed over first; from"
                        + " the entry of main, cold JVM. Again: once more, with a further line. The store's file lies in the page cache as"
                        + " far as the run before left it there.");
    }
}
