package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.Balance;
import io.github.mmevol.core.dataset.EvalGuard;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Vocabulary;
import io.github.mmevol.prompts.Directions;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that choose what of all that was kept goes into the output. */
final class SelectionOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--eval-guard",
            paramLabel = "FILE",
            arity = "1..*",
            description = "What evaluations use and nobody may train on: text or JSON with questions, images and image"
                    + " hashes, or a folder of images. What is near is eliminated.")
    private List<Path> evalGuard = new ArrayList<>();

    @Option(
            names = "--verified-only",
            description = "Keep only what is verified without a model's word; what else was kept goes to"
                    + " eliminated.jsonl, by verified-only.")
    private boolean verifiedOnly;

    @Option(
            names = "--near-duplicates",
            paramLabel = "WHAT",
            defaultValue = "drop",
            description = "keep, or drop what says again what was kept before about the same image: it costs training"
                    + " twice and teaches nothing new. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private NearDuplicates nearDuplicates;

    @Option(
            names = "--skeleton-cap",
            paramLabel = "N",
            description = "At most N questions of one skeleton, whatever image they are about. Default: no cap.")
    private @Nullable Integer skeletonCap;

    @Option(
            names = "--balance",
            paramLabel = "WHAT[:N]",
            description = "At most N instructions of each score, form, skill or direction. Without N, an equal share of"
                    + " --target for each. Default: no balance.")
    private @Nullable String balance;

    @Option(
            names = "--target",
            paramLabel = "N",
            description = "End when N instructions are kept, counted in the order of the seeds. Default: all.")
    private @Nullable Long target;

    /** What becomes of near-duplicates. */
    enum NearDuplicates {
        /** They stay. */
        KEEP,
        /** The first of them stays. */
        DROP
    }

    /** The evaluation data. */
    List<InputFile> files() {
        return InputFile.all("--eval-guard", evalGuard).toList();
    }

    /** The selections, in the order in which they are applied. */
    Selection[] selections() {
        List<Selection> selections = new ArrayList<>();
        if (!evalGuard.isEmpty()) {
            selections.add(Selection.contamination(guard()));
        }
        if (verifiedOnly) {
            selections.add(Selection.verifiedOnly());
        }
        if (nearDuplicates == NearDuplicates.DROP) {
            selections.add(Selection.nearDuplicates());
        }
        if (skeletonCap != null) {
            selections.add(Selection.skeletonCap(positive("--skeleton-cap", skeletonCap)));
        }
        if (balance != null) {
            selections.add(balanced(balance));
        }
        if (target != null) {
            selections.add(Selection.target(positive("--target", target)));
        }
        return selections.toArray(Selection[]::new);
    }

    /** Tells where a run came to its end before its target. */
    void printTarget(RunReport report, PrintWriter console) {
        if (target != null && report.isComplete() && report.pendingCalls() == 0 && report.kept() < target) {
            console.println("--target " + target + " was not reached: all seeds are used up, " + report.kept()
                    + " instructions were kept.");
        }
    }

    private EvalGuard guard() {
        EvalGuard.Builder guard = EvalGuard.builder();
        for (Path file : evalGuard) {
            try {
                guard.file(file);
            } catch (IllegalArgumentException | UncheckedIOException e) {
                throw usage("--eval-guard: " + CommandWords.of(e));
            }
        }
        return guard.build();
    }

    private Selection balanced(String option) {
        String[] parts = option.split(":", 2);
        Balance by;
        try {
            by = Balance.valueOf(parts[0].strip().toUpperCase(Locale.ROOT));
            return Selection.balance(by, parts.length == 2 ? Integer.parseInt(parts[1].strip()) : share(by));
        } catch (IllegalArgumentException e) {
            throw usage("--balance takes score, form, skill or direction, and how many of each at least 1, for example"
                    + " form:500: " + option);
        }
    }

    private int share(Balance by) {
        if (target == null) {
            throw usage("--balance needs a number, for example " + by.name().toLowerCase(Locale.ROOT)
                    + ":500, or a --target to share out");
        }
        int cells =
                switch (by) {
                    case SCORE -> 10;
                    case FORM -> Forms.standard().all().size() + 1;
                    case SKILL -> Vocabulary.SKILLS.size();
                    case DIRECTION -> Directions.NAMES.size();
                };
        return Math.toIntExact((positive("--target", target) + cells - 1) / cells);
    }

    private int positive(String option, int value) {
        return (int) positive(option, (long) value);
    }

    private long positive(String option, long value) {
        if (value < 1) {
            throw usage(option + " takes a number of at least 1: " + value);
        }
        return value;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
