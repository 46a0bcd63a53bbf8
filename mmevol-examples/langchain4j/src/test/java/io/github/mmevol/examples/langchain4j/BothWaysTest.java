package io.github.mmevol.examples.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BothWaysTest {
    private static final String SCHEMA = "{\"type\": \"object\"}";

    private final List<ModelRequest> received = new ArrayList<>();
    private final ModelClient client = request -> {
        received.add(request);
        return new ModelResponse("Two.", FinishReason.LENGTH, new TokenUsage(12, 4, 3, 0), "served");
    };

    @Test
    void aRequestGoesThroughBothAndStaysTheSame() throws IOException {
        byte[] png = png();
        ModelClient there = new ChatModelClient("chat-model", new ModelClientChatModel(client, "app"));

        ModelResponse response = there.send(ModelRequest.builder("judge")
                .system("You judge.")
                .text("before")
                .image(ImageEncoder.ofDefaults().image(ImageSource.bytes(png)))
                .text("after")
                .replyForm(ReplyForm.jsonSchema("verdicts", SCHEMA))
                .sampling(SamplingOptions.defaults()
                        .withTemperature(0.5)
                        .withTopP(0.9)
                        .withMaxTokens(7))
                .build());

        assertThat(response)
                .isEqualTo(new ModelResponse("Two.", FinishReason.LENGTH, new TokenUsage(12, 0, 3, 0), "served"));
        ModelRequest arrived = received.get(0);
        assertThat(arrived.purpose()).isEqualTo("app");
        assertThat(arrived.system()).isEqualTo("You judge.");
        assertThat(arrived.text()).isEqualTo("before\nafter");
        assertThat(arrived.parts().get(1))
                .isInstanceOfSatisfying(
                        ModelRequest.Image.class,
                        image -> assertThat(image.image().encoded().bytes()).isEqualTo(png));
        assertThat(arrived.replyForm()).isEqualTo(ReplyForm.jsonSchema("verdicts", SCHEMA));
        assertThat(arrived.sampling())
                .isEqualTo(SamplingOptions.defaults()
                        .withTemperature(0.5)
                        .withTopP(0.9)
                        .withMaxTokens(7));
    }

    @Test
    void theChatModelSeesTheImageInBase64AndTheSchemaAsItIs() throws IOException {
        List<ChatRequest> chats = new ArrayList<>();
        byte[] png = png();

        new ChatModelClient("chat-model", chat(request -> {
                    chats.add(request);
                    return "fine";
                }))
                .send(ModelRequest.builder("judge")
                        .text("What is it?")
                        .image(ImageEncoder.ofDefaults().image(ImageSource.bytes(png)))
                        .replyForm(ReplyForm.jsonSchema("verdicts", SCHEMA))
                        .build());

        UserMessage user = (UserMessage) chats.get(0).messages().get(0);
        assertThat(user.contents().get(0)).isEqualTo(TextContent.from("What is it?"));
        assertThat(user.contents().get(1)).isInstanceOfSatisfying(ImageContent.class, image -> {
            assertThat(image.image().mimeType()).isEqualTo("image/png");
            assertThat(image.detailLevel()).isEqualTo(ImageContent.DetailLevel.LOW);
        });
        assertThat(chats.get(0).responseFormat().type()).isEqualTo(ResponseFormatType.JSON);
        assertThat(chats.get(0).responseFormat().jsonSchema().rootElement())
                .isInstanceOfSatisfying(
                        JsonRawSchema.class, raw -> assertThat(raw.schema()).isEqualTo(SCHEMA));
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new RateLimitException("slow down"), ModelException.RateLimit.class),
                Arguments.of(new AuthenticationException("who?"), ModelException.Authentication.class),
                Arguments.of(new ModelNotFoundException("which?"), ModelException.UnknownModel.class),
                Arguments.of(new ContentFilteredException("no"), ModelException.ContentFilter.class),
                Arguments.of(new InvalidRequestException("what?"), ModelException.InvalidRequest.class),
                Arguments.of(new InternalServerException("oops"), ModelException.Server.class),
                Arguments.of(new TimeoutException("late"), ModelException.Timeout.class),
                Arguments.of(new UnresolvedModelServerException("where?"), ModelException.Io.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureKeepsItsMeaningInBothDirections(RuntimeException failure, Class<? extends ModelException> expected) {
        ChatModel failing = chat(request -> {
            throw failure;
        });
        ModelRequest request = ModelRequest.builder("judge").text("hello").build();
        ModelClient there = new ChatModelClient("chat-model", failing);

        assertThatThrownBy(() -> there.send(request)).isInstanceOf(expected);
        assertThatThrownBy(() -> new ModelClientChatModel(there, "app").chat("hello"))
                .isInstanceOf(failure.getClass());
    }

    @Test
    void aFailureOfHttpKeepsItsStatusAndBody() {
        ChatModel failing = chat(request -> {
            throw new InternalServerException(new HttpException(503, "{\"error\": \"busy\"}"));
        });

        ModelException.Http failure = catchThrowableOfType(
                ModelException.Http.class,
                () -> new ChatModelClient("chat-model", failing)
                        .send(ModelRequest.builder("judge").text("hello").build()));

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.excerpt()).contains("busy");
    }

    @Test
    void whatAModelClientCannotSendIsRefused() {
        ChatModel model = new ModelClientChatModel(client, "app");
        List<ChatRequest> tooMuch = List.of(
                ChatRequest.builder()
                        .messages(UserMessage.from("hello"))
                        .toolSpecifications(
                                ToolSpecification.builder().name("look").build())
                        .build(),
                ChatRequest.builder()
                        .messages(UserMessage.from("hello"), AiMessage.from("hi"), UserMessage.from("again"))
                        .build(),
                ChatRequest.builder()
                        .messages(UserMessage.from(ImageContent.from("https://host/cup.jpg")))
                        .build());

        assertThat(tooMuch)
                .allSatisfy(request ->
                        assertThatThrownBy(() -> model.chat(request)).isInstanceOf(UnsupportedFeatureException.class));
        assertThat(received).isEmpty();
    }

    @Test
    void systemMessagesAreJoined() {
        new ModelClientChatModel(client, "app")
                .chat(SystemMessage.from("One."), SystemMessage.from("Two."), UserMessage.from("hello"));

        assertThat(received.get(0).system()).isEqualTo("One.\n\nTwo.");
        assertThat(received.get(0).replyForm()).isEqualTo(ReplyForm.text());
    }

    private interface Answer {
        String to(ChatRequest request);
    }

    private static ChatModel chat(Answer answer) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder()
                        .aiMessage(AiMessage.from(answer.to(request)))
                        .build();
            }
        };
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }
}
