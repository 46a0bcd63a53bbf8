package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** How the body differs where a provider or a model wants it otherwise. */
@Timeout(60)
class ProviderOptionsTest {
    private final FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"));

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Nested
    class AnImage {
        @ParameterizedTest
        @CsvSource({
            "AUTO, 512, low",
            "AUTO, 513, ''",
            "LOW, 2000, low",
            "HIGH, 10, high",
            "NONE, 10, ''",
        })
        void isLookedAtAsCloselyAsIsSaid(ImageDetail detail, int side, String expected) {
            send(ProviderOptions.defaults().withDetail(detail), image("a.jpg", new byte[] {1}, side));

            assertThat(sentImage().path("detail").asString("")).isEqualTo(expected);
            assertThat(sentImage().has("detail")).isEqualTo(!expected.isEmpty());
        }

        @Test
        void isSentAsItsAddressWhereThereIsOneAndIsNotEvenRead() {
            LazyImage unread = new LazyImage() {
                @Override
                public String hash() {
                    throw new ModelException.UnusableImage("read");
                }

                @Override
                public EncodedImage encoded() {
                    throw new ModelException.UnusableImage("decoded");
                }

                @Override
                public String path() {
                    return "a/cup 1.jpg";
                }
            };

            send(ProviderOptions.defaults().withImageUrls(path -> "https://images.example.org/\"" + path), unread);

            assertThat(sentImage()).isEqualTo(Json.parse("""
                    {"url": "https://images.example.org/\\"a/cup 1.jpg"}"""));
        }

        @Test
        void withAnAddressHasTheDetailThatIsSet() {
            send(
                    ProviderOptions.defaults()
                            .withImageUrls(path -> "gs://bucket/" + path)
                            .withDetail(ImageDetail.HIGH),
                    image("cup.jpg", new byte[] {1}, 10));

            assertThat(sentImage()).isEqualTo(Json.parse("{\"url\": \"gs://bucket/cup.jpg\", \"detail\": \"high\"}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "private.jpg"})
        void withoutAPathOrWithoutAnAddressIsSentAsBytes(String path) {
            send(
                    ProviderOptions.defaults().withImageUrls(p -> p.startsWith("private") ? "" : "https://host/" + p),
                    image(path, new byte[] {1, 2, 3}, 10));

            assertThat(sentImage().path("url").stringValue()).isEqualTo("data:image/jpeg;base64,AQID");
        }

        @Test
        void ofAnyLengthArrivesWholeInTheMidstOfTheRest() {
            Random random = new Random(7);
            for (int length : List.of(1, 2, 3, 4, 6092, 6093, 6094, 16_000, 16_384, 50_001, 300_000)) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);

                client(ProviderOptions.defaults())
                        .build()
                        .send(ModelRequest.builder("judge")
                                .text("before 漢字".repeat(random.nextInt(3000)))
                                .image(image("", bytes, 10))
                                .image(image("", bytes, 1000))
                                .text("after")
                                .build());

                JsonNode parts = last().path("messages").path(0).path("content");
                String url = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes);
                assertThat(parts.path(1).path("image_url").path("url").stringValue())
                        .isEqualTo(url);
                assertThat(parts.path(2).path("image_url").path("url").stringValue())
                        .isEqualTo(url);
                assertThat(parts.path(3).path("text").stringValue()).isEqualTo("after");
            }
        }

        @Test
        void isEncodedOnceHoweverOftenTheCallIsTried() {
            AtomicInteger encoded = new AtomicInteger();
            AtomicInteger asked = new AtomicInteger();
            LazyImage counting = new LazyImage() {
                @Override
                public String hash() {
                    return "0".repeat(64);
                }

                @Override
                public EncodedImage encoded() {
                    encoded.incrementAndGet();
                    return new EncodedImage(new byte[50_000], "image/png", 10, 10, 10, 10);
                }
            };
            try (FaultyServer flaky = new FaultyServer(
                    request -> asked.getAndIncrement() < 3 ? new Reply(500, "") : FaultyServer.saying("fine"))) {
                OpenAiModelClient.builder()
                        .baseUrl(flaky.baseUrl())
                        .model("tiny-vl")
                        .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                        .build()
                        .send(ModelRequest.builder("judge").image(counting).build());

                assertThat(encoded).hasValue(1);
                assertThat(flaky.received())
                        .hasSize(4)
                        .allSatisfy(received -> assertThat(received.body())
                                .isEqualTo(flaky.received().get(0).body()));
            }
        }
    }

    @Nested
    class TheExtraBody {
        @Test
        void comesLastAndReplacesFieldsOfOurs() {
            SamplingOptions sampling = SamplingOptions.defaults()
                    .withTemperature(0.5)
                    .withMaxTokens(100)
                    .withSeed(3);
            client(ProviderOptions.defaults().withExtraBody("""
                            {"top_k": 40, "temperature": 0.10, "response_format": {"type": "text"}, "model": "other",
                             "chat_template_kwargs": {"enable_thinking": false}, "seed": null}"""))
                    .sampling(sampling)
                    .build()
                    .send(ModelRequest.builder("judge")
                            .text("hello")
                            .replyForm(ReplyForm.jsonObject())
                            .build());

            assertThat(last().propertyNames())
                    .containsExactly(
                            "messages",
                            "max_tokens",
                            "top_k",
                            "temperature",
                            "response_format",
                            "model",
                            "chat_template_kwargs",
                            "seed");
            assertThat(last().path("temperature").decimalValue()).isEqualTo("0.10");
            assertThat(last().path("model").stringValue()).isEqualTo("other");
            assertThat(last().path("seed").isNull()).isTrue();
            assertThat(last().path("chat_template_kwargs")
                            .path("enable_thinking")
                            .booleanValue())
                    .isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"max_tokens", "max_completion_tokens"})
        void replacesTheBoundOnTheReplyUnderEitherName(String name) {
            client(ProviderOptions.defaults().withExtraBody("{\"" + name + "\": 7}"))
                    .sampling(SamplingOptions.defaults().withMaxTokens(100))
                    .build()
                    .send(ModelRequest.builder("judge").text("hello").build());

            assertThat(last().propertyNames()).containsExactly("model", "messages", name);
            assertThat(last().path(name).intValue()).isEqualTo(7);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "[]", "7", "{oops", "{\"stream\": true}", "{\"messages\": []}"})
        void isRefusedIfItIsNoneOrWouldChangeWhatIsAskedOrHowTheReplyIsRead(String json) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProviderOptions.defaults().withExtraBody(json))
                    .withMessageContaining("extra body");
        }
    }

    @Nested
    class AReasoningModel {
        @Test
        void isSpokenToAsItWantsFromTheFirstCallOn() {
            client(ProviderOptions.defaults().withReasoningModel())
                    .sampling(SamplingOptions.defaults()
                            .withTemperature(0)
                            .withTopP(0.5)
                            .withMaxTokens(100)
                            .withSeed(3))
                    .build()
                    .send(ModelRequest.builder("judge").text("hello").build());

            assertThat(last().propertyNames()).containsExactly("model", "messages", "seed", "max_completion_tokens");
        }
    }

    private void send(ProviderOptions options, LazyImage image) {
        client(options)
                .build()
                .send(ModelRequest.builder("judge").text("hello").image(image).build());
    }

    private OpenAiModelClient.Builder client(ProviderOptions options) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .provider(options)
                .retry(RetryPolicy.none());
    }

    private JsonNode last() {
        return server.received().get(server.received().size() - 1).json();
    }

    private JsonNode sentImage() {
        return last().path("messages").path(0).path("content").path(1).path("image_url");
    }

    private static LazyImage image(String path, byte[] bytes, int side) {
        return new KnownImage(path, new EncodedImage(bytes, "image/jpeg", side, 5, side, 5));
    }

    private record KnownImage(String path, EncodedImage encoded) implements LazyImage {
        @Override
        public String hash() {
            return "0".repeat(64);
        }
    }
}
