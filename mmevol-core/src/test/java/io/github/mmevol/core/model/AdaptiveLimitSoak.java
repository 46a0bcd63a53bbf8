package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mmevol.core.model.SimulatedServer.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The adaptive limiter in real time: 128 callers of a client that is a plain lambda around the JDK's HttpClient, against a real
 * server that admits 50 requests a second and answers 429 above that.
 */
@Timeout(300)
class AdaptiveLimitSoak {
    private static final double ADMITTED_PER_SECOND = 50;
    private static final int CALLERS = 128;
    private static final long SETTLING = TimeUnit.SECONDS.toNanos(30);
    private static final long MEASURED = TimeUnit.SECONDS.toNanos(45);
    /** How long a limiter may take to hear what its client has heard. */
    private static final long HEARING = TimeUnit.MILLISECONDS.toNanos(100);

    /** What a server saw once the limiter had had time to settle. */
    private record Steady(
            Told told, double admittedPerSecond, double shareRefused, long early, ConcurrencyLimiter limiter) {}

    @Test
    void findsTheRateOfARealServer() throws Exception {
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<Steady>> all = new ArrayList<>();
            for (Told told : List.of(Told.NOTHING, Told.IN_WHOLE_SECONDS)) {
                all.add(both.submit(() -> measured(told)));
            }
            for (Future<Steady> one : all) {
                Steady steady = one.get();
                System.out.println(steady);
                assertThat(steady.admittedPerSecond).isGreaterThanOrEqualTo(0.95 * ADMITTED_PER_SECOND);
                assertThat(steady.shareRefused).as("share refused").isLessThan(0.02);
                assertThat(steady.early).as("calls before the server's time").isZero();
                assertThat(steady.limiter.inFlight()).isZero();
            }
        } finally {
            both.shutdownNow();
        }
    }

    private static Steady measured(Told told) throws Exception {
        try (RealServer server = new RealServer(told)) {
            ConcurrencyLimiter limiter = ConcurrencyLimiter.adaptive();
            LambdaClient lambda = new LambdaClient(server.address());
            ModelClient client =
                    ((ModelClient) lambda::send).concurrencyLimited(limiter).retrying(RetryPolicy.ofDefaults());
            long end = System.nanoTime() + SETTLING + MEASURED;
            Callable<Void> calls = () -> {
                while (System.nanoTime() < end) {
                    try {
                        client.send(ModelRequest.builder("judge").text("hello").build());
                    } catch (ModelException.RateLimit e) {
                        // refused five times while the limiter settled: the next call, please
                        Thread.onSpinWait();
                    }
                }
                return null;
            };
            Callers.together(CALLERS, calls, Duration.ofMinutes(3));

            double admitted = server.admitted.get();
            double refused = server.refused.get();
            return new Steady(
                    told, admitted / (MEASURED / 1e9), refused / (admitted + refused), lambda.early.get(), limiter);
        }
    }

    /** Counts what it admits and refuses once the limiter has had time to settle. */
    private static final class RealServer implements AutoCloseable {
        private final SimulatedServer bucket;
        private final HttpServer http;
        private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
        private final ExecutorService handlers = Executors.newFixedThreadPool(4);
        private final long began = System.nanoTime();
        final AtomicLong admitted = new AtomicLong();
        final AtomicLong refused = new AtomicLong();

        RealServer(Told told) throws IOException {
            bucket = SimulatedServer.tokenBucket(ADMITTED_PER_SECOND, ADMITTED_PER_SECOND, told);
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
            http.setExecutor(handlers);
            http.createContext("/", this::answer);
            http.start();
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/");
        }

        private void answer(HttpExchange exchange) throws IOException {
            exchange.getRequestBody().readAllBytes();
            long now = System.nanoTime() - began;
            Duration wait;
            synchronized (bucket) {
                wait = bucket.ask(now);
            }
            boolean isAdmitted = wait.equals(SimulatedServer.ADMITTED);
            if (now > SETTLING && now < SETTLING + MEASURED) {
                (isAdmitted ? admitted : refused).incrementAndGet();
            }
            if (isAdmitted) {
                long millis = ThreadLocalRandom.current().nextLong(100, 600);
                later.schedule(() -> respond(exchange, 200, "fine"), millis, TimeUnit.MILLISECONDS);
            } else {
                if (!wait.isZero()) {
                    exchange.getResponseHeaders().set("Retry-After", String.valueOf(wait.toSeconds()));
                }
                respond(exchange, 429, "slow down");
            }
        }

        private static void respond(HttpExchange exchange, int status, String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            http.stop(0);
            later.shutdownNow();
            handlers.shutdownNow();
        }
    }

    /** A client as a user would write it, that watches whether anybody comes too early. */
    private static final class LambdaClient {
        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final HttpRequest post;
        private final AtomicLong heardAt = new AtomicLong(Long.MIN_VALUE);
        private final AtomicLong notBefore = new AtomicLong(Long.MIN_VALUE);
        final AtomicLong early = new AtomicLong();

        LambdaClient(URI address) {
            post = HttpRequest.newBuilder(address)
                    .POST(HttpRequest.BodyPublishers.ofString("hello"))
                    .build();
        }

        ModelResponse send(ModelRequest request) {
            long now = System.nanoTime();
            if (now < notBefore.get() && now > heardAt.get() + HEARING) {
                early.incrementAndGet();
            }
            try {
                HttpResponse<String> response = http.send(post, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return ModelResponse.of(response.body());
                }
                Optional<Duration> wait = response.headers()
                        .firstValue("Retry-After")
                        .map(Long::valueOf)
                        .map(Duration::ofSeconds);
                wait.ifPresent(this::heard);
                throw new ModelException.RateLimit(
                        new HttpFailure("refused", response.statusCode(), response.body(), "", wait));
            } catch (IOException e) {
                throw new ModelException.Io("the connection failed", e);
            } catch (InterruptedException e) {
                throw new ModelException.Interrupted("interrupted", e);
            }
        }

        private void heard(Duration wait) {
            long now = System.nanoTime();
            heardAt.set(now);
            notBefore.accumulateAndGet(now + wait.toNanos(), Math::max);
        }
    }
}
