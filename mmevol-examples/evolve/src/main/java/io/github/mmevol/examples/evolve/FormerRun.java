package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.pipeline.RunListener;
import io.github.mmevol.core.store.JdbcRunStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The run that a new one takes the place of. It lies beside it until the new one has something to show, its first reply or its
 * end, and comes back if there is none, also where the process was killed in between. Thread-safe.
 */
final class FormerRun implements RunListener, AutoCloseable {
    private static final String FORMER = ".former";
    /** The run itself comes last: it says that the rest is there. */
    private static final List<String> SUFFIXES = List.of("-wal", "");
    /** What a batch runner keeps in its folder. */
    private static final Pattern OF_BATCHES = Pattern.compile("part-\\d+\\..*|state\\.json");

    private final Path run;
    private final Path batches;
    private final AtomicBoolean waits = new AtomicBoolean();

    /**
     * The run in a file that there may be.
     *
     * @param batches the folder of the requests that are on their way
     */
    FormerRun(Path run, Path batches) {
        this.run = run.toAbsolutePath();
        this.batches = batches.toAbsolutePath();
    }

    /** Makes room for a new run. */
    void setAside() throws IOException {
        if (Files.exists(run)) {
            for (String suffix : SUFFIXES) {
                Files.deleteIfExists(former(suffix));
                if (Files.exists(sibling(suffix))) {
                    second(sibling(suffix), former(suffix));
                }
            }
            try {
                JdbcRunStore.deleteSqlite(run);
            } catch (RuntimeException e) {
                dropRun(); // somebody is at work on it
                throw e;
            }
        }
        moveBatches(batches, formerBatches());
        waits.set(Files.exists(former("")) || Files.exists(formerBatches()));
    }

    /** The same file under a second name. */
    private static void second(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, name); // not every file system has links
        }
    }

    /** Puts back what a new run that came to nothing had set aside. */
    void putBack() throws IOException {
        if (Files.exists(former(""))) {
            JdbcRunStore.deleteSqlite(run);
            for (String suffix : SUFFIXES) {
                if (Files.exists(former(suffix))) {
                    Files.move(former(suffix), sibling(suffix), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        moveBatches(formerBatches(), batches);
        Files.deleteIfExists(formerBatches());
    }

    /** What the new run has in that place gives way. */
    private static void moveBatches(Path from, Path to) throws IOException {
        for (Path file : batchFiles(from)) {
            Files.createDirectories(to);
            Files.move(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void removeBatches(Path folder) throws IOException {
        for (Path file : batchFiles(folder)) {
            Files.delete(file);
        }
    }

    private static List<Path> batchFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            OF_BATCHES.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
    }

    /** The new run has something to show. */
    void drop() {
        if (waits.compareAndSet(true, false)) {
            try {
                dropRun();
                removeBatches(formerBatches());
                Files.deleteIfExists(formerBatches());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the former run: " + e.getMessage(), e);
            }
        }
    }

    private void dropRun() throws IOException {
        Files.deleteIfExists(former("")); // first: without it the rest counts for nothing
        Files.deleteIfExists(former("-wal"));
    }

    @Override
    public void onCall(Call call) {
        if (call.kind().isEmpty()) {
            drop();
        }
    }

    /** Puts it back, if the new run had nothing to show. */
    @Override
    public void close() throws IOException {
        if (waits.compareAndSet(true, false)) {
            removeBatches(batches);
            putBack();
        }
    }

    private Path sibling(String suffix) {
        return run.resolveSibling(run.getFileName() + suffix);
    }

    private Path former(String suffix) {
        return run.resolveSibling(run.getFileName() + FORMER + suffix);
    }

    private Path formerBatches() {
        return batches.resolveSibling(batches.getFileName() + FORMER);
    }
}
