package io.github.mmevol.examples.embedding;

import static io.github.mmevol.core.elimination.Verdict.pass;
import static io.github.mmevol.core.elimination.Verdict.reject;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import io.github.mmevol.prompts.PrefixPromptBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * What an application writes to evolve samples one at a time, with a model of its own, a direction of its own and a rule
 * of its own beside the defaults.
 */
public final class EmbeddedEvolution {
    /** A direction of our own: questions that a safety inspector would ask. */
    static final Direction SAFETY = new Direction(
            "safety",
            "The evolved question asks about a visible hazard or safeguard, and its answer names what in the image shows"
                    + " it.");

    private final EvolutionPipeline pipeline;

    /**
     * Composes the pipeline once; it can then be used from many threads.
     *
     * @param model evolves and judges; a lambda will do
     */
    public EmbeddedEvolution(ModelClient model) {
        List<Evolver> evolvers = new ArrayList<>(Directions.all(model));
        evolvers.add(safety(model));
        pipeline = EvolutionPipeline.builder()
                .evolvers(evolvers)
                .eliminators(Rules.all(), noHedging(), Judge.with(model).minScore(3))
                .rounds(2)
                .seed(7)
                .build();
    }

    /** Evolves one sample in the calling thread. */
    public EvolvedSample evolve(Sample sample) {
        return pipeline.evolve(sample);
    }

    private static Evolver safety(ModelClient model) {
        return Directions.custom(
                PrefixPromptBuilder.forDirection(SAFETY)
                        .aim("Turn the instruction into one that a safety inspector would ask about this scene.")
                        .mustChange("The question asks about a hazard or a safeguard that can be seen.")
                        .mustStay("The image, and the language of the instruction.")
                        .build(),
                model);
    }

    private static Eliminator noHedging() {
        return Eliminator.each("no-hedging", candidate -> {
            String answer = candidate.evolved().answer();
            return answer.startsWith("It seems") || answer.startsWith("Perhaps")
                    ? reject("the answer hedges", answer)
                    : pass();
        });
    }
}
