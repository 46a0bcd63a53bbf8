package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Counts the samples whose image is not where it is looked for, to show at the end of a run that writes images. */
final class MissingImages implements DataSetWriter {
    private long missing;
    private String example = "";

    @Override
    public Appender open() {
        missing = 0; // a run in passes writes its output in each of them
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                Optional<Path> file = sample.sample().imageSource().onDisk();
                if (!sample.kept().isEmpty() && file.isPresent() && !Files.isRegularFile(file.get())) {
                    example = missing == 0 ? file.get().toString() : example;
                    missing++;
                }
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    void print(PrintWriter out) {
        if (missing > 0) {
            out.println("The images of " + missing + " samples are not where they are looked for, the first of them: "
                    + example + ". --images DIR tells where they are.");
        }
    }
}
