package io.github.mmevol.core.model;

import java.util.Objects;
import org.slf4j.LoggerFactory;

/**
 * A multimodal language model behind one blocking call.
 *
 * <p>A client of your own is a lambda: {@code ModelClient mine = request -> ModelResponse.of(askMyModel(request));}
 * Implementations must be thread-safe: a pipeline calls one client from many threads at once.
 *
 * <p>The other methods put something around a client, and compose. The order that makes sense, outermost first:
 *
 * <pre>
 * store, budget, account     the pipeline's
 *   listening, logged        hear every attempt and every call
 *     withFallback           another client where this one fails for good
 *       retrying             the same again, later
 *         concurrencyLimited calls in flight, pauses
 *           rateLimited      requests and tokens per minute
 *             the client
 * </pre>
 *
 * In code it reads from the client outwards: {@code mine.rateLimited(limiter).retrying(RetryPolicy.ofDefaults())}. Who knows
 * nothing of the server takes {@link #resilient()}. All decorators are thread-safe, keep the client's name but where said,
 * and pass replies and exceptions through unchanged.
 */
@FunctionalInterface
public interface ModelClient {

    /**
     * Sends the request and waits for the reply, which is never null. What is asked of a client:
     *
     * <ul>
     *   <li>It obeys {@link ModelRequest#timeLeft()}: where that is over before a reply came, it throws
     *       {@link ModelException.Timeout}. No decorator breaks off a call under way.
     *   <li>When its thread is interrupted it ends at once and throws {@link ModelException.Interrupted}, which sets the
     *       thread's interrupt flag again.
     *   <li>It asks the model anew each time, and leaves texts as they are in both directions.
     *   <li>What may pass, such as a connection that cannot be made, is a {@link ModelException} whose
     *       {@link ModelException#isRetryable()} says so.
     * </ul>
     *
     * <p>{@code ModelClientContract} in this module's test jar checks that: extend it to test a client of your own. A lambda
     * that only answers will do for a test; without an eye on the time and on interruptions, a run that is stopped, or whose
     * calls have a deadline, waits for it.
     *
     * @throws ModelException if no reply came; its type says why and whether trying again can help
     */
    ModelResponse send(ModelRequest request);

    /** What stands for this model in records and reports; default {@code custom}. */
    default String name() {
        return "custom";
    }

    /** This client under a name. */
    default ModelClient named(String name) {
        return new NamedClient(this, name);
    }

    /** This client within the requests and tokens per minute of the limiter, which clients of one account share. */
    default ModelClient rateLimited(RateLimiter limiter) {
        return new LimitedClient(this, Objects.requireNonNull(limiter, "limiter")::call);
    }

    /**
     * This client with no more calls in flight than the limiter admits, which clients of one account share. Where the server
     * asks to wait, all of them wait.
     */
    default ModelClient concurrencyLimited(ConcurrencyLimiter limiter) {
        return new LimitedClient(this, Objects.requireNonNull(limiter, "limiter")::call);
    }

    /**
     * This client with failed calls tried again, the same bytes each time, as the policy says. Only what
     * {@link ModelException#isRetryable()} marks is tried again; other exceptions pass through.
     */
    default ModelClient retrying(RetryPolicy policy) {
        return RetryingClient.of(this, policy);
    }

    /**
     * This client, and where a call fails, the next one, in order. A failure is what passes through this client's own
     * retries: an error of the server, of the connection or of the reply. What is no failure of the client goes to no
     * other: an interruption, a spent budget, an image that cannot be used. Where the last one fails too, its failure is
     * thrown, with the earlier ones suppressed. The name is {@code first or second}.
     */
    default ModelClient withFallback(ModelClient... others) {
        return FallbackClient.of(this, others);
    }

    /** This client with a listener that is told of every attempt and every call. */
    default ModelClient listening(CallListener listener) {
        return new ListeningClient(this, listener, Time.SYSTEM);
    }

    /**
     * This client with one line at DEBUG for each attempt, to the logger named like this interface: client, purpose, number
     * of the attempt, milliseconds, and tokens or the type of the error. Texts, images and keys are not logged.
     */
    default ModelClient logged() {
        return new LoggedClient(this, LoggerFactory.getLogger(ModelClient.class), Time.SYSTEM);
    }

    /**
     * This client with the default stack: {@link ConcurrencyLimiter#adaptive()} of its own,
     * {@link RetryPolicy#ofDefaults()}, {@link #logged()}.
     */
    default ModelClient resilient() {
        return concurrencyLimited(ConcurrencyLimiter.adaptive())
                .retrying(RetryPolicy.ofDefaults())
                .logged();
    }

    /**
     * This client within a budget of its own: beyond it a call is refused with {@link ModelException.BudgetExhausted}. For
     * a client outside a pipeline, or for one of several in it; a pipeline has a budget for a whole run.
     */
    default ModelClient budgeted(Budget budget) {
        return new BudgetedClient(this, budget);
    }
}
