package io.github.mmevol.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A socket that reads one request after another and answers each by breaking the protocol as told. */
final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final CountDownLatch hungUp = new CountDownLatch(1);

    @FunctionalInterface
    interface Answer {
        void to(Socket connection, OutputStream out) throws IOException;
    }

    RawServer(Answer answer) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(() -> accept(answer), "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** Whether the client closed a connection that the answer had left open. */
    boolean clientHangsUp() throws InterruptedException {
        return hungUp.await(20, TimeUnit.SECONDS);
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void accept(Answer answer) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                readRequest(connection.getInputStream());
                answer.to(connection, connection.getOutputStream());
                if (!connection.isClosed() && !connection.isOutputShutdown()) {
                    awaitEnd(connection.getInputStream());
                    hungUp.countDown();
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        }
    }

    private static void awaitEnd(InputStream in) throws IOException {
        while (in.read() >= 0) {
            // what else the client sends does not matter
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                in.readNBytes(
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
