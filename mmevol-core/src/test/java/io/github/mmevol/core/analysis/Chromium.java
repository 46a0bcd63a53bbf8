package io.github.mmevol.core.analysis;

import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tab of a headless Chromium, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable, WebSocket.Listener {
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final StringBuilder incoming = new StringBuilder();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private @Nullable String session;

    /** @param profile an empty folder for the browser's own files */
    Chromium(Path profile) throws IOException {
        process = new ProcessBuilder(
                        "chromium",
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
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address()), this)
                .join();
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asString();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asString();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    }

    private String address() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length());
            }
        }
        throw new IOException("Chromium did not start");
    }

    /** Opens a page that says when it is ready. */
    void open(Path page) {
        complaints.clear();
        requests.clear();
        call("Page.navigate", Map.of("url", page.toUri().toString()));
        evaluate("new Promise(done => { const look = () => document.documentElement?.dataset.ready ? done(1)"
                + " : setTimeout(look, 10); look(); })");
    }

    /** What a script gives, promises waited for. */
    JsonNode evaluate(String script) {
        JsonNode reply =
                call("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (reply.has("exceptionDetails")) {
            throw new AssertionError(script + " failed: " + reply.get("exceptionDetails"));
        }
        JsonNode value = reply.get("result").get("value");
        return value == null ? Json.object().nullNode() : value;
    }

    /** What the page complained about. */
    List<String> complaints() {
        return complaints;
    }

    /** The addresses that the page asked for. */
    List<String> requests() {
        return requests;
    }

    /** Moves to the middle of an element and clicks, as a person does. */
    void click(String selector) {
        JsonNode at = middle(selector);
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at.get(0), "y", at.get(1), "button", "left", "clickCount", 1));
        }
        settle();
    }

    /** Moves to the middle of an element, of one that is broken into lines to the middle of the first. */
    void pointAt(String selector) {
        JsonNode at = middle(selector);
        call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", at.get(0), "y", at.get(1)));
        settle();
    }

    private JsonNode middle(String selector) {
        return evaluate("(() => { const e = document.querySelector(" + quoted(selector)
                + "); e.scrollIntoView({ block: 'center' }); const r = e.getClientRects()[0];"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    }

    /** Presses keys by their names, for example {@code ArrowDown}. */
    void press(String... keys) {
        for (String key : keys) {
            int code = Map.of("ArrowDown", 40, "ArrowUp", 38, "ArrowRight", 39, "ArrowLeft", 37, "Tab", 9, "Enter", 13)
                    .getOrDefault(key, 0);
            for (String type : List.of("rawKeyDown", "keyUp")) {
                call(
                        "Input.dispatchKeyEvent",
                        Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code));
            }
        }
        settle();
    }

    /** Types into what has the focus. */
    void type(String text) {
        call("Input.insertText", Map.of("text", text));
        settle();
    }

    /** Chooses a file, as a person does in the dialogue that an input opens. */
    void choose(String input, Path file) {
        JsonNode root = call("DOM.getDocument", Map.of()).at("/root/nodeId");
        JsonNode node = call("DOM.querySelector", Map.of("nodeId", root, "selector", input))
                .get("nodeId");
        call("DOM.setFileInputFiles", Map.of("nodeId", node, "files", List.of(file.toString())));
        settle();
    }

    /** Puts what is downloaded into a folder. */
    void downloadInto(Path folder) {
        call("Page.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** Waits until something is so, for at most some seconds. */
    void until(BooleanSupplier isSo) {
        for (int frames = 0; !isSo.getAsBoolean(); frames++) {
            if (frames == 600) {
                throw new AssertionError("waited in vain");
            }
            settle();
        }
    }

    /** Waits until what was done has been drawn. */
    private void settle() {
        evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
    }

    /** A window of this size. */
    void resize(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        settle();
    }

    /** What the system prefers: {@code light} or {@code dark}. */
    void prefer(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        settle();
    }

    /** Prints the page, as a person does who wants it on paper. */
    void print(Path file) throws IOException {
        JsonNode reply = call("Page.printToPDF", Map.of("printBackground", true));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(reply.path("data").asString()));
    }

    /** Lays the page out as on paper, or as on a screen again. */
    void media(String media) {
        call("Emulation.setEmulatedMedia", Map.of("media", media));
    }

    /** The whole page as a PNG file, after having scrolled through it. */
    void screenshot(Path file) throws IOException {
        evaluate("new Promise(done => { let y = 0; const down = () => { scrollTo(0, y); y += 500;"
                + " if (y < document.body.scrollHeight) setTimeout(down, 30); else { scrollTo(0, 0); setTimeout(done, 300); } };"
                + " down(); })");
        String png = call(
                        "Page.captureScreenshot",
                        Map.of(
                                "captureBeyondViewport",
                                true,
                                "format",
                                "png",
                                "clip",
                                Json.parse(Json.write(
                                        evaluate("({ x: 0, y: 0, width: document.documentElement.scrollWidth,"
                                                + " height: document.documentElement.scrollHeight, scale: 1 })")))))
                .get("data")
                .asString();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, Base64.getDecoder().decode(png));
    }

    static String quoted(String text) {
        return Json.write(Json.object().stringNode(text));
    }

    private JsonNode call(String method, Map<String, ?> parameters) {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        open.put(id, reply);
        ObjectNode message = Json.object().put("id", id).put("method", method);
        if (session != null) {
            message.put("sessionId", session);
        }
        message.set("params", Json.strict().valueToTree(parameters));
        socket.sendText(Json.write(message), true).join();
        return reply.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
        incoming.append(data);
        from.request(1);
        if (isLast) {
            JsonNode message = Json.parse(incoming.toString());
            incoming.setLength(0);
            if (message.has("id")) {
                CompletableFuture<JsonNode> reply =
                        open.remove(message.get("id").asInt());
                if (message.has("error")) {
                    reply.completeExceptionally(
                            new IllegalStateException(message.get("error").toString()));
                } else {
                    reply.complete(message.get("result"));
                }
            } else {
                event(message.get("method").asString(), message.get("params"));
            }
        }
        return null;
    }

    private void event(String name, JsonNode what) {
        switch (name) {
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                complaints.add(what.toString());
            case "Network.requestWillBeSent" ->
                requests.add(what.at("/request/url").asString());
            default -> {
                // of no interest
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // they write into the profile as long as they live
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        process.destroyForcibly();
    }
}
