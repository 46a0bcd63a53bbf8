package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.dataset.DataSetReader;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.store.RunSettings;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at any data file, alone or beside another one, and writes report and card. */
@Command(
        name = "mmevol-analyze",
        mixinStandardHelpOptions = true,
        version = EvolveDataset.VERSION,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Writes report.html, report.json and DATASET_CARD.md of a data file; calls no model.")
public final class AnalyzeDataset implements Callable<Integer> {
    private static final List<String> WRITTEN = List.of("report.html", "report.json", "DATASET_CARD.md");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--seeds",
            required = true,
            paramLabel = "FILE",
            description =
                    "The data file: MMEvol JSON, with the survivors of its rounds if it has any, LLaVA JSON, or JSONL"
                            + " of either.")
    @SuppressWarnings("NullAway.Init")
    private Path seeds;

    @Option(
            names = "--images",
            paramLabel = "DIR",
            description = "Folder that holds the images. Default: the data file's folder.")
    private @Nullable Path images;

    @Option(names = "--compare", paramLabel = "FILE", description = "Another data file, whose figures stand beside.")
    private @Nullable Path compare;

    @Option(
            names = "--gallery",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many samples can be browsed. Default: ${DEFAULT-VALUE}.")
    private int gallery;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportOptions look;

    AnalyzeDataset() {}

    /** Runs the program and exits with its status: 0 done, 2 bad usage or input. */
    public static void main(String[] args) {
        Program.exit((out, err, environment, arguments) -> run(out, err, arguments), args);
    }

    /** Runs the program without exiting. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return Program.commandLine(new AnalyzeDataset(), "mmevol-analyze", out, err)
                .execute(args);
    }

    @Override
    public Integer call() {
        if (images != null && !Files.isDirectory(images)) {
            throw usage("--images: no such folder: " + images);
        }
        if (gallery < 0) {
            throw usage("--gallery takes a number of at least 0: " + gallery);
        }
        InputFile.spare(
                Stream.concat(InputFile.of("--seeds", seeds), InputFile.of("--compare", compare))
                        .toList(),
                out,
                WRITTEN);
        DataSetReader reader =
                images == null ? DataSets.reader() : DataSets.reader().images(images);
        Report report =
                Report.of(reader.readEvolved(existing("--seeds", seeds))).gallery(gallery);
        if (compare != null) {
            report = report.comparedWith(name(compare), reader.readEvolved(existing("--compare", compare)));
        }
        look.write(out, report, name(seeds), RunSettings.NONE);
        spec.commandLine().getOut().println("Written to " + out + ": " + String.join(", ", WRITTEN));
        return EvolveDataset.DONE;
    }

    private Path existing(String option, Path file) {
        if (!Files.isRegularFile(file)) {
            throw usage(option + ": no such file: " + file);
        }
        return file;
    }

    private static String name(Path file) {
        return Objects.requireNonNullElse(file.getFileName(), file).toString();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
