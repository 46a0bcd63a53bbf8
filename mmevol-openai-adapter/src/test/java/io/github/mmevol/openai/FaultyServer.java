package io.github.mmevol.openai;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A real HTTP server on a free loopback port that remembers what it was asked. */
final class ChatServer implements AutoCloseable {
    static {
        // Head and body go out in two writes, which the system would else hold back for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();

    record Received(String uri, String protocol, Headers headers, byte[] body) {
        JsonNode json() {
            return Json.strict().readTree(body);
        }

        /** The text of the user's message. */
        String userText() {
            JsonNode messages = json().path("messages");
            return messages.path(messages.size() - 1).path("content").asString();
        }
    }

    record Reply(int status, Map<String, String> headers, byte[] body) {
        Reply(int status, String body) {
            this(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        Reply with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body);
        }
    }

    @FunctionalInterface
    interface Responder {
        Reply reply(Received request) throws InterruptedException;
    }

    ChatServer(Responder responder) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> serve(exchange, responder));
        server.setExecutor(threads);
        server.start();
    }

    /** A reply whose message holds this text. */
    static Reply saying(String text) {
        ObjectNode reply = Json.object();
        reply.put("model", "model-as-served");
        ObjectNode choice = reply.putArray("choices").addObject();
        choice.put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return new Reply(200, Json.write(reply));
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<Received> received() {
        return received;
    }

    Received onlyRequest() {
        if (received.size() != 1) {
            throw new AssertionError("one request expected, but there were " + received.size());
        }
        return received.get(0);
    }

    private void serve(HttpExchange exchange, Responder responder) throws IOException {
        try (exchange) {
            Received request = new Received(
                    exchange.getRequestURI().toString(),
                    exchange.getProtocol(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            Reply reply = responder.reply(request);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
