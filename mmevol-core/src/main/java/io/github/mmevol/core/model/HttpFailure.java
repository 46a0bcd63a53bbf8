package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What an HTTP error said.
 *
 * @param summary what failed, one sentence without any secret
 * @param status the HTTP status
 * @param excerpt the beginning of the body, at most {@value #MAX_EXCERPT} characters are kept
 * @param requestId the provider's id of the request; empty if not told
 * @param retryAfter how long to wait before the next attempt, where the server says so
 * @param rateLimits what the server told of its limits along with it
 */
public record HttpFailure(
        String summary,
        int status,
        String excerpt,
        String requestId,
        Optional<Duration> retryAfter,
        RateLimitStatus rateLimits) {
    /** Characters of the body that are kept. */
    public static final int MAX_EXCERPT = 500;

    /** Cuts the excerpt. */
    public HttpFailure {
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(excerpt, "excerpt");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(retryAfter, "retryAfter");
        Objects.requireNonNull(rateLimits, "rateLimits");
        excerpt = excerpt.length() <= MAX_EXCERPT ? excerpt : excerpt.substring(0, MAX_EXCERPT) + "...";
    }

    /** An error along with which nothing was told of limits. */
    public HttpFailure(String summary, int status, String excerpt, String requestId, Optional<Duration> retryAfter) {
        this(summary, status, excerpt, requestId, retryAfter, RateLimitStatus.NONE);
    }

    String describe() {
        StringBuilder text = new StringBuilder(summary).append(" (HTTP ").append(status);
        if (!requestId.isEmpty()) {
            text.append(", request ").append(requestId);
        }
        text.append(')');
        retryAfter.ifPresent(wait -> text.append(", retry after ").append(wait));
        if (!excerpt.isBlank()) {
            text.append(": ").append(excerpt.strip());
        }
        return text.toString();
    }
}
