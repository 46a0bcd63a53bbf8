package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.Annotations;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetReader;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what goes in; the programs share them. */
final class InputOptions implements AutoCloseable {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            paramLabel = "FILE",
            description =
                    "Seeds: a file in MMEvol, LLaVA (ShareGPT4V, Cambrian) or messages form (OpenAI, TRL, ms-swift,"
                            + " LLaMA-Factory), JSON or JSONL, gzipped or not; or a folder of images with metadata.jsonl."
                            + " Default: the bundled photographs.")
    private @Nullable Path seeds;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Folder that holds the images. Default: the seed file's folder.")
    private @Nullable Path images;

    @Option(
            names = "--captions-from",
            paramLabel = "WHAT",
            defaultValue = "never",
            description =
                    "describe: where the only question of a record asks for a description of the image, its answer"
                            + " becomes the caption and no instruction is left; never. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Captions captions;

    @Option(
            names = "--annotations",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Captions and objects joined to the seeds by image: COCO's instances_*.json and captions_*.json,"
                            + " or JSONL with image, caption, det; gzipped or not. They fill in what a seed lacks.")
    private List<Path> annotationFiles = new ArrayList<>();

    @Option(
            names = "--annotations-trust",
            paramLabel = "TRUST",
            defaultValue = "precise",
            description =
                    "How far the objects of --annotations can be believed: exhaustive (every instance of each label"
                            + " is boxed), precise (what is boxed is right) or noisy. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private AnnotationTrust annotationTrust;

    private @Nullable Annotations annotations;

    /** Where captions come from, other than from records that have them. */
    enum Captions {
        DESCRIBE,
        NEVER
    }

    /** Whether the bundled photographs go in. */
    boolean isBundled() {
        return seeds == null;
    }

    /** The samples, with their annotations where there are such. */
    DataSet<Sample> samples(DataSetReader reader, Path bundled, long limit) throws IOException {
        return annotated(plainSamples(reader, bundled, limit));
    }

    /** The same samples with the annotations that were asked for. */
    DataSet<Sample> annotated(DataSet<Sample> samples) throws IOException {
        return annotationFiles.isEmpty() ? samples : annotations().join(samples);
    }

    /**
     * The samples as they stand in the seed file.
     *
     * @param bundled where the bundled photographs are put if there is no seed file
     * @param limit how many, 0 for all
     */
    DataSet<Sample> plainSamples(DataSetReader reader, Path bundled, long limit) throws IOException {
        check(limit);
        Path file = seeds == null ? BundledSeeds.unpack(bundled) : seeds;
        DataSetReader set = images == null ? reader : reader.images(images);
        DataSet<Sample> samples = (captions == Captions.DESCRIBE ? set.captionsFromDescriptions() : set).read(file);
        return limit == 0 ? samples : () -> samples.stream().limit(limit);
    }

    /** No samples: those of a stored run stand in the run. */
    DataSet<Sample> noSamples(long limit) {
        check(limit);
        return DataSet.of(List.of());
    }

    private void check(long limit) {
        if (seeds != null && !Files.exists(seeds)) {
            throw usage("--seeds: no such file: " + seeds);
        }
        if (images != null && !Files.isDirectory(images)) {
            throw usage("--images: no such folder: " + images);
        }
        if (limit < 0) {
            throw usage("--limit takes a number of at least 1: " + limit);
        }
    }

    /** The folder that the seeds' images are looked up in; empty where neither it nor a seed file was named. */
    Optional<Path> imageFolder() {
        if (images != null) {
            return Optional.of(images);
        }
        return Optional.ofNullable(seeds)
                .map(Path::toAbsolutePath)
                .map(file -> Files.isDirectory(file) ? file : file.getParent());
    }

    /** Tells what annotations were joined. */
    void printAnnotations(PrintWriter console) {
        if (annotations != null) {
            Annotations.Report report = annotations.report();
            console.printf(
                    Locale.ROOT,
                    "Annotations: %d of %d images; %d boxes of crowds and %d unusable ones left out. Samples joined by image"
                            + " path %d, by file name %d, not annotated %d.%n",
                    report.annotations(),
                    report.images(),
                    report.crowds(),
                    report.broken(),
                    report.byPath(),
                    report.byName(),
                    report.missed());
        }
    }

    @Override
    public void close() {
        if (annotations != null) {
            annotations.close();
        }
    }

    private Annotations annotations() {
        if (annotations == null) {
            annotations = Annotations.read(annotationTrust, annotationFiles.toArray(Path[]::new));
        }
        return annotations;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
