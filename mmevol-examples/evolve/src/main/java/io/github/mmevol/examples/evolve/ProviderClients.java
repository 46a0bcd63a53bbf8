package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.openai.OpenAiModelClient;
import java.util.LinkedHashMap;
import java.util.Map;

/** The clients of one endpoint, one for each model, all under the same limits. Not thread-safe. */
final class ProviderClients {
    private final OpenAiModelClient.Builder builder;
    private final ConcurrencyLimiter limiter = ConcurrencyLimiter.adaptive();
    private final Map<String, OpenAiModelClient> clients = new LinkedHashMap<>();

    ProviderClients(OpenAiModelClient.Builder builder) {
        this.builder = builder.concurrency(limiter);
    }

    /** What bounds the calls of all of them. */
    ConcurrencyLimiter limiter() {
        return limiter;
    }

    OpenAiModelClient client(String model) {
        return clients.computeIfAbsent(model, name -> builder.model(name).build());
    }

    /** Those that were asked for so far. */
    OpenAiModelClient[] all() {
        return clients.values().toArray(OpenAiModelClient[]::new);
    }
}
