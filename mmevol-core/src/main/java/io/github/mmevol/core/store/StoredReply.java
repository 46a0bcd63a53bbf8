package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import java.time.Duration;
import java.util.Objects;

/**
 * A model's reply with the call it came from.
 *
 * @param request the request's key
 * @param round the round's number, from 1
 * @param purpose what the call was for, for example {@code judge}
 * @param client the client's name
 * @param response the reply
 * @param attempts how many were made for it
 * @param time how long the call took
 */
public record StoredReply(
        String request, int round, String purpose, String client, ModelResponse response, int attempts, Duration time) {
    /** Keeps the values. */
    public StoredReply {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(response, "response");
        Objects.requireNonNull(time, "time");
    }

    /** What the call took. */
    public Account.Line paid() {
        return new Account.Line(purpose, client, 1, 0, attempts, response.usage(), time);
    }
}
