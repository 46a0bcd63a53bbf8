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
     * Fine-grained perceptual, cognitive reasoning and interactive, all evolved by one model; temperature 0.7, replies of at
     * most 4096 tokens.
     */
    public static List<Evolver> all(ModelClient model) {
        return all(model, SAMPLING);
    }

    /**
     * The three, with sampling options of your own, which take the place of temperature 0.7 and 4096 tokens as a whole:
     *
     * <pre>{@code
     * Directions.all(model, SamplingOptions.defaults().withTemperature(0.2).withMaxTokens(4096))
     * }</pre>
     *
     * <p>What they leave open is left to the client, such as {@code OpenAiModelClient.builder().sampling(...)}, and then to
     * the model: {@code SamplingOptions.defaults()} leaves all of it to them. They are part of each request, so that a store
     * tells replies by them and a changed run is told.
     */
    public static List<Evolver> all(ModelClient model, SamplingOptions sampling) {
        return prompts().stream().map(prompt -> custom(prompt, model, sampling)).toList();
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

    /** A direction of your own, by its prompt, with sampling options of your own; what they leave open is left to the client. */
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
