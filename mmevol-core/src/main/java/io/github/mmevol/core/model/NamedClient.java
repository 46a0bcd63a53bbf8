package io.github.mmevol.core.model;

import java.util.Objects;

/** A client under a name. */
record NamedClient(ModelClient client, String name) implements ModelClient {
    NamedClient {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a client's name must not be blank: it stands in records and reports");
        }
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        return client.send(request);
    }
}
