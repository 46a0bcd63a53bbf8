package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clients around a client. */
final class Decorators {
    private Decorators() {}

    static ModelClient named(ModelClient client, String name) {
        return new NamedClient(client, name);
    }

    static ModelClient retrying(ModelClient client, RetryPolicy policy) {
        return policy.maxAttempts() == 1 ? client : new RetryingClient(client, policy);
    }
}

record NamedClient(ModelClient client, String name) implements ModelClient {
    NamedClient {
        Objects.requireNonNull(client, "client");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a client's name must not be blank: it stands in records and reports");
        }
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        return client.send(request);
    }
}

record RetryingClient(ModelClient client, RetryPolicy policy) implements ModelClient {
    private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

    RetryingClient {
        Objects.requireNonNull(client, "client");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        List<ModelException> earlier = new ArrayList<>(0);
        while (true) {
            try {
                ModelResponse response = client.send(request);
                return earlier.isEmpty() ? response : response.withAttempts(earlier.size() + response.attempts());
            } catch (ModelException failure) {
                int failures = earlier.size() + 1;
                Duration asked = atLeastZero(failure.retryAfter().orElse(Duration.ZERO));
                if (!failure.isRetryable()
                        || failures >= policy.maxAttempts()
                        || asked.compareTo(policy.maxDelay()) > 0) {
                    throw withEarlier(failure, earlier);
                }
                earlier.add(failure);
                Duration wait = asked.plus(policy.backoff(failures));
                LOG.debug(
                        "{}, {}: attempt {} of {} failed ({}), the next one in {}",
                        name(),
                        request.purpose(),
                        failures,
                        policy.maxAttempts(),
                        failure.getClass().getSimpleName(),
                        wait);
                pause(wait, earlier);
            }
        }
    }

    private void pause(Duration wait, List<ModelException> earlier) {
        try {
            policy.sleep(wait);
        } catch (InterruptedException e) {
            throw withEarlier(
                    new ModelException.Interrupted("interrupted before attempt " + (earlier.size() + 1), e), earlier);
        }
    }

    private static Duration atLeastZero(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static ModelException withEarlier(ModelException last, List<ModelException> earlier) {
        for (ModelException failure : earlier) {
            if (failure != last) {
                last.addSuppressed(failure);
            }
        }
        return last;
    }
}
