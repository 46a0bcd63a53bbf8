package io.github.mmevol.examples.langchain4j;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.model.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Any chat model of LangChain4j as a model client: {@code ModelClient model = new ChatModelClient("gpt-4o", chatModel)
 * .resilient();}. Build the chat model with {@code maxRetries(0)}, for the decorators of {@link ModelClient} know better when
 * to try again. A sampling seed is not handed on, as LangChain4j has none that all its models know.
 *
 * @param name what stands for the model in records and reports
 * @param model the chat model
 */
public record ChatModelClient(String name, ChatModel model) implements ModelClient {

    @Override
    public ModelResponse send(ModelRequest request) {
        ChatRequest asked = toChatRequest(request);
        Optional<Duration> left = request.timeLeft();
        try {
            return toResponse(left.isPresent() ? chat(asked, left.get()) : model.chat(asked));
        } catch (RuntimeException e) {
            throw Failures.toModelException(name, e);
        }
    }

    /** In a thread of its own, for a chat model cannot be told how long one call may take. */
    private ChatResponse chat(ChatRequest asked, Duration longest) {
        FutureTask<ChatResponse> reply = new FutureTask<>(() -> model.chat(asked));
        Thread thread = new Thread(reply, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return reply.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ModelException.Timeout("no reply from " + name + " within the time for the call", e);
        } catch (InterruptedException e) {
            throw new ModelException.Interrupted("interrupted while waiting for " + name, e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            reply.cancel(true);
        }
    }

    private static ChatRequest toChatRequest(ModelRequest request) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!request.system().isBlank()) {
            messages.add(SystemMessage.from(request.system()));
        }
        messages.add(UserMessage.from(
                request.parts().stream().map(ChatModelClient::toContent).toList()));
        ChatRequest.Builder chat =
                ChatRequest.builder().messages(messages).responseFormat(toResponseFormat(request.replyForm()));
        SamplingOptions sampling = request.sampling();
        sampling.temperature().ifPresent(chat::temperature);
        sampling.topP().ifPresent(chat::topP);
        sampling.maxTokens().ifPresent(chat::maxOutputTokens);
        return chat.build();
    }

    private static Content toContent(ModelRequest.Part part) {
        if (part instanceof ModelRequest.Image image) {
            EncodedImage encoded = image.image().encoded();
            return ImageContent.from(
                    Base64.getEncoder().encodeToString(encoded.bytes()),
                    encoded.mediaType(),
                    Math.max(encoded.width(), encoded.height()) <= 512
                            ? ImageContent.DetailLevel.LOW
                            : ImageContent.DetailLevel.AUTO);
        }
        return TextContent.from(((ModelRequest.Text) part).text());
    }

    private static ResponseFormat toResponseFormat(ReplyForm form) {
        if (form instanceof ReplyForm.JsonSchema schema) {
            return ResponseFormat.builder()
                    .type(ResponseFormatType.JSON)
                    .jsonSchema(JsonSchema.builder()
                            .name(schema.name())
                            .rootElement(JsonRawSchema.from(schema.schema()))
                            .build())
                    .build();
        }
        return form instanceof ReplyForm.JsonObject ? ResponseFormat.JSON : ResponseFormat.TEXT;
    }

    private static ModelResponse toResponse(ChatResponse response) {
        @Nullable String text = response.aiMessage().text();
        @Nullable String served = response.modelName();
        return new ModelResponse(
                text == null ? "" : text,
                toFinishReason(response.finishReason()),
                toUsage(response.tokenUsage()),
                served == null ? "" : served);
    }

    private static FinishReason toFinishReason(dev.langchain4j.model.output.@Nullable FinishReason reason) {
        if (reason == null) {
            return FinishReason.UNKNOWN;
        }
        return switch (reason) {
            case STOP -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
            case TOOL_EXECUTION -> new FinishReason("tool_calls");
            case OTHER -> new FinishReason("other");
        };
    }

    private static TokenUsage toUsage(dev.langchain4j.model.output.@Nullable TokenUsage usage) {
        return usage == null
                ? TokenUsage.NONE
                : new TokenUsage(count(usage.inputTokenCount()), 0, count(usage.outputTokenCount()), 0);
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
