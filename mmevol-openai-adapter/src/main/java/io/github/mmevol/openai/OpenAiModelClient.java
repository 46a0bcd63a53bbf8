package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.SamplingOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A client for every endpoint that speaks OpenAI's chat completions: OpenAI itself, vLLM, Ollama, LM Studio, llama.cpp and
 * many more.
 *
 * <pre>{@code
 * ModelClient model = OpenAiModelClient.builder()
 *         .baseUrl("http://localhost:8000/v1")
 *         .model("qwen2.5-vl-7b")
 *         .build();
 * }</pre>
 *
 * <p>Each attempt has a deadline over the whole exchange, two minutes by default. What can succeed later (too many requests,
 * a server's failure, a broken connection, a reply cut off) is tried again by {@link RetryPolicy#ofDefaults()}. Replies are
 * bounded to 16 MiB. HTTP/1.1 is spoken always; redirects are not followed. The API key goes into the request's header and
 * nowhere else: no log, no exception and no {@code toString} shows it.
 *
 * <p>Thread-safe; build one and share it. It holds no resource that needs closing.
 *
 * <p>Failures are {@link ModelException}s: 401 and 403 {@code Authentication}; 402, and 429 for want of quota, {@code Quota};
 * other 429 {@code RateLimit}; 404 and redirects {@code UnknownModel}; 408, 409 and 5xx {@code Server}; other 4xx
 * {@code InvalidRequest}; a passed deadline {@code Timeout}; a connection that cannot be made or breaks before the reply
 * {@code Io}; a reply that breaks off, is too large, or is not what the protocol promises {@code MalformedReply}.
 */
public final class OpenAiModelClient implements ModelClient {
    private static final int EXCERPT = 200;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Endpoint endpoint;
    private final Supplier<String> apiKey;
    private final String model;
    private final Duration timeout;
    private final SamplingOptions sampling;
    private final RetryPolicy retry;
    private final HttpClient httpClient;
    private final Dialect dialect;
    private final HttpRequest.Builder prototype;

    private OpenAiModelClient(Builder b) {
        endpoint = b.endpoint;
        apiKey = b.apiKey;
        model = b.model;
        timeout = b.timeout;
        sampling = b.sampling;
        retry = b.retry;
        httpClient = b.httpClient == null ? defaultHttpClient() : b.httpClient;
        dialect = new Dialect(b.responseFormat);
        prototype = HttpRequest.newBuilder(endpoint.uri())
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
    }

    /** Starts a client; {@link Builder#model} has to be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The model's name as given to {@link Builder#model}. */
    @Override
    public String name() {
        return model;
    }

    /**
     * Sends the request and waits for the reply. What the request's sampling options leave open, the client's fill in.
     *
     * @throws ModelException if no reply came
     * @throws IllegalArgumentException if the request's schema is not JSON, or no header can carry the API key
     */
    @Override
    public ModelResponse send(ModelRequest request) {
        while (true) {
            Dialect.Wording wording = dialect.wordingFor(request.replyForm());
            ChatRequest body = ChatRequest.of(request, model, sampling, wording);
            ModelClient exchange = same -> exchange(body);
            try {
                return exchange.named(model).retrying(retry).send(request);
            } catch (ModelException.InvalidRequest refusal) {
                if (!dialect.learn(wording, refusal)) {
                    throw refusal;
                }
            }
        }
    }

    private ModelResponse exchange(ChatRequest body) {
        if (Thread.currentThread().isInterrupted()) {
            throw new ModelException.Interrupted("interrupted before a call to " + endpoint);
        }
        ApiKey key = ApiKey.from(apiKey);
        HttpRequest.Builder post = prototype.copy().POST(body.publisher());
        key.authorization().ifPresent(value -> post.setHeader("Authorization", value));
        BoundedBody answer = transfer(post.build(), key);
        if (answer.isError()) {
            throw error(answer.status(), answer, key);
        }
        return read(answer, key);
    }

    private BoundedBody transfer(HttpRequest request, ApiKey key) {
        BoundedBody answer = new BoundedBody(System.nanoTime() + timeout.toNanos());
        try {
            httpClient.send(request, answer);
        } catch (InterruptedException e) {
            throw new ModelException.Interrupted("interrupted while waiting for " + endpoint, e);
        } catch (IOException e) {
            if (!answer.isError()) {
                throw failure(e, answer, key);
            }
        }
        return answer;
    }

    private ModelException failure(IOException failure, BoundedBody answer, ApiKey key) {
        if (answer.isLate() || failure instanceof HttpTimeoutException) {
            return new ModelException.Timeout("no complete reply from " + endpoint + " within " + timeout, failure);
        }
        if (answer.isTooLarge()) {
            return new ModelException.MalformedReply(
                    "the reply of " + endpoint + " is larger than " + BoundedBody.MAX_REPLY_BYTES + " bytes", failure);
        }
        if (answer.isReply()) {
            return new ModelException.MalformedReply(
                    "the reply of " + endpoint + " broke off after " + answer.received().length + " bytes", failure);
        }
        String detail = failure.getMessage() == null ? "" : ": " + key.redact(failure.getMessage());
        return new ModelException.Io(
                "the connection to " + endpoint + " failed ("
                        + failure.getClass().getSimpleName() + detail + ")",
                failure);
    }

    private ModelResponse read(BoundedBody answer, ApiKey key) {
        byte[] body = answer.received();
        JsonNode tree;
        try {
            tree = Json.strict().readTree(body);
        } catch (JacksonException e) {
            // The exception itself quotes the reply, so only its words are kept.
            throw new ModelException.MalformedReply("the reply of " + endpoint + " is not JSON, or cut off ("
                    + key.redact(e.getOriginalMessage()) + "): " + excerpt(body, key));
        }
        if (tree.path("choices").isEmpty()) {
            int status = ErrorReply.errorIn(tree).path("code").asInt(0);
            if (status >= 400 && status < 600) {
                throw error(status, answer, key);
            }
        }
        return ChatReply.read(tree, () -> excerpt(body, key), endpoint);
    }

    private ModelException error(int status, BoundedBody answer, ApiKey key) {
        return ErrorReply.of(status, answer.headers(), answer.received(), key, Instant.now())
                .toException(endpoint, model, !key.isMissing());
    }

    private static String excerpt(byte[] body, ApiKey key) {
        String text = key.redact(new String(body, StandardCharsets.UTF_8)).strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
    }

    private static HttpClient defaultHttpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
    }

    @Override
    public String toString() {
        return "OpenAiModelClient[model=" + model + ", endpoint=" + endpoint + "]";
    }

    /** How a client asks for JSON, from the strongest way to the weakest. */
    public enum ResponseFormat {
        /**
         * As strongly as the request wishes. Where the server answers that it does not know the way, the client takes the next
         * weaker one from then on, and logs it once.
         */
        AUTO,
        /** A strict JSON schema where the request has one. */
        SCHEMA,
        /** One JSON object of any shape, also where the request has a schema. */
        OBJECT,
        /** Never; the prompt alone asks for it. */
        NONE
    }

    /** Builds an {@link OpenAiModelClient}; not thread-safe. */
    public static final class Builder {
        private static final Duration LONGEST = Duration.ofDays(1);

        private Endpoint endpoint = Endpoint.under(URI.create("https://api.openai.com/v1"));
        private Supplier<String> apiKey = () -> "";
        private String model = "";
        private Duration timeout = Duration.ofMinutes(2);
        private SamplingOptions sampling = SamplingOptions.defaults();
        private RetryPolicy retry = RetryPolicy.ofDefaults();
        private ResponseFormat responseFormat = ResponseFormat.AUTO;
        private @Nullable HttpClient httpClient;

        private Builder() {}

        /**
         * The address under which {@code /chat/completions} lies; default {@code https://api.openai.com/v1}.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https address, or holds credentials
         */
        public Builder baseUrl(URI baseUrl) {
            this.endpoint = Endpoint.under(baseUrl);
            return this;
        }

        /**
         * The address under which {@code /chat/completions} lies; default {@code https://api.openai.com/v1}.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https address, or holds credentials
         */
        public Builder baseUrl(String baseUrl) {
            return baseUrl(Endpoint.parse(baseUrl));
        }

        /**
         * The API key, sent as bearer token; default none.
         *
         * @throws IllegalArgumentException if it is blank or no HTTP header can carry it
         */
        public Builder apiKey(String apiKey) {
            String key = ApiKey.checked(apiKey.strip());
            if (key.isEmpty()) {
                throw new IllegalArgumentException("the API key is blank; leave it out for a server that wants none");
            }
            return apiKey(() -> key);
        }

        /**
         * Where the API key comes from, asked anew for each attempt, from many threads; default none. Null or a blank text
         * stand for no key.
         */
        public Builder apiKey(Supplier<String> apiKey) {
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
            return this;
        }

        /**
         * The model's name as the server knows it; has to be set.
         *
         * @throws IllegalArgumentException if blank
         */
        public Builder model(String model) {
            if (model.isBlank()) {
                throw new IllegalArgumentException("model must not be blank");
            }
            this.model = model;
            return this;
        }

        /**
         * The longest time for one attempt, from the first byte sent to the last one received; default two minutes. Making a
         * connection may take ten seconds of it at most.
         *
         * @throws IllegalArgumentException if not above zero, or longer than a day
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout must lie above zero and up to a day: " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /** Sampling options for what a request leaves open; default all left to the model. */
        public Builder sampling(SamplingOptions sampling) {
            this.sampling = Objects.requireNonNull(sampling, "sampling");
            return this;
        }

        /** How failed attempts are tried again; default {@link RetryPolicy#ofDefaults()}. */
        public Builder retry(RetryPolicy retry) {
            this.retry = Objects.requireNonNull(retry, "retry");
            return this;
        }

        /** The strongest way of asking for JSON that the server supports; default {@link ResponseFormat#AUTO}. */
        public Builder responseFormat(ResponseFormat responseFormat) {
            this.responseFormat = Objects.requireNonNull(responseFormat, "responseFormat");
            return this;
        }

        /**
         * A ready HTTP client, for a proxy or a trust store of your own; default one made for this model client. It is used as
         * it is (connect timeout, redirects, executor) and never closed.
         */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalStateException if no model is set
         */
        public OpenAiModelClient build() {
            if (model.isEmpty()) {
                throw new IllegalStateException("set model(...): the name of the model as the server knows it");
            }
            return new OpenAiModelClient(this);
        }
    }
}
