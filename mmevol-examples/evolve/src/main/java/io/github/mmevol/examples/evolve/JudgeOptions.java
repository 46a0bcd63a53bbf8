package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.prompts.BlindTest;
import io.github.mmevol.prompts.Judge;
import io.github.mmevol.prompts.SolverTest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that make the judge more trustworthy. */
final class JudgeOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--judge-panel",
            paramLabel = "M,M",
            split = ",",
            description = "Models that judge together, in the place of --judge-model; the majority decides.")
    private @Nullable List<String> panel;

    @Option(
            names = "--blind-check",
            paramLabel = "K[:SHARE]",
            description = "Have the judge's model answer a share of what is kept K times without the image (default:"
                    + " a tenth), and write blind_rate: how much better than chance it does.")
    private @Nullable String blindCheck;

    @Option(
            names = "--solver-check",
            paramLabel = "K[:SHARE]",
            description = "Have the judge's model answer what is kept, or a share of it, K times, and write difficulty:"
                    + " the share of other answers.")
    private @Nullable String solverCheck;

    /** The judge, or all of the panel. */
    Eliminator judge(Models models, UnaryOperator<Judge> set) {
        if (panel == null) {
            return set.apply(Judge.with(models.judge()));
        }
        try {
            return Judge.panel(panel.stream()
                    .map(name -> set.apply(Judge.with(models.other(name.strip()))))
                    .toArray(Judge[]::new));
        } catch (IllegalArgumentException e) {
            throw usage("--judge-panel: " + e.getMessage());
        }
    }

    /** The tests of what is kept otherwise. */
    List<Eliminator> tests(ModelClient model) {
        List<Eliminator> tests = new ArrayList<>();
        if (blindCheck != null) {
            tests.add(test(
                    "--blind-check",
                    blindCheck,
                    0.1,
                    (tries, share) -> BlindTest.with(model).tries(tries).share(share)));
        }
        if (solverCheck != null) {
            tests.add(test(
                    "--solver-check",
                    solverCheck,
                    1,
                    (tries, share) -> SolverTest.with(model).tries(tries).share(share)));
        }
        return tests;
    }

    private Eliminator test(String option, String value, double share, BiFunction<Integer, Double, Eliminator> make) {
        String[] parts = value.split(":", 2);
        try {
            return make.apply(Integer.parseInt(parts[0]), parts.length == 1 ? share : Double.parseDouble(parts[1]));
        } catch (IllegalArgumentException e) {
            throw usage(option + " takes a number of tries and perhaps a share, such as 3 or 3:0.5: " + value);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
