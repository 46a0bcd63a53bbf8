package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.openai.OpenAiModelClient;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who evolves and who judges in a run of the program.
 *
 * @param name the name for the summary
 * @param announcement what the program says before it starts
 * @param others makes the client of another model; throws if there is none
 * @param farewellText what the program says at the end
 */
record Models(
        ModelClient evolver,
        ModelClient judge,
        String name,
        String announcement,
        Function<String, ModelClient> others,
        Supplier<Optional<String>> farewellText) {
    private static final String REAL_MODEL = """
            With a real model:
              OPENAI_API_KEY=... java -jar mmevol-evolve.jar --seeds seeds.json --images images --model gpt-4o-mini
              java -jar mmevol-evolve.jar --base-url http://localhost:8000/v1 --model Qwen/Qwen2.5-VL-7B-Instruct""";

    /** A real model if there is an address or a key, else hand-written replies for the bundled photographs, else rules. */
    static Models choose(
            boolean bundled, @Nullable String baseUrl, String key, String model, @Nullable String judgeModel) {
        if (baseUrl != null || !key.isEmpty()) {
            ModelClient evolver = client(baseUrl, key, model);
            ModelClient judge = judgeModel == null ? evolver : client(baseUrl, key, judgeModel);
            return new Models(
                    evolver,
                    judge,
                    model,
                    "Evolving with " + model + ", judging with " + judge.name() + ".",
                    other -> client(baseUrl, key, other),
                    Optional::empty);
        }
        if (bundled) {
            RehearsalClient rehearsal = new RehearsalClient();
            return new Models(
                    rehearsal,
                    rehearsal,
                    RehearsalClient.NAME,
                    "No --base-url and no OPENAI_API_KEY: rehearsal. No model is called; the replies were written by"
                            + " hand while looking at the photographs.",
                    Models::none,
                    () -> Optional.of((rehearsal.improvised() == 0
                                    ? ""
                                    : rehearsal.improvised()
                                            + " requests had no hand-written reply (another --seed, --directions or"
                                            + " --rounds than the default?) and were answered by simple rules.\n")
                            + REAL_MODEL));
        }
        RuleMadeClient rules = new RuleMadeClient();
        return new Models(
                rules,
                rules,
                RuleMadeClient.NAME,
                "No --base-url and no OPENAI_API_KEY: no model is called; simple rules over the annotated boxes write the"
                        + " replies, to try the seed file, not to train on.",
                Models::none,
                () -> Optional.of(REAL_MODEL));
    }

    /**
     * The client of another model.
     *
     * @throws IllegalArgumentException if no model is called
     */
    ModelClient other(String model) {
        return others.apply(model);
    }

    private static ModelClient none(String model) {
        throw new IllegalArgumentException("no model is called without --base-url or OPENAI_API_KEY: " + model);
    }

    Optional<String> farewell() {
        return farewellText.get();
    }

    private static ModelClient client(@Nullable String baseUrl, String key, String model) {
        OpenAiModelClient.Builder builder = OpenAiModelClient.builder().model(model);
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        if (!key.isEmpty()) {
            builder.apiKey(key);
        }
        return builder.build();
    }
}
