package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.pipeline.DeferredReplies;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The replies of the batches that lie in a folder. What has no reply is taken down there; what failed for a passing reason is
 * asked again, so often in all. Thread-safe.
 */
final class BatchReplies implements DeferredReplies {
    static final int ATTEMPTS = 5;

    private final BatchFolder files;
    private final Map<String, OpenAiModelClient> clients;

    /** @param clients by their names */
    BatchReplies(BatchFolder files, Map<String, OpenAiModelClient> clients) {
        this.files = files;
        this.clients = clients;
    }

    @Override
    public long outstanding() {
        return files.requests().outstanding();
    }

    @Override
    public boolean isOutstanding(String key) {
        return files.requests().isOutstanding(key);
    }

    @Override
    public Optional<ModelResponse> reply(String key, ModelClient client, ModelRequest request) {
        Optional<ModelResponse> come = come(key, client, request);
        if (come.isPresent()) {
            files.requests().taken(key);
        }
        return come;
    }

    private Optional<ModelResponse> come(String key, ModelClient asked, ModelRequest request) {
        OpenAiModelClient client = clients.get(asked.name());
        if (client == null) {
            throw new IllegalStateException("the batch runner has no client " + asked.name() + "; it has "
                    + clients.keySet() + ": name all clients of the pipeline, without decorators that change the name");
        }
        Optional<JsonNode> line = files.reply(key);
        if (line.isPresent()) {
            Optional<ModelResponse> come = read(key, client, request, line.get());
            if (come.isPresent()) {
                return come;
            }
        }
        if (files.requests().takes(key)) {
            if (files.requests().hasFailed(key, ATTEMPTS)) {
                throw new ModelException.Server(new HttpFailure(
                        "the batches brought no answer to a request, " + ATTEMPTS + " times",
                        503,
                        "",
                        "",
                        Optional.empty()));
            }
            files.add(key, asked.name(), line(key, client, request));
        }
        return Optional.empty();
    }

    /** The reply on a line; empty if it is to be asked again. */
    private Optional<ModelResponse> read(String key, OpenAiModelClient client, ModelRequest request, JsonNode line) {
        try {
            Optional<ModelResponse> come = read(client, request, line);
            if (come.isEmpty() && failsForGood(key)) {
                throw new ModelException.InvalidRequest(
                        failure("the server refuses every wording of a request", 400, line));
            }
            return come;
        } catch (ModelException e) {
            boolean again = e.endsRun() ? files.requests().forgetEarlier(key) : e.isRetryable() && !failsForGood(key);
            if (again) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private boolean failsForGood(String key) {
        files.requests().forget(key);
        return files.requests().hasFailed(key, ATTEMPTS);
    }

    private static Optional<ModelResponse> read(OpenAiModelClient client, ModelRequest request, JsonNode line) {
        JsonNode response = line.path("response");
        int status = response.path("status_code").asInt(0);
        if (status == 0) {
            throw new ModelException.Server(failure("the batch did not answer a request", 503, line));
        }
        return client.replyTo(
                request,
                status,
                response.path("request_id").asString(""),
                Json.write(response.path("body")).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpFailure failure(String summary, int status, JsonNode line) {
        return new HttpFailure(summary, status, Json.write(line), "", Optional.empty());
    }

    private static byte[] line(String key, OpenAiModelClient client, ModelRequest request) {
        byte[] body = client.bodyOf(request);
        byte[] head = ("{\"custom_id\":\"" + key + "\",\"method\":\"POST\",\"url\":\""
                        + client.transport().endpoint().completionsPath() + "\",\"body\":")
                .getBytes(StandardCharsets.UTF_8);
        byte[] line = new byte[head.length + body.length + 2];
        System.arraycopy(head, 0, line, 0, head.length);
        System.arraycopy(body, 0, line, head.length, body.length);
        line[line.length - 2] = '}';
        line[line.length - 1] = '\n';
        return line;
    }
}
