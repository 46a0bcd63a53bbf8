package io.github.mmevol.core.sample;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** An image that a data file names, inside a declared folder. */
record FolderImage(Path folder, String path) implements ImageSource {
    static final String LOCATION = "folder";
    private static final String REMEDY =
            "; declare the folder with --images / DataSetReader.images(folder): the path has to lie inside it";

    static FolderImage of(Path folder, String path) {
        try {
            Path named = Path.of(path).normalize();
            Path root = root(folder);
            if (named.isAbsolute() && named.startsWith(root) && !named.equals(root)) {
                String inside = root.relativize(named).toString();
                return new FolderImage(folder, inside.replace(File.separatorChar, '/'));
            }
        } catch (InvalidPathException e) {
            // told when it is opened
        }
        return new FolderImage(folder, path);
    }

    @Override
    public String location() {
        String text = folder.toString();
        return text.contains("\n") ? "" : LOCATION + "\n" + text + "\n" + path;
    }

    @Override
    public Optional<Path> onDisk() {
        try {
            Path root = root(folder);
            Path named = named(root);
            return named.startsWith(root) && !named.equals(root) ? Optional.of(named) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public ImageSource in(Path other) {
        return ImageSource.within(other, path);
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(resolve());
    }

    private Path resolve() throws IOException {
        Path root = root(folder);
        Path named;
        try {
            named = named(root);
        } catch (InvalidPathException e) {
            throw new IOException(notValid(path, System.getProperty("sun.jnu.encoding", "UTF-8")), e);
        }
        boolean absolute = Path.of(path).isAbsolute();
        if (path.isBlank() || (!absolute && (path.startsWith("/") || path.startsWith("\\")))) {
            throw new IOException("image path must be relative to the image folder: '" + path + "'");
        }
        if (!named.startsWith(root)) {
            throw new IOException("image path " + (absolute ? "lies outside" : "leaves") + " the image folder " + folder
                    + ": '" + path + "'" + REMEDY);
        }
        if (!Files.isRegularFile(named)) {
            throw new IOException("image file not found: '" + path + "' in the image folder " + folder);
        }
        if (!named.toRealPath().startsWith(root.toRealPath())) {
            throw new IOException("image path is a link that leaves the image folder: '" + path + "'");
        }
        return named;
    }

    /** The file, or where that does not lie inside the folder, a path that does not either. */
    private Path named(Path root) {
        Path named = root.resolve(path).normalize();
        if (named.startsWith(root) || !Path.of(path).isAbsolute()) {
            return named;
        }
        try { // an absolute path that reaches the folder by another way
            Path real = named.toRealPath();
            Path realRoot = root.toRealPath();
            return real.startsWith(realRoot) ? root.resolve(realRoot.relativize(real)) : named;
        } catch (IOException e) {
            return named;
        }
    }

    private static Path root(Path folder) {
        return folder.toAbsolutePath().normalize();
    }

    /**
     * Why no file can have a name.
     *
     * @param encoding how the JVM encodes the names of files, which it takes from the locale when it starts
     */
    static String notValid(String path, String encoding) {
        String why = "image path is not valid: '" + path + "'";
        boolean sayable = !Charset.isSupported(encoding)
                || Charset.forName(encoding).newEncoder().canEncode(path);
        return sayable
                ? why
                : why + "; the locale gives the names of files in " + encoding
                        + ", which cannot say it: set LC_ALL=C.UTF-8 (or any UTF-8 locale) before Java starts";
    }

    @Override
    public String toString() {
        return "'" + path + "'";
    }
}
