package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The images that lay inside the records, written into a folder where the data files that name them can find them. */
final class ImagesInside {
    private final Path folder;
    private boolean any;

    ImagesInside(Path folder) {
        this.folder = folder;
    }

    /** The same files, and the images that they name. */
    DataSetWriter besides(DataSetWriter files) {
        return files.withImagesIn(folder).and(this::noting);
    }

    private DataSetWriter.Appender noting() {
        return new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {
                any |= sample.sample().imageSource().isInMemory();
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    void printFiles(PrintWriter console) {
        if (any) {
            console.println("  images           the images that lay inside the records; --images " + folder);
        }
    }
}
