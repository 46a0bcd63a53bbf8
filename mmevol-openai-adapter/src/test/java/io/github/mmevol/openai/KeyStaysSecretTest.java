package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.mmevol.core.contract.Canary;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.FaultyServer.Answer;
import io.github.mmevol.openai.FaultyServer.Received;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
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

/**
 * A key that is easy to find shows up nowhere, though the server echoes it wherever it can; nor does the value of a header or
 * of a parameter. All is looked through that is thrown, and all that is written at level TRACE.
 */
@Timeout(60)
class KeyStaysSecretTest {
    private static final Canary KEY = new Canary("sk-canary-4f1d0a7b9c3e5a6b7c8d");
    private static final Canary HEADER = new Canary("hd/canary+77aa88bb99cc00dd11ee");
    private static final Canary PARAMETER = new Canary("qp canary&0011223344556677889");
    private static final Canary BASE_URL = new Canary("bu-canary-0102030405060708090a");
    private static final List<Canary> ALL = List.of(KEY, HEADER, PARAMETER, BASE_URL);
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

    /** What a server may throw back: all that it was sent, in every place that a client may quote. */
    static Stream<Answer> echoes() {
        String sent = "Bearer " + KEY.secret() + " " + HEADER.secret() + " " + PARAMETER.secret() + " "
                + Secrets.encoded(PARAMETER.secret()) + " " + BASE_URL.secret();
        List<String> bodies = List.of(
                sent,
                "{\"error\": {\"message\": \"response_format unknown to " + sent + "\", \"code\": \"" + KEY.secret()
                        + "\"}}",
                "{\"choices\": \"" + sent + "\"}",
                "{\"choices\": " + KEY.secret(),
                "{" + HEADER.secret() + ": 1}",
                "x".repeat(HttpFailure.MAX_EXCERPT - 8) + sent,
                "x".repeat(190) + sent);
        Stream<Answer> replies = IntStream.of(200, 307, 400, 401, 404, 429, 500)
                .boxed()
                .flatMap(status -> bodies.stream().map(body -> new Reply(status, body)))
                .map(reply -> reply.with("x-request-id", sent)
                        .with("Content-Encoding", reply.status() == 404 ? KEY.secret() : "identity")
                        .with("Location", "http://" + KEY.secret() + "/" + KEY.secret()));
        Stream<Answer> broken = Stream.of(
                connection -> {
                    connection.write("HTTP/1.1 " + sent + "\r\n\r\n");
                    connection.close();
                },
                connection -> {
                    connection.write(sent + "\r\n\r\n");
                    connection.close();
                },
                connection -> {
                    connection.write("HTTP/1.1 200 S\r\nContent-Length: " + sent + "\r\n\r\n");
                    connection.close();
                },
                new Reply(200, "x").with("Content-Encoding", sent));
        return Stream.concat(replies, broken);
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void inAFailureWhoseServerEchoesIt(Answer echo) {
        try (FaultyServer server = new FaultyServer(request -> echo)) {
            OpenAiModelClient client = client(server.baseUrl());

            Throwable failure = catchThrowable(() -> client.send(REQUEST));

            assertThat(failure).isInstanceOf(ModelException.class);
            ALL.forEach(canary -> canary.assertNotIn(failure));
            if (failure instanceof ModelException.Http http) {
                ALL.forEach(canary -> canary.assertNotIn(http.excerpt() + http.requestId()));
            }
            assertThatAllWasSent(server.received().get(0));
            assertNothingIsWritten();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void inAnyFault(Fault fault) {
        try (FaultyServer server = new FaultyServer(request -> fault.answer())) {
            Throwable failure = catchThrowable(() -> client(server.baseUrl()).send(fault.request()));

            assertThat(failure).isInstanceOf(ModelException.class);
            ALL.forEach(canary -> canary.assertNotIn(failure));
            assertNothingIsWritten();
        }
    }

    static Stream<Fault> faults() {
        return Fault.all().stream().filter(fault -> !fault.isReply());
    }

    @Test
    void inACallThatSucceeds() {
        try (FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"))) {
            assertThat(client(server.baseUrl()).send(REQUEST).toString()).contains("fine");

            assertThatAllWasSent(server.onlyRequest());
            assertThat(console.toString(StandardCharsets.UTF_8)).contains("judge");
            assertNothingIsWritten();
        }
    }

    @Test
    void inTheLogWhichIsReallyWritten() {
        try (FaultyServer server =
                new FaultyServer(request -> new Reply(400, "response_format, says " + KEY.secret()))) {
            assertThat(catchThrowable(() -> client(server.baseUrl()).send(REQUEST)))
                    .isInstanceOf(ModelException.InvalidRequest.class);
            assertThat(console.toString(StandardCharsets.UTF_8)).contains("weaker form", "says ***");
            assertNothingIsWritten();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void fromTheHostThatARedirectNames(int status) {
        try (FaultyServer other = new FaultyServer(request -> FaultyServer.saying("stolen"));
                FaultyServer server = new FaultyServer(
                        request -> new Reply(status, "").with("Location", other.baseUrl() + "/chat/completions"))) {
            Throwable failure = catchThrowable(() -> client(server.baseUrl()).send(REQUEST));

            assertThat(failure).isInstanceOf(ModelException.UnknownModel.class);
            assertThat(other.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n ", " ", "\u0000", "\r\nX-Evil: 1 ", "é"})
    void inTheRefusalOfAKeyThatNoHeaderCanCarry(String bad) {
        String unfit = KEY.secret() + bad + KEY.secret();
        Throwable atOnce = catchThrowable(() -> OpenAiModelClient.builder().apiKey(unfit));
        OpenAiModelClient late =
                OpenAiModelClient.builder().model("tiny-vl").apiKey(() -> unfit).build();

        assertThat(atOnce).isInstanceOf(IllegalArgumentException.class);
        KEY.assertNotIn(atOnce);
        KEY.assertNotIn(catchThrowable(() -> late.send(REQUEST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\r\nX-Evil: 1 ", "é"})
    void inTheRefusalOfAValueThatNoHeaderCanCarry(String bad) {
        String unfit = HEADER.secret() + bad + HEADER.secret();
        Endpoint late = Endpoint.openAi().withHeader("x-token", () -> unfit);
        OpenAiModelClient client =
                OpenAiModelClient.builder().model("tiny-vl").endpoint(late).build();

        Throwable atOnce = catchThrowable(() -> Endpoint.openAi().withHeader("x-token", unfit));

        assertThat(atOnce).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("x-token");
        HEADER.assertNotIn(atOnce);
        HEADER.assertNotIn(catchThrowable(() -> client.send(REQUEST)));
    }

    @Test
    void inTheRefusalOfABaseUrlThatHoldsIt() {
        for (String url : List.of("http://user:" + KEY.secret() + "@host/v1", "http://" + KEY.secret() + "@ho st/v1")) {
            KEY.assertNotIn(catchThrowable(() -> OpenAiModelClient.builder().baseUrl(url)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer eyJhbGciOiJSUzI1NiJ9.c2VjcmV0/a2V5.MTIzNDU2",
                "Basic dXNlcjpzZWNyZXQ=",
                "Token short",
                "eyJhbGciOiJSUzI1NiJ9.c2VjcmV0/a2V5.MTIzNDU2"
            })
    void inAFailureWhoseServerEchoesTheTokenWithoutItsScheme(String authorization) {
        String token = Secrets.credentials(authorization);
        String body = "{\"error\": \"unknown token " + token + ", " + token.replace("/", "\\/") + "\"}";
        try (FaultyServer server = new FaultyServer(request -> new Reply(401, body))) {
            OpenAiModelClient client = OpenAiModelClient.builder()
                    .endpoint(Endpoint.at(server.baseUrl()).withHeader("Authorization", () -> authorization))
                    .model("tiny-vl")
                    .build();

            Throwable failure = catchThrowable(() -> client.send(REQUEST));

            assertThat(server.onlyRequest().header("Authorization")).isEqualTo(authorization);
            assertThat(failure)
                    .isInstanceOf(ModelException.Authentication.class)
                    .hasMessageContaining("***, ***");
        }
    }

    @Test
    void inToString() {
        OpenAiModelClient client = client("http://localhost:1/v1");
        Secrets secrets = new Secrets();
        secrets.keepKey(KEY.secret());

        for (Object each : List.of(
                client,
                client.named("x").retrying(RetryPolicy.ofDefaults()),
                Endpoint.at("http://localhost:1/v1?key=" + KEY.secret()).withHeader("x", HEADER.secret()),
                secrets)) {
            ALL.forEach(canary -> canary.assertNotIn(each.toString()));
        }
    }

    private static OpenAiModelClient client(String baseUrl) {
        return OpenAiModelClient.builder()
                .endpoint(Endpoint.at(baseUrl + "?key=" + BASE_URL.secret())
                        .withHeader("x-token", HEADER.secret())
                        .withQuery("sig", PARAMETER::secret))
                .model("tiny-vl")
                .apiKey(KEY.secret())
                .retry(RetryPolicy.builder()
                        .maxAttempts(2)
                        .baseDelay(Duration.ZERO)
                        .build())
                .build();
    }

    /** Else the tests above show nothing. */
    private static void assertThatAllWasSent(Received request) {
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY.secret());
        assertThat(request.header("x-token")).isEqualTo(HEADER.secret());
        assertThat(request.uri()).contains(BASE_URL.secret()).contains(Secrets.encoded(PARAMETER.secret()));
    }

    private void assertNothingIsWritten() {
        ALL.forEach(canary -> canary.assertNotIn(console.toString(StandardCharsets.UTF_8)));
    }
}
