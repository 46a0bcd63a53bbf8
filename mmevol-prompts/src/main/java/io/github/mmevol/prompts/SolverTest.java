package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The solver test: has a model that sees the image answer evolved questions several times. The share of answers that differ
 * from the given one stands in the record as {@code difficulty}, 0 to 1; an answer that no try agrees with gets a disputed
 * {@link Check} with what was answered instead, and may be wrong. Never eliminates.
 *
 * <p>Answers are compared as in the {@link BlindTest}; what has no definite answer has no difficulty and costs nothing. Calls
 * have the purpose {@code solver}. Put it before the judge to have the disputes settled, behind it to pay for less. Immutable
 * and thread-safe; a setting gives a changed copy.
 */
public final class SolverTest implements Eliminator {
    /** The name of its checks. */
    public static final String NAME = "solver";

    /** The field of a record that says which share of the tries gave another answer. */
    public static final String DIFFICULTY = "difficulty";

    private final AnswerTries tries;

    private SolverTest(AnswerTries tries) {
        this.tries = tries;
    }

    /** Four tries on all instructions, temperature 1, replies of at most 1024 tokens. */
    public static SolverTest with(ModelClient model) {
        SamplingOptions sampling = SamplingOptions.defaults().withTemperature(1).withMaxTokens(1024);
        Objects.requireNonNull(model, "model");
        return new SolverTest(new AnswerTries(AnswerPrompt.SOLVER, model, 4, 1, sampling, false));
    }

    /** How often each question is put; default 4. */
    public SolverTest tries(int tries) {
        return new SolverTest(this.tries.withTries(tries));
    }

    /** Which share of the instructions is tested, drawn by the run's seed; above 0 and up to 1, default 1. */
    public SolverTest share(double share) {
        return new SolverTest(tries.withShare(share));
    }

    /** How the model samples; default temperature 1, replies of at most 1024 tokens. */
    public SolverTest sampling(SamplingOptions sampling) {
        return new SolverTest(tries.withSampling(sampling));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String settings() {
        return tries.settings();
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Map<String, AnswerTries.Result> results = tries.of(candidates, round);
        List<Verdict> verdicts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            AnswerTries.Result result = results.get(candidate.id());
            verdicts.add(result == null ? Verdict.pass() : verdict(candidate.evolved(), result));
        }
        return verdicts;
    }

    private static Verdict verdict(Instruction evolved, AnswerTries.Result result) {
        Verdict.Pass pass = Verdict.pass().revised(Measures.with(evolved, DIFFICULTY, 1 - result.rate()));
        if (result.right() > 0) {
            return pass;
        }
        return pass.checks(List.of(new Check(
                NAME,
                Check.Part.VALUE,
                evolved.answer(),
                Check.Result.DISPUTED,
                "none of " + result.decided() + " tries agrees: " + Measures.text(result.replies()))));
    }
}
