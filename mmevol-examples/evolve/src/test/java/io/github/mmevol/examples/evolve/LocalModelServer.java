package io.github.mmevol.examples.evolve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * An OpenAI-compatible endpoint on a free loopback port whose model is the {@link RuleMadeClient}. Each reply comes after
 * a set latency, from a timer, so that thousands can wait at once; its text can be spoiled on the way.
 */
final class LocalModelServer implements AutoCloseable {
    static {
        // the JDK's server up to 20 leaves Nagle's algorithm on, which holds each reply back for 40 ms
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final Map<Integer, String> bodies = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<JsonNode> last = new AtomicReference<>();
    private final List<Long> arrivals = new CopyOnWriteArrayList<>();
    private final long latencyMillis;
    private final UnaryOperator<String> spoil;

    LocalModelServer(long latencyMillis, UnaryOperator<String> spoil) throws IOException {
        this.latencyMillis = latencyMillis;
        this.spoil = spoil;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.createContext("/v1/chat/completions", this::handle);
        server.setExecutor(handlers);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    int calls() {
        return calls.get();
    }

    /** What was asked last. */
    JsonNode lastRequest() {
        return last.get();
    }

    /** How long after the first call the last one came. */
    Duration span() {
        return Duration.ofNanos(arrivals.get(arrivals.size() - 1) - arrivals.get(0));
    }

    /** A digest of what the n-th call asked, from 1. */
    String body(int call) {
        return bodies.get(call);
    }

    /** What was asked after the first so many calls. */
    List<String> bodies(int after) {
        return IntStream.rangeClosed(after + 1, calls())
                .mapToObj(bodies::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        arrivals.add(System.nanoTime());
        byte[] request = exchange.getRequestBody().readAllBytes();
        int call = calls.incrementAndGet();
        bodies.put(call, digest(request));
        JsonNode asked = DataObject.JSON.readTree(request);
        last.set(asked);
        byte[] body = DataObject.JSON.writeValueAsBytes(LocalModel.reply(asked, call, spoil));
        timer.schedule(() -> handlers.execute(() -> send(exchange, body)), latencyMillis, TimeUnit.MILLISECONDS);
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void send(HttpExchange exchange, byte[] body) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(new String(body, StandardCharsets.UTF_8), e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        timer.shutdownNow();
        handlers.shutdownNow();
    }
}
