package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenAI-compatible endpoint on a free loopback port, whose port is the first line it prints. One thread serves all
 * connections and holds each reply back for the set latency, so that thousands of calls can wait at next to no cost.
 *
 * <p>{@code GET /set?millis=500&heavy=false&record=FILE} sets the latency, forgets what was counted, and starts or (without
 * {@code record}) ends the recording of bodies; {@code GET /stats} returns {@link ServerStats} as JSON.
 */
public final class ModelServer {
    private static final byte[] HEADER_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String CONTENT_LENGTH = "content-length:";
    private static final int BACKLOG = 4096;
    /** Replies due within this time are sent now, as the selector wakes up in whole milliseconds. */
    private static final long SLACK_NANOS = 500_000;

    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(1 << 18);
    private final PriorityQueue<Due> waiting = new PriorityQueue<>();
    private final Path images;
    private Latency latency = new Latency(0, false);
    private @Nullable Recorder recorder;

    private final Set<Long> bodies = new HashSet<>();
    private long requests;
    private long bodyBytes;
    private long bodiesChecksum;
    private long latencyNanos;
    private int mostInFlight;
    private int connections;
    private int mostConnections;
    private double cpuMillisBefore;

    private ModelServer(Path images) throws IOException {
        this.images = images;
        selector = Selector.open();
        server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Serves until it is killed; the argument is the folder of the images that recorded bodies hold. */
    public static void main(String[] args) throws IOException {
        ModelServer server = new ModelServer(Path.of(args[0]));
        System.out.println(server.server.socket().getLocalPort());
        server.serve();
    }

    /** A reply and when it is to be sent. */
    private record Due(long nanos, Connection connection, ByteBuffer response) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.signum(nanos - other.nanos);
        }
    }

    private void serve() throws IOException {
        while (true) {
            Due next = waiting.peek();
            if (next == null) {
                selector.select(this::ready, 0);
            } else {
                long left = next.nanos - System.nanoTime() - SLACK_NANOS;
                if (left > 0) {
                    selector.select(this::ready, (left + 999_999) / 1_000_000);
                } else {
                    selector.selectNow(this::ready);
                }
            }
            long now = System.nanoTime() + SLACK_NANOS;
            for (Due due = waiting.peek(); due != null && due.nanos - now <= 0; due = waiting.peek()) {
                waiting.remove();
                due.connection.send(due.response);
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else if (key.attachment() instanceof Connection connection) {
                connection.ready(key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(channel);
            connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
            connections++;
            mostConnections = Math.max(mostConnections, connections);
        }
    }

    private void handle(Connection connection, String target, byte[] received, int from, int to) throws IOException {
        if (target.startsWith("/set")) {
            set(target);
            connection.send(response(JsonMapper.shared().writeValueAsBytes(latency.toString())));
        } else if (target.startsWith("/stats")) {
            connection.send(response(JsonMapper.shared().writeValueAsBytes(stats())));
        } else {
            ByteBuffer reply = response(call(received, from, to));
            long nanos = latency.nanos(requests);
            latencyNanos += nanos;
            waiting.add(new Due(System.nanoTime() + nanos, connection, reply));
            mostInFlight = Math.max(mostInFlight, waiting.size());
        }
    }

    private static ByteBuffer response(byte[] body) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
    }

    private byte[] call(byte[] received, int from, int to) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(received, from, to - from);
        long identity = (checksum.getValue() << 24) ^ (to - from);
        bodies.add(identity);
        bodiesChecksum += identity;
        requests++;
        bodyBytes += to - from;
        if (recorder != null) {
            recorder.add(received, from, to);
        }
        return Reply.to(received, from, to);
    }

    private void set(String target) throws IOException {
        Map<String, String> query = new HashMap<>();
        for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        latency = new Latency(
                Integer.parseInt(query.getOrDefault("millis", "0")),
                Boolean.parseBoolean(query.getOrDefault("heavy", "false")));
        if (recorder != null) {
            recorder.close();
        }
        String file = query.get("record");
        recorder = file == null ? null : new Recorder(images, images.resolveSibling(file));
        bodies.clear();
        requests = 0;
        bodyBytes = 0;
        bodiesChecksum = 0;
        latencyNanos = 0;
        mostInFlight = 0;
        mostConnections = connections;
        cpuMillisBefore = Usage.cpuMillis();
    }

    private ServerStats stats() {
        return new ServerStats(
                requests,
                bodyBytes,
                bodies.size(),
                bodiesChecksum,
                mostInFlight,
                mostConnections,
                latencyNanos / 1e9,
                Usage.cpuMillis() - cpuMillisBefore);
    }

    /** One client's connection: one request after the other. */
    private final class Connection {
        private final SocketChannel channel;
        private @Nullable SelectionKey key;
        private byte[] received = new byte[1 << 14];
        private int size;
        private int bodyStart = -1;
        private int bodyEnd;
        private @Nullable ByteBuffer unsent;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void ready(SelectionKey readyKey) throws IOException {
            if (readyKey.isValid() && readyKey.isWritable()) {
                write();
            }
            if (readyKey.isValid() && readyKey.isReadable()) {
                read();
            }
        }

        private void read() throws IOException {
            readBuffer.clear();
            int count;
            try {
                count = channel.read(readBuffer);
            } catch (IOException e) {
                count = -1; // the client was killed
            }
            if (count < 0) {
                close();
                return;
            }
            readBuffer.flip();
            reserve(size + count);
            readBuffer.get(received, size, count);
            int scanFrom = Math.max(0, size - HEADER_END.length);
            size += count;
            if (bodyStart < 0) {
                int end = Reply.indexOf(HEADER_END, received, scanFrom, size);
                if (end >= 0) {
                    bodyStart = end + HEADER_END.length;
                    bodyEnd = bodyStart + contentLength(bodyStart);
                    reserve(bodyEnd);
                }
            }
            if (bodyStart >= 0 && size >= bodyEnd) {
                String head = new String(received, 0, Math.min(200, bodyStart), StandardCharsets.ISO_8859_1);
                String target = head.split(" ", 3)[1];
                int from = bodyStart;
                int to = bodyEnd;
                size = 0;
                bodyStart = -1;
                handle(this, target, received, from, to);
            }
        }

        private void reserve(int length) {
            if (length > received.length) {
                byte[] larger = new byte[Math.max(length, 2 * received.length)];
                System.arraycopy(received, 0, larger, 0, size);
                received = larger;
            }
        }

        private int contentLength(int headEnd) {
            String head = new String(received, 0, headEnd, StandardCharsets.ISO_8859_1);
            for (String line : head.split("\r\n", -1)) {
                if (line.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
                    return Integer.parseInt(
                            line.substring(CONTENT_LENGTH.length()).strip());
                }
            }
            if (head.startsWith("POST")) {
                throw new IllegalStateException("a request without Content-Length: " + head);
            }
            return 0;
        }

        void send(ByteBuffer response) throws IOException {
            unsent = response;
            write();
        }

        private void write() throws IOException {
            if (unsent == null || key == null || !key.isValid()) {
                return;
            }
            try {
                channel.write(unsent);
            } catch (IOException e) {
                close();
                return;
            }
            if (unsent.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            } else {
                unsent = null;
                key.interestOps(SelectionKey.OP_READ);
            }
        }

        private void close() throws IOException {
            channel.close();
            connections--;
        }
    }
}
