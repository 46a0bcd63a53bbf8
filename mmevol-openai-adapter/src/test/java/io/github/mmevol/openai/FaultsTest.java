package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a call when the server, or the way to it, does each thing that real ones do. */
@Timeout(60)
class FaultsTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    static List<Fault> faults() {
        return Fault.all();
    }

    static Stream<Fault> failures() {
        return faults().stream().filter(fault -> !fault.isReply());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachEndsInOneReplyOrOneTypedErrorAndTheNextCallIsFine(Fault fault) {
        try (FaultyServer server = firstThenFine(fault)) {
            OpenAiModelClient client = client(server, RetryPolicy.none());

            if (fault.isReply()) {
                assertThat(client.send(fault.request()).text()).isEqualTo(Fault.TEXT);
            } else {
                assertThatThrownBy(() -> client.send(fault.request()))
                        .isInstanceOf(fault.failure().get(0))
                        .hasMessageContaining("/v1/chat/completions");
            }
            assertThat(client.send(REQUEST).text()).isEqualTo(Fault.TEXT);
            assertThat(server.received()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatMayPassIsTriedAgainAndWhatMayNotIsNot(Fault fault) {
        try (FaultyServer server = firstThenFine(fault)) {
            OpenAiModelClient client = OpenAiModelClient.builder()
                    .baseUrl(server.baseUrl())
                    .model("tiny-vl")
                    .timeout(fault.isStall() ? Duration.ofSeconds(1) : Duration.ofMinutes(1))
                    .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                    .build();

            if (fault.failure().contains(ModelException.UnknownModel.class)) {
                assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.UnknownModel.class);
                assertThat(server.received()).hasSize(1);
            } else {
                assertThat(client.send(REQUEST).text()).isEqualTo(Fault.TEXT);
                assertThat(server.received()).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theMessageTellsTheProvidersRequestIdWhereItsHeadCame(Fault fault) {
        ModelException failure = failureOf(fault);

        boolean headCame =
                !(failure instanceof ModelException.Io) && !fault.name().equals("silence");
        assertThat(failure.getMessage().contains(Fault.REQUEST_ID)).isEqualTo(headCame);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "silence",
                "a stall after headers",
                "a stall within the body",
                "a trickle without end",
                "an error that stalls",
                "an error without end",
                "a huge reply"
            })
    void aConnectionThatWillBringNothingMoreIsDropped(String name) throws Exception {
        Fault fault = Fault.named(name);
        try (FaultyServer server = new FaultyServer(request -> fault.answer())) {
            assertThatThrownBy(() -> client(server, RetryPolicy.none()).send(fault.request()))
                    .isInstanceOf(ModelException.class);
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    @Test
    void theDeadlineIsTheClientsOrTheCallersWhicheverIsShorterAndIsTold() {
        Fault fault = Fault.named("a stall within the body");
        try (FaultyServer server = new FaultyServer(request -> fault.answer())) {
            OpenAiModelClient hasty = OpenAiModelClient.builder()
                    .baseUrl(server.baseUrl())
                    .model("tiny-vl")
                    .timeout(Duration.ofMillis(150))
                    .retry(RetryPolicy.none())
                    .build();
            OpenAiModelClient patient = client(server, RetryPolicy.none());

            assertThatThrownBy(() -> hasty.send(REQUEST))
                    .isInstanceOf(ModelException.Timeout.class)
                    .hasMessageContaining("within PT0.15S");
            assertThatThrownBy(() -> patient.send(REQUEST.within(Fault.SHORT)))
                    .isInstanceOf(ModelException.Timeout.class)
                    .hasMessageContaining("within PT0.1");
            assertThatThrownBy(() -> patient.send(REQUEST.within(Duration.ZERO)))
                    .isInstanceOf(ModelException.Timeout.class)
                    .hasMessageContaining("no time left");
            assertThat(server.received()).hasSize(2);
        }
    }

    @Test
    void aBodyThatBreaksOffIsToldWithWhereItDid() {
        assertThat(failureOf(Fault.named("a close within the body"))).hasMessageContaining("broke off after 5 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a huge reply", "a gzip bomb"})
    void aReplyIsNotTakenBeyond16MebibytesPackedOrUnpacked(String name) {
        assertThat(failureOf(Fault.named(name))).hasMessageContaining("larger than 16777216 bytes");
    }

    @Test
    void anErrorWhoseBodyBreaksOffKeepsItsTypeAndWhatCame() {
        Fault cutOff = new Fault(
                "401 that breaks off",
                connection -> {
                    connection.write("HTTP/1.1 401 S\r\nContent-Length: 500\r\n\r\nwrong k");
                    connection.close();
                },
                List.of());

        assertThat(failureOf(cutOff))
                .isInstanceOf(ModelException.Authentication.class)
                .hasMessageContaining("wrong k");
    }

    @Test
    void anInterruptionWhileTheBodyStallsDropsTheConnection() throws Exception {
        Thread caller = Thread.currentThread();
        try (FaultyServer server = new FaultyServer(request -> connection -> {
            connection.write("HTTP/1.1 200 S\r\nContent-Length: 500\r\n\r\n{\"cho");
            caller.interrupt();
            connection.stall();
        })) {
            assertThatThrownBy(() -> client(server, RetryPolicy.ofDefaults()).send(REQUEST))
                    .isInstanceOf(ModelException.Interrupted.class);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(server.clientHangsUp()).isTrue();
        }
    }

    private static ModelException failureOf(Fault fault) {
        try (FaultyServer server = new FaultyServer(request -> fault.answer())) {
            return catchThrowableOfType(
                    ModelException.class,
                    () -> client(server, RetryPolicy.none()).send(fault.request()));
        }
    }

    private static FaultyServer firstThenFine(Fault fault) {
        AtomicInteger asked = new AtomicInteger();
        return new FaultyServer(
                request -> asked.getAndIncrement() == 0 ? fault.answer() : FaultyServer.saying(Fault.TEXT));
    }

    private static OpenAiModelClient client(FaultyServer server, RetryPolicy retry) {
        return OpenAiModelClient.builder()
                .baseUrl(server.baseUrl())
                .model("tiny-vl")
                .retry(retry)
                .build();
    }
}
