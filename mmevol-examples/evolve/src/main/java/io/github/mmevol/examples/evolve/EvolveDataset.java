package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetReader;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.pipeline.Estimate;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.Pilot;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.RunStoppedException;
import io.github.mmevol.core.pipeline.StopSignal;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        version = EvolveDataset.VERSION,
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
    static final String VERSION = "mmevol 0.1.0-SNAPSHOT";
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
    private ModelOptions modelOptions;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private EvolutionOptions evolution;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private JudgeOptions judging;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SelectionOptions selection;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TrainingOptions training;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AuditOptions audit;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private SpendingOptions spending;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ReportOptions look;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private BatchOptions batch;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Evolve only the first N samples. Default: 0, all.")
    private long limit;

    @Option(
            names = "--dry-run",
            description = "Call nothing; render the prompts of the first sample in each direction into OUT/prompts and"
                    + " count their tokens.")
    private boolean dryRun;

    @ArgGroup
    private Beginning beginning = new Beginning();

    /** What was read of each file, where it was read furthest: a run may read it several times. */
    private final Map<Path, ReadReport> read = new ConcurrentSkipListMap<>();

    private String key = "";

    EvolveDataset() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] args) {
        Program.exit(EvolveDataset::run, args);
    }

    /** Runs the program without exiting. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        EvolveDataset program = new EvolveDataset();
        program.key = environment.getOrDefault("OPENAI_API_KEY", "");
        return Program.commandLine(program, "mmevol-evolve", out, err).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        try {
            return run();
        } finally {
            input.close();
        }
    }

    private int run() throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw usage("--out takes a folder, and this is none: " + out);
        }
        boolean stored = beginning.isReplay() && !dryRun && !spending.isEstimate();
        evolution.check();
        training.check();
        input.check(limit, stored);
        Results results = new Results(out, evolution.isPreparing(), training, audit);
        InputFile.spare(
                inputs(),
                out,
                evolution.rules().checksSeeds()
                        ? List.of("seed-check.json")
                        : dryRun ? List.of("prompts") : results.names());
        audit.read();
        Budget budget = spending.budget();
        int pilotSamples = spending.pilotSamples();
        DataSetReader reader = DataSets.reader().onEnd(this::read);
        if (evolution.rules().checksSeeds()) {
            return checkSeeds(reader);
        }
        if (!dryRun) {
            beginning.check(out, this::usage);
        }
        DataSet<Sample> plain =
                stored ? DataSet.of(List.of()) : input.plainSamples(reader, out.resolve("bundled"), limit);
        if (!stored) {
            UsableSeeds.require(plain, evolution.isPreparing(), read.values());
        }
        DataSet<Sample> samples = stored ? plain : input.annotated(plain);
        if (dryRun) {
            new DryRun(console(), out.resolve("prompts")).render(samples, evolution.seed());
            return DONE;
        }
        RunStore kept = beginning.store(out);
        RunStore store =
                input.imageFolder(beginning.isReplay()).map(kept::imagesIn).orElse(kept);
        Models models = beginning.isReplay()
                ? modelOptions.stored(store.history().paid())
                : modelOptions.models(input.isBundled(), key);
        if (models.provider().isEmpty() && modelOptions.isNamed() && !beginning.isReplay() && !spending.isEstimate()) {
            throw usage("--model needs --base-url URL, or a key in OPENAI_API_KEY; without, no model is called");
        }
        batch.check(models);
        if (stored) {
            requireRounds(store);
        }
        DataSet<Sample> seeds = evolution.samples(samples, models);
        StopSignal stop = new StopSignal();
        EvolutionPipeline.Builder pipeline = evolution
                .pipeline(models, judging)
                .selections(audit.overrides())
                .selections(selection.selections())
                .images(modelOptions.images())
                .budget(budget)
                .stopSignal(stop)
                .store(store)
                .changedSettings(beginning.isResume());
        if (!beginning.isReplay()) {
            spending.checkPrices(models);
        }
        console().println(models.announcement());
        input.print(models, stored, console());
        StopOnExit onExit = StopOnExit.install(stop);
        try (Progress progress = Progress.on(console(), budget.prices(), spending.unit());
                FormerRun former = beginning.former(out, spending.isEstimate() && pilotSamples == 0)) {
            pipeline.listener(progress).listener(former);
            if (spending.isEstimate()) {
                return estimate(pipeline.build(), seeds, pilotSamples);
            }
            models.provider().ifPresent(provider -> progress.watch(provider.limiter()));
            progress.expect(plain);
            return evolve(pipeline, seeds, models, store, stop, progress, former, results);
        } catch (RunStoreException.ChangedSettings e) {
            complain(e.getMessage()
                    + "\n--fresh starts a new run, --replay works this one's results out anew, --resume goes on"
                    + " with the changed settings, --out DIR takes another folder.");
            return BAD_USAGE;
        } catch (RunStoreException e) {
            complain(CommandWords.of(e));
            return BAD_USAGE;
        } catch (ModelException e) {
            complain(CommandWords.of(e) + ClosingText.remedy(e) + batch.remedy());
            return STOPPED;
        } finally {
            onExit.done();
        }
    }

    private void requireRounds(RunStore store) {
        try (Stream<StoredSample> samples = store.samples()) {
            if (samples.allMatch(sample -> sample.rounds().isEmpty())) {
                throw usage("--replay: the run in " + out + " has finished nothing yet; without, it goes on");
            }
        }
    }

    private List<InputFile> inputs() {
        return Stream.of(input.files(), selection.files(), audit.files(), evolution.files())
                .flatMap(List::stream)
                .toList();
    }

    private void read(ReadReport report) {
        read.merge(report.file(), report, (one, other) -> other.records() > one.records() ? other : one);
    }

    private int checkSeeds(DataSetReader reader) throws IOException {
        AtomicLong line = new AtomicLong();
        DataSetReader telling = reader.onSample((sample, begins) -> line.set(begins));
        DataSet<Sample> samples = input.samples(telling, out.resolve("bundled"), limit);
        new SeedCheck(evolution.rules().rules())
                .check(samples, line::get)
                .tell(out.resolve("seed-check.json"), read.values(), console());
        return DONE;
    }

    private int estimate(EvolutionPipeline pipeline, DataSet<Sample> samples, int pilotSamples) {
        ImageFormula images = modelOptions.imageFormula();
        Pilot pilot = pilotSamples == 0 ? Pilot.none() : Pilot.samples(pilotSamples);
        try {
            Estimate estimate =
                    pipeline.estimate(samples, pilot.text(new O200kTokens()).images(images.tokens()));
            console().print(EstimateText.of(estimate, images.like(), spending.unit()));
            return DONE;
        } catch (RunStoppedException e) {
            complain(CommandWords.of(e) + ClosingText.remedy(e.getCause()));
            return STOPPED;
        }
    }

    private int evolve(
            EvolutionPipeline.Builder pipeline,
            DataSet<Sample> samples,
            Models models,
            RunStore store,
            StopSignal stop,
            Progress progress,
            FormerRun former,
            Results results) {
        DataSetWriter writers = results.writer(evolution.seed());
        Optional<RunStoppedException> failure = Optional.empty();
        RunReport report;
        try {
            if (beginning.isReplay()) {
                report = pipeline.build().replay(writers);
            } else if (batch.isGiven()) {
                report = batch.run(
                        pipeline,
                        samples,
                        writers,
                        models,
                        out.resolve("batches"),
                        stop,
                        console(),
                        former::drop,
                        progress::pass);
            } else {
                report = pipeline.build().run(samples, writers);
            }
        } catch (RunStoppedException e) {
            failure = Optional.of(e);
            report = e.report();
        }
        progress.close();
        if (report.isComplete()) {
            former.drop();
        }
        failure.ifPresent(e -> complain(CommandWords.of(e) + ClosingText.remedy(e.getCause())));
        boolean full = failure.isPresent() && failure.get().getCause() instanceof UncheckedIOException;
        try {
            Summary.write(out.resolve("summary.json"), report, models.name(), spending.currency(), read.values());
            if (results.areWritten() || full) {
                look.write(
                        out,
                        results.collecting(),
                        report,
                        store,
                        spending.budget().prices(),
                        audit.agreement());
                audit.report(console(), out);
            }
        } catch (IOException | UncheckedIOException e) {
            complain("cannot write all of the results in " + out + ": " + e.getMessage());
            full |= failure.isEmpty();
        }
        results.printTroubles(console(), !beginning.isReplay());
        print(report, models, results, failure.isPresent());
        if (beginning.isReplay()) {
            evolution.printMissingRounds(report, console());
            ClosingText.printUnfinished(store.history().stoppedBy(), console());
        }
        if (full) {
            return BAD_USAGE;
        }
        if (report.isComplete() && ClosingText.allFailed(report) && !training.passesTextOn()) {
            complain("every attempt failed; above stands why. "
                    + (results.failures().isOnlyOfImages()
                            ? "Once that is mended, the same command goes on."
                            : models.name().equals(RuleMadeClient.NAME)
                                    ? RuleMadeClient.NEEDS
                                    : "Once that is mended, --fresh starts over."));
            return BAD_USAGE;
        }
        return report.isComplete() ? DONE : STOPPED;
    }

    private void print(RunReport report, Models models, Results results, boolean told) {
        PrintWriter console = console();
        console.println();
        results.printHighlights(console);
        console.println(Summary.table(report));
        console.print(AccountText.of(report, spending.unit()));
        ClosingText.printOdd(read.values(), console);
        input.printAnnotations(console);
        ClosingText.printLeftOut(report, console);
        ClosingText.printFormer(report, console);
        selection.printTarget(report, console);
        ClosingText.printEnd(report, told, results.areWritten(), console);
        results.printFiles(console);
        if (results.areWritten() && !evolution.isPreparing()) {
            models.farewell().ifPresent(console::println);
        }
    }

    private PrintWriter console() {
        return spec.commandLine().getOut();
    }

    private void complain(@Nullable String message) {
        spec.commandLine().getErr().println("mmevol-evolve: " + message);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
