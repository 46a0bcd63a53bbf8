package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.RateLimitStatus;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.openai.FaultyServer.Reply;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is sent, and how each kind of answer is understood, against a server that keeps to the protocol. */
@Timeout(60)
class OpenAiModelClientTest {
    private static final String SCHEMA = "{\"type\": \"object\", \"properties\": {\"size\": {\"enum\": [0.10, 1]}}}";
    private static final RetryPolicy AT_ONCE =
            RetryPolicy.builder().baseDelay(Duration.ZERO).build();

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final FaultyServer server = new FaultyServer(request -> nextReply());

    private Reply nextReply() {
        synchronized (replies) {
            return replies.isEmpty() ? FaultyServer.saying("fine") : replies.remove();
        }
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private OpenAiModelClient.Builder client() {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .retry(RetryPolicy.none());
    }

    private static ModelRequest.Builder request() {
        return ModelRequest.builder("judge").text("hello");
    }

    @Nested
    class TheRequest {
        @Test
        void goesToChatCompletionsByPostOverPlainHttp11() {
            client().build().send(request().build());

            FaultyServer.Received received = server.onlyRequest();
            assertThat(received.uri()).isEqualTo("/v1/chat/completions");
            assertThat(received.protocol()).isEqualTo("HTTP/1.1");
            assertThat(received.headers()).doesNotContainKeys("Upgrade", "HTTP2-Settings");
            assertThat(received.header("Content-Type")).isEqualTo("application/json");
        }

        @Test
        void keepsToHttp11EvenIfTheCallersHttpClientWouldNot() {
            HttpClient own =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

            client().httpClient(own).build().send(request().build());

            assertThat(server.onlyRequest().headers()).doesNotContainKeys("Upgrade", "HTTP2-Settings");
        }

        @Test
        void goesUnderTheBaseUrl() {
            client().baseUrl(URI.create(server.root() + "/api/v3/"))
                    .build()
                    .send(request().build());

            assertThat(server.onlyRequest().uri()).isEqualTo("/api/v3/chat/completions");
        }

        @Test
        void carriesTheKeyAsBearerToken() {
            client().apiKey(" secret-key\n").build().send(request().build());

            assertThat(server.onlyRequest().header("Authorization")).isEqualTo("Bearer secret-key");
        }

        @Test
        void asksTheSupplierForTheKeyAtEachAttempt() {
            AtomicInteger asked = new AtomicInteger();
            replies.add(new Reply(503, "busy"));

            client().apiKey(() -> "key-" + asked.incrementAndGet())
                    .retry(AT_ONCE)
                    .build()
                    .send(request().build());

            assertThat(server.received())
                    .extracting(received -> received.header("Authorization"))
                    .containsExactly("Bearer key-1", "Bearer key-2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "blank", "null"})
        void carriesNoAuthorizationWithoutAKey(String kind) {
            OpenAiModelClient.Builder builder = client();
            if (kind.equals("blank")) {
                builder.apiKey(() -> " ");
            } else if (kind.equals("null")) {
                builder.apiKey(() -> null);
            }

            builder.build().send(request().build());

            assertThat(server.onlyRequest().headers()).doesNotContainKey("Authorization");
        }

        @Test
        void putsSystemTextFirstThenTheUsersPartsInOrder() {
            byte[] bytes = {(byte) 0xff, (byte) 0xd8, 0, 1, 2, (byte) 0xfb};
            ModelRequest request = ModelRequest.builder("evolve:cognitive")
                    .system("You evolve \"things\".")
                    .text("first 漢字 \ud83d\ude00")
                    .image(image(bytes, 512, 300))
                    .text("last")
                    .build();

            client().build().send(request);

            assertSent("""
                    {"model": "tiny-vl", "messages": [
                      {"role": "system", "content": "You evolve \\"things\\"."},
                      {"role": "user", "content": [
                        {"type": "text", "text": "first 漢字 😀"},
                        {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,/9gAAQL7", "detail": "low"}},
                        {"type": "text", "text": "last"}]}]}""");
        }

        @Test
        void leavesTheDetailOfALargerImageToTheServer() {
            client().build()
                    .send(request().image(image(new byte[] {1}, 300, 513)).build());

            JsonNode url =
                    sent().path("messages").path(0).path("content").path(1).path("image_url");
            assertThat(url.propertyNames()).containsExactly("url");
        }

        @Test
        void carriesALargeImageWhole() {
            byte[] bytes = new byte[300_000];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (i * 31);
            }
            LazyImage image = image(bytes, 512, 512);

            client().build().send(request().image(image).build());

            JsonNode url =
                    sent().path("messages").path(0).path("content").path(1).path("image_url");
            assertThat(url.path("url").stringValue()).isEqualTo(image.encoded().dataUrl());
        }

        @Test
        void isAPlainStringWhereThereIsOnlyText() {
            client().build().send(request().text("more").build());

            assertSent("{\"model\": \"tiny-vl\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\\nmore\"}]}");
        }

        @Test
        void replacesHalfASurrogatePairWhichNoUtf8CanCarry() {
            client().build()
                    .send(ModelRequest.builder("judge")
                            .text("a\ud83d b \ud83d\ude00")
                            .build());

            assertThat(server.onlyRequest().userText()).isEqualTo("a\ufffd b \ud83d\ude00");
        }

        @Test
        void takesSamplingFromTheRequestAndWhatItLeavesOpenFromTheClient() {
            SamplingOptions defaults = SamplingOptions.defaults()
                    .withTemperature(0.7)
                    .withTopP(0.9)
                    .withMaxTokens(2048);

            client().sampling(defaults)
                    .build()
                    .send(request()
                            .sampling(SamplingOptions.defaults()
                                    .withTemperature(0)
                                    .withSeed(42))
                            .build());

            JsonNode sent = sent();
            assertThat(sent.path("temperature").asDouble()).isEqualTo(0.0);
            assertThat(sent.path("top_p").asDouble()).isEqualTo(0.9);
            assertThat(sent.path("max_tokens").asInt()).isEqualTo(2048);
            assertThat(sent.path("seed").asLong()).isEqualTo(42);
        }

        @Test
        void isTheSameBytesAtEachRetry() {
            replies.add(new Reply(500, "oops"));
            replies.add(new Reply(529, "overloaded"));

            ModelResponse response = client().retry(AT_ONCE)
                    .build()
                    .send(request().image(image(new byte[1000], 10, 10)).build());

            assertThat(response.text()).isEqualTo("fine");
            assertThat(server.received()).hasSize(3);
            assertThat(server.received())
                    .allSatisfy(received -> assertThat(received.body())
                            .isEqualTo(server.received().get(0).body()));
        }

        @Test
        void isNotSentForAnInterruptedThread() {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> client().build().send(request().build()))
                    .isInstanceOf(ModelException.Interrupted.class);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(server.received()).isEmpty();
        }

        @Test
        void isNotSentIfItsImageCannotBeUsed() {
            LazyImage broken = new LazyImage() {
                @Override
                public String hash() {
                    return "0".repeat(64);
                }

                @Override
                public EncodedImage encoded() {
                    throw new ModelException.UnusableImage("not an image");
                }
            };

            assertThatThrownBy(
                            () -> client().build().send(request().image(broken).build()))
                    .isInstanceOf(ModelException.UnusableImage.class);
            assertThat(server.received()).isEmpty();
        }
    }

    @Nested
    class TheReplyForm {
        private static final String SCHEMA_FORMAT = """
                {"type": "json_schema", "json_schema": {"name": "verdicts", "strict": true, "schema":
                  {"type": "object", "properties": {"size": {"enum": [0.10, 1]}}}}}""";
        private static final String OBJECT_FORMAT = "{\"type\": \"json_object\"}";

        @Test
        void ofASchemaIsAStrictSchema() {
            client().build().send(schemaRequest());

            assertThat(sent().path("response_format")).isEqualTo(Json.parse(SCHEMA_FORMAT));
        }

        @Test
        void ofAnObjectIsObjectModeAndOfTextNothing() {
            OpenAiModelClient client = client().build();
            client.send(objectRequest());
            client.send(request().build());

            assertThat(formats()).containsExactly(OBJECT_FORMAT, "");
        }

        @Test
        void isNeverStrongerThanTheUserSaysTheServerTakes() {
            client().responseFormat(ResponseFormat.OBJECT).build().send(schemaRequest());
            client().responseFormat(ResponseFormat.NONE).build().send(schemaRequest());
            client().responseFormat(ResponseFormat.SCHEMA).build().send(objectRequest());

            assertThat(formats()).containsExactly(OBJECT_FORMAT, "", OBJECT_FORMAT);
        }

        @Test
        void stepsDownForGoodWhereTheServerSaysItDoesNotKnowIt() {
            replies.add(refusal("'response_format' of type 'json_schema' is not supported with this model."));
            replies.add(refusal("Unknown parameter: response_format"));
            OpenAiModelClient client = client().build();

            assertThat(client.send(schemaRequest()).text()).isEqualTo("fine");
            assertThat(client.send(schemaRequest()).text()).isEqualTo("fine");

            assertThat(formats()).containsExactly(compact(SCHEMA_FORMAT), OBJECT_FORMAT, "", "");
        }

        @Test
        void keepsTheSchemaWhereOnlyObjectModeIsUnknown() {
            replies.add(refusal("'response_format.type' must be 'json_schema' or 'text'"));
            OpenAiModelClient client = client().build();

            client.send(objectRequest());
            client.send(schemaRequest());

            assertThat(formats()).containsExactly(OBJECT_FORMAT, "", compact(SCHEMA_FORMAT));
        }

        @Test
        void staysWhereTheServerComplainsAboutSomethingElse() {
            replies.add(refusal("The image is too small."));
            replies.add(refusal("'messages' must contain the word 'json' in some form, to use 'response_format'"));
            OpenAiModelClient client = client().build();

            assertThatThrownBy(() -> client.send(schemaRequest())).isInstanceOf(ModelException.InvalidRequest.class);
            assertThatThrownBy(() -> client.send(objectRequest())).isInstanceOf(ModelException.InvalidRequest.class);
            assertThat(server.received()).hasSize(2);
        }

        @Test
        void staysWhereTheUserHasChosenIt() {
            replies.add(refusal("response_format is not supported"));

            assertThatThrownBy(() -> client().responseFormat(ResponseFormat.SCHEMA)
                            .build()
                            .send(schemaRequest()))
                    .isInstanceOf(ModelException.InvalidRequest.class);
            assertThat(server.received()).hasSize(1);
        }

        @Test
        void isRefusedIfItsSchemaIsNotJson() {
            ModelRequest broken =
                    request().replyForm(ReplyForm.jsonSchema("bad", "{oops")).build();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client().build().send(broken))
                    .withMessageContaining("bad");
            assertThat(server.received()).isEmpty();
        }

        @Test
        void boundsTokensUnderTheNewerNameWhereTheServerWantsThat() {
            replies.add(refusal("'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."));
            OpenAiModelClient client = client().sampling(
                            SamplingOptions.defaults().withMaxTokens(5))
                    .build();

            client.send(request().build());
            client.send(request().build());

            assertThat(server.received())
                    .extracting(received -> received.json().has("max_completion_tokens"))
                    .containsExactly(false, true, true);
        }

        private ModelRequest schemaRequest() {
            return request().replyForm(ReplyForm.jsonSchema("verdicts", SCHEMA)).build();
        }

        private ModelRequest objectRequest() {
            return request().replyForm(ReplyForm.jsonObject()).build();
        }

        private List<String> formats() {
            return server.received().stream()
                    .map(received -> received.json().path("response_format"))
                    .map(format -> format.isMissingNode() ? "" : compact(format.toString()))
                    .toList();
        }

        private static String compact(String json) {
            return Json.parse(json).toString().replace("{\"type\":\"json_object\"}", OBJECT_FORMAT);
        }

        private static Reply refusal(String message) {
            return new Reply(
                    400, Json.write(Json.object().set("error", Json.object().put("message", message))));
        }
    }

    @Nested
    class TheReply {
        @Test
        void givesTextUsageModelAndFinishReasonAndPassesOverTheRest() {
            ModelResponse response = reply("""
                    {"id": "x", "object": "chat.completion", "created": 1, "model": "tiny-vl-0901", "new_field": {"a": [1]},
                     "choices": [{"index": 0, "logprobs": null, "finish_reason": "stop",
                       "message": {"role": "assistant", "content": "Two cups.", "refusal": null, "annotations": []}}],
                     "usage": {"prompt_tokens": 1200, "completion_tokens": 34, "total_tokens": 1234,
                       "prompt_tokens_details": {"cached_tokens": 1024, "audio_tokens": 0},
                       "completion_tokens_details": {"reasoning_tokens": 20, "audio_tokens": 0}}}""");

            assertThat(response)
                    .isEqualTo(new ModelResponse(
                            "Two cups.", FinishReason.STOP, new TokenUsage(1200, 1024, 34, 20), "tiny-vl-0901"));
        }

        @Test
        void mayTellNothingButTheText() {
            assertThat(reply("{\"choices\": [{\"message\": {\"content\": \"x\"}}], \"usage\": null}"))
                    .isEqualTo(new ModelResponse("x", FinishReason.UNKNOWN, TokenUsage.NONE, ""));
        }

        @Test
        void mayBeAListOfParts() {
            assertThat(reply("""
                                    {"choices": [{"finish_reason": "stop", "message": {"content": [
                                      {"type": "text", "text": "one "}, {"type": "unknown"}, {"type": "text", "text": "two"}]}}]}""").text()).isEqualTo("one two");
        }

        @Test
        void leavesOutWhatTheModelThought() {
            // DeepSeek, vLLM, SGLang and llama.cpp; Ollama and OpenRouter call it reasoning
            assertThat(reply("""
                            {"choices": [{"finish_reason": "stop", "message": {"content":
                              {"type": "text", "text": "Two."}}}]}""").text()).isEqualTo("Two.");
            assertThat(reply("""
                            {"choices": [{"finish_reason": "stop", "message": {"content": [
                              {"type": "reasoning", "text": "I count."}, {"type": "text", "text": "Two."}]}}]}""").text()).isEqualTo("Two.");
            assertThat(reply("""
                            {"choices": [{"finish_reason": "stop", "message": {"content": "Two.",
                              "reasoning_content": "I count: one, two.", "reasoning": "One, two."}}]}""").text()).isEqualTo("Two.");
            assertThat(reply("""
                            {"choices": [{"finish_reason": "length", "message": {"content": null,
                              "reasoning_content": "I count: one, two"}}]}""")).isEqualTo(new ModelResponse("", FinishReason.LENGTH, TokenUsage.NONE, ""));
        }

        @Test
        void tellsWhatTheServerToldOfItsLimits() {
            replies.add(FaultyServer.saying("fine")
                    .with("x-ratelimit-remaining-requests", "0")
                    .with("x-ratelimit-reset-requests", "1m2s"));

            assertThat(client().build().send(request().build()).rateLimits().requests())
                    .isEqualTo(new RateLimitStatus.Window(
                            OptionalLong.empty(), OptionalLong.of(0), Optional.of(Duration.ofSeconds(62))));
            assertThat(client().build().send(request().build()).rateLimits()).isEqualTo(RateLimitStatus.NONE);
        }

        @Test
        void mayBeEmptyOrNullOrAbsent() {
            assertThat(reply("{\"choices\": [{\"message\": {\"content\": \"\"}}]}")
                            .text())
                    .isEmpty();
            assertThat(reply("{\"choices\": [{\"message\": {\"content\": null}}]}")
                            .text())
                    .isEmpty();
            assertThat(reply("{\"choices\": [{\"message\": {}}]}").text()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "stop, stop",
            "STOP, stop",
            "length, length",
            "LIMIT, LIMIT",
            "content_filter, content_filter",
            "tool_calls, tool_calls",
        })
        void endsForAReason(String told, String expected) {
            assertThat(reply("{\"choices\": [{\"message\": {\"content\": \"x\"}, \"finish_reason\": \"" + told
                                    + "\"}]}")
                            .finishReason())
                    .isEqualTo(new FinishReason(expected));
        }

        @Test
        void thatRefusesHoldsTheRefusalAsText() {
            assertThat(reply("""
                            {"choices": [{"finish_reason": "stop", "message": {"content": null, "refusal": "I can't help."}}]}"""))
                    .isEqualTo(new ModelResponse("I can't help.", FinishReason.REFUSAL, TokenUsage.NONE, ""));
            assertThat(reply("""
                            {"choices": [{"message": {"content": [{"type": "refusal", "refusal": "No."}]}}]}""")).isEqualTo(new ModelResponse("No.", FinishReason.REFUSAL, TokenUsage.NONE, ""));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "  ",
                    "<html><body>Bad gateway page</body></html>",
                    "data: {\"choices\": []}",
                    "{\"choices\": [{\"message\": {\"content\": \"cut o",
                    "{\"choices\": []}",
                    "{\"choices\": [{}]}",
                    "{\"choices\": {}}",
                    "{}",
                    "[]",
                    "null",
                    "\"text\"",
                    "{\"error\": {\"message\": \"model crashed\"}}",
                })
        void thatIsNotWhatTheProtocolPromisesIsMalformedAndCanBeTriedAgain(String body) {
            assertThatExceptionOfType(ModelException.MalformedReply.class)
                    .isThrownBy(() -> reply(body))
                    .withMessageContaining("/v1/chat/completions")
                    .matches(ModelException::isRetryable);
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 204})
        void withAnEmptyBodyIsSaidToHaveOne(int status) {
            replies.add(new Reply(status, ""));

            assertThatExceptionOfType(ModelException.MalformedReply.class)
                    .isThrownBy(() -> client().build().send(request().build()))
                    .withMessageContaining("has an empty body (HTTP " + status + ")");
        }

        @Test
        void quotesItsBeginningIfItIsMalformed() {
            assertThatExceptionOfType(ModelException.MalformedReply.class)
                    .isThrownBy(() -> reply("<html><body>Bad gateway page</body></html>" + "x".repeat(5000)))
                    .withMessageContaining("Bad gateway page")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
        }

        private ModelResponse reply(String body) {
            replies.add(new Reply(200, body));
            return client().build().send(request().build());
        }
    }

    @Nested
    class AnError {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "400 | bad_thing           | InvalidRequest",
                    "400 | model_not_found     | UnknownModel",
                    "400 | billing_hard_limit_reached | Quota",
                    "401 | invalid_api_key     | Authentication",
                    "402 | none                | Quota",
                    "403 | none                | Authentication",
                    "404 | none                | UnknownModel",
                    "404 | model_not_found     | UnknownModel",
                    "405 | none                | InvalidRequest",
                    "408 | none                | Server",
                    "409 | none                | Server",
                    "413 | none                | InvalidRequest",
                    "422 | none                | InvalidRequest",
                    "429 | rate_limit_exceeded | RateLimit",
                    "429 | insufficient_quota  | Quota",
                    "429 | billing_not_active  | Quota",
                    "500 | none                | Server",
                    "502 | none                | Server",
                    "503 | model_not_found     | Server",
                    "529 | overloaded_error    | Server",
                })
        void hasATypeThatSaysWhatToDo(int status, String code, String type) {
            String body = "{\"error\": {\"message\": \"it went wrong\", \"type\": \"t\", \"code\": \"" + code + "\"}}";

            assertThat(error(new Reply(status, body))).satisfies(e -> {
                assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                assertThat(e.status()).isEqualTo(status);
                assertThat(e.excerpt()).isEqualTo(body);
                assertThat(e).hasMessageContaining("it went wrong").hasMessageContaining("/v1/chat/completions");
            });
        }

        @ParameterizedTest
        @CsvSource({"retry-after-ms, 1250, PT1.25S", "Retry-After, 3, PT3S", "Retry-After, 0.5, PT0.5S"})
        void carriesHowLongToWait(String header, String value, Duration expected) {
            assertThat(error(new Reply(429, "{}").with(header, value)).retryAfter())
                    .contains(expected);
        }

        @Test
        void carriesWhatTheServerToldOfItsLimits() {
            assertThat(error(new Reply(429, "{}").with("x-ratelimit-limit-tokens", "1000"))
                            .rateLimits()
                            .tokens()
                            .limit())
                    .hasValue(1000);
        }

        @Test
        void carriesADateToWaitFor() {
            assertThat(error(new Reply(503, "{}").with("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"))
                            .retryAfter())
                    .contains(Duration.ZERO);
        }

        @Test
        void thatAsksForAnAbsurdWaitFailsTheCallAtOnceAndSaysSo() {
            replies.add(new Reply(429, "{}").with("Retry-After", "86400"));

            assertThatExceptionOfType(ModelException.RateLimit.class)
                    .isThrownBy(
                            () -> client().retry(AT_ONCE).build().send(request().build()))
                    .withMessageContaining("PT24H");
            assertThat(server.received()).hasSize(1);
        }

        @Test
        void ofAFinalKindIsNotTriedAgain() {
            replies.add(new Reply(401, "{}"));

            assertThatThrownBy(
                            () -> client().retry(AT_ONCE).build().send(request().build()))
                    .isInstanceOf(ModelException.Authentication.class)
                    .hasMessageContaining("apiKey");
            assertThat(server.received()).hasSize(1);
        }

        @Test
        void isWhatARedirectIsAndNobodyFollowsIt() {
            try (FaultyServer other = new FaultyServer(received -> FaultyServer.saying("stolen"))) {
                ModelException.Http error =
                        error(new Reply(307, "").with("Location", other.baseUrl() + "/elsewhere?token=t"));

                assertThat(error)
                        .isInstanceOf(ModelException.UnknownModel.class)
                        .hasMessageContaining("/v1/elsewhere")
                        .hasMessageContaining("baseUrl")
                        .hasMessageNotContaining("token=t");
                assertThat(other.received()).isEmpty();
            }
        }

        @Test
        void ofTooManyRequestsHoldsBackAllCallsOfTheClientForAsLongAsTheServerAsks() throws Exception {
            Duration wait = Duration.ofMillis(400);
            List<Long> arrivals = Collections.synchronizedList(new ArrayList<>());
            ConcurrencyLimiter limiter = ConcurrencyLimiter.adaptive();
            try (FaultyServer strict = new FaultyServer(received -> connection -> {
                arrivals.add(System.nanoTime());
                if (arrivals.size() > 1) {
                    FaultyServer.saying("fine").on(connection);
                } else {
                    new Reply(429, "{}").with("retry-after-ms", "400").on(connection);
                }
            })) {
                OpenAiModelClient client = OpenAiModelClient.builder()
                        .baseUrl(strict.baseUrl())
                        .model("tiny-vl")
                        .retry(AT_ONCE)
                        .concurrency(limiter)
                        .build();
                ExecutorService other = Executors.newSingleThreadExecutor();
                try {
                    Future<ModelResponse> first =
                            other.submit(() -> client.send(request().build()));
                    while (limiter.pauseLeft().isZero()) {
                        Thread.onSpinWait();
                    }
                    for (int i = 0; i < 5; i++) {
                        assertThat(client.send(request().build()).text()).isEqualTo("fine");
                    }
                    assertThat(first.get().text()).isEqualTo("fine");
                } finally {
                    other.shutdownNow();
                }
            }
            assertThat(arrivals).hasSize(7);
            assertThat(arrivals.subList(1, 7)).allMatch(arrival -> arrival - arrivals.get(0) >= wait.toNanos());
        }

        private ModelException.Http error(Reply reply) {
            replies.add(reply);
            try {
                client().build().send(request().build());
            } catch (ModelException.Http e) {
                return e;
            }
            throw new AssertionError("an error was expected");
        }
    }

    @Nested
    class TheBuilder {
        @Test
        void wantsAModelAndNothingElse() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> OpenAiModelClient.builder().build())
                    .withMessageContaining("model");
            OpenAiModelClient client =
                    OpenAiModelClient.builder().model("gpt-4o-mini").build();
            assertThat(client.name()).isEqualTo("gpt-4o-mini");
            assertThat(client)
                    .hasToString(
                            "OpenAiModelClient[model=gpt-4o-mini, endpoint=https://api.openai.com/v1/chat/completions]");
        }

        @Test
        void refusesNonsenseWhereItIsSet() {
            OpenAiModelClient.Builder builder = OpenAiModelClient.builder();

            assertThatIllegalArgumentException().isThrownBy(() -> builder.model(" "));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.apiKey(" "));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ofSeconds(-1)));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ofDays(400_000)));
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.model(null))
                    .withMessage("model");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.baseUrl((String) null))
                    .withMessage("baseUrl");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.timeout(null))
                    .withMessage("timeout");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder.httpClient(null))
                    .withMessage("httpClient");
        }

        @Test
        void givesAClientThatTriesAgainByDefault() {
            replies.add(new Reply(503, "busy").with("retry-after-ms", "0"));
            OpenAiModelClient client = OpenAiModelClient.builder()
                    .baseUrl(server.baseUrl())
                    .model("tiny-vl")
                    .retry(RetryPolicy.ofDefaults().toBuilder()
                            .baseDelay(Duration.ZERO)
                            .build())
                    .build();

            assertThat(client.send(request().build()).text()).isEqualTo("fine");
        }
    }

    private JsonNode sent() {
        return server.onlyRequest().json();
    }

    private void assertSent(String json) {
        assertThat(sent()).isEqualTo(Json.parse(json));
    }

    private static LazyImage image(byte[] bytes, int width, int height) {
        return new TinyImage(new EncodedImage(bytes, "image/jpeg", width, height, width, height));
    }

    private record TinyImage(EncodedImage encoded) implements LazyImage {
        @Override
        public String hash() {
            return "0".repeat(64);
        }
    }
}
