package io.github.mmevol.core.dataset;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Annotations by image: for each image a chain of entries in a temporary file, the newest first. In memory are the hashes of
 * the images' names, their sizes and where each chain begins.
 */
final class AnnotationIndex implements AutoCloseable {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final LongInts paths = new LongInts();
    private final LongInts names = new LongInts();
    private long[] newest = new long[1 << 4];
    private int[] sizes = new int[1 << 5];
    private int images;
    private long annotations;
    private long crowds;
    private long broken;
    private long written;
    private @Nullable DataOutputStream out;
    private @Nullable RandomAccessFile in;
    private byte[] block = new byte[256];

    private AnnotationIndex(Path file, OutputStream out) {
        this.file = file;
        this.out = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
    }

    static AnnotationIndex make() {
        try {
            Path file = Files.createTempFile("mmevol-annotations", ".bin");
            file.toFile().deleteOnExit();
            return new AnnotationIndex(file, Files.newOutputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary file for annotations: " + e.getMessage(), e);
        }
    }

    /** The number of the image with this name, which is added if it is new. */
    int image(String name) {
        long hash = Hash64.of(name);
        int known = paths.get(hash, NONE);
        if (known != NONE) {
            return known;
        }
        if (images == newest.length) {
            newest = Arrays.copyOf(newest, 2 * images);
            sizes = Arrays.copyOf(sizes, 4 * images);
        }
        newest[images] = NONE;
        paths.put(hash, images);
        long bare = Hash64.of(withoutFolders(name));
        names.put(bare, names.get(bare, NONE) == NONE ? images : SEVERAL);
        return images++;
    }

    void size(int image, int width, int height) {
        sizes[2 * image] = width;
        sizes[2 * image + 1] = height;
    }

    /** Adds an entry to an image's chain. */
    void add(int image, AnnotationEntry entry) throws IOException {
        DataOutputStream open = out;
        if (open == null) {
            throw new IllegalStateException("reading is finished");
        }
        byte[] bytes = entry.toBytes();
        open.writeLong(newest[image]);
        open.writeInt(bytes.length);
        open.write(bytes);
        newest[image] = written;
        written += HEAD + bytes.length;
    }

    void countAnnotations(long more) {
        annotations += more;
    }

    void countCrowd() {
        crowds++;
    }

    void countBroken() {
        broken++;
    }

    /** Ends the adding and begins the reading. */
    void finish() {
        try {
            if (out != null) {
                out.close();
                out = null;
            }
            in = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the annotations to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The image with this name; negative if there is none. */
    int byPath(String name) {
        return paths.get(Hash64.of(name), NONE);
    }

    /** The only image with this name but for its folders; negative if there is none, or more than one. */
    int byName(String name) {
        return names.get(Hash64.of(withoutFolders(name)), NONE);
    }

    /** The entries of an image in the order in which they were added. */
    Collection<AnnotationEntry> entries(int image) throws IOException {
        Deque<AnnotationEntry> entries = new ArrayDeque<>();
        lock.lock();
        try {
            for (long at = newest[image]; at != NONE; ) {
                ByteBuffer bytes = read(at);
                at = bytes.getLong();
                bytes.getInt();
                entries.addFirst(AnnotationEntry.of(bytes));
            }
        } finally {
            lock.unlock();
        }
        return entries;
    }

    /** An entry with its head. */
    private ByteBuffer read(long at) throws IOException {
        RandomAccessFile open = in;
        if (open == null) {
            throw new IOException("they are closed");
        }
        open.seek(at);
        int got = 0;
        int wanted = HEAD;
        while (got < wanted) {
            int more = open.read(block, got, block.length - got);
            if (more < 0) {
                throw new IOException("they end in the midst of one");
            }
            got += more;
            if (got >= HEAD && wanted == HEAD) {
                wanted = HEAD + ByteBuffer.wrap(block).getInt(Long.BYTES);
                if (wanted > block.length) {
                    block = Arrays.copyOf(block, wanted);
                }
            }
        }
        return ByteBuffer.wrap(block);
    }

    int width(int image) {
        return sizes[2 * image];
    }

    int height(int image) {
        return sizes[2 * image + 1];
    }

    long images() {
        return images;
    }

    long annotations() {
        return annotations;
    }

    long crowds() {
        return crowds;
    }

    long broken() {
        return broken;
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
            if (in != null) {
                in.close();
                in = null;
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    private static String withoutFolders(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
