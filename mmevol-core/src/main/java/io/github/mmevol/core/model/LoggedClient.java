package io.github.mmevol.core.model;

import java.util.Objects;
import org.slf4j.Logger;

/** A client that writes a line for each attempt. */
record LoggedClient(ModelClient client, Logger log, Time time) implements ModelClient {
    LoggedClient {
        Objects.requireNonNull(client, "client");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        return log.isDebugEnabled()
                ? new ListeningClient(client, attempt -> log.debug(line(attempt)), time).send(request)
                : client.send(request);
    }

    private static String line(CallListener.Attempt attempt) {
        long waited = attempt.waited().toMillis();
        TokenUsage usage = attempt.usage();
        return attempt.client() + ", " + attempt.purpose() + ": attempt " + attempt.number() + ", "
                + attempt.time().toMillis() + " ms"
                + (waited > 0 ? " after waiting " + waited + " ms, " : ", ")
                + attempt.error()
                        .map(error -> error.getClass().getSimpleName())
                        .orElse(usage.prompt() + " + " + usage.completion() + " tokens");
    }
}
