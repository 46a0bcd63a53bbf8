package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** A client whose calls a listener follows. */
record ListeningClient(ModelClient client, CallListener listener, Time time) implements ModelClient {
    ListeningClient {
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(listener, "listener");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        CallTrace trace = new CallTrace(listener, time, request.trace());
        long start = time.nanos();
        TokenUsage usage = TokenUsage.NONE;
        Optional<RuntimeException> error = Optional.empty();
        try {
            ModelResponse response = CallTrace.attempt(client, request.traced(trace));
            usage = response.usage();
            return response;
        } catch (RuntimeException e) {
            error = Optional.of(e);
            throw e;
        } finally {
            Duration took = Duration.ofNanos(time.nanos() - start);
            CallListener.Call call = new CallListener.Call(
                    request.purpose(), client.name(), trace.attempts(), trace.waited(), took, usage, error);
            trace.tell(each -> each.onCall(call));
        }
    }
}
