package io.github.mmevol.openai;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.openai.FaultyServer.Answer;
import io.github.mmevol.openai.FaultyServer.Connection;
import io.github.mmevol.openai.FaultyServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * What servers and the ways to them do to a reply, and what a client has to make of it.
 *
 * @param name says what happens
 * @param answer makes it happen
 * @param failure what the client has to make of it; empty for a reply
 */
record Fault(String name, Answer answer, List<Class<? extends ModelException>> failure) {
    static final String TEXT = "fine";
    static final String REQUEST_ID = "req-77";
    static final Duration SHORT = Duration.ofMillis(200);
    private static final String BODY =
            "{\"choices\": [{\"message\": {\"content\": \"" + TEXT + "\"}, \"finish_reason\": \"stop\"}]}";

    private static final List<Fault> ALL = Stream.of(
                    limits(), serverErrors(), brokenConnections(), silences(), oddReplies(), unusableReplies())
            .flatMap(List::stream)
            .toList();

    static List<Fault> all() {
        return ALL;
    }

    static Fault named(String name) {
        return all().stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean isReply() {
        return failure.isEmpty();
    }

    /** Whether it takes until the deadline to see it. */
    boolean isStall() {
        return failure.contains(ModelException.Timeout.class) || name.endsWith("stalls");
    }

    /** A request with little time where the deadline has to pass. */
    ModelRequest request() {
        ModelRequest request = ModelRequest.builder("judge").text("hello").build();
        return isStall() ? request.within(SHORT) : request;
    }

    private static List<Fault> limits() {
        Class<ModelException.RateLimit> limit = ModelException.RateLimit.class;
        return List.of(
                fails("429 without a header", limit, error(429)),
                fails("429 with seconds", limit, error(429).with("Retry-After", "0")),
                fails("429 with a fraction", limit, error(429).with("Retry-After", "0.01")),
                fails("429 with a date", limit, error(429).with("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")),
                fails("429 with milliseconds", limit, error(429).with("retry-after-ms", "5")),
                fails("429 with windows", limit, error(429).with("x-ratelimit-remaining-requests", "0")));
    }

    private static List<Fault> serverErrors() {
        Class<ModelException.Server> server = ModelException.Server.class;
        String begun = "HTTP/1.1 500 S\r\nx-request-id: " + REQUEST_ID + "\r\nContent-Length: 500\r\n\r\n{\"err";
        return List.of(
                fails("500", server, error(500)),
                fails("502 with a page", server, page(502)),
                fails("503", server, error(503)),
                fails("504 with a page", server, page(504)),
                fails("529", server, error(529)),
                fails("an error that breaks off", server, connection -> {
                    connection.write(begun);
                    connection.close();
                }),
                fails("an error that stalls", server, connection -> {
                    connection.write(begun);
                    connection.stall();
                }),
                fails("an error without end", server, connection -> {
                    connection.write(begun.replace("Content-Length", "X-Length"));
                    writeForEver(connection);
                }));
    }

    private static List<Fault> brokenConnections() {
        return List.of(
                fails("a reset before headers", ModelException.Io.class, Connection::reset),
                fails("a close before headers", ModelException.Io.class, Connection::close),
                fails("a reset within headers", ModelException.Io.class, connection -> {
                    connection.write("HTTP/1.1 200 S\r\nContent-Ty");
                    connection.reset();
                }),
                fails("a length that is none", ModelException.MalformedReply.class, connection -> {
                    connection.write(head("Content-Length: some") + "{}");
                    connection.close();
                }),
                fails("an answer that is not HTTP", ModelException.Io.class, connection -> {
                    connection.write("SSH-2.0-OpenSSH\r\n\r\n");
                    connection.stall();
                }),
                fails("a close within the body", ModelException.MalformedReply.class, connection -> {
                    connection.write(head("Content-Length: 500") + "{\"cho");
                    connection.close();
                }),
                fails("a close within a chunk", ModelException.MalformedReply.class, connection -> {
                    connection.write(head("Transfer-Encoding: chunked") + "5\r\n{\"cho\r\n");
                    connection.close();
                }));
    }

    private static List<Fault> silences() {
        Class<ModelException.Timeout> timeout = ModelException.Timeout.class;
        return List.of(
                fails("silence", timeout, Connection::stall),
                fails("a stall after headers", timeout, connection -> {
                    connection.write(head("Content-Length: 500"));
                    connection.stall();
                }),
                fails("a stall within the body", timeout, connection -> {
                    connection.write(head("Content-Length: 500") + "{\"cho");
                    connection.stall();
                }),
                fails("a trickle without end", timeout, connection -> {
                    connection.write(head("Transfer-Encoding: chunked"));
                    while (true) {
                        connection.write("1\r\n \r\n");
                        connection.linger(5);
                    }
                }));
    }

    private static List<Fault> oddReplies() {
        String chunk = Integer.toHexString(BODY.length()) + "\r\n" + BODY + "\r\n0\r\n\r\n";
        return List.of(
                replies("a slow trickle", connection -> {
                    connection.write(head("Transfer-Encoding: chunked"));
                    for (byte one : BODY.getBytes(StandardCharsets.UTF_8)) {
                        connection.write("1\r\n" + (char) one + "\r\n");
                    }
                    connection.write("0\r\n\r\n");
                }),
                replies("chunks", connection -> connection.write(head("Transfer-Encoding: chunked") + chunk)),
                replies("no length", connection -> {
                    connection.write(head("Connection: close") + BODY);
                    connection.close();
                }),
                replies("a connection closed after the reply", connection -> {
                    connection.write(head("Connection: close\r\nContent-Length: " + BODY.length()) + BODY);
                    connection.close();
                }),
                replies("a wrong content type", reply(BODY).with("Content-Type", "text/html; charset=latin1")),
                replies("gzip", gzip(packed(BODY, 1))));
    }

    private static List<Fault> unusableReplies() {
        Class<ModelException.MalformedReply> malformed = ModelException.MalformedReply.class;
        return List.of(
                fails("truncated JSON", malformed, reply(BODY.substring(0, 40))),
                fails("nothing", malformed, reply("")),
                fails("a page", malformed, page(200)),
                fails("an event stream", malformed, reply("data: " + BODY + "\n\ndata: [DONE]\n\n")),
                fails("a huge reply", malformed, connection -> {
                    connection.write(head("Connection: close"));
                    writeForEver(connection);
                }),
                fails("gzip that breaks off", malformed, gzip(Arrays.copyOf(packed(BODY, 1), 30))),
                fails("gzip that is none", malformed, gzip(BODY.getBytes(StandardCharsets.UTF_8))),
                fails("a gzip bomb", malformed, gzip(packed(" ".repeat(1024 * 1024), 64))),
                fails("brotli", malformed, reply("?").with("Content-Encoding", "br")),
                fails(
                        "a redirect",
                        ModelException.UnknownModel.class,
                        new Reply(307, "")
                                .with("Location", "http://127.0.0.1:1/v1")
                                .with("x-request-id", REQUEST_ID)));
    }

    private static Fault fails(String name, Class<? extends ModelException> failure, Answer answer) {
        return new Fault(name, answer, List.of(failure));
    }

    private static Fault replies(String name, Answer answer) {
        return new Fault(name, answer, List.of());
    }

    private static Reply error(int status) {
        return new Reply(status, "{\"error\": {\"message\": \"it went wrong\"}}").with("x-request-id", REQUEST_ID);
    }

    private static Reply page(int status) {
        return new Reply(status, "<html><body>Bad gateway</body></html>")
                .with("Content-Type", "text/html")
                .with("x-request-id", REQUEST_ID);
    }

    private static Reply reply(String body) {
        return new Reply(200, body).with("x-request-id", REQUEST_ID);
    }

    private static Reply gzip(byte[] body) {
        return new Reply(200, Map.of("Content-Encoding", "gzip", "x-request-id", REQUEST_ID), body);
    }

    private static String head(String more) {
        return "HTTP/1.1 200 S\r\nContent-Type: application/json\r\nx-request-id: " + REQUEST_ID + "\r\n" + more
                + "\r\n\r\n";
    }

    private static byte[] packed(String text, int times) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < times; i++) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static void writeForEver(Connection connection) throws IOException {
        byte[] much = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        while (true) {
            connection.write(much);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
