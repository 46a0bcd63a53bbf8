package io.github.mmevol.core.model;

/** PLACEHOLDER, the client author writes this. */
final class Decorators {
    private Decorators() {}

    static ModelClient named(ModelClient client, String name) {
        throw new IllegalStateException("not written yet");
    }

    static ModelClient retrying(ModelClient client, RetryPolicy policy) {
        throw new IllegalStateException("not written yet");
    }
}
