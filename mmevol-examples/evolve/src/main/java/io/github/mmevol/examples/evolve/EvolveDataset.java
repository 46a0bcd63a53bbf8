package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.RunStoppedException;
import io.github.mmevol.core.pipeline.StopSignal;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "Every reply and every finished round is kept in OUT/run.db at once. The same command again goes on where a run"
                    + " was stopped or killed; more seeds and more rounds only add to it.",
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

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions input;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SelectionOptions selection;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

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
            defaultValue = "0",
            description = "Evolve only the first N samples. Default: 0, all.")
    private long limit;

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

    @ArgGroup
    @SuppressWarnings("NullAway.Init")
    private Beginning beginning;

    private String key = "";

    /** How a run begins where OUT may hold one already. */
    private static final class Beginning {
        @Option(
                names = "--resume",
                description =
                        "Go on with the run in OUT, also where it was set up differently: finished rounds stay, the"
                                + " rest is done as asked now. Default: go on if it was set up the same.")
        private boolean resume;

        @Option(names = "--fresh", description = "Forget the run in OUT and start a new one.")
        private boolean fresh;

        @Option(
                names = "--replay",
                description =
                        "Call no model: work the results out anew from the run in OUT, with the eliminators, scores"
                                + " and rounds given now.")
        private boolean replay;
    }

    /** Which eliminators a run has. */
    enum Elimination {
        /** Keep all that was written. */
        NONE,
        /** The rules alone. */
        RULES,
        /** The judge alone. */
        JUDGE,
        /** The rules, then the judge. */
        ALL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    EvolveDataset() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, System.getenv(), args));
    }

    /** Runs the program without exiting. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        EvolveDataset program = new EvolveDataset();
        program.key = environment.getOrDefault("OPENAI_API_KEY", "");
        return new CommandLine(program)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    err.println("mmevol-evolve: " + (e.getMessage() == null ? e : e.getMessage()));
                    return BAD_USAGE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        checkNumbers();
        DirectionSelector selector = selector();
        Selection[] selections = selection.selections();
        List<ReadReport> read = new ArrayList<>();
        DataSet<Sample> samples = input.samples(DataSets.reader().onEnd(read::add), out.resolve("bundled"), limit);
        if (dryRun) {
            new DryRun(console, out.resolve("prompts")).render(samples, seed);
            return DONE;
        }
        Models models = input.models(key);
        console.println(models.announcement());
        RunFile file = new RunFile(out.resolve("run.db"));
        if (beginning != null && beginning.fresh) {
            file.forget();
        }
        if (beginning != null && (beginning.resume || beginning.replay) && !file.exists()) {
            throw usage("there is no run to " + (beginning.resume ? "resume" : "replay") + " in " + out);
        }
        StopSignal stop = new StopSignal();
        Highlights highlights = new Highlights();
        EvalHits evalHits = new EvalHits();
        Optional<RunStoppedException> failure = Optional.empty();
        RunReport report;
        StopOnExit onExit = StopOnExit.install(stop);
        try {
            try (Progress progress = Progress.on(console)) {
                EvolutionPipeline pipeline = EvolutionPipeline.builder()
                        .evolvers(Directions.all(models.evolver()))
                        .eliminators(eliminators(models.judge()))
                        .directions(selector)
                        .rounds(rounds)
                        .concurrency(concurrency)
                        .seed(seed)
                        .selections(selections)
                        .stopSignal(stop)
                        .listener(progress)
                        .store(file.store())
                        .changedSettings(beginning != null && beginning.resume)
                        .build();
                DataSetWriter writers = writers().and(highlights).and(evalHits);
                report = beginning != null && beginning.replay
                        ? pipeline.replay(writers)
                        : pipeline.run(samples, writers);
            } catch (RunStoreException e) {
                complain(e.getMessage() + "\n--fresh starts a new run, --replay works this one's results out anew,"
                        + " --resume goes on with the changed settings, --out DIR takes another folder.");
                return BAD_USAGE;
            } catch (RunStoppedException e) {
                failure = Optional.of(e);
                report = e.report();
            }
            failure.ifPresent(e -> complain(e.getMessage()));
            try {
                Summary.write(out.resolve("summary.json"), report, models.name(), read);
            } catch (IOException e) {
                complain("cannot write " + out.resolve("summary.json") + ": " + e.getMessage());
                if (failure.isEmpty()) {
                    return BAD_USAGE;
                }
            }
            evalHits.print(console);
            print(console, report, read, models, highlights);
        } finally {
            onExit.done();
        }
        if (failure.isPresent() && failure.get().getCause() instanceof UncheckedIOException) {
            return BAD_USAGE;
        }
        return report.isComplete() ? DONE : STOPPED;
    }

    private void checkNumbers() {
        if (rounds < 1 || concurrency < 1) {
            throw usage("--rounds and --concurrency take a number of at least 1");
        }
        if (minScore < 0 || minScore > 10) {
            throw usage("--min-score takes a number from 0 to 10: " + minScore);
        }
    }

    private DirectionSelector selector() {
        return switch (directions.toLowerCase(Locale.ROOT)) {
            case "equal" -> DirectionSelector.equal();
            case "published" -> DirectionSelector.published();
            default -> weighted();
        };
    }

    private DirectionSelector weighted() {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String share : directions.split(",", -1)) {
            String[] pair = share.split("=", -1);
            try {
                if (pair.length != 2 || !Directions.NAMES.contains(pair[0].strip())) {
                    throw new NumberFormatException();
                }
                weights.put(pair[0].strip(), Double.parseDouble(pair[1].strip()));
            } catch (NumberFormatException e) {
                throw usage("--directions takes equal, published, or shares such as perceptual=1,cognitive=2 of "
                        + String.join(", ", Directions.NAMES) + ": " + directions);
            }
        }
        try {
            return DirectionSelector.weighted(weights);
        } catch (IllegalArgumentException e) {
            throw usage("--directions: " + e.getMessage());
        }
    }

    private Eliminator[] eliminators(ModelClient judge) {
        List<Eliminator> eliminators = new ArrayList<>();
        if (eliminate == Elimination.RULES || eliminate == Elimination.ALL) {
            eliminators.add(Rules.all());
        }
        if (eliminate == Elimination.JUDGE || eliminate == Elimination.ALL) {
            eliminators.add(Judge.with(judge).minScore(minScore));
        }
        return eliminators.toArray(Eliminator[]::new);
    }

    private DataSetWriter writers() {
        return DataSets.writeMmevolJson(out.resolve("evolved.json"))
                .and(DataSets.writeJsonl(out.resolve("evolved.jsonl")))
                .and(DataSets.writeLlavaJson(out.resolve("llava.json")))
                .and(DataSets.writeEliminatedJsonl(out.resolve("eliminated.jsonl")));
    }

    private void print(
            PrintWriter console, RunReport report, List<ReadReport> read, Models models, Highlights highlights) {
        console.println();
        highlights.print(console);
        console.println(Summary.table(report));
        for (ReadReport file : read) {
            if (file.broken() > 0 || file.clamped() > 0 || file.droppedTurns() > 0 || file.withoutImage() > 0) {
                console.printf(
                        Locale.ROOT,
                        "Read %s: %d records, %d broken and skipped, %d boxes clamped, %d turns dropped, %d without image.%n",
                        file.file().getFileName(),
                        file.records(),
                        file.broken(),
                        file.clamped(),
                        file.droppedTurns(),
                        file.withoutImage());
            }
        }
        if (!report.isComplete()) {
            console.println("Stopped early: " + report.stoppedBy() + ". What was finished has been written;"
                    + " the same command again goes on from there.");
        }
        console.println("Written to " + out + ":");
        console.println("  evolved.json     samples with the survivors of each round (MMEvol form)");
        console.println("  evolved.jsonl    one kept instruction a line, with its lineage");
        console.println("  llava.json       conversations ready to train on (LLaVA form)");
        console.println("  eliminated.jsonl what was not kept, by whom and why");
        console.println("  summary.json     the figures");
        console.println("  run.db           every reply and every finished round (SQLite)");
        models.farewell().ifPresent(console::println);
    }

    private void complain(@Nullable String message) {
        spec.commandLine().getErr().println("mmevol-evolve: " + message);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
