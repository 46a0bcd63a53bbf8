package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.SeedPreparer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/** The options that say how instructions are evolved and eliminated. */
final class EvolutionOptions {
    /** What a pipeline takes. */
    static final int MOST_AT_ONCE = 100_000;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

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
            names = "--persona",
            paramLabel = "FILE",
            description = "People whose view the rewrites take, one drawn for each sample and round, for variety: a"
                    + " description a line, or JSONL with a field persona. Default: none.")
    private @Nullable Path personas;

    @Option(
            names = "--prepare",
            arity = "0..1",
            paramLabel = "N",
            fallbackValue = "3",
            description =
                    "Evolve nothing; make seeds, into OUT/seeds.json: N plain instructions (2 to 4, default 3) where a"
                            + " sample has none, and objects, skills and steps where an instruction lacks them; the judge scores"
                            + " them. Then evolve with --seeds OUT/seeds.json and another --out.")
    private @Nullable Integer prepare;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private RuleOptions rules;

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

    RuleOptions rules() {
        return rules;
    }

    long seed() {
        return seed;
    }

    /** Refuses numbers that make no sense. */
    void check() {
        if (rounds < 1) {
            throw usage("--rounds takes a number of at least 1: " + rounds);
        }
        if (concurrency < 1 || concurrency > MOST_AT_ONCE) {
            throw usage("--concurrency takes a number from 1 to " + MOST_AT_ONCE + ": " + concurrency);
        }
        if (minScore < 0 || minScore > 10) {
            throw usage("--min-score takes a number from 0 to 10: " + minScore);
        }
        if (prepare != null && (prepare < 2 || prepare > 4)) {
            throw usage("--prepare takes a number from 2 to 4: " + prepare);
        }
        selector();
    }

    /** The people. */
    List<InputFile> files() {
        return InputFile.of("--persona", personas).toList();
    }

    /** Tells that a stored run has fewer rounds than were asked for. */
    void printMissingRounds(RunReport report, PrintWriter console) {
        int stored = report.rounds().stream()
                .mapToInt(RunReport.RoundReport::round)
                .max()
                .orElse(0);
        if (stored < rounds && spec.commandLine().getParseResult().hasMatchedOption("--rounds")) {
            console.println("The stored run has no more than " + stored + " rounds, so --rounds " + rounds
                    + " could not be worked out; without --replay, the command adds what is missing.");
        }
    }

    /** Whether seeds are made instead of being evolved. */
    boolean isPreparing() {
        return prepare != null;
    }

    /** The samples, with places for instructions where seeds are made. */
    DataSet<Sample> samples(DataSet<Sample> samples, Models models) {
        return prepare == null
                ? samples
                : SeedPreparer.with(models.evolver()).questions(prepare).places(samples);
    }

    /** A pipeline that evolves and eliminates so. */
    EvolutionPipeline.Builder pipeline(Models models, JudgeOptions judging) {
        if (isPreparing()) {
            return preparation(models, judging);
        }
        return EvolutionPipeline.builder()
                .evolvers(Directions.all(models.evolver(), personas()))
                .eliminators(eliminators(models, judging))
                .directions(selector())
                .rounds(rounds)
                .concurrency(concurrency)
                .seed(seed);
    }

    /** The people of the file, in its order. */
    private List<String> personas() {
        if (personas == null) {
            return List.of();
        }
        try {
            List<String> people = Files.readAllLines(personas).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.startsWith("{")
                            ? DataObject.JSON.readTree(line).path("persona").asString("")
                            : line)
                    .map(String::strip)
                    .toList();
            if (people.isEmpty() || people.contains("")) {
                throw usage("--persona: " + personas + " has lines without a persona, or none at all");
            }
            return people;
        } catch (IOException e) {
            throw usage("--persona: cannot read " + personas + ": " + CommandWords.reason(e));
        } catch (JacksonException e) {
            throw usage("--persona: cannot read " + personas + ": " + e.getOriginalMessage());
        }
    }

    /** One round that makes seeds. A seed may repeat itself, so no rule looks for duplicates. */
    private EvolutionPipeline.Builder preparation(Models models, JudgeOptions judging) {
        if (models.provider().isEmpty()) {
            throw usage("--prepare needs a model: --base-url or OPENAI_API_KEY");
        }
        return EvolutionPipeline.builder()
                .evolvers(SeedPreparer.with(models.evolver()).evolver())
                .eliminators(
                        Rules.form(),
                        Rules.controlToken(),
                        Rules.promptLeak(),
                        judging.judge(models, judge -> judge.minScore(minScore)))
                .rounds(1)
                .concurrency(concurrency)
                .seed(seed);
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

    private Eliminator[] eliminators(Models models, JudgeOptions judging) {
        List<Eliminator> eliminators = new ArrayList<>();
        if (eliminate == Elimination.RULES || eliminate == Elimination.ALL) {
            eliminators.add(rules.rules());
        }
        if (eliminate == Elimination.JUDGE || eliminate == Elimination.ALL) {
            eliminators.add(judging.judge(models, judge -> judge.minScore(minScore)));
        }
        eliminators.addAll(judging.tests(models.judge()));
        return eliminators.toArray(Eliminator[]::new);
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
