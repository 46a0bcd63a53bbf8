package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
