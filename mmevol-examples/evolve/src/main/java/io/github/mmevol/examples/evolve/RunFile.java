package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The SQLite file that keeps a run.
 *
 * @param path where it lies
 */
record RunFile(Path path) {

    boolean exists() {
        return Files.isRegularFile(path);
    }

    RunStore store() {
        return JdbcRunStore.sqlite(path);
    }

    /** Removes it, unless a process is at work on it. */
    void forget() throws IOException {
        if (!exists()) {
            return;
        }
        store().open().close();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + suffix));
        }
    }
}
