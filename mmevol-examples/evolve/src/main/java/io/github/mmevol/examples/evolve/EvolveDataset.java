package io.github.mmevol.examples.evolve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command-line program: evolves a seed file over several rounds and writes the data sets. */
@Command(
        name = "mmevol-evolve",
        mixinStandardHelpOptions = true,
        version = "mmevol 0.1.0-SNAPSHOT",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Evolves image-text instructions over several rounds and eliminates what failed.",
        footer = {
            "",
            "Without --seeds the bundled photographs are evolved. With neither --base-url nor OPENAI_API_KEY no model is"
                    + " called: hand-written replies are replayed, and the output says so.",
            "",
            "Exit status: 0 done, 2 bad usage or input, 3 stopped early (what is finished has been written)."
        })
public final class EvolveDataset implements Callable<Integer> {
    static final int DONE = 0;
    static final int BAD_USAGE = 2;
    static final int STOPPED = 3;

    @Spec
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

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "OpenAI-compatible endpoint, for example http://localhost:8000/v1. Default: OpenAI's, if"
                    + " OPENAI_API_KEY is set.")
    private @Nullable String baseUrl;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "gpt-4o-mini",
            description = "The model that evolves. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(names = "--judge-model", paramLabel = "NAME", description = "The model that judges. Default: the same.")
    private @Nullable String judgeModel;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds. Default: 3.")
    private int rounds;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "16",
            description = "Samples evolved at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of all randomness. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Evolve only the first N samples. Default: all.")
    private @Nullable Long limit;

    @Option(
            names = "--min-score",
            paramLabel = "N",
            defaultValue = "1",
            description = "Least score of the judge to keep an instruction, 0 to 10. Default: ${DEFAULT-VALUE}.")
    private int minScore;

    @Option(
            names = "--directions",
            paramLabel = "SHARES",
            defaultValue = "equal",
            description = "equal, published (perceptual 0.5, cognitive 0.25, interactive 0.25), or shares such as"
                    + " perceptual=1,cognitive=2. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String directions;

    @Option(
            names = "--eliminate",
            paramLabel = "WHAT",
            defaultValue = "all",
            description = "Who eliminates: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Elimination eliminate;

    @Option(
            names = "--dry-run",
            description = "Call nothing; render the prompts of the first sample in each direction into OUT/prompts and"
                    + " count their tokens.")
    private boolean dryRun;

    /** Which eliminators a run has. */
    enum Elimination {
        none,
        rules,
        judge,
        all
    }
}
