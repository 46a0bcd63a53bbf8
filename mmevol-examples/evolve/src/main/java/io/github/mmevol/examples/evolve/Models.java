package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Who evolves and who judges in a run of the program.
 *
 * @param name the name for the summary
 * @param announcement what the program says before it starts
 * @param provider whose models they are; empty if no model is called
 * @param others gives the clients of other models by name; where none is called it throws an IllegalArgumentException
 * @param farewellText what the program says at the end
 */
record Models(
        ModelClient evolver,
        ModelClient judge,
        String name,
        String announcement,
        Optional<ProviderClients> provider,
        Function<String, ModelClient> others,
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
                provider::client,
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
                Models::noOther,
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
                Models::noOther,
                () -> Optional.of(REAL_MODEL));
    }

    /** Those who answered in a stored run, by whose names it is worked out anew; nobody is called. */
    static Models stored(String evolver, String judge) {
        return new Models(
                silent(evolver),
                silent(judge),
                evolver,
                "Working out anew what " + evolver + " wrote and " + judge + " judged; no model is called.",
                Optional.empty(),
                Models::silent,
                Optional::empty);
    }

    private static ModelClient silent(String name) {
        ModelClient silent = request -> {
            throw new ModelException.NotStored(name + " is not called");
        };
        return silent.named(name);
    }

    private static ModelClient noOther(String model) {
        throw new IllegalArgumentException("no model is called without --base-url or OPENAI_API_KEY: " + model);
    }

    /**
     * The client of another model.
     *
     * @throws IllegalArgumentException if no model is called
     */
    ModelClient other(String model) {
        return others.apply(model);
    }

    Optional<String> farewell() {
        return farewellText.get();
    }
}
