package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;

/** Writes the images that lay inside the records into a folder, where the data files that name them can find them. */
final class ImagesInside implements DataSetWriter {
    private final Path folder;
    private boolean any;

    ImagesInside(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Appender open() {
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                if (sample.sample().imageSource().isInMemory()) {
                    write(sample.sample());
                }
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    private void write(Sample sample) {
        Path file = folder.resolve(sample.image()).normalize();
        if (file.equals(folder) || !file.startsWith(folder)) {
            return;
        }
        any = true;
        try (InputStream in = sample.imageSource().open()) {
            byte[] bytes = in.readAllBytes();
            if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
                return;
            }
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the image " + file + ": " + e.getMessage(), e);
        }
    }

    void printFiles(PrintWriter console) {
        if (any) {
            console.println("  images           the images that lay inside the records; --images " + folder);
        }
    }
}
