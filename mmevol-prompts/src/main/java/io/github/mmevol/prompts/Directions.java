package io.github.mmevol.prompts;

import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.SamplingOptions;
import java.util.List;
import java.util.Objects;

/** The three directions of the method as evolvers, and the way to one of your own (paper, section 3.2). */
public final class Directions {
    /** The names of the three, in the order of {@link #all}. */
    public static final List<String> NAMES = List.of(
            StandardPrompts.PERCEPTUAL.name(), StandardPrompts.COGNITIVE.name(), StandardPrompts.INTERACTIVE.name());

    /** A little above greedy, so that repeats of a question differ; long enough for five instructions with their steps. */
    private static final SamplingOptions SAMPLING =
            SamplingOptions.defaults().withTemperature(0.7).withMaxTokens(4096);

    private Directions() {}

    /**
     * Fine-grained perceptual, cognitive reasoning and interactive, all evolved by one model.
     *
     * @param model the model; temperature 0.7, replies of at most 4096 tokens, unless the client says otherwise
     */
    public static List<Evolver> all(ModelClient model) {
        return List.of(perceptual(model), cognitive(model), interactive(model));
    }

    /**
     * The three, for people of whom each sample and round draws one, whose view the rewrite takes (paper: persona): for
     * variety.
     *
     * @param personas descriptions of people, a line each; without any as {@link #all(ModelClient)}
     */
    public static List<Evolver> all(ModelClient model, List<String> personas) {
        return StandardPrompts.all(personas).stream()
                .map(prompt -> custom(prompt, model))
                .toList();
    }

    /** Fine-grained perceptual: asks about visible detail that the line has not asked about. */
    public static Evolver perceptual(ModelClient model) {
        return custom(StandardPrompts.perceptual(), model);
    }

    /** Cognitive reasoning: takes more necessary steps from image to answer. */
    public static Evolver cognitive(ModelClient model) {
        return custom(StandardPrompts.cognitive(), model);
    }

    /** Interactive: gives the task another form. */
    public static Evolver interactive(ModelClient model) {
        return custom(StandardPrompts.interactive(), model);
    }

    /** A direction of your own, by its prompt; temperature 0.7, replies of at most 4096 tokens. */
    public static Evolver custom(PrefixPrompt prompt, ModelClient model) {
        return custom(prompt, model, SAMPLING);
    }

    /** A direction of your own, by its prompt, with sampling options of your own. */
    public static Evolver custom(PrefixPrompt prompt, ModelClient model, SamplingOptions sampling) {
        return new PromptedEvolver(
                Objects.requireNonNull(prompt, "prompt"),
                Objects.requireNonNull(model, "model"),
                Objects.requireNonNull(sampling, "sampling"));
    }

    /** The prompts of the three, for looking at and for deriving from. */
    public static List<PrefixPrompt> prompts() {
        return StandardPrompts.all();
    }
}
