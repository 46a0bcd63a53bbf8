package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.RetryPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a call whose server breaks the protocol. */
@Timeout(60)
class BrokenTransportTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String BODY =
            "{\"choices\": [{\"message\": {\"content\": \"fine\"}, \"finish_reason\": \"stop\"}]}";

    @Test
    void aReplyThatNeverComesIsATimeoutAndTheConnectionIsDropped() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {})) {
            assertThatExceptionOfType(ModelException.Timeout.class)
                    .isThrownBy(() -> client(server).timeout(SHORT).build().send(REQUEST))
                    .withMessageContaining("PT0.15S")
                    .matches(ModelException::isRetryable);
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void aBodyThatStallsIsATimeoutAndTheConnectionIsDropped() throws Exception {
        try (RawServer server =
                new RawServer((connection, out) -> RawServer.write(out, HEAD + "Content-Length: 500\r\n\r\n{\"cho"))) {
            assertThatExceptionOfType(ModelException.Timeout.class)
                    .isThrownBy(() -> client(server).timeout(SHORT).build().send(REQUEST))
                    .withMessageContaining("PT0.15S");
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void aBodyThatStallsBeforeItsFirstByteIsATimeoutToo() throws Exception {
        try (RawServer server =
                new RawServer((connection, out) -> RawServer.write(out, HEAD + "Content-Length: 500\r\n\r\n"))) {
            assertThatThrownBy(() -> client(server).timeout(SHORT).build().send(REQUEST))
                    .isInstanceOf(ModelException.Timeout.class);
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void anErrorWhoseBodyStallsKeepsItsType() throws Exception {
        try (RawServer server = new RawServer(
                (connection, out) -> RawServer.write(out, "HTTP/1.1 500 Oops\r\nContent-Length: 500\r\n\r\n{\"err"))) {
            assertThatThrownBy(() -> client(server).timeout(SHORT).build().send(REQUEST))
                    .isInstanceOf(ModelException.Server.class);
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void anInterruptionWhileTheBodyStallsDropsTheConnection() throws Exception {
        Thread caller = Thread.currentThread();
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "Content-Length: 500\r\n\r\n{\"cho");
            caller.interrupt();
        })) {
            assertThatThrownBy(() -> client(server).build().send(REQUEST))
                    .isInstanceOf(ModelException.Interrupted.class);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void aConnectionThatClosesWithoutAReplyIsAnIoFailure() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> connection.close())) {
            assertThatExceptionOfType(ModelException.Io.class)
                    .isThrownBy(() -> client(server).build().send(REQUEST))
                    .withMessageContaining("/v1/chat/completions");
        }
    }

    @Test
    void aConnectionThatIsResetIsAnIoFailure() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            connection.setSoLinger(true, 0);
            connection.close();
        })) {
            assertThatThrownBy(() -> client(server).build().send(REQUEST)).isInstanceOf(ModelException.Io.class);
        }
    }

    @Test
    void anAnswerThatIsNotHttpIsAnIoFailure() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> RawServer.write(out, "SSH-2.0-OpenSSH\r\n\r\n"))) {
            assertThatThrownBy(() -> client(server)
                            .timeout(Duration.ofSeconds(5))
                            .build()
                            .send(REQUEST))
                    .isInstanceOf(ModelException.Io.class);
        }
    }

    @Test
    void aBodyThatBreaksOffIsAMalformedReplyThatSaysWhere() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "Content-Length: 500\r\n\r\n{\"cho");
            connection.close();
        })) {
            assertThatExceptionOfType(ModelException.MalformedReply.class)
                    .isThrownBy(() -> client(server).build().send(REQUEST))
                    .withMessageContaining("broke off after 5 bytes")
                    .matches(ModelException::isRetryable);
        }
    }

    @Test
    void aChunkedBodyThatBreaksOffIsAMalformedReply() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"cho\r\n");
            connection.close();
        })) {
            assertThatThrownBy(() -> client(server).build().send(REQUEST))
                    .isInstanceOf(ModelException.MalformedReply.class);
        }
    }

    @Test
    void anErrorWhoseBodyBreaksOffKeepsItsType() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 500\r\n\r\nwrong k");
            connection.close();
        })) {
            assertThatExceptionOfType(ModelException.Authentication.class)
                    .isThrownBy(() -> client(server).build().send(REQUEST))
                    .withMessageContaining("wrong k");
        }
    }

    @Test
    void anErrorWithAnEndlessBodyKeepsItsType() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\n\r\n<html>");
            writeForEver(out);
        })) {
            assertThatThrownBy(() -> client(server).build().send(REQUEST)).isInstanceOf(ModelException.Server.class);
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void aReplyThatIsTooLargeIsRefusedWithoutReadingItAll() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "\r\n");
            writeForEver(out);
        })) {
            assertThatExceptionOfType(ModelException.MalformedReply.class)
                    .isThrownBy(() -> client(server).build().send(REQUEST))
                    .withMessageContaining("larger than 16777216 bytes");
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void aReplyWithoutLengthThatEndsWithTheConnectionIsFine() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "\r\n" + BODY);
            connection.close();
        })) {
            assertThat(client(server).build().send(REQUEST).text()).isEqualTo("fine");
        }
    }

    @Test
    void aReplyInManySmallPiecesIsFine() throws Exception {
        try (RawServer server = new RawServer((connection, out) -> {
            RawServer.write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            for (byte one : BODY.getBytes(StandardCharsets.UTF_8)) {
                RawServer.write(out, "1\r\n" + (char) one + "\r\n");
            }
            RawServer.write(out, "0\r\n\r\n");
            connection.close();
        })) {
            assertThat(client(server).build().send(REQUEST).text()).isEqualTo("fine");
        }
    }

    @Test
    void whatBreaksOnceIsTriedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer server = new RawServer((connection, out) -> {
            switch (calls.getAndIncrement()) {
                case 0 -> connection.setSoLinger(true, 0);
                case 1 -> RawServer.write(out, HEAD + "Content-Length: 500\r\n\r\n{\"cho");
                case 2 -> RawServer.write(out, HEAD + "\r\n<html>");
                default -> RawServer.write(out, HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
            }
            connection.close();
        })) {
            ModelResponse response = client(server)
                    .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                    .build()
                    .send(REQUEST);

            assertThat(response.text()).isEqualTo("fine");
            assertThat(calls).hasValue(4);
        }
    }

    private static OpenAiModelClient.Builder client(RawServer server) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .retry(RetryPolicy.none());
    }

    private static void writeForEver(OutputStream out) throws IOException {
        byte[] much = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            out.write(much);
        }
    }
}
