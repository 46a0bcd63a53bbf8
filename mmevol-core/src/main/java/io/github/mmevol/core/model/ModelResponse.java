package io.github.mmevol.core.model;

import java.util.Objects;

/**
 * A model's reply.
 *
 * @param text what the model wrote; may be empty
 * @param finishReason why it ended
 * @param usage the tokens it took; {@link TokenUsage#NONE} if not told
 * @param model the model that answered, as the provider names it; empty if not told
 * @param rateLimits what the server told of its limits along with it
 */
public record ModelResponse(
        String text, FinishReason finishReason, TokenUsage usage, String model, RateLimitStatus rateLimits) {
    /** Keeps the values. */
    public ModelResponse {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(finishReason, "finishReason");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(rateLimits, "rateLimits");
    }

    /** A reply along with which nothing was told of limits. */
    public ModelResponse(String text, FinishReason finishReason, TokenUsage usage, String model) {
        this(text, finishReason, usage, model, RateLimitStatus.NONE);
    }

    /** A complete reply of which only the text is known. */
    public static ModelResponse of(String text) {
        return new ModelResponse(text, FinishReason.STOP, TokenUsage.NONE, "");
    }

    /** This reply with another finish reason. */
    public ModelResponse withFinishReason(FinishReason finishReason) {
        return new ModelResponse(text, finishReason, usage, model, rateLimits);
    }

    /** This reply with its token usage. */
    public ModelResponse withUsage(TokenUsage usage) {
        return new ModelResponse(text, finishReason, usage, model, rateLimits);
    }

    /** This reply with what the server told of its limits. */
    public ModelResponse withRateLimits(RateLimitStatus rateLimits) {
        return new ModelResponse(text, finishReason, usage, model, rateLimits);
    }

    /** This reply with the model's name. */
    public ModelResponse withModel(String model) {
        return new ModelResponse(text, finishReason, usage, model, rateLimits);
    }
}
