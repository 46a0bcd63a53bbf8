package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a complete reply; fields it does not know are passed over. */
final class ChatReply {
    /** Types of parts that are no part of the answer. */
    private static final Set<String> THOUGHTS = Set.of("reasoning", "thinking", "redacted_thinking");

    private ChatReply() {}

    /**
     * The reply in an answer.
     *
     * @throws ModelException.MalformedReply if there is no message in it
     * @throws ModelException if there is an error in it
     */
    static ModelResponse read(Answer answer, String model) {
        if (answer.text().isBlank()) {
            throw new ModelException.MalformedReply(
                    "the reply of " + answer.origin() + " has an empty body (HTTP " + answer.status() + ")");
        }
        JsonNode reply = parsed(answer);
        Optional<ErrorReply> error = ErrorReply.hiddenIn(answer, reply);
        if (error.isPresent()) {
            throw error.get().toException(model);
        }
        return read(reply, answer).withRateLimits(RateLimitHeaders.in(answer.headers(), Instant.now()));
    }

    private static JsonNode parsed(Answer answer) {
        try {
            return Json.tree(() -> Json.strict().readTree(answer.body()));
        } catch (JacksonException e) {
            // The exception itself quotes the reply, so only its words are kept.
            throw new ModelException.MalformedReply("the reply of " + answer.origin() + " is not JSON, or cut off ("
                    + answer.secrets().redact(e.getOriginalMessage()) + "): " + answer.excerpt());
        }
    }

    private static ModelResponse read(JsonNode reply, Answer answer) {
        JsonNode choice = reply.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new ModelException.MalformedReply("the reply of " + answer.origin()
                    + " is JSON, but has no choices with a message: " + answer.excerpt());
        }
        String refusal = message.path("refusal").stringValue("");
        TokenUsage usage = usage(reply.path("usage"));
        String model = reply.path("model").stringValue("");
        if (!refusal.isEmpty()) {
            return new ModelResponse(refusal, FinishReason.REFUSAL, usage, model);
        }
        StringBuilder refused = new StringBuilder();
        String text = text(message.path("content"), refused);
        if (text.isEmpty() && !refused.isEmpty()) {
            return new ModelResponse(refused.toString(), FinishReason.REFUSAL, usage, model);
        }
        return new ModelResponse(text, finishReason(choice.path("finish_reason").stringValue("")), usage, model);
    }

    /** The content is a string, a list of parts, one part, or nothing at all. */
    private static String text(JsonNode content, StringBuilder refused) {
        if (content.isString()) {
            return content.stringValue();
        }
        refused.append(content.path("refusal").stringValue(""));
        if (content.isObject()) {
            boolean thought = THOUGHTS.contains(content.path("type").stringValue(""));
            return thought ? "" : content.path("text").stringValue("");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(text(part, refused));
        }
        return text.toString();
    }

    private static FinishReason finishReason(String told) {
        return switch (told.toLowerCase(Locale.ROOT)) {
            case "stop", "end_turn", "stop_sequence", "eos" -> FinishReason.STOP;
            case "length", "max_tokens", "model_length" -> FinishReason.LENGTH;
            case "content_filter", "safety" -> FinishReason.CONTENT_FILTER;
            case "refusal" -> FinishReason.REFUSAL;
            default -> new FinishReason(told);
        };
    }

    private static TokenUsage usage(JsonNode usage) {
        return new TokenUsage(
                tokens(usage.path("prompt_tokens")),
                tokens(usage.path("prompt_tokens_details").path("cached_tokens")),
                tokens(usage.path("completion_tokens")),
                tokens(usage.path("completion_tokens_details").path("reasoning_tokens")));
    }

    private static long tokens(JsonNode count) {
        return Math.max(0, count.asLong(0));
    }
}
