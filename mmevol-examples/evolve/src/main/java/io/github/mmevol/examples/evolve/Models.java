package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who evolves and who judges in a run of the program.
 *
 * @param name the name for the summary
 * @param announcement what the program says before it starts
 * @param provider whose models they are; empty if no model is called
 * @param farewellText what the program says at the end
 */
record Models(
        ModelClient evolver,
        ModelClient judge,
        String name,
        String announcement,
        Optional<ProviderClients> provider,
        Supplier<Optional<String>> farewellText) {
    private static final String REAL_MODEL = """
            With a real model:
              OPENAI_API_KEY=... java -jar mmevol-evolve.jar --seeds seeds.json --images images --model gpt-4o-mini
              java -jar mmevol-evolve.jar --base-url http://localhost:8000/v1 --model Qwen/Qwen2.5-VL-7B-Instruct""";

    /** A real model, or two. */
    static Models real(ProviderClients provider, String evolverModel, String judgeModel) {
        ModelClient evolver = provider.client(evolverModel);
        ModelClient judge = provider.client(judgeModel);
        return new Models(
                evolver,
                judge,
                evolver.name(),
                "Evolving with " + evolver.name() + ", judging with " + judge.name() + ".",
                Optional.of(provider),
                Optional::empty);
    }

    /** Hand-written replies for the bundled photographs. */
    static Models rehearsal() {
        RehearsalClient rehearsal = new RehearsalClient();
        return new Models(
                rehearsal,
                rehearsal,
                RehearsalClient.NAME,
                "No --base-url and no OPENAI_API_KEY: rehearsal. No model is called; the replies were written by"
                        + " hand while looking at the photographs.",
                Optional.empty(),
                () -> Optional.of((rehearsal.improvised() == 0
                                ? ""
                                : rehearsal.improvised()
                                        + " requests had no hand-written reply (another --seed, --directions or"
                                        + " --rounds than the default?) and were answered by simple rules.\n")
                        + REAL_MODEL));
    }

    /** Rules over the annotated boxes. */
    static Models ruleMade() {
        RuleMadeClient rules = new RuleMadeClient();
        return new Models(
                rules,
                rules,
                RuleMadeClient.NAME,
                "No --base-url and no OPENAI_API_KEY: no model is called; simple rules over the annotated boxes write the"
                        + " replies, to try the seed file, not to train on.",
                Optional.empty(),
                () -> Optional.of(REAL_MODEL));
    }

    /**
     * The client of another model.
     *
     * @throws IllegalArgumentException if no model is called
     */
    ModelClient other(String model) {
        return provider.orElseThrow(() -> new IllegalArgumentException(
                        "no model is called without --base-url or OPENAI_API_KEY: " + model))
                .client(model);
    }

    Optional<String> farewell() {
        return farewellText.get();
    }
}
