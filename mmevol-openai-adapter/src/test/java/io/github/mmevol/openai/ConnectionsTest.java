package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many connections are made, and by whom. */
@Timeout(120)
class ConnectionsTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    @Test
    void areNoMoreThanCallsAtOnceAndRetries() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (FaultyServer server = new FaultyServer(request -> {
            boolean fails = asked.incrementAndGet() % 10 == 0;
            failed.addAndGet(fails ? 1 : 0);
            return fails ? Fault.named("a reset before headers").answer() : FaultyServer.saying("fine");
        })) {
            OpenAiModelClient client = client(server)
                    .retry(RetryPolicy.builder()
                            .maxAttempts(20)
                            .baseDelay(Duration.ZERO)
                            .build())
                    .build();

            inParallel(16, 25, client);

            assertThat(failed.get()).isPositive();
            assertThat(server.received()).hasSize(400 + failed.get());
            assertThat(server.connections()).isLessThanOrEqualTo(16 + failed.get());
        }
    }

    @Test
    void areKeptForTheNextCall() {
        try (FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"))) {
            OpenAiModelClient client = client(server).build();

            for (int i = 0; i < 50; i++) {
                client.send(REQUEST);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void areKeptWhenTheAnswerIsAnError() {
        try (FaultyServer server = new FaultyServer(request -> new Reply(500, "{}"))) {
            OpenAiModelClient client = client(server)
                    .retry(RetryPolicy.builder().baseDelay(Duration.ZERO).build())
                    .build();

            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> client.send(REQUEST)))
                    .hasMessageContaining("500");

            assertThat(server.received()).hasSize(5);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void areSharedByClientsThatWereBuiltWithoutAnHttpClient() {
        try (FaultyServer server = new FaultyServer(request -> FaultyServer.saying("fine"))) {
            for (int i = 0; i < 50; i++) {
                client(server).build().send(REQUEST);
            }

            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void areBoundedByTheLimitOfCallsInFlight() throws Exception {
        CyclicBarrier four = new CyclicBarrier(4);
        try (FaultyServer server = new FaultyServer(request -> {
            try {
                four.await(20, TimeUnit.SECONDS);
            } catch (java.util.concurrent.BrokenBarrierException | java.util.concurrent.TimeoutException e) {
                return new Reply(400, "four at once were expected");
            }
            return FaultyServer.saying("fine");
        })) {
            OpenAiModelClient client =
                    client(server).concurrency(ConcurrencyLimiter.fixed(4)).build();

            inParallel(16, 4, client);

            assertThat(server.peakInFlight()).isEqualTo(4);
        }
    }

    @Test
    void toAHostWithoutAnAddressAndToAPortWhereNothingListensFailInWordsOfTheirOwn() throws Exception {
        int closed;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = unused.getLocalPort();
        }
        OpenAiModelClient.Builder client =
                OpenAiModelClient.builder().model("tiny-vl").retry(RetryPolicy.none());

        assertThatThrownBy(() -> client.baseUrl("http://127.0.0.1:" + closed + "/v1")
                        .build()
                        .send(REQUEST))
                .isInstanceOf(ModelException.Io.class)
                .hasMessageContaining("127.0.0.1:" + closed + " refused it");
        assertThatThrownBy(() -> client.baseUrl("https://no-such-host.invalid/v1")
                        .build()
                        .send(REQUEST))
                .isInstanceOf(ModelException.Io.class)
                .hasMessageContaining("no address is known for the host of no-such-host.invalid:443");
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpClient.Redirect.class,
            names = {"NORMAL", "ALWAYS"})
    void ofAClientThatFollowsRedirectsAreNotUsedAtAll(HttpClient.Redirect redirect) {
        HttpClient follower = HttpClient.newBuilder().followRedirects(redirect).build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenAiModelClient.builder().httpClient(follower))
                .withMessageContaining("followRedirects(NEVER)");
    }

    private static void inParallel(int threads, int callsEach, OpenAiModelClient client) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(callers.submit(() -> {
                    for (int call = 0; call < callsEach; call++) {
                        assertThat(client.send(REQUEST).text()).isEqualTo("fine");
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            callers.shutdownNow();
        }
    }

    private static OpenAiModelClient.Builder client(FaultyServer server) {
        return OpenAiModelClient.builder().baseUrl(server.baseUrl()).model("tiny-vl");
    }
}
