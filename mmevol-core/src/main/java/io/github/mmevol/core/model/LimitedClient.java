package io.github.mmevol.core.model;

import java.util.Objects;
import java.util.function.BiFunction;

/** A client whose calls go through a limiter. */
record LimitedClient(ModelClient client, BiFunction<ModelClient, ModelRequest, ModelResponse> limiter)
        implements ModelClient {
    LimitedClient {
        Objects.requireNonNull(client, "client");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        return limiter.apply(client, request);
    }
}
