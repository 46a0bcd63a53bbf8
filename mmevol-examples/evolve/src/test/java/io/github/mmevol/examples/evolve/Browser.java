package io.github.mmevol.examples.evolve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A page in a real, headless Chromium, driven over the DevTools protocol. Debian's packages {@code chromium} and {@code
 * fonts-noto-core} have to be installed.
 */
final class Browser implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long SECONDS = 30;

    private final Path folder;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final String session;

    private Browser(Path folder) throws Exception {
        this.folder = folder;
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Path log = folder.resolve("chromium.log");
        process = new ProcessBuilder(
                        "/usr/bin/chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address(profile.resolve("DevToolsActivePort")), new Listener())
                .get(SECONDS, TimeUnit.SECONDS);
        String target = call("", "Target.createTarget", JSON.createObjectNode().put("url", "about:blank"))
                .path("targetId")
                .asString();
        ObjectNode attach = JSON.createObjectNode().put("targetId", target).put("flatten", true);
        session = call("", "Target.attachToTarget", attach).path("sessionId").asString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "DOM")) {
            call(domain + ".enable", JSON.createObjectNode());
        }
        ObjectNode downloads = JSON.createObjectNode()
                .put("behavior", "allow")
                .put("downloadPath", downloads().toString())
                .put("eventsEnabled", true);
        call("", "Browser.setDownloadBehavior", downloads);
    }

    /** Starts a browser that keeps all it writes in the folder. */
    static Browser start(Path folder) throws Exception {
        return new Browser(folder);
    }

    /** The port and path that the browser writes down when it listens. */
    private URI address(Path file) throws Exception {
        List<String> lines = await("the browser listens", () -> {
            List<String> read = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return read.size() == 2 ? read : null;
        });
        return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode message = JSON.readTree(text.toString());
                text.setLength(0);
                if (message.has("id")) {
                    answers.remove(message.path("id").asInt()).complete(message);
                } else {
                    events.add(message);
                }
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private JsonNode call(String method, ObjectNode params) throws Exception {
        return call(session, method, params);
    }

    private JsonNode call(String session, String method, ObjectNode params) throws Exception {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", params);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
        JsonNode came = answer.get(SECONDS, TimeUnit.SECONDS);
        if (came.has("error")) {
            throw new IOException(method + ": " + came.path("error"));
        }
        return came.path("result");
    }

    /** Opens a page, and returns when it is loaded. */
    void open(Path page) throws Exception {
        long loaded = count("Page.loadEventFired");
        call("Page.navigate", JSON.createObjectNode().put("url", page.toUri().toString()));
        await("the page is loaded", () -> count("Page.loadEventFired") > loaded ? true : null);
    }

    private long count(String event) {
        return events.stream()
                .filter(e -> e.path("method").asString().equals(event))
                .count();
    }

    /** The value of a JavaScript expression. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result = call(
                "Runtime.evaluate",
                JSON.createObjectNode()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IOException(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Waits for an expression to be true. */
    void until(String expression) throws Exception {
        await(expression, () -> evaluate(expression).asBoolean() ? true : null);
    }

    /** The text that an element shows. */
    String text(String selector) throws Exception {
        return evaluate("document.querySelector(" + JSON.writeValueAsString(selector) + ").innerText")
                .asString();
    }

    /** Presses keys one after another: letters, or names such as {@code ArrowRight}. */
    void press(String... keys) throws Exception {
        for (String key : keys) {
            ObjectNode down = JSON.createObjectNode().put("type", "keyDown").put("key", key);
            if (key.length() == 1) {
                down.put("text", key);
            }
            call("Input.dispatchKeyEvent", down);
            call(
                    "Input.dispatchKeyEvent",
                    JSON.createObjectNode().put("type", "keyUp").put("key", key));
        }
    }

    /** Types into what has the focus. */
    void type(String text) throws Exception {
        call("Input.insertText", JSON.createObjectNode().put("text", text));
    }

    /** Moves the pointer onto an element. */
    void pointAt(String selector) throws Exception {
        JsonNode place = evaluate("(() => { const e = document.querySelector(" + JSON.writeValueAsString(selector)
                + "); e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];"
                + " return {x: r.x + r.width / 2, y: r.y + r.height / 2}; })()");
        ObjectNode move = JSON.createObjectNode().put("type", "mouseMoved");
        move.put("x", place.path("x").asDouble()).put("y", place.path("y").asDouble());
        call("Input.dispatchMouseEvent", move);
    }

    /** Chooses a file, as a person would in the dialogue that the input opens. */
    void choose(String selector, Path file) throws Exception {
        int root = call("DOM.getDocument", JSON.createObjectNode())
                .path("root")
                .path("nodeId")
                .asInt();
        int node = call(
                        "DOM.querySelector",
                        JSON.createObjectNode().put("nodeId", root).put("selector", selector))
                .path("nodeId")
                .asInt();
        ObjectNode files = JSON.createObjectNode().put("nodeId", node);
        files.putArray("files").add(file.toString());
        call("DOM.setFileInputFiles", files);
    }

    /** Where downloads come. */
    Path downloads() throws IOException {
        return Files.createDirectories(folder.resolve("downloads"));
    }

    /** A downloaded file, once it is there. */
    Path downloaded(String name) throws Exception {
        await(
                "a download is finished",
                () -> events.stream()
                                .anyMatch(e -> e.path("method").asString().equals("Browser.downloadProgress")
                                        && e.path("params")
                                                .path("state")
                                                .asString()
                                                .equals("completed"))
                        ? true
                        : null);
        return downloads().resolve(name);
    }

    /** Sets the size of the window and the colours that the reader prefers: {@code light} or {@code dark}. */
    void look(int width, int height, String colours) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                JSON.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", width < 600));
        ObjectNode media = JSON.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", colours);
        call("Emulation.setEmulatedMedia", media);
    }

    /** Takes a picture of the window. */
    void screenshot(Path file) throws Exception {
        String data = call("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"))
                .path("data")
                .asString();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** What went wrong on the page: exceptions, refusals by its policy, errors on its console. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (JsonNode event : events) {
            JsonNode params = event.path("params");
            switch (event.path("method").asString()) {
                case "Runtime.exceptionThrown" ->
                    complaints.add(params.path("exceptionDetails").toString());
                case "Log.entryAdded" ->
                    complaints.add(params.path("entry").path("text").asString());
                case "Runtime.consoleAPICalled" -> complaints.add(params.toString());
                default -> {}
            }
        }
        return complaints;
    }

    /** The addresses that were asked for, pages and data in the page itself left out. */
    List<String> requests() {
        return events.stream()
                .filter(e -> e.path("method").asString().equals("Network.requestWillBeSent"))
                .map(e -> e.path("params").path("request").path("url").asString())
                .filter(url -> !url.startsWith("data:") && !url.startsWith("blob:"))
                .filter(url -> !url.startsWith("file:") || !url.endsWith(".html"))
                .toList();
    }

    /** Asks again and again until there is an answer. */
    private <T> T await(String what, Question<T> question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            T answer = question.ask();
            if (answer != null) {
                return answer;
            }
            if (!process.isAlive()) {
                String log = Files.readString(folder.resolve("chromium.log"), StandardCharsets.ISO_8859_1);
                throw new IOException("the browser ended: " + log);
            }
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        throw new TimeoutException("in vain: " + what);
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws Exception;
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(folder.resolve("profile"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException e) {
            // a child that is ending may still write; the folder is a temporary one
        }
    }
}
