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
import java.util.stream.Stream;
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
        check(limit, false);
        Path file = seeds == null ? BundledSeeds.unpack(bundled) : seeds;
        DataSetReader set = images == null ? reader : reader.images(images);
        DataSet<Sample> samples = (captions == Captions.DESCRIBE ? set.captionsFromDescriptions() : set).read(file);
        return limit == 0 ? samples : () -> samples.stream().limit(limit);
    }

    /** What goes in, as far as it was named; images are never written over. */
    List<InputFile> files() {
        return Stream.concat(InputFile.of("--seeds", seeds), InputFile.all("--annotations", annotationFiles))
                .toList();
    }

    /**
     * Says, before anything is done, what goes in unasked, and what does not though it was asked for.
     *
     * @param stored whether the samples are those of a stored run
     */
    void print(Models models, boolean stored, PrintWriter console) {
        List<String> ignored = Stream.of("--seeds", "--annotations", "--captions-from", "--limit")
                .filter(option -> stored && isGiven(option))
                .toList();
        if (!ignored.isEmpty()) {
            console.println(
                    "--replay takes the samples of the stored run; ignored: " + String.join(", ", ignored) + ".");
        } else if (!stored && isBundled() && models.provider().isPresent()) {
            console.println("No --seeds: the bundled photographs go to the model.");
        }
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /**
     * Refuses what cannot be meant.
     *
     * @param stored whether the samples are those of a stored run, whose images may have been moved
     */
    void check(long limit, boolean stored) {
        if (seeds == null && !stored) {
            for (String option : List.of("--images", "--annotations", "--annotations-trust", "--captions-from")) {
                if (isGiven(option)) {
                    throw usage(option + " needs --seeds FILE: without, the bundled photographs go in");
                }
            }
        }
        if (seeds != null && !Files.exists(seeds)) {
            throw usage("--seeds: no such file: " + seeds);
        }
        for (Path file : annotationFiles) {
            if (!Files.exists(file)) {
                throw usage("--annotations: no such file: " + file);
            }
        }
        if (images != null && !Files.isDirectory(images)) {
            throw usage("--images: no such folder: " + images);
        }
        if (limit < 0) {
            throw usage("--limit takes a number of at least 1: " + limit);
        }
    }

    /**
     * The folder that the images are looked up in; empty where nothing was named that says so.
     *
     * @param stored whether the samples are those of a stored run: then no seed file says where their images are
     */
    Optional<Path> imageFolder(boolean stored) {
        if (images != null || stored) {
            return Optional.ofNullable(images);
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
                    "Annotations: %d captions and objects of %d images; left out: %d boxes of crowds, and %d without a known"
                            + " image, a known category or a usable box. Samples joined by image path %d, by file name %d, not"
                            + " annotated %d.%n",
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
            if (annotations.report().annotations() == 0) {
                throw usage("--annotations: no usable caption and no usable object in " + annotationFiles
                        + "; it takes COCO's instances_*.json and captions_*.json, or JSONL with image, caption, det");
            }
        }
        return annotations;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
