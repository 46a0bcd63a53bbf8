package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server on real sockets of the loopback interface. It reads HTTP/1.1 as the protocol has it, keeps connections alive,
 * remembers what it was asked, and answers as it is told, also by breaking the protocol.
 */
final class FaultyServer implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final CountDownLatch hungUp = new CountDownLatch(1);

    /** Which answer a request gets. */
    @FunctionalInterface
    interface Script {
        Answer answer(Received request) throws InterruptedException;
    }

    /** What is done to a connection on which a request has come. */
    @FunctionalInterface
    interface Answer {
        void on(Connection connection) throws IOException;
    }

    /** A request as it came. Names of headers in any case. */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(String uri, String protocol, Map<String, String> headers, byte[] body) {
        JsonNode json() {
            return Json.strict().readTree(body);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The text of the user's message. */
        String userText() {
            JsonNode messages = json().path("messages");
            return messages.path(messages.size() - 1).path("content").asString();
        }
    }

    /** An answer that keeps to the protocol. */
    @SuppressWarnings("ArrayRecordComponent")
    record Reply(int status, Map<String, String> headers, byte[] body) implements Answer {
        Reply(int status, String body) {
            this(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }

        Reply with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body);
        }

        @Override
        public void on(Connection connection) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " S\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
            whole.writeBytes(body);
            connection.write(whole.toByteArray());
        }
    }

    /** A connection in the hands of an answer. */
    static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        void write(String text) throws IOException {
            write(text.getBytes(StandardCharsets.UTF_8));
        }

        void write(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /** Takes its time, unless the client hangs up meanwhile. */
        void linger(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                stall();
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(0);
            }
        }

        /** Says goodbye in order. */
        void close() throws IOException {
            socket.close();
        }

        /** Breaks the connection: the client gets a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says nothing more until the client hangs up. */
        void stall() throws IOException {
            while (in.read() >= 0) {
                // what else the client sends does not matter
            }
            throw new EOFException("the client has hung up");
        }
    }

    FaultyServer(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "faulty-server-" + server.getLocalPort());
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    /** A reply whose message holds this text. */
    static Reply saying(String text) {
        ObjectNode reply = Json.object();
        reply.put("model", "model-as-served");
        ObjectNode choice = reply.putArray("choices").addObject();
        choice.put("finish_reason", "stop");
        choice.putObject("message").put("role", "assistant").put("content", text);
        return new Reply(200, Json.write(reply)).with("Content-Type", "application/json");
    }

    String root() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    String baseUrl() {
        return root() + "/v1";
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

    /** How many connections were ever made. */
    int connections() {
        return connections.get();
    }

    /** How many connections are open. */
    int openConnections() {
        return open.size();
    }

    /** The most requests for which the script ever had to find an answer at once. */
    int peakInFlight() {
        return peak.get();
    }

    /** Waits until a client closes a connection on which it was owed an answer. */
    boolean clientHangsUp() throws InterruptedException {
        return hungUp.await(20, TimeUnit.SECONDS);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        boolean owed = false;
        try (socket) {
            socket.setTcpNoDelay(true);
            Connection connection = new Connection(socket);
            while (!socket.isClosed()) {
                Received request = read(connection.in);
                received.add(request);
                owed = true;
                peak.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                Answer answer = script.answer(request);
                inFlight.decrementAndGet();
                answer.on(connection);
                owed = false;
            }
        } catch (IOException e) {
            if (owed) {
                hungUp.countDown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private static Received read(InputStream in) throws IOException {
        String[] start = line(in).split(" ", 3);
        if (start.length < 3) {
            throw new EOFException("no request");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the request broke off");
        }
        return new Received(start[1], start[2], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
