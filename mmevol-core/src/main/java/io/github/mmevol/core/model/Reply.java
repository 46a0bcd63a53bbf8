package io.github.mmevol.core.model;

import java.util.Objects;

/** The reply of a client, which has to be there. */
final class Reply {
    private Reply() {}

    /**
     * Asks the client.
     *
     * @throws NullPointerException if it returns null; the message names the client
     */
    static ModelResponse of(ModelClient client, ModelRequest request) {
        return Objects.requireNonNull(
                client.send(request),
                () -> "the client " + client.name() + " returned null for a request of purpose " + request.purpose()
                        + "; a client returns a reply or throws a ModelException");
    }
}
