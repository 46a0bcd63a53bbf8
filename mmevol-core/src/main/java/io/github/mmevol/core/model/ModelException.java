package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A call that brought no reply. The subtypes say why. {@link #isRetryable()} tells whether the same request can succeed
 * later; {@link #endsRun()} whether no other request can succeed either, so that a run stops instead of failing one
 * sample after another.
 */
@SuppressWarnings("serial")
public abstract sealed class ModelException extends RuntimeException {

    ModelException(String message) {
        super(message);
    }

    ModelException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether trying the same request again can help; false unless a subtype says otherwise. */
    public boolean isRetryable() {
        return false;
    }

    /** Whether every further call to this model will fail alike; false unless a subtype says otherwise. */
    public boolean endsRun() {
        return false;
    }

    /** How long the server asks to wait before the next attempt, where it says so. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** What the server told of its rate limits along with the failure; {@link RateLimitStatus#NONE} if nothing. */
    public RateLimitStatus rateLimits() {
        return RateLimitStatus.NONE;
    }

    /** An answer of the server that is an error. */
    public abstract static sealed class Http extends ModelException {
        private final HttpFailure failure;

        Http(HttpFailure failure) {
            super(failure.describe());
            this.failure = failure;
        }

        /** The HTTP status. */
        public int status() {
            return failure.status();
        }

        /** The beginning of the error body. */
        public String excerpt() {
            return failure.excerpt();
        }

        /** The provider's id of the request; empty if not told. */
        public String requestId() {
            return failure.requestId();
        }

        @Override
        public Optional<Duration> retryAfter() {
            return failure.retryAfter();
        }

        @Override
        public RateLimitStatus rateLimits() {
            return failure.rateLimits();
        }
    }

    /** Too many requests for now (429). */
    public static final class RateLimit extends Http {
        /** Made from the server's answer. */
        public RateLimit(HttpFailure failure) {
            super(failure);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The key is missing, wrong or not allowed to (401, 403). Ends the run. */
    public static final class Authentication extends Http {
        /** Made from the server's answer. */
        public Authentication(HttpFailure failure) {
            super(failure);
        }

        @Override
        public boolean endsRun() {
            return true;
        }
    }

    /** The account has no quota left. Ends the run. */
    public static final class Quota extends Http {
        /** Made from the server's answer. */
        public Quota(HttpFailure failure) {
            super(failure);
        }

        @Override
        public boolean endsRun() {
            return true;
        }
    }

    /** The server knows no such model or no such address, or the model takes no images. Ends the run. */
    public static final class UnknownModel extends Http {
        /** Made from the server's answer. */
        public UnknownModel(HttpFailure failure) {
            super(failure);
        }

        @Override
        public boolean endsRun() {
            return true;
        }
    }

    /** The server refuses this request (other 4xx); another one may be fine. */
    public static final class InvalidRequest extends Http {
        /** Made from the server's answer. */
        public InvalidRequest(HttpFailure failure) {
            super(failure);
        }
    }

    /** The server cannot use the image of this request: broken, of a wrong kind or size, or out of its reach. */
    public static final class InvalidImage extends Http {
        /** Made from the server's answer. */
        public InvalidImage(HttpFailure failure) {
            super(failure);
        }
    }

    /** This request, with the room for its reply, is longer than the model's context. */
    public static final class ContextLength extends Http {
        /** Made from the server's answer. */
        public ContextLength(HttpFailure failure) {
            super(failure);
        }
    }

    /** The provider's content filter refuses this request. */
    public static final class ContentFilter extends Http {
        /** Made from the server's answer. */
        public ContentFilter(HttpFailure failure) {
            super(failure);
        }
    }

    /** The server failed (5xx), or asks for another attempt (408, 409). */
    public static final class Server extends Http {
        /** Made from the server's answer. */
        public Server(HttpFailure failure) {
            super(failure);
        }

        @Override
        public boolean isRetryable() {
            return status() != 501;
        }
    }

    /** No complete reply within the deadline. */
    public static final class Timeout extends ModelException {
        /** Made from what was being done and the deadline. */
        public Timeout(String message) {
            super(message);
        }

        /** Made from what was being done and the deadline. */
        public Timeout(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The connection could not be made or broke. */
    public static final class Io extends ModelException {
        /** Made from what was being done and the cause. */
        public Io(String message) {
            super(message);
        }

        /** Made from what was being done and the cause. */
        public Io(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The reply is not what the protocol promises: cut off, not JSON, or too large. */
    public static final class MalformedReply extends ModelException {
        /** Made from what is wrong with the reply. */
        public MalformedReply(String message) {
            super(message);
        }

        /** Made from what is wrong with the reply. */
        public MalformedReply(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean isRetryable() {
            return true;
        }
    }

    /** The image of the request cannot be read or encoded. */
    public static final class UnusableImage extends ModelException {
        /** Made from what is wrong with the image. */
        public UnusableImage(String message) {
            super(message);
        }

        /** Made from what is wrong with the image. */
        public UnusableImage(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The reply stands in no store, and a replay asks no model. */
    public static final class NotStored extends ModelException {
        /** Made from what was asked. */
        public NotStored(String message) {
            super(message);
        }
    }

    /** The budget admits no further call. Ends the run; one that a store holds goes on with a higher budget. */
    public static final class BudgetExhausted extends ModelException {
        /** Made from which limit was reached and what was spent. */
        public BudgetExhausted(String message) {
            super(message);
        }

        @Override
        public boolean endsRun() {
            return true;
        }
    }

    /** The calling thread was interrupted; its interrupt flag is set again. */
    public static final class Interrupted extends ModelException {
        /** Sets the calling thread's interrupt flag. */
        public Interrupted(String message) {
            super(message);
            Thread.currentThread().interrupt();
        }

        /** Sets the calling thread's interrupt flag. */
        public Interrupted(String message, Throwable cause) {
            super(message, cause);
            Thread.currentThread().interrupt();
        }

        @Override
        public boolean endsRun() {
            return true;
        }
    }
}
