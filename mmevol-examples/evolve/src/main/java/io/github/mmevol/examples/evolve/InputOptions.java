package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetReader;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what goes in; the programs share them. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "FILE",
            description = "Seed file: MMEvol JSON, LLaVA JSON, or JSONL of either. Default: the bundled photographs.")
    private @Nullable Path seeds;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Folder that holds the images. Default: the seed file's folder.")
    private @Nullable Path images;

    /** Whether the bundled photographs go in. */
    boolean isBundled() {
        return seeds == null;
    }

    /**
     * The samples.
     *
     * @param bundled where the bundled photographs are put if there is no seed file
     * @param limit how many, 0 for all
     */
    DataSet<Sample> samples(DataSetReader reader, Path bundled, long limit) throws IOException {
        if (seeds != null && !Files.isRegularFile(seeds)) {
            throw usage("--seeds: no such file: " + seeds);
        }
        if (images != null && !Files.isDirectory(images)) {
            throw usage("--images: no such folder: " + images);
        }
        if (limit < 0) {
            throw usage("--limit takes a number of at least 1: " + limit);
        }
        Path file = seeds == null ? BundledSeeds.unpack(bundled) : seeds;
        DataSet<Sample> samples = (images == null ? reader : reader.images(images)).read(file);
        return limit == 0 ? samples : () -> samples.stream().limit(limit);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
