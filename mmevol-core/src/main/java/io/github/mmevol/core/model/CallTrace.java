package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listener is told of one call. It travels with the request; the innermost decorator that can tell attempts apart
 * tells them, to this trace and to those of listeners further out.
 */
final class CallTrace {
    private static final Logger LOG = LoggerFactory.getLogger(ModelClient.class);

    private final CallListener listener;
    private final Time time;
    private final @Nullable CallTrace outer;
    private final AtomicInteger attempts = new AtomicInteger();
    private final AtomicLong waited = new AtomicLong();
    private final AtomicLong waitedBeforeAttempt = new AtomicLong();

    CallTrace(CallListener listener, Time time, @Nullable CallTrace outer) {
        this.listener = listener;
        this.time = time;
        this.outer = outer;
    }

    /** Asks the client; where nobody further in has told of attempts by then, this was one. */
    static ModelResponse attempt(ModelClient client, ModelRequest request) {
        CallTrace trace = request.trace();
        if (trace == null) {
            return Reply.of(client, request);
        }
        int attemptsBefore = trace.attempts.get();
        long waitedBefore = trace.waited.get();
        long start = trace.time.nanos();
        TokenUsage usage = TokenUsage.NONE;
        Optional<RuntimeException> error = Optional.empty();
        try {
            ModelResponse response = Reply.of(client, request);
            usage = response.usage();
            return response;
        } catch (RuntimeException e) {
            error = Optional.of(e);
            throw e;
        } finally {
            if (trace.attempts.get() == attemptsBefore) {
                long took = trace.time.nanos() - start - (trace.waited.get() - waitedBefore);
                trace.ended(request.purpose(), client.name(), Duration.ofNanos(took), usage, error);
            }
        }
    }

    /** The call has waited. */
    static void waited(ModelRequest request, long nanos) {
        for (CallTrace trace = request.trace(); trace != null; trace = trace.outer) {
            trace.waited.addAndGet(nanos);
            trace.waitedBeforeAttempt.addAndGet(nanos);
        }
    }

    private void ended(
            String purpose, String client, Duration took, TokenUsage usage, Optional<RuntimeException> error) {
        for (CallTrace trace = this; trace != null; trace = trace.outer) {
            CallListener.Attempt attempt = new CallListener.Attempt(
                    purpose,
                    client,
                    trace.attempts.incrementAndGet(),
                    Duration.ofNanos(trace.waitedBeforeAttempt.getAndSet(0)),
                    took,
                    usage,
                    error);
            trace.tell(each -> each.onAttempt(attempt));
        }
    }

    int attempts() {
        return attempts.get();
    }

    Duration waited() {
        return Duration.ofNanos(waited.get());
    }

    void tell(Consumer<CallListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a call listener failed; the call goes on", e);
        }
    }
}
