package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.internal.file.SoleFile;
import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the records that a function makes of each sample to a file, a record on each line.
 *
 * @param target the file, which is replaced on commit
 * @param records makes the records of one sample
 */
record FileWriter(Path target, Layout layout, Function<EvolvedSample, List<ObjectNode>> records)
        implements DataSetWriter {

    enum Layout {
        ARRAY,
        LINES
    }

    FileWriter {
        Objects.requireNonNull(target, "target");
    }

    @Override
    public Appender open() {
        return new FileAppender(this);
    }
}

/** One output: a part file beside the target until it is committed. */
final class FileAppender implements DataSetWriter.Appender {
    private final FileWriter writer;
    private final Path part;
    /** Not a channel, which would break if the thread was interrupted: a stopped run still writes what it has. */
    private final RandomAccessFile file;

    private final OutputStream out;
    private boolean any;
    private boolean failed;
    private boolean committed;
    private boolean closed;

    FileAppender(FileWriter writer) {
        this.writer = writer;
        Path target = writer.target().toAbsolutePath();
        part = target.resolveSibling(target.getFileName() + ".part");
        try {
            if (Files.isDirectory(target)) {
                throw new IOException("it is a folder; name a file");
            }
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            file = openAlone(part);
            out = new BufferedOutputStream(new FileOutputStream(file.getFD()), 1 << 16);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void append(EvolvedSample sample) {
        requireOpen();
        List<ObjectNode> records = writer.records().apply(sample);
        write(() -> {
            for (ObjectNode record : records) {
                out.write(separator().getBytes(StandardCharsets.UTF_8));
                out.write(Json.utf8(record));
                if (writer.layout() == FileWriter.Layout.LINES) {
                    out.write('\n');
                }
                any = true;
            }
        });
    }

    @Override
    public void flush() {
        requireOpen();
        write(out::flush);
    }

    @Override
    public void commit() {
        requireOpen();
        write(() -> {
            if (writer.layout() == FileWriter.Layout.ARRAY) {
                out.write((any ? "\n]\n" : "[]\n").getBytes(StandardCharsets.UTF_8));
            }
            out.flush();
            file.getFD().sync();
            file.close();
            Files.move(part, writer.target(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
        });
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (committed) {
            return;
        }
        try {
            file.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private String separator() {
        if (writer.layout() == FileWriter.Layout.LINES) {
            return "";
        }
        return any ? ",\n" : "[\n";
    }

    private void requireOpen() {
        if (failed) {
            throw new IllegalStateException("writing failed before, so the output is not whole: " + writer.target());
        }
        if (closed || committed) {
            throw new IllegalStateException(
                    "the output is " + (committed ? "committed" : "closed") + " already: " + writer.target());
        }
    }

    private void write(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            failed = true;
            throw failure(e);
        }
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("cannot write the data file " + writer.target() + ": " + e.getMessage(), e);
    }

    /** Opens the part file, over what a killed run may have left there, but never beside another writer. */
    private static RandomAccessFile openAlone(Path part) throws IOException {
        SoleFile file =
                SoleFile.open(part).orElseThrow(() -> new IOException("another writer is at work on it already"));
        try {
            if (!lock(file)) {
                throw new IOException("another writer is at work on it already");
            }
            file.setLength(0);
            return file;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static boolean lock(SoleFile file) {
        try {
            return file.tryLock();
        } catch (IOException e) {
            return true; // a file system without locks
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
