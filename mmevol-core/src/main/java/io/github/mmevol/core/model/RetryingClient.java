package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A client that tries failed calls again. */
record RetryingClient(ModelClient client, RetryPolicy policy) implements ModelClient {
    RetryingClient {
        Objects.requireNonNull(client, "client");
    }

    static ModelClient of(ModelClient client, RetryPolicy policy) {
        return Objects.requireNonNull(policy, "policy").changesNothing() ? client : new RetryingClient(client, policy);
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        ModelRequest within = policy.deadline()
                .map(longest -> request.within(longest, policy.time()))
                .orElse(request);
        List<ModelException> earlier = new ArrayList<>(0);
        while (true) {
            try {
                return CallTrace.attempt(client, within);
            } catch (ModelException failure) {
                Optional<Duration> wait = waitAfter(failure, earlier.size() + 1, within);
                if (wait.isEmpty()) {
                    throw Failures.withEarlier(failure, earlier);
                }
                earlier.add(failure);
                pause(wait.get(), earlier);
                CallTrace.waited(within, wait.get().toNanos());
            }
        }
    }

    /** How long to wait before the next attempt; empty if there is none. */
    private Optional<Duration> waitAfter(ModelException failure, int failures, ModelRequest request) {
        Duration asked = failure.retryAfter().filter(wait -> !wait.isNegative()).orElse(Duration.ZERO);
        if (!failure.isRetryable() || failures >= policy.maxAttempts() || asked.compareTo(policy.maxRetryAfter()) > 0) {
            return Optional.empty();
        }
        Duration wait = asked.plus(policy.backoff(failures));
        boolean hopeless =
                request.timeLeft().filter(left -> left.compareTo(wait) <= 0).isPresent();
        return hopeless ? Optional.empty() : Optional.of(wait);
    }

    private void pause(Duration wait, List<ModelException> earlier) {
        try {
            policy.time().sleep(wait);
        } catch (InterruptedException e) {
            throw Failures.withEarlier(
                    new ModelException.Interrupted("interrupted before attempt " + (earlier.size() + 1), e), earlier);
        }
    }
}
