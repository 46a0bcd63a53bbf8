package io.github.mmevol.core.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file that this process has open but once, as one has to be that it locks: where POSIX locks are, a process that closes
 * any of its descriptors of a file loses its locks on that file, also if another descriptor took them. So a second opening
 * is refused before there is a descriptor.
 */
public final class SoleFile extends RandomAccessFile {
    /** The real paths of the files that are open: what belongs to the process cannot belong to an object. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path real;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private SoleFile(Path real) throws IOException {
        super(real.toFile(), "rw");
        this.real = real;
    }

    /** Opens a file to read and write, and makes it where it is missing; empty if this process has it open. */
    public static Optional<SoleFile> open(Path file) throws IOException {
        Path real = real(file.toAbsolutePath());
        if (!OPEN.add(real)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SoleFile(real));
        } catch (IOException | RuntimeException e) {
            OPEN.remove(real);
            throw e;
        }
    }

    /** Locks the file against other processes until it is closed; false if one of them has it locked. */
    public boolean tryLock() throws IOException {
        try {
            return getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process, by another copy of this library
        }
    }

    private static Path real(Path file) throws IOException {
        if (Files.exists(file)) {
            return file.toRealPath();
        }
        Path folder = Objects.requireNonNull(file.getParent()).toRealPath();
        return folder.resolve(Objects.requireNonNull(file.getFileName()));
    }

    @Override
    public void close() throws IOException {
        try {
            super.close();
        } finally {
            if (open.getAndSet(false)) {
                OPEN.remove(real);
            }
        }
    }
}
