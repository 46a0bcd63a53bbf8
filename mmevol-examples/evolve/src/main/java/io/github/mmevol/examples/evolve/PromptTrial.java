package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.RunStoppedException;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows how a model copes with the prompts: one round in each direction over a few samples, then parse rate, violations
 * by rule and kept share. Writes no data set.
 */
@Command(
        name = "prompt-trial",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tries the prompts on a real endpoint: one round in each direction over a few samples.")
public final class PromptTrial implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private InputOptions input;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ModelOptions modelOptions;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Samples. Default: 20.")
    private int limit;

    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "4", description = "Calls at once. Default: 4.")
    private int concurrency;

    private String key = "";

    PromptTrial() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] args) {
        Program.exit(PromptTrial::run, args);
    }

    /** Runs the program without exiting. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        PromptTrial trial = new PromptTrial();
        trial.key = environment.getOrDefault("OPENAI_API_KEY", "");
        return Program.commandLine(trial, "prompt-trial", out, err)
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    err.println("prompt-trial: " + CommandWords.of(e));
                    return e instanceof RunStoppedException ? EvolveDataset.STOPPED : EvolveDataset.BAD_USAGE;
                })
                .execute(args);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter console = spec.commandLine().getOut();
        Models models = modelOptions.models(input.isBundled(), key);
        input.check(limit, false);
        console.println(models.announcement());
        input.print(models, false, console);
        Path folder = Files.createTempDirectory("mmevol-trial");
        try {
            DataSet<Sample> samples = input.samples(DataSets.reader(), folder, limit);
            console.printf(
                    "%-12s %6s %9s %9s %9s %11s  %s%n",
                    "direction", "calls", "attempted", "parsed", "kept", "asked again", "lost to");
            for (Evolver evolver : Directions.all(models.evolver())) {
                trial(console, evolver, samples, models);
            }
        } finally {
            delete(folder);
        }
        return EvolveDataset.DONE;
    }

    private void trial(PrintWriter console, Evolver evolver, DataSet<Sample> samples, Models models) {
        RunReport report = EvolutionPipeline.builder()
                .evolvers(evolver)
                .eliminators(Rules.all(), Judge.with(models.judge()))
                .rounds(1)
                .concurrency(concurrency)
                .images(modelOptions.images())
                .build()
                .run(samples, new Highlights());
        for (RunReport.RoundReport round : report.rounds()) {
            // a declined instruction was answered as the prompt allows
            long unusable = round.failed() - round.failedBy().getOrDefault("declined", 0L);
            Map<String, Long> lost = new TreeMap<>(round.eliminatedBy());
            round.failedBy().forEach((by, count) -> lost.merge(by, count, Long::sum));
            console.printf(
                    Locale.ROOT,
                    "%-12s %6d %9d %8.0f%% %8.0f%% %11d  %s%n",
                    round.direction(),
                    round.calls(),
                    round.attempted(),
                    100.0 * (round.attempted() - unusable) / round.attempted(),
                    100.0 * round.kept() / round.attempted(),
                    report.events().getOrDefault("repair", 0L),
                    lost);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        Files.delete(folder);
    }
}
