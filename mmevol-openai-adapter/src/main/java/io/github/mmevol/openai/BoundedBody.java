package io.github.mmevol.openai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Receives one answer: its head, then its body up to a size and until a deadline; past either the connection is dropped.
 * What has come is at hand even if the rest never comes.
 */
final class BoundedBody implements HttpResponse.BodyHandler<byte[]>, HttpResponse.BodySubscriber<byte[]> {
    static final int MAX_REPLY_BYTES = 16 * 1024 * 1024;
    static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

    private final long deadline;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(4096);
    private volatile HttpResponse.@Nullable ResponseInfo head;
    private volatile Flow.@Nullable Subscription subscription;

    /**
     * Waits for an answer.
     *
     * @param deadline the moment on {@link System#nanoTime()}'s clock until which the body has to be complete
     */
    BoundedBody(long deadline) {
        this.deadline = deadline;
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        head = info;
        return this;
    }

    /** The status of the answer; 0 before its head has come. */
    int status() {
        HttpResponse.ResponseInfo info = head;
        return info == null ? 0 : info.statusCode();
    }

    HttpHeaders headers() {
        HttpResponse.ResponseInfo info = head;
        return info == null ? NO_HEADERS : info.headers();
    }

    /** What has come of the body. */
    byte[] received() {
        return received.toByteArray();
    }

    /** Whether the answer has begun and is an error: then what came of its body is enough, however it ended. */
    boolean isError() {
        return status() != 0 && status() / 100 != 2;
    }

    /** Whether the answer has begun and is none. */
    boolean isReply() {
        return status() / 100 == 2;
    }

    /** Whether the body was longer than is taken. */
    boolean isTooLarge() {
        return received.size() > limit();
    }

    /** Whether the deadline passed before the body was complete. */
    boolean isLate() {
        return whole.handle((body, failure) -> failure instanceof TimeoutException)
                .getNow(false);
    }

    /** The most bytes that are taken, packed or unpacked. */
    int limit() {
        return isError() ? MAX_ERROR_BYTES : MAX_REPLY_BYTES;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        long remaining = Math.max(0, deadline - System.nanoTime());
        return whole.orTimeout(remaining, TimeUnit.NANOSECONDS).whenComplete((body, failure) -> {
            Flow.Subscription current = subscription;
            if (failure != null && current != null) {
                current.cancel();
            }
        });
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
            if (!whole.isDone()) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                received.write(bytes, 0, bytes.length);
                if (isTooLarge()) {
                    whole.completeExceptionally(new IOException("the body is longer than " + limit() + " bytes"));
                }
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(received());
    }
}
