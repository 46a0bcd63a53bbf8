package io.github.mmevol.core.model;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that writes a line for each attempt; at once the client itself where nobody reads them. */
record LoggedClient(ModelClient client) implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

    LoggedClient {
        Objects.requireNonNull(client, "client");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        return LOG.isDebugEnabled()
                ? new ListeningClient(client, LoggedClient::log, Time.SYSTEM).send(request)
                : client.send(request);
    }

    private static void log(CallListener.Attempt attempt) {
        String end = attempt.error()
                .map(error -> "failed: " + error.getClass().getSimpleName())
                .orElseGet(
                        () -> attempt.usage().prompt() + " + " + attempt.usage().completion() + " tokens");
        LOG.debug(
                "{}, {}: attempt {}, {} ms after waiting {} ms, {}",
                attempt.client(),
                attempt.purpose(),
                attempt.number(),
                attempt.time().toMillis(),
                attempt.waited().toMillis(),
                end);
    }
}
