package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each error of the servers we know of means; the bodies, and where they stand, are in {@code error-bodies.txt}. */
@Timeout(60)
class ErrorBodiesTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    record Case(int status, String type, String body) {}

    static Stream<Case> cases() throws IOException {
        try (InputStream in = Objects.requireNonNull(ErrorBodiesTest.class.getResourceAsStream("/error-bodies.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .map(words -> new Case(Integer.parseInt(words[0]), words[1], words[2]));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meansWhatTheTableSays(Case error) {
        assertThat(failure(new Reply(error.status(), error.body()))).satisfies(failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(error.type());
            assertThat(failure.status()).isEqualTo(error.status());
            assertThat(failure.endsRun())
                    .isEqualTo(failure instanceof ModelException.Quota
                            || failure instanceof ModelException.Authentication
                            || failure instanceof ModelException.UnknownModel);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"code\": 429, \"message\": \"slow down\"}}",
                "{\"choices\": [{\"error\": {\"code\": 429, \"message\": \"slow down\"}, \"finish_reason\": \"error\","
                        + " \"message\": {\"role\": \"assistant\", \"content\": \"\"}}]}",
                "{\"choices\": [{\"error\": {\"code\": 429, \"message\": \"slow down\"}}]}"
            })
    void mayComeWithStatus200AndItsOwnInTheBody(String body) {
        // openrouter.ai/docs/api/reference/errors-and-debugging
        assertThat(failure(new Reply(200, body)))
                .isInstanceOf(ModelException.RateLimit.class)
                .hasMessageContaining("HTTP 429");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insufficient_quota", "invalid_api_key"})
    void endsTheRunWhereAWordTellsItWithStatus200(String code) {
        String body = "{\"error\": {\"code\": \"" + code + "\", \"message\": \"no\"}}";
        assertThat(failure(new Reply(200, body)).endsRun()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"error\": \"model 'm' not found\"}                                    | UnknownModel",
                "{\"error\": {\"message\": \"model \\\"m\\\" not found, try pulling it first\"}} | UnknownModel",
                "{\"error\": {\"message\": \"The model `m` does not exist.\"}}            | UnknownModel",
                "{\"error\": {\"message\": \"x\", \"code\": \"model_not_found\"}}          | UnknownModel",
                "{\"error\": \"Model does not support images. Please use a model that does.\"} | UnknownModel",
                "{\"error\": \"Invalid API key\"}                                        | Authentication",
                "{\"error\": {\"message\": \"x\", \"type\": \"authentication_error\"}}     | Authentication",
                "{\"error\": \"Insufficient credits\"}                                   | Quota",
                "{\"error\": {\"message\": \"You exceeded your current quota, please check\"}} | Quota",
                "{\"error\": {\"message\": \"Rate limit reached for m\"}}                 | RateLimit",
                "{\"error\": {\"message\": \"Invalid image.\"}}                           | InvalidImage",
                "{\"error\": {\"message\": \"x\", \"code\": \"context_length_exceeded\"}}  | ContextLength",
                "{\"error\": {\"message\": \"x\", \"code\": \"content_filter\"}}           | ContentFilter",
                "{\"choices\": [{\"error\": \"model 'm' not found\"}]}                    | UnknownModel",
            })
    void mayComeWithStatus200AndIsThenUnderstoodByItsWords(String body, String type) {
        assertThat(failure(new Reply(200, body))).satisfies(failure -> {
            assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
            assertThat(failure.status()).isEqualTo(200);
            assertThat(failure).hasMessageContaining("(HTTP 200)");
        });
    }

    @Test
    void ofAModelThatTakesNoImagesSaysSo() {
        String body =
                "{\"object\": \"error\", \"message\": \"Qwen/Qwen2.5-7B is not a multimodal model\", \"code\": 400}";

        assertThat(failure(new Reply(400, body))).hasMessageStartingWith("the model tiny-vl at http://");
        assertThat(failure(new Reply(400, body))).hasMessageContaining("takes no images");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>upstream</html>", "{\"error\": \"busy\"}", "{\"error\":", "[]", "7", "null"})
    void needsNoReadableBody(String body) {
        assertThat(failure(new Reply(503, body))).isInstanceOf(ModelException.Server.class);
        assertThat(failure(new Reply(400, body))).isInstanceOf(ModelException.InvalidRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": {\"type\": \"insufficient_quota\", \"code\": null}}",
                "[{\"error\": {\"code\": \"insufficient_quota\"}}]",
                "{\"code\": \"INSUFFICIENT_QUOTA\", \"message\": \"none left\"}",
            })
    void isRecognisedInEachShapeOfItsBody(String body) {
        assertThat(failure(new Reply(429, body))).isInstanceOf(ModelException.Quota.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-request-id", "apim-request-id", "x-ms-request-id", "request-id"})
    void carriesTheProvidersRequestId(String header) {
        ModelException.Http failure = failure(new Reply(500, "x").with(header, "req-77"));

        assertThat(failure.requestId()).isEqualTo("req-77");
        assertThat(failure).hasMessageContaining("req-77");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\": []}", "<html>", "{\"choices\": [{\"mess"})
    void ofAReplyThatIsMalformedTellsTheRequestIdToo(String body) {
        try (FaultyServer server =
                new FaultyServer(request -> new Reply(200, body).with("apim-request-id", "req-77"))) {
            assertThatThrownBy(() -> client(server).send(REQUEST))
                    .isInstanceOf(ModelException.MalformedReply.class)
                    .hasMessageContaining("(request req-77)");
        }
    }

    private static ModelException.Http failure(Reply reply) {
        try (FaultyServer server = new FaultyServer(request -> reply)) {
            client(server).send(REQUEST);
        } catch (ModelException.Http e) {
            return e;
        }
        throw new AssertionError("an error was expected");
    }

    private static OpenAiModelClient client(FaultyServer server) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .apiKey("some-key")
                .retry(RetryPolicy.none())
                .build();
    }
}
