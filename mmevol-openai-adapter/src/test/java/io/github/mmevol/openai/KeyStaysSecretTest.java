package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.ChatServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key that is easy to find shows up nowhere, though the server echoes it wherever it can. */
@Timeout(60)
class KeyStaysSecretTest {
    private static final String CANARY = "sk-canary-4f1d0a7b";
    private static final ModelRequest REQUEST = ModelRequest.builder("judge")
            .text("hello")
            .replyForm(ReplyForm.jsonSchema("verdicts", "{\"type\": \"object\"}"))
            .build();

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;

    @BeforeEach
    void listen() {
        PrintStream captured = new PrintStream(console, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
    }

    @AfterEach
    void stopListening() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    static Stream<Reply> echoes() {
        String bearer = "Bearer " + CANARY;
        List<String> bodies = List.of(
                bearer,
                "{\"error\": {\"message\": \"response_format unknown to " + bearer + "\", \"code\": \"" + CANARY
                        + "\"}}",
                "{\"choices\": \"" + CANARY + "\"}",
                "{\"choices\": " + CANARY,
                "x".repeat(HttpFailure.MAX_EXCERPT - 8) + CANARY,
                "x".repeat(190) + CANARY);
        return IntStream.of(200, 307, 400, 401, 429, 500)
                .boxed()
                .flatMap(status -> bodies.stream().map(body -> new Reply(status, body)))
                .map(reply -> reply.with("x-request-id", CANARY).with("Location", "http://" + CANARY + "/" + CANARY));
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void inAFailureWhoseServerEchoesIt(Reply echo) {
        try (ChatServer server = new ChatServer(request -> echo)) {
            OpenAiModelClient client = client(server.baseUrl());

            Throwable failure = catchThrowable(() -> client.send(REQUEST));

            assertThat(failure).isInstanceOf(ModelException.class);
            assertNoTrace(printed(failure));
            if (failure instanceof ModelException.Http http) {
                assertNoTrace(http.excerpt() + http.requestId());
            }
            assertThat(server.received().get(0).headers().getFirst("Authorization"))
                    .contains(CANARY);
            assertNoTrace(console.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void inTheLogWhichIsReallyWritten() {
        try (ChatServer server = new ChatServer(request -> new Reply(400, "response_format, says " + CANARY))) {
            assertThat(catchThrowable(() -> client(server.baseUrl()).send(REQUEST)))
                    .isInstanceOf(ModelException.InvalidRequest.class);
            assertThat(console.toString(StandardCharsets.UTF_8)).contains("weaker form", "says ***");
            assertNoTrace(console.toString(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n ", " ", "\u0000", "\r\nX-Evil: 1 ", "é"})
    void inTheRefusalOfAKeyThatNoHeaderCanCarry(String bad) {
        Throwable atOnce = catchThrowable(() -> OpenAiModelClient.builder().apiKey(CANARY + bad + CANARY));
        OpenAiModelClient late = OpenAiModelClient.builder()
                .model("tiny-vl")
                .apiKey(() -> CANARY + bad + CANARY)
                .build();

        assertThat(atOnce).isInstanceOf(IllegalArgumentException.class);
        assertNoTrace(printed(atOnce));
        assertNoTrace(printed(catchThrowable(() -> late.send(REQUEST))));
    }

    @Test
    void inTheRefusalOfABaseUrlThatHoldsIt() {
        for (String url : List.of("http://user:" + CANARY + "@host/v1", "http://" + CANARY + "@ho st/v1")) {
            assertNoTrace(
                    printed(catchThrowable(() -> OpenAiModelClient.builder().baseUrl(url))));
        }
    }

    @Test
    void inToString() {
        OpenAiModelClient client = client("http://localhost:1/v1?key=" + CANARY);

        assertNoTrace(client.toString());
        assertNoTrace(client.named("x").retrying(RetryPolicy.ofDefaults()).toString());
        assertNoTrace(ApiKey.from(() -> CANARY).toString());
    }

    private static OpenAiModelClient client(String baseUrl) {
        return OpenAiModelClient.builder()
                .baseUrl(baseUrl)
                .model("tiny-vl")
                .apiKey(CANARY)
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ZERO)
                        .build())
                .build();
    }

    private static String printed(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return failure + "\n" + trace;
    }

    private static void assertNoTrace(String text) {
        assertThat(text).doesNotContain(CANARY).doesNotContain("sk-canary");
    }
}
