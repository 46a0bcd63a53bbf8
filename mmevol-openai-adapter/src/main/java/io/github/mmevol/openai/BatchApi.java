package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The files and batches of an endpoint, as OpenAI's API reference describes them. */
final class BatchApi {
    /** For a whole file, either way. */
    private static final Duration TRANSFER = Duration.ofMinutes(30);

    /** What an attempt that failed left behind does not stay at the end. */
    private static final OpenOption[] WHOLE = {
        StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
    };

    private static final int NOT_FOUND = 404;
    /** What servers say to an address that they do not know. */
    private static final Set<Integer> NO_SUCH_ADDRESS = Set.of(NOT_FOUND, 405, 501);

    private static final int PAGE = 100;
    private static final int PAGES = 20;

    private final Transport transport;
    private final Endpoint files;
    private final Endpoint batches;
    private final String completions;

    BatchApi(Transport transport) {
        this.transport = transport;
        this.files = transport.endpoint().sibling("/files");
        this.batches = transport.endpoint().sibling("/batches");
        this.completions = transport.endpoint().completionsPath();
    }

    /**
     * A batch as the provider tells of it.
     *
     * @param status for example {@code in_progress}
     * @param output the file of replies; empty if there is none
     * @param errors the file of errors; empty if there is none
     * @param refusal why it was refused as a whole, with the provider's code in front; empty if it was not
     */
    record Batch(
            String id,
            String status,
            String output,
            String errors,
            String refusal,
            long requests,
            long completed,
            long failed) {
        boolean isOver() {
            return switch (status) {
                case "completed", "failed", "expired", "cancelled" -> true;
                default -> false;
            };
        }

        boolean isCancelled() {
            return status.equals("cancelled");
        }

        static Batch of(JsonNode json) {
            JsonNode error = json.path("errors").path("data").path(0);
            String refusal = json.path("status").asString("").equals("failed")
                    ? error.path("code").asString("unknown") + ": "
                            + error.path("message").asString("no reason given")
                    : "";
            JsonNode counts = json.path("request_counts");
            return new Batch(
                    json.path("id").asString(""),
                    json.path("status").asString(""),
                    json.path("output_file_id").asString(""),
                    json.path("error_file_id").asString(""),
                    refusal,
                    counts.path("total").asLong(0),
                    counts.path("completed").asLong(0),
                    counts.path("failed").asLong(0));
        }
    }

    /** Uploads a file of requests, and gives its id. */
    String upload(Path file) {
        String boundary = "mmevol-" + Long.toHexString(file.getFileName().hashCode()) + "-form-boundary";
        String head =
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.getFileName()
                        + "\"\r\nContent-Type: application/jsonl\r\n\r\n";
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofFile(file),
                    BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
            return id(at(files, TRANSFER).post(body, "multipart/form-data; boundary=" + boundary));
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("there is no file " + file, e);
        }
    }

    /** Starts a batch over an uploaded file. */
    Batch create(String file) {
        String body = Json.write(Json.object()
                .put("input_file_id", file)
                .put("endpoint", completions)
                .put("completion_window", "24h"));
        return Batch.of(json(at(batches, transport.timeout()).post(BodyPublishers.ofString(body), "application/json")));
    }

    /** The batch over an uploaded file, if there is one among the newest. */
    Optional<Batch> find(String file) {
        String after = "";
        for (int page = 0; page < PAGES; page++) {
            Endpoint list = batches.withQuery("limit", String.valueOf(PAGE));
            JsonNode found = json(at(after.isEmpty() ? list : list.withQuery("after", after), transport.timeout())
                    .get());
            for (JsonNode batch : found.path("data")) {
                if (batch.path("input_file_id").asString("").equals(file)) {
                    return Optional.of(Batch.of(batch));
                }
                after = batch.path("id").asString("");
            }
            if (!found.path("has_more").asBoolean(false) || after.isEmpty()) {
                break;
            }
        }
        return Optional.empty();
    }

    /** A batch; empty if the provider has none of that id. */
    Optional<Batch> get(String id) {
        Answer answer = at(transport.endpoint().sibling("/batches/" + Secrets.encoded(id)), transport.timeout())
                .get();
        return answer.status() == NOT_FOUND ? Optional.empty() : Optional.of(Batch.of(json(answer)));
    }

    /** Brings a file of the provider here, whole or not at all; false if the provider has none of that id. */
    boolean download(String id, Path target) {
        Endpoint content = transport.endpoint().sibling("/files/" + Secrets.encoded(id) + "/content");
        Secrets secrets = new Secrets();
        HttpRequest request = content.request(
                        Secrets.checkedKey(transport.apiKey().get()), secrets)
                .timeout(TRANSFER)
                .GET()
                .build();
        Path part = target.resolveSibling(target.getFileName() + ".tmp");
        CompletableFuture<HttpResponse<Path>> coming =
                transport.httpClient().sendAsync(request, BodyHandlers.ofFile(part, WHOLE));
        try {
            HttpResponse<Path> response = coming.get(TRANSFER.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() == NOT_FOUND) {
                Files.deleteIfExists(part);
                return false;
            }
            if (response.statusCode() / 100 != 2) {
                Answer answer = new Answer(
                        response.statusCode(), response.headers(), Files.readAllBytes(part), secrets, content);
                throw ErrorReply.of(answer).toException(id);
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            throw new ModelException.Io("the file " + id + " could not be fetched from " + content, e);
        } catch (InterruptedException e) {
            throw new ModelException.Interrupted("interrupted while fetching " + id + " from " + content, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
        } finally {
            coming.cancel(true);
        }
    }

    private Transport at(Endpoint endpoint, Duration timeout) {
        return new Transport(transport.httpClient(), endpoint, transport.apiKey(), timeout);
    }

    private static String id(Answer answer) {
        return json(answer).path("id").asString("");
    }

    private static JsonNode json(Answer answer) {
        boolean aboutThing = answer.text().contains("No such "); // file, or batch
        if (NO_SUCH_ADDRESS.contains(answer.status()) && !aboutThing) {
            throw new ModelException.UnknownModel(new HttpFailure(
                    "there is no batch interface at " + answer.endpoint()
                            + "; run without batches, or check baseUrl(...)",
                    answer.status(),
                    answer.text(),
                    answer.requestId(),
                    Optional.empty()));
        }
        if (!answer.isReply()) {
            throw ErrorReply.of(answer).toException("batch");
        }
        try {
            return Json.strict().readTree(answer.body());
        } catch (JacksonException e) {
            throw new ModelException.MalformedReply(
                    "the answer of " + answer.origin() + " is not JSON: " + answer.excerpt());
        }
    }
}
