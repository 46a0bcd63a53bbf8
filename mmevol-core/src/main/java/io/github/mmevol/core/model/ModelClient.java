package io.github.mmevol.core.model;

/**
 * A multimodal language model behind one blocking call.
 *
 * <p>A client of your own is a lambda: {@code ModelClient mine = request -> ModelResponse.of(askMyModel(request));}
 * Implementations must be thread-safe: a pipeline calls one client from many threads at once.
 */
@FunctionalInterface
public interface ModelClient {

    /**
     * Sends the request and waits for the reply.
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
        return Decorators.named(this, name);
    }

    /**
     * This client with failed calls tried again, the same bytes each time, as the policy says. Only what
     * {@link ModelException#isRetryable()} marks is tried again; other exceptions pass through.
     */
    default ModelClient retrying(RetryPolicy policy) {
        return Decorators.retrying(this, policy);
    }

    /**
     * This client within a budget of its own: beyond it a call is refused with {@link ModelException.BudgetExhausted}. For
     * a client outside a pipeline, or for one of several in it; a pipeline has a budget for a whole run.
     */
    default ModelClient budgeted(Budget budget) {
        return new BudgetedClient(this, budget);
    }
}
