package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import io.github.mmevol.prompts.PrefixPromptBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the method apart (paper: ablation): the seeds as they are, the directions one after another, elimination, and prompts
 * with nothing but the criterion, each with the same seeds and the same number of calls at most. Writes a comparison, as a
 * table and in a report, and for each arm a training file; all of these have the same number of instructions. Holds the samples in memory.
 */
@Command(
        name = "ablation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Compares the parts of the method on one seed file at one call budget.")
public final class Ablation implements Callable<Integer> {
    private static final List<String> WRITTEN =
            List.of("ablation.md", "ablation.json", "report.html", "report.json", "train");

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
    private PriceOptions prices;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "ablation",
            description = "Folder for the results. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "300",
            description = "Model calls of each arm at most. Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "0", description = "Samples. Default: 0, all.")
    private int limit;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Rounds. Default: 3.")
    private int rounds;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "4",
            description = "Calls at once. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    private String key = "";

    Ablation() {}

    /** Runs the program and exits with its status. */
    public static void main(String[] args) {
        Program.exit(Ablation::run, args);
    }

    /** Runs the program without exiting. */
    static int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args) {
        Ablation program = new Ablation();
        program.key = environment.getOrDefault("OPENAI_API_KEY", "");
        return Program.commandLine(program, "ablation", out, err).execute(args);
    }

    @Override
    public Integer call() throws IOException {
        requireFrom1("--calls", calls, Integer.MAX_VALUE);
        requireFrom1("--rounds", rounds, Integer.MAX_VALUE);
        requireFrom1("--concurrency", concurrency, EvolutionOptions.MOST_AT_ONCE);
        input.check(limit, false);
        InputFile.spare(input.files(), out, WRITTEN);
        Models models = modelOptions.models(input.isBundled(), key);
        List<ReadReport> read = new ArrayList<>();
        try (InputOptions seeds = input) {
            DataSet<Sample> samples = seeds.samples(DataSets.reader().onEnd(read::add), out.resolve("bundled"), limit);
            UsableSeeds.require(samples, false, read);
            spec.commandLine().getOut().println(models.announcement());
            seeds.print(models, false, spec.commandLine().getOut());
            compare(arms(samples, models));
        }
        return EvolveDataset.DONE;
    }

    private void requireFrom1(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " takes a number "
                            + (most == Integer.MAX_VALUE ? "of at least 1: " : "from 1 to " + most + ": ") + value);
        }
    }

    private List<AblationArm> arms(DataSet<Sample> seeds, Models models) {
        List<Evolver> directions = Directions.all(models.evolver());
        Evolver perceptual = directions.get(0);
        Evolver cognitive = directions.get(1);
        Evolver interactive = directions.get(2);
        List<Evolver> plain = directions.stream()
                .map(full -> Directions.custom(
                        PrefixPromptBuilder.forDirection(full.direction()).build(), models.evolver()))
                .toList();
        Eliminator[] eliminators = {Rules.all(), Judge.with(models.judge())};
        List<AblationArm> arms = new ArrayList<>();
        arms.add(asTheyAre(seeds));
        arms.add(arm("perceptual", seeds, List.of(perceptual)));
        arms.add(arm("and-interactive", seeds, List.of(perceptual, interactive)));
        arms.add(arm("and-cognitive", seeds, List.of(perceptual, interactive, cognitive)));
        arms.add(arm("and-elimination", seeds, directions, eliminators));
        arms.add(arm("plain-prompts", seeds, plain, eliminators));
        return arms;
    }

    private AblationArm arm(String name, DataSet<Sample> seeds, List<Evolver> evolvers, Eliminator... eliminators) {
        List<EvolvedSample> samples = new ArrayList<>();
        RunReport report = EvolutionPipeline.builder()
                .evolvers(evolvers)
                .eliminators(eliminators)
                .rounds(rounds)
                .concurrency(concurrency)
                .images(modelOptions.images())
                .budget(Budget.unlimited().prices(prices.table()).maxCalls(calls))
                .build()
                .run(seeds, into(samples));
        return AblationArm.of(name, samples, report);
    }

    private static DataSetWriter into(List<EvolvedSample> samples) {
        return () -> new DataSetWriter.Appender() {
            @Override
            public void append(EvolvedSample sample) {
                samples.add(sample);
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    /** The seeds, as if they had been kept. */
    private static AblationArm asTheyAre(DataSet<Sample> seeds) {
        try (Stream<Sample> all = seeds.stream()) {
            return new AblationArm("none", all.map(Ablation::asItIs).toList(), 0, 0, Optional.empty());
        }
    }

    private static EvolvedSample asItIs(Sample sample) {
        SampleKey sampleKey = SampleKey.of(sample);
        List<Outcome> kept = new ArrayList<>();
        for (Instruction seed : sample.instructions()) {
            int line = kept.size() + 1;
            Outcome.Origin origin = new Outcome.Origin(
                    sampleKey.instruction(1, line), sampleKey.instruction(0, line), 1, "seed", "", "");
            kept.add(new Outcome.Kept(origin, seed, OptionalInt.empty(), ""));
        }
        return new EvolvedSample(sampleKey, sample, kept);
    }

    private void compare(List<AblationArm> arms) throws IOException {
        long size = arms.stream().mapToLong(AblationArm::instructions).min().orElse(0);
        List<ObjectNode> figures = arms.stream().map(AblationArm::figures).toList();
        List<List<String>> rows = figures.stream().map(AblationArm::row).toList();
        StringBuilder table = new StringBuilder("| " + String.join(" | ", AblationArm.COLUMNS) + " |\n"
                + "| --- ".repeat(AblationArm.COLUMNS.size()) + "|\n");
        rows.forEach(row -> table.append("| ").append(String.join(" | ", row)).append(" |\n"));
        if (size > 0) {
            arms.forEach(arm -> arm.first(size).write(out.resolve("train")));
        }
        Files.createDirectories(out);
        Files.writeString(out.resolve("ablation.md"), table);
        Files.writeString(
                out.resolve("ablation.json"),
                DataObject.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
        AblationArm whole = arms.get(arms.size() - 2);
        AblationArm plain = arms.get(arms.size() - 1);
        Report.of(DataSet.of(whole.samples()))
                .title("Ablation: the whole method, and the same with plain prompts")
                .table("The parts of the method, each with " + calls + " calls at most", AblationArm.COLUMNS, rows)
                .comparedWith("Plain prompts", DataSet.of(plain.samples()))
                .write(out.resolve("report.html"));
        spec.commandLine()
                .getOut()
                .print(table
                        + "\nThe figures are those of all instructions; verified and wrong are what the rules say of them, whoever"
                        + " eliminated. Each file in " + out.resolve("train")
                        + " has the first " + size + ".\n");
        spec.commandLine().getOut().flush();
    }
}
