package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.pipeline.RunListener;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStoreException;
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
 *
 * <p>Under the name with {@code .former} it lies when all of it was set aside: what is in its place belongs to the new run.
 * Under that with {@code .former.tmp} it lies on the way, there and back: next to a file of the run that is a second name or an
 * unfinished copy of it, and without one it is the run.
 */
final class FormerRun implements RunListener, AutoCloseable {
    private static final String FORMER = ".former";
    private static final String WAL = "-wal";
    /** What a batch runner keeps in its folder. */
    private static final Pattern OF_BATCHES = Pattern.compile("part-\\d+\\..*|state\\.json");
    /** What stands in the state of batches when the provider has one. */
    private static final Pattern AT_PROVIDER = Pattern.compile("\"batch\"\\s*:\\s*\"[^\"]");

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
        settle();
        if (Files.exists(run)) {
            if (Files.exists(sibling(WAL))) {
                second(sibling(WAL), former(WAL));
            }
            second(run, moving());
            try {
                JdbcRunStore.deleteSqlite(run);
            } catch (RuntimeException e) {
                try {
                    settle(); // somebody is at work on it, or it was removed in part
                } catch (IOException | RuntimeException again) {
                    e.addSuppressed(again);
                }
                throw e;
            }
        }
        moveBatches(batches, formerBatches());
        if (Files.exists(moving())) {
            Files.move(moving(), former(""));
        }
        waits.set(isThere());
    }

    /** The same file under a second name. */
    static void second(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, name, StandardCopyOption.REPLACE_EXISTING); // not every file system has links
        }
    }

    private boolean isThere() {
        return Files.exists(former("")) || Files.exists(formerBatches());
    }

    /**
     * Ends what a process that was killed had begun: a new run with something to show stays, and the former one goes; else
     * the former one comes back.
     */
    void settle() throws IOException {
        if (Files.exists(moving())) {
            if (Files.exists(run)) {
                Files.delete(moving());
            } else {
                comeBack();
            }
        }
        if (isThere()) {
            if (hasSomethingToShow()) {
                remove();
            } else {
                putBack();
            }
        }
        Files.deleteIfExists(former(WAL));
    }

    /** Whether the run in the file was paid for, or its batches are. */
    private boolean hasSomethingToShow() throws IOException {
        if (!Files.isRegularFile(run)) {
            return false;
        }
        Path state = batches.resolve("state.json");
        if (Files.exists(state) && AT_PROVIDER.matcher(Files.readString(state)).find()) {
            return true;
        }
        try {
            Account paid = JdbcRunStore.sqlite(run).history().paid();
            return paid.calls() > paid.failed();
        } catch (RunStoreException e) {
            return false; // it is no run yet
        }
    }

    /** Puts it back in place of a new run that came to nothing. */
    private void putBack() throws IOException {
        boolean begun = Files.exists(former("")) || Files.exists(run);
        JdbcRunStore.deleteSqlite(run); // first: somebody may be at work on it
        if (begun) {
            removeBatches(batches);
        }
        if (Files.exists(former(""))) {
            Files.move(former(""), moving());
        }
        comeBack();
    }

    private void comeBack() throws IOException {
        moveBatches(formerBatches(), batches);
        Files.deleteIfExists(formerBatches());
        Files.deleteIfExists(sibling(WAL)); // that of another run would be read into this one
        Files.deleteIfExists(sibling("-shm"));
        if (Files.exists(moving())) {
            if (Files.exists(former(WAL))) {
                second(former(WAL), sibling(WAL));
            }
            Files.move(moving(), run);
        }
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
                remove();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove the former run: " + e.getMessage(), e);
            }
        }
    }

    private void remove() throws IOException {
        Files.deleteIfExists(former("")); // first: without it the rest counts for nothing
        Files.deleteIfExists(former(WAL));
        removeBatches(formerBatches());
        Files.deleteIfExists(formerBatches());
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
            settle();
        }
    }

    private Path sibling(String suffix) {
        return run.resolveSibling(run.getFileName() + suffix);
    }

    private Path former(String suffix) {
        return run.resolveSibling(run.getFileName() + FORMER + suffix);
    }

    private Path moving() {
        return former(".tmp");
    }

    private Path formerBatches() {
        return batches.resolveSibling(batches.getFileName() + FORMER);
    }
}
