package io.github.mmevol.examples.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.ImageSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model client as a chat model of LangChain4j, so that an application uses one client, with its limits and retries, for
 * everything. It takes what a model client takes: system messages and one user's turn with texts and images in Base64, no tools.
 *
 * @param client the client
 * @param purpose what calls are counted by
 */
public record ModelClientChatModel(ModelClient client, String purpose) implements ChatModel {

    @Override
    public ChatResponse doChat(ChatRequest request) {
        try {
            return toChatResponse(client.send(toModelRequest(request)));
        } catch (ModelException e) {
            throw Failures.toLangChain4j(e);
        }
    }

    private ModelRequest toModelRequest(ChatRequest chat) {
        List<?> tools = chat.toolSpecifications();
        if (tools != null && !tools.isEmpty()) {
            throw new UnsupportedFeatureException("a model client calls no tools");
        }
        ModelRequest.Builder request = ModelRequest.builder(purpose)
                .replyForm(toReplyForm(chat.responseFormat()))
                .sampling(toSampling(chat));
        StringBuilder system = new StringBuilder();
        for (ChatMessage message : chat.messages()) {
            if (message instanceof SystemMessage said) {
                system.append(system.isEmpty() ? "" : "\n\n").append(said.text());
            } else if (message instanceof UserMessage said) {
                said.contents().forEach(content -> add(content, request));
            } else {
                throw new UnsupportedFeatureException(
                        "a model client knows one turn of the user and no " + message.type());
            }
        }
        return request.system(system.toString()).build();
    }

    private static void add(Content content, ModelRequest.Builder request) {
        if (content instanceof TextContent text) {
            request.text(text.text());
        } else if (content instanceof ImageContent image) {
            request.image(toImage(image.image()));
        } else {
            throw new UnsupportedFeatureException("a model client sends no " + content.type());
        }
    }

    private static LazyImage toImage(Image image) {
        @Nullable String base64 = image.base64Data();
        if (base64 == null) {
            throw new UnsupportedFeatureException("give images in Base64, not as addresses");
        }
        return ImageEncoder.ofDefaults()
                .image(ImageSource.bytes(Base64.getDecoder().decode(base64)));
    }

    private static ReplyForm toReplyForm(@Nullable ResponseFormat format) {
        if (format == null || format.type() == ResponseFormatType.TEXT) {
            return ReplyForm.text();
        }
        return format.jsonSchema() != null && format.jsonSchema().rootElement() instanceof JsonRawSchema schema
                ? ReplyForm.jsonSchema(format.jsonSchema().name(), schema.schema())
                : ReplyForm.jsonObject();
    }

    private static SamplingOptions toSampling(ChatRequest chat) {
        SamplingOptions sampling = SamplingOptions.defaults();
        sampling = chat.temperature() == null ? sampling : sampling.withTemperature(chat.temperature());
        sampling = chat.topP() == null ? sampling : sampling.withTopP(chat.topP());
        return chat.maxOutputTokens() == null ? sampling : sampling.withMaxTokens(chat.maxOutputTokens());
    }

    private static ChatResponse toChatResponse(ModelResponse response) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(response.text()))
                .modelName(response.model())
                .finishReason(toFinishReason(response.finishReason().name()))
                .tokenUsage(new TokenUsage(
                        Math.toIntExact(response.usage().prompt()),
                        Math.toIntExact(response.usage().completion())))
                .build();
    }

    private static FinishReason toFinishReason(String name) {
        return switch (name) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            case "content_filter" -> FinishReason.CONTENT_FILTER;
            default -> FinishReason.OTHER;
        };
    }
}
