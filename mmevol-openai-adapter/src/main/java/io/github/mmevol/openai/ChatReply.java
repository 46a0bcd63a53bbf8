package io.github.mmevol.openai;

import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads a complete reply; fields it does not know are passed over. */
final class ChatReply {
    private ChatReply() {}

    /** @throws ModelException.MalformedReply if there is no message in it */
    static ModelResponse read(JsonNode reply, Supplier<String> excerpt, Endpoint endpoint) {
        JsonNode choice = reply.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            throw new ModelException.MalformedReply(
                    "the reply of " + endpoint + " is JSON, but has no choices with a message: " + excerpt.get());
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

    /** The content is a string, a list of parts, or nothing at all. */
    private static String text(JsonNode content, StringBuilder refused) {
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.isString() ? part.stringValue() : part.path("text").stringValue(""));
            refused.append(part.path("refusal").stringValue(""));
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
