package io.github.mmevol.examples.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The same failures in the words of both libraries. */
final class Failures {
    private Failures() {}

    static ModelException toModelException(String name, RuntimeException failure) {
        if (failure instanceof ModelException known) {
            return known;
        }
        if (Thread.currentThread().isInterrupted() || hasCause(failure, InterruptedException.class)) {
            return new ModelException.Interrupted("interrupted while waiting for " + name, failure);
        }
        if (failure instanceof RateLimitException) {
            return new ModelException.RateLimit(http(name, 429, failure));
        }
        if (failure instanceof AuthenticationException) {
            return new ModelException.Authentication(http(name, 401, failure));
        }
        if (failure instanceof ModelNotFoundException) {
            return new ModelException.UnknownModel(http(name, 404, failure));
        }
        if (failure instanceof ContentFilteredException) {
            return new ModelException.ContentFilter(http(name, 400, failure));
        }
        if (failure instanceof InvalidRequestException) {
            return new ModelException.InvalidRequest(http(name, 400, failure));
        }
        if (failure instanceof InternalServerException) {
            return new ModelException.Server(http(name, 500, failure));
        }
        if (failure instanceof TimeoutException) {
            return new ModelException.Timeout("no reply from " + name + " in time", failure);
        }
        return new ModelException.Io("the call to " + name + " failed", failure);
    }

    static LangChain4jException toLangChain4j(ModelException failure) {
        String message = failure.getMessage();
        if (failure instanceof ModelException.RateLimit || failure instanceof ModelException.Quota) {
            return new RateLimitException(message, failure);
        }
        if (failure instanceof ModelException.Authentication) {
            return new AuthenticationException(message, failure);
        }
        if (failure instanceof ModelException.UnknownModel) {
            return new ModelNotFoundException(message, failure);
        }
        if (failure instanceof ModelException.ContentFilter) {
            return new ContentFilteredException(message, failure);
        }
        if (failure instanceof ModelException.Timeout) {
            return new TimeoutException(message, failure);
        }
        if (failure instanceof ModelException.Io) {
            return new UnresolvedModelServerException(message, failure);
        }
        return failure.isRetryable()
                ? new InternalServerException(message, failure)
                : new InvalidRequestException(message, failure);
    }

    /** With the status and the body that LangChain4j hides in a cause, where it came from HTTP. */
    private static HttpFailure http(String name, int status, RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException answer) {
                return new HttpFailure(
                        name + " failed",
                        answer.statusCode(),
                        String.valueOf(answer.getMessage()),
                        "",
                        Optional.empty());
            }
        }
        return new HttpFailure(name + " failed", status, String.valueOf(failure.getMessage()), "", Optional.empty());
    }

    private static boolean hasCause(RuntimeException failure, Class<? extends Throwable> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
