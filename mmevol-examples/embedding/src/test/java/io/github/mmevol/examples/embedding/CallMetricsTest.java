package io.github.mmevol.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.TokenUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallMetricsTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void countsAttemptsCallsAndTokens() {
        AtomicInteger asked = new AtomicInteger();
        ModelClient model = listening(request -> {
            if (asked.getAndIncrement() < 2) {
                throw new ModelException.Timeout("late");
            }
            return ModelResponse.of("fine").withUsage(new TokenUsage(100, 60, 20, 5));
        });

        model.send(REQUEST);
        model.send(REQUEST);

        assertThat(timer("mmevol.attempt", "Timeout")).isEqualTo(2);
        assertThat(timer("mmevol.attempt", "reply")).isEqualTo(2);
        assertThat(timer("mmevol.call", "reply")).isEqualTo(2);
        assertThat(timer("mmevol.wait", "reply")).isEqualTo(2);
        assertThat(tokens("prompt")).isEqualTo(200);
        assertThat(tokens("cached")).isEqualTo(120);
        assertThat(tokens("completion")).isEqualTo(40);
        assertThat(tokens("reasoning")).isEqualTo(10);
    }

    @Test
    void countsACallThatFailed() {
        ModelClient model = listening(request -> {
            throw new ModelException.Io("no connection");
        });

        assertThatThrownBy(() -> model.send(REQUEST)).isInstanceOf(ModelException.Io.class);

        assertThat(timer("mmevol.attempt", "Io")).isEqualTo(3);
        assertThat(timer("mmevol.call", "Io")).isEqualTo(1);
    }

    private ModelClient listening(ModelClient model) {
        return model.named("tiny-vl")
                .retrying(RetryPolicy.builder()
                        .maxAttempts(3)
                        .baseDelay(Duration.ZERO)
                        .build())
                .listening(new CallMetrics(registry));
    }

    private long timer(String name, String outcome) {
        return registry.get(name)
                .tags("client", "tiny-vl", "purpose", "judge", "outcome", outcome)
                .timer()
                .count();
    }

    private double tokens(String kind) {
        return registry.get("mmevol.tokens")
                .tags("client", "tiny-vl", "purpose", "judge", "kind", kind)
                .counter()
                .count();
    }
}
