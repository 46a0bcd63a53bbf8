package io.github.mmevol.core.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an image's file lies. Nothing is read before {@link #open()}; each call opens it anew. Implementations are
 * thread-safe; those of the factories here compare by value.
 *
 * <p>A lambda makes one of any other place (an object store, a database). It has no {@link #location()}, so that a run store
 * cannot keep it: {@link io.github.mmevol.core.store.RunStore#imagesFrom} tells a stored run where such images come from.
 */
@FunctionalInterface
public interface ImageSource {

    /**
     * Opens the file's bytes; the caller closes the stream.
     *
     * @throws IOException if the file is missing, unreadable or lies outside the declared folder; the message names it
     */
    InputStream open() throws IOException;

    /**
     * A text from which {@link #at} makes an equal source; of bytes in memory it holds them all. Empty where there is none:
     * by default for a source of the caller's own.
     */
    default String location() {
        return "";
    }

    /**
     * The path under which the file is known: of {@link #file} its own, of {@link #within} the one inside the folder, as the
     * data file has it. Empty where there is none: for bytes in memory, and by default for a source of the caller's own.
     */
    default String path() {
        return "";
    }

    /**
     * The absolute path of the file, whether it is there or not. Empty where there is none: for bytes in memory, for a name
     * that leaves its folder, and by default for a source of the caller's own.
     */
    default Optional<Path> onDisk() {
        return Optional.empty();
    }

    /** Whether it holds the image's bytes, so that whoever keeps many sources keeps many images. By default it does not. */
    default boolean isInMemory() {
        return false;
    }

    /**
     * The same image where its folder lies elsewhere: of {@link #within} the same path inside another folder. Any other
     * source, and by default one of the caller's own, is itself.
     */
    default ImageSource in(Path folder) {
        return this;
    }

    /**
     * The source that a {@link #location()} stands for.
     *
     * @throws IllegalArgumentException if the text is no location
     */
    static ImageSource at(String location) {
        Objects.requireNonNull(location, "location");
        String[] parts = location.split("\n", 3);
        if (location.isEmpty()) {
            return none();
        }
        if (parts.length == 2 && parts[0].equals(FileImage.LOCATION)) {
            return file(Path.of(parts[1]));
        }
        if (parts.length == 3 && parts[0].equals(FolderImage.LOCATION)) {
            return within(Path.of(parts[1]), parts[2]);
        }
        if (parts.length == 3 && parts[0].equals(PartImage.LOCATION)) {
            String[] range = parts[1].split("\\+", 2);
            return part(Path.of(parts[2]), Long.parseLong(range[0]), Long.parseLong(range[1]));
        }
        if (parts.length == 2 && parts[0].equals(MemoryImage.LOCATION)) {
            return new MemoryImage(Base64.getDecoder().decode(parts[1]));
        }
        throw new IllegalArgumentException("not the location of an image: '" + location + "'");
    }

    /** An image file that the caller names himself; any path is allowed. */
    static ImageSource file(Path path) {
        return new FileImage(Objects.requireNonNull(path, "path"));
    }

    /**
     * An image named by a data file, looked up inside a declared folder and nowhere else: a {@code ..} or an absolute path
     * that leaves the folder, or a link that leads out of it, is refused when the image is opened. An absolute path of a file
     * inside the folder stands for its path from there.
     *
     * @param folder the declared image folder
     * @param path the path as the data file has it
     */
    static ImageSource within(Path folder, String path) {
        return FolderImage.of(Objects.requireNonNull(folder, "folder"), Objects.requireNonNull(path, "path"));
    }

    /**
     * An image that is a stretch of a larger file, as in an archive that is not compressed.
     *
     * @param file the larger file, which the caller names himself
     * @param offset where the image begins, in bytes
     * @param length how many bytes it has
     */
    static ImageSource part(Path file, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("no stretch of a file: " + length + " bytes from " + offset);
        }
        return new PartImage(Objects.requireNonNull(file, "file"), offset, length);
    }

    /** An image held in memory; the array is copied. */
    static ImageSource bytes(byte[] bytes) {
        return new MemoryImage(Objects.requireNonNull(bytes, "bytes").clone());
    }

    /** No image at all: {@link #open()} fails with a message that says so. */
    static ImageSource none() {
        return NoImage.INSTANCE;
    }
}

record FileImage(Path file) implements ImageSource {
    static final String LOCATION = "file";

    @Override
    public String path() {
        return file.toString();
    }

    @Override
    public String location() {
        return path().contains("\n") ? "" : LOCATION + "\n" + path();
    }

    @Override
    public Optional<Path> onDisk() {
        return Optional.of(file.toAbsolutePath().normalize());
    }

    @Override
    public InputStream open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("image file not found: " + file);
        }
        return Files.newInputStream(file);
    }

    @Override
    public String toString() {
        return "'" + file + "'";
    }
}

record PartImage(Path file, long offset, long length) implements ImageSource {
    static final String LOCATION = "part";

    @Override
    public String location() {
        return file.toString().contains("\n") ? "" : LOCATION + "\n" + offset + "+" + length + "\n" + file;
    }

    @Override
    public InputStream open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("file not found: " + file);
        }
        if (offset + length > Files.size(file)) {
            throw new IOException("the file ends before the image in it: " + this);
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            return new ByteArrayInputStream(in.readNBytes(Math.toIntExact(length)));
        }
    }

    @Override
    public String toString() {
        return "(" + length + " bytes from " + offset + " on in '" + file + "')";
    }
}

@SuppressWarnings("ArrayRecordComponent")
record MemoryImage(byte[] content) implements ImageSource {
    static final String LOCATION = "bytes";

    @Override
    public String location() {
        return LOCATION + "\n" + Base64.getEncoder().encodeToString(content);
    }

    @Override
    public boolean isInMemory() {
        return true;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryImage that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "(" + content.length + " bytes in memory)";
    }
}

enum NoImage implements ImageSource {
    INSTANCE;

    @Override
    public InputStream open() throws IOException {
        throw new IOException("the sample has no image");
    }
}
