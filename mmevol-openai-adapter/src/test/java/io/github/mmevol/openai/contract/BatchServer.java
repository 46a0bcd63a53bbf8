package io.github.mmevol.openai.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files and batches of OpenAI's API reference (sections Files and Batch; states, fields and error codes as described there
 * and in the guide on batches), on a loopback port. A batch goes one state further each time it is looked at. Output lines come
 * in another order than the requests, the last one without an end.
 */
public final class BatchServer implements AutoCloseable {
    /**
     * What comes of a request.
     *
     * @param status the HTTP status; 0 for one that expired
     * @param body the body of the reply
     */
    public record Result(int status, String body) {
        /** No line at all. */
        public static final Result NOTHING = new Result(-1, "");
        /** A line with a response that has no status. */
        public static final Result NO_STATUS = new Result(-2, "{}");
        /** A line that is no JSON. */
        public static final Result GARBLED = new Result(-3, "");
    }

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> files = new LinkedHashMap<>();
    private final Map<String, ObjectNode> batches = new LinkedHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> models = Collections.synchronizedList(new ArrayList<>());
    private final Function<JsonNode, Result> worker;
    private int uploads;
    private int creations;
    /** The most requests that may be enqueued at once. */
    private int enqueuedLimit = Integer.MAX_VALUE;
    /** So many creations are carried out, but their answers never come. */
    private int lostCreations;
    /** So many downloads fail. */
    private int failedDownloads;
    /** So many uploads fail. */
    private int failedUploads;

    /**
     * Starts a server.
     *
     * @param worker what comes of the body of a request
     */
    public BatchServer(Function<JsonNode, Result> worker) throws IOException {
        this.worker = worker;
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer waits for an acknowledgement
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/", this::handle);
        server.start();
    }

    /** Its address, as a client takes it. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** The most requests that may be enqueued at once; default no limit. */
    public synchronized void enqueuedLimit(int requests) {
        enqueuedLimit = requests;
    }

    /** Carries out so many creations of batches without an answer. */
    public synchronized void loseCreations(int times) {
        lostCreations = times;
    }

    /** Answers so many downloads with a long page that tells of an error. */
    public synchronized void failDownloads(int times) {
        failedDownloads = times;
    }

    /** Refuses so many uploads for a passing reason. */
    public synchronized void failUploads(int times) {
        failedUploads = times;
    }

    /** How many uploads are still to fail. */
    public synchronized int uploadsToFail() {
        return failedUploads;
    }

    /** Deletes a batch. */
    public synchronized void deleteBatch(String id) {
        batches.remove(id);
    }

    /** Deletes the file of replies of a batch. */
    public synchronized void deleteOutput(String batch) {
        files.remove(batch(batch).path("output_file_id").asString(""));
    }

    /** Cancels a batch; the first half of its requests is answered. */
    public synchronized void cancel(String batch) {
        batch(batch).put("status", "cancelling");
    }

    private ObjectNode batch(String id) {
        return Objects.requireNonNull(batches.get(id), id);
    }

    /** The keys of all requests that were worked on, in order, repeats among them. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** How many batches were created. */
    public synchronized int batches() {
        return creations;
    }

    /** The models of each batch, one text a batch. */
    public List<String> models() {
        return List.copyOf(models);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v1".length());
        boolean post = exchange.getRequestMethod().equals("POST");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (post && path.equals("/files") && failedUploads > 0) {
            failedUploads--;
            send(exchange, 500, error("Something went wrong."));
        } else if (post && path.equals("/files")) {
            send(exchange, 200, upload(body));
        } else if (post && path.equals("/batches")) {
            ObjectNode created = create(JSON.readTree(body));
            if (lostCreations > 0) {
                lostCreations--;
                exchange.close();
            } else {
                send(exchange, 200, created);
            }
        } else if (path.equals("/batches")) {
            send(exchange, 200, list(exchange.getRequestURI().getQuery()));
        } else if (path.startsWith("/batches/")) {
            ObjectNode batch = batches.get(path.substring("/batches/".length()));
            if (batch == null) {
                send(exchange, 404, error("No batch found with id '" + path.substring("/batches/".length()) + "'."));
            } else {
                step(batch);
                send(exchange, 200, batch);
            }
        } else if (path.startsWith("/files/") && path.endsWith("/content")) {
            String content = files.get(path.split("/")[2]);
            if (content == null) {
                send(exchange, 404, error("No such File object: " + path.split("/")[2]));
            } else if (failedDownloads > 0) {
                failedDownloads--;
                send(exchange, 502, error("Bad gateway. ".repeat(10_000)));
            } else {
                send(exchange, 200, content.getBytes(StandardCharsets.UTF_8));
            }
        } else {
            send(exchange, 404, JSON.createObjectNode().put("error", "no such address"));
        }
    }

    private static ObjectNode error(String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("message", message).put("type", "invalid_request_error");
        return error;
    }

    private ObjectNode upload(String form) {
        String boundary = form.substring(0, form.indexOf("\r\n"));
        String content = "";
        for (String part : form.split(boundary, -1)) {
            int end = part.indexOf("\r\n\r\n");
            if (end > 0 && part.contains("filename=")) {
                content = part.substring(end + 4).stripTrailing();
            }
        }
        String id = "file-" + ++uploads;
        files.put(id, content);
        return JSON.createObjectNode().put("id", id).put("object", "file").put("purpose", "batch");
    }

    private ObjectNode create(JsonNode request) {
        ObjectNode batch = JSON.createObjectNode().put("id", "batch_" + ++creations);
        batch.put("object", "batch").put("endpoint", request.path("endpoint").asString(""));
        batch.put("input_file_id", request.path("input_file_id").asString(""));
        batch.put("completion_window", request.path("completion_window").asString(""));
        batch.put("status", "validating");
        int requests = lines(batch).size();
        int enqueued = batches.values().stream()
                .filter(other -> List.of("validating", "in_progress", "finalizing")
                        .contains(other.path("status").asString("")))
                .mapToInt(other -> lines(other).size())
                .sum();
        if (enqueued + requests > enqueuedLimit) {
            batch.put("status", "failed");
            batch.putObject("errors")
                    .put("object", "list")
                    .putArray("data")
                    .addObject()
                    .put("code", "token_limit_exceeded")
                    .put(
                            "message",
                            "Enqueued token limit reached. Please try again once some in_progress batches have"
                                    + " been completed.");
        }
        batches.put(batch.path("id").asString(""), batch);
        return batch;
    }

    private List<JsonNode> lines(ObjectNode batch) {
        return files.get(batch.path("input_file_id").asString(""))
                .lines()
                .map(JSON::readTree)
                .toList();
    }

    private ObjectNode list(String query) {
        ObjectNode list = JSON.createObjectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        List<ObjectNode> newest = new ArrayList<>(batches.values());
        Collections.reverse(newest);
        String after = query.contains("after=") ? query.replaceAll(".*after=([^&]*).*", "$1") : "";
        boolean passed = after.isEmpty();
        boolean more = false;
        for (ObjectNode batch : newest) {
            if (passed && data.size() < 2) {
                data.add(batch);
            } else if (passed) {
                more = true;
            }
            passed |= batch.path("id").asString("").equals(after);
        }
        return list.put("has_more", more);
    }

    private void step(ObjectNode batch) {
        switch (batch.path("status").asString("")) {
            case "validating" -> batch.put("status", "in_progress");
            case "in_progress" -> batch.put("status", "finalizing");
            case "finalizing" -> {
                boolean expired = finish(batch, lines(batch));
                batch.put("status", expired ? "expired" : "completed");
            }
            case "cancelling" -> {
                List<JsonNode> lines = lines(batch);
                finish(batch, lines.subList(0, lines.size() / 2));
                batch.put("status", "cancelled");
            }
            default -> {
                // it is over
            }
        }
    }

    /** Answers requests of a batch; whether one of them expired. */
    private boolean finish(ObjectNode batch, List<JsonNode> requests) {
        List<JsonNode> lines = new ArrayList<>(requests);
        models.add(String.join(
                " ",
                lines.stream()
                        .map(line -> line.path("body").path("model").asString(""))
                        .distinct()
                        .toList()));
        Collections.shuffle(lines, new Random(lines.size()));
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        boolean expired = false;
        for (JsonNode line : lines) {
            Result result = worker.apply(line.path("body"));
            ObjectNode out = JSON.createObjectNode().put("id", "batch_req_" + asked.size());
            out.put("custom_id", line.path("custom_id").asString(""));
            asked.add(line.path("custom_id").asString(""));
            if (result == Result.NOTHING) {
                continue;
            }
            if (result == Result.GARBLED) {
                errors.add(out.toString().substring(1));
                continue;
            }
            if (result.status() == 0) {
                expired = true;
                out.putNull("response");
                out.putObject("error")
                        .put("code", "batch_expired")
                        .put("message", "This request could not be executed before the completion window expired.");
            } else {
                ObjectNode response = out.putObject("response").put("request_id", "req_" + asked.size());
                response.set("body", JSON.readTree(result.body()));
                if (result != Result.NO_STATUS) {
                    response.put("status_code", result.status());
                }
                out.putNull("error");
            }
            (result.status() == 200 ? output : errors).add(JSON.writeValueAsString(out));
        }
        file(batch, "output_file_id", output);
        file(batch, "error_file_id", errors);
        batch.putObject("request_counts")
                .put("total", lines.size())
                .put("completed", output.size())
                .put("failed", errors.size());
        return expired;
    }

    private void file(ObjectNode batch, String field, List<String> lines) {
        if (!lines.isEmpty()) {
            String id = "file-" + ++uploads;
            files.put(id, String.join("\n", lines));
            batch.put(field, id);
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(exchange, status, JSON.writeValueAsBytes(body));
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
