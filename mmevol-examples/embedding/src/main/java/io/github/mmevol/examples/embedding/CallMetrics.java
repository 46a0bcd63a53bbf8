package io.github.mmevol.examples.embedding;

import io.github.mmevol.core.model.CallListener;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.TokenUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;

/**
 * The calls of a model client in Micrometer's meters: {@code model.listening(new CallMetrics(registry))}.
 *
 * <ul>
 *   <li>timer {@code mmevol.attempt}: each attempt, without its waits;
 *   <li>timer {@code mmevol.call}: each call, waits and all attempts included;
 *   <li>timer {@code mmevol.wait}: what a call waited for its turn and before trying again;
 *   <li>counter {@code mmevol.tokens}: by {@code kind}, {@code prompt} and {@code cached}, {@code completion} and
 *       {@code reasoning}, of which the second is a part of the first.
 * </ul>
 *
 * All have the tags {@code client} and {@code purpose}, timers also {@code outcome}: {@code reply}, or the type of the error.
 */
public final class CallMetrics implements CallListener {
    private final MeterRegistry registry;

    /** Counts into this registry. See {@link ModelClient#listening}. */
    public CallMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onAttempt(Attempt attempt) {
        registry.timer("mmevol.attempt", tags(attempt.client(), attempt.purpose(), attempt.error()))
                .record(attempt.time());
    }

    @Override
    public void onCall(Call call) {
        Tags tags = tags(call.client(), call.purpose(), call.error());
        registry.timer("mmevol.call", tags).record(call.time());
        registry.timer("mmevol.wait", tags).record(call.waited());
        Tags tokens = Tags.of("client", call.client(), "purpose", call.purpose());
        TokenUsage usage = call.usage();
        count(tokens, "prompt", usage.prompt());
        count(tokens, "cached", usage.cached());
        count(tokens, "completion", usage.completion());
        count(tokens, "reasoning", usage.reasoning());
    }

    private void count(Tags tags, String kind, long tokens) {
        registry.counter("mmevol.tokens", tags.and("kind", kind)).increment((double) tokens);
    }

    private static Tags tags(String client, String purpose, Optional<RuntimeException> error) {
        String outcome = error.map(e -> e.getClass().getSimpleName()).orElse("reply");
        return Tags.of("client", client, "purpose", purpose, "outcome", outcome);
    }
}
