package io.github.mmevol.core.store;

import io.github.mmevol.core.internal.file.SoleFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The hold of one process on the file of a run: a lock of the operating system on a file beside it, which ends with the
 * process, however that ends. The file says who holds it.
 */
final class FileHold implements AutoCloseable {
    private static final String THIS_PROCESS =
            "process " + ProcessHandle.current().pid();

    private final SoleFile file;

    private FileHold(SoleFile file) {
        this.file = file;
    }

    /**
     * Takes hold of a run.
     *
     * @throws RunStoreException if a living process has it
     */
    static FileHold take(Path run) {
        JdbcRunStore.makeFolder(run);
        Path lock = run.resolveSibling(run.getFileName() + ".lock");
        try {
            SoleFile file =
                    SoleFile.open(lock).orElseThrow(() -> heldBy("this very process (another session of it)", run));
            try {
                if (!file.tryLock()) {
                    throw heldBy(holder(file), run);
                }
                file.setLength(0);
                file.write(THIS_PROCESS.getBytes(StandardCharsets.UTF_8));
                return new FileHold(file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new RunStoreException("cannot take hold of the run in " + run + ": " + e.getMessage(), e);
        }
    }

    private static RunStoreException heldBy(String holder, Path run) {
        return new RunStoreException("the run in " + run + " is held by " + holder
                + "; wait until it ends, or choose another place for this run");
    }

    private static String holder(SoleFile file) throws IOException {
        byte[] text = new byte[64];
        int length = file.read(text);
        return length <= 0 ? "another process" : new String(text, 0, length, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new RunStoreException("cannot let go of the run: " + e.getMessage(), e);
        }
    }
}
