package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import java.util.Optional;

/**
 * Replies that come later than they are asked for, such as those of a provider's batch interface. A pipeline that is given
 * them calls no model: what its store does not hold is asked for here, and where there is no reply yet the sample is left as
 * it is. The same run again goes on with what has come in the meantime; when nothing was left to be asked
 * ({@link RunReport#pendingCalls()} is 0) the run is complete.
 *
 * <p>Implementations are thread-safe and do not wait for replies.
 */
@FunctionalInterface
public interface DeferredReplies {

    /**
     * How many requests have been sent whose replies have not been handed out by {@link #reply}: a budget counts them as spent.
     * Default 0.
     */
    default long outstanding() {
        return 0;
    }

    /** Whether a request is among the {@link #outstanding} ones, so that it costs nothing more. Default false. */
    default boolean isOutstanding(String key) {
        return false;
    }

    /**
     * The reply to a request, if it has come; otherwise the request is taken down to be sent, once.
     *
     * @param key the request's key, 32 hexadecimal digits: the same for the same request of the same sample and round in
     *     every run of one store
     * @param client the client that would be called
     * @param request the request; its image is at hand until this method returns
     * @return empty if the reply is still to come
     * @throws ModelException if there will be no reply; the attempt fails as it does when a call fails. Any other exception
     *     stops the run
     */
    Optional<ModelResponse> reply(String key, ModelClient client, ModelRequest request);
}
