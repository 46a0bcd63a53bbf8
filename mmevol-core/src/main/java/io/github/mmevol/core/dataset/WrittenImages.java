package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** Puts images that are in memory into a folder, and hands the samples on with the images there. */
record WrittenImages(DataSetWriter files, Path folder) implements DataSetWriter {

    @Override
    public Appender open() {
        Losses losses = new Losses();
        return new TellingAppender(open(losses), () -> {}, () -> losses.warn(folder));
    }

    /** The same without the warning. */
    Appender open(Losses losses) {
        return new ImageAppender(files.open(), folder.toAbsolutePath().normalize(), losses);
    }
}

/** One output. An image is put in place at once, so that no more than one is held. */
final class ImageAppender implements DataSetWriter.Appender {
    private final DataSetWriter.Appender files;
    private final Path folder;
    private final Losses losses;
    /** The files of this output, by their paths' hashes. */
    private final LongInts placed = new LongInts();

    ImageAppender(DataSetWriter.Appender files, Path folder, Losses losses) {
        this.files = files;
        this.folder = folder;
        this.losses = losses;
    }

    @Override
    public void append(EvolvedSample evolved) {
        Sample sample = evolved.sample();
        files.append(
                sample.imageSource().isInMemory() && place(sample)
                        ? new EvolvedSample(evolved.key(), inFolder(sample), evolved.outcomes())
                        : evolved);
    }

    private Sample inFolder(Sample sample) {
        return sample.with(b -> b.image(sample.image(), ImageSource.within(folder, sample.image())));
    }

    /** Whether the image is in its place now. */
    private boolean place(Sample sample) {
        Optional<Path> named = ImageSource.within(folder, sample.image()).onDisk();
        try {
            if (named.isEmpty() || !isInside(named.get(), sample.image())) {
                losses.add("samples whose image is not written, as its name leads out of the folder");
                return false;
            }
            Path file = named.get();
            byte[] bytes;
            try (InputStream in = sample.imageSource().open()) {
                bytes = in.readAllBytes();
            }
            long key = Hash64.of(file.toString());
            boolean first = placed.get(key, 0) == 0;
            placed.put(key, 1);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return true;
            }
            if (!first) {
                losses.add("samples whose image is not written, as another image has its name");
                return false;
            }
            write(bytes, file);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write the image '" + sample.image() + "' into " + folder + ": " + e.getMessage(), e);
        }
    }

    private boolean isInside(Path file, String name) throws IOException {
        if (Path.of(name).isAbsolute()) {
            return false;
        }
        Files.createDirectories(folder);
        Path there = parent(file);
        while (!Files.exists(there)) {
            there = parent(there);
        }
        return there.toRealPath().startsWith(folder.toRealPath());
    }

    private static void write(byte[] bytes, Path file) throws IOException {
        Files.createDirectories(parent(file));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    @Override
    public void flush() {
        files.flush();
    }

    @Override
    public void commit() {
        files.commit();
    }

    @Override
    public void close() {
        files.close();
    }
}
