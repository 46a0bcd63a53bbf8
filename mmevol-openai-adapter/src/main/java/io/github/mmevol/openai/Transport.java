package io.github.mmevol.openai;

import io.github.mmevol.core.model.ModelException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The way to an endpoint: posts one body and brings the whole answer back within a deadline, or says what broke.
 *
 * @param httpClient follows no redirect
 * @param endpoint where to
 * @param apiKey asked at each post
 * @param timeout the longest time for one exchange
 */
record Transport(HttpClient httpClient, Endpoint endpoint, Supplier<@Nullable String> apiKey, Duration timeout) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A client for all that were given none; a client of the JDK has a thread, and connections worth sharing. */
    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    static HttpClient sharedClient() {
        return Shared.CLIENT;
    }

    /**
     * Posts a body. An answer with an error status is an answer.
     *
     * @param timeLeft for the caller; the shorter one of this and the timeout counts
     * @throws ModelException if no complete answer came
     */
    Answer post(BodyPublisher body, Duration timeLeft) {
        return exchange(request -> request.POST(body), timeLeft);
    }

    /** Posts a body of another type. */
    Answer post(BodyPublisher body, String contentType) {
        return exchange(
                request -> request.setHeader("Content-Type", contentType).POST(body), timeout);
    }

    /** Gets what lies at the endpoint. */
    Answer get() {
        return exchange(HttpRequest.Builder::GET, timeout);
    }

    private Answer exchange(UnaryOperator<HttpRequest.Builder> method, Duration timeLeft) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ModelException.Interrupted("interrupted before a call to " + endpoint);
        }
        Duration limit = timeLeft.compareTo(timeout) < 0 ? timeLeft : timeout;
        if (limit.isZero()) {
            throw new ModelException.Timeout("no time left for a call to " + endpoint);
        }
        Secrets secrets = new Secrets();
        HttpRequest request = method.apply(endpoint.request(Secrets.checkedKey(apiKey.get()), secrets))
                .timeout(limit)
                .build();
        BoundedBody received = new BoundedBody(System.nanoTime() + limit.toNanos());
        try {
            exchange(request, received);
            return answer(received, secrets);
        } catch (InterruptedException e) {
            throw new ModelException.Interrupted("interrupted while waiting for " + endpoint, e);
        } catch (IOException e) {
            if (received.isError()) {
                return answer(received, secrets);
            }
            throw failure(secrets.redact(e), received, limit, secrets);
        }
    }

    private void exchange(HttpRequest request, BoundedBody received) throws IOException, InterruptedException {
        try {
            httpClient.send(request, received);
        } catch (IllegalArgumentException e) {
            // so the JDK says that a header of the answer makes no sense
            throw new IOException("not understood: " + e.getMessage(), e);
        }
    }

    private Answer answer(BoundedBody received, Secrets secrets) {
        byte[] body = received.isError()
                ? ContentEncoding.undoBegun(received.headers(), received.received(), received.limit())
                : unpacked(received, secrets);
        return new Answer(received.status(), received.headers(), body, secrets, endpoint);
    }

    private byte[] unpacked(BoundedBody received, Secrets secrets) {
        byte[] body;
        try {
            body = ContentEncoding.undo(received.headers(), received.received(), received.limit());
        } catch (IOException e) {
            throw new ModelException.MalformedReply("the reply of " + origin(received, secrets)
                    + " cannot be unpacked: " + secrets.redact(String.valueOf(e.getMessage())));
        }
        if (body.length > received.limit()) {
            throw tooLarge(received, secrets);
        }
        return body;
    }

    private ModelException failure(IOException failure, BoundedBody received, Duration limit, Secrets secrets) {
        String origin = origin(received, secrets);
        if (received.isLate() || failure instanceof HttpTimeoutException) {
            return new ModelException.Timeout("no complete reply from " + origin + " within " + limit, failure);
        }
        if (received.isTooLarge()) {
            return tooLarge(received, secrets);
        }
        if (received.isReply()) {
            return new ModelException.MalformedReply(
                    "the reply of " + origin + " broke off after " + received.received().length + " bytes", failure);
        }
        return new ModelException.Io("the connection to " + origin + " failed (" + reason(failure) + ")", failure);
    }

    /** What the JDK's client says in the classes of the causes alone is put into words. */
    private String reason(IOException failure) {
        String words = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        if (failure instanceof ConnectException) {
            for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                    return "no address is known for the host of " + endpoint.hostAndPort() + "; check the name";
                }
            }
            return endpoint.hostAndPort() + (words.isEmpty() ? " refused it; does a server run there?" : words);
        }
        return failure.getClass().getSimpleName() + words;
    }

    private ModelException tooLarge(BoundedBody received, Secrets secrets) {
        return new ModelException.MalformedReply(
                "the reply of " + origin(received, secrets) + " is larger than " + received.limit() + " bytes");
    }

    private String origin(BoundedBody received, Secrets secrets) {
        return Answer.origin(endpoint, received.headers(), secrets);
    }
}
