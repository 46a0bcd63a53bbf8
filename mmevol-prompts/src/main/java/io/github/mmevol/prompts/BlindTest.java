package io.github.mmevol.prompts;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The blind test: has a model answer evolved questions several times without the image, and tells how much better than chance
 * it does. Each try puts the options in another order; a yes-or-no question counts as right only where its negation is right
 * as well. What is measured stands in the record as {@code blind_rate}: 0 for no better than guessing, 1 for always right.
 * Eliminates nothing unless asked to.
 *
 * <p>Answers are compared exactly where they are options, yes or no, numbers or boxes (overlap of one half), leniently where
 * they are up to six words, and not at all where they are longer: these have no rate and cost nothing. By guessing one of the
 * options, one of two, or one open answer in ten counts as right. Calls have the purpose {@code blind}. Put it behind the
 * judge, so that only what else is kept is paid for. Immutable and thread-safe; a setting gives a changed copy.
 */
public final class BlindTest implements Eliminator {
    /** The name under which it eliminates. */
    public static final String NAME = "blind";

    /** The field of a record that says how much better than chance the question is answered without the image. */
    public static final String RATE = "blind_rate";

    private static final Set<String> EXEMPT = Set.of(
            "creative_content_generation",
            "instruction_following",
            "rationales_generation",
            "image_style_classification",
            "art_type");
    private static final double SIGNIFICANT = 0.05;

    private final AnswerTries tries;
    private final Set<String> exempt;
    private final boolean eliminates;

    private BlindTest(AnswerTries tries, Set<String> exempt, boolean eliminates) {
        this.tries = tries;
        this.exempt = Set.copyOf(exempt);
        this.eliminates = eliminates;
    }

    /**
     * Three tries on a tenth of the instructions, temperature 1, replies of at most 1024 tokens; tests no forms whose answer is
     * the writer's own ({@code creative_content_generation}, {@code instruction_following}, {@code rationales_generation}) or
     * that most photographs share ({@code image_style_classification}, {@code art_type}).
     */
    public static BlindTest with(ModelClient model) {
        SamplingOptions sampling = SamplingOptions.defaults().withTemperature(1).withMaxTokens(1024);
        Objects.requireNonNull(model, "model");
        return new BlindTest(new AnswerTries(AnswerPrompt.BLIND, model, 3, 0.1, sampling, true), EXEMPT, false);
    }

    /** How often each question is put; default 3. Less than 5 cannot convict a yes-or-no question. */
    public BlindTest tries(int tries) {
        return new BlindTest(this.tries.withTries(tries), exempt, eliminates);
    }

    /** Which share of the instructions is tested, drawn by the run's seed; above 0 and up to 1, default 0.1. */
    public BlindTest share(double share) {
        return new BlindTest(tries.withShare(share), exempt, eliminates);
    }

    /** How the model samples; default temperature 1, replies of at most 1024 tokens. */
    public BlindTest sampling(SamplingOptions sampling) {
        return new BlindTest(tries.withSampling(sampling), exempt, eliminates);
    }

    /** The ids of the {@linkplain Forms forms} that are not tested, in the place of the default ones. */
    public BlindTest exempt(Set<String> forms) {
        return new BlindTest(tries, forms, eliminates);
    }

    /** A test that eliminates what is answered so often that guessing does it in less than one case of twenty. */
    public BlindTest eliminating() {
        return new BlindTest(tries, exempt, true);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String settings() {
        return tries.settings() + (eliminates ? ", eliminates" : "") + ", exempt "
                + exempt.stream().sorted().toList();
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Map<String, AnswerTries.Result> results = tries.of(
                candidates.stream()
                        .filter(candidate -> !exempt.contains(DataBlock.format(candidate.evolved())))
                        .toList(),
                round);
        List<Verdict> verdicts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            AnswerTries.Result result = results.get(candidate.id());
            verdicts.add(result == null ? Verdict.pass() : verdict(candidate.evolved(), result));
        }
        return verdicts;
    }

    private Verdict verdict(Instruction evolved, AnswerTries.Result result) {
        Instruction rated = Measures.with(evolved, RATE, result.aboveChance());
        if (eliminates && result.probability() < SIGNIFICANT) {
            String evidence = String.format(
                    Locale.ROOT,
                    "%d of %d tries right, %.2f by chance; %s",
                    result.right(),
                    result.decided(),
                    result.chance(),
                    Measures.text(result.replies()));
            return new Verdict.Reject(
                    "", "it is answered without the image", evidence, OptionalInt.empty(), Optional.of(rated));
        }
        return Verdict.pass().revised(rated);
    }
}
