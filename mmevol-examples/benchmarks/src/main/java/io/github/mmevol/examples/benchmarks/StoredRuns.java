package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Runs of any size that are kept in SQLite files, each in a JVM of its own with a small heap. */
final class StoredRuns {
    static final String HEAP = "-Xmx256m";

    private final Path folder;

    /** @param folder where images, seeds and stores lie */
    StoredRuns(Path folder) throws IOException {
        this.folder = folder;
        Photographs.write(folder.resolve("images"), Workbench.IMAGES);
    }

    /**
     * One run.
     *
     * @param usage what the process told of itself
     * @param heap what its collection log told
     * @param storeMegabytes the size of the store's file at the end
     */
    record Run(StoreUsage usage, HeapUsage heap, double storeMegabytes) {}

    /** Runs over so many samples, going on from whatever the store holds. */
    Run run(String store, int samples) throws IOException, InterruptedException {
        Path seeds = folder.resolve("seeds-" + samples + ".jsonl");
        Path db = folder.resolve(store + ".db");
        Path gcLog = folder.resolve("gc.log");
        if (!Files.exists(seeds)) {
            Seeds.write(seeds, samples, Workbench.IMAGES);
        }
        Files.deleteIfExists(gcLog);
        System.err.println("stored run " + store + ", " + samples + " samples");
        Process process = Jvm.start(
                StoreProcess.class,
                List.of(HEAP, "-Xlog:gc:file=" + gcLog),
                folder.toString(),
                seeds.toString(),
                db.toString());
        StoreUsage usage = JsonMapper.shared().readValue(Jvm.firstLine(process), StoreUsage.class);
        process.waitFor();
        Run run = new Run(usage, HeapUsage.of(gcLog, usage.usedHeapMegabytes()), Files.size(db) / 1048576.0);
        System.err.println("  " + run);
        return run;
    }

    /** Removes a store, which may be large. */
    void forget(String store) throws IOException {
        for (String suffix : List.of(".db", ".db-wal", ".db-shm", ".db.lock")) {
            Files.deleteIfExists(folder.resolve(store + suffix));
        }
    }
}
