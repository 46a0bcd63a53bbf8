package io.github.mmevol.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a reply, up to a size and until a deadline; past either the connection is dropped. Of an error's
 * body only the beginning is wanted, so what came of it is enough, however it ended.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(4096);
    private final int limit;
    private final boolean partIsEnough;
    private volatile Flow.@Nullable Subscription subscription;

    /**
     * Starts the clock.
     *
     * @param limit the most bytes to take
     * @param partIsEnough whether a body that is longer than the limit, or breaks off, still counts
     * @param remaining the time until the deadline
     */
    BoundedBody(int limit, boolean partIsEnough, Duration remaining) {
        this.limit = limit;
        this.partIsEnough = partIsEnough;
        whole.orTimeout(Math.max(0, remaining.toNanos()), TimeUnit.NANOSECONDS);
        whole.whenComplete((body, failure) -> {
            Flow.Subscription current = subscription;
            if (failure != null && current != null) {
                current.cancel();
            }
        });
    }

    /** The reply's body is not whole, or too large. */
    static final class Broken extends IOException {
        private static final long serialVersionUID = 1L;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (whole.isDone()) {
            subscription.cancel();
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (whole.isDone()) {
                return;
            }
            int taken = Math.min(buffer.remaining(), limit - received.size());
            byte[] bytes = new byte[taken];
            buffer.get(bytes);
            received.write(bytes, 0, taken);
            if (buffer.hasRemaining()) {
                end(new Broken("the reply is larger than " + limit + " bytes", null));
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(new Broken("the reply broke off after " + received.size() + " bytes", failure));
    }

    @Override
    public void onComplete() {
        whole.complete(received.toByteArray());
    }

    private void end(Broken failure) {
        Flow.Subscription current = subscription;
        if (!partIsEnough) {
            whole.completeExceptionally(failure);
        } else if (whole.complete(received.toByteArray()) && current != null) {
            current.cancel();
        }
    }
}
