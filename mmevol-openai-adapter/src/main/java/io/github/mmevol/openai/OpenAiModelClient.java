package io.github.mmevol.openai;

import io.github.mmevol.core.internal.cpu.Processors;
import io.github.mmevol.core.internal.cpu.Processors.Work;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.RateLimiter;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.model.SamplingOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client for every endpoint that speaks OpenAI's chat completions: OpenAI itself, Azure OpenAI, vLLM, SGLang, Ollama, LM
 * Studio, llama.cpp, DashScope, OpenRouter and many more.
 *
 * <pre>{@code
 * ModelClient model = OpenAiModelClient.builder()
 *         .baseUrl("http://localhost:8000/v1")
 *         .model("qwen2.5-vl-7b")
 *         .build();
 * }</pre>
 *
 * <p>It comes with the default stack of {@link ModelClient}: no more calls in flight than the server is found to admit
 * ({@link ConcurrencyLimiter#adaptive()}), where a server's wish to wait holds back all calls of the client; and what can
 * succeed later (too many requests, a server's failure, a broken connection, a reply cut off) is tried again by
 * {@link RetryPolicy#ofDefaults()}, with the same bytes. One line for each attempt is logged at DEBUG.
 *
 * <p>Each attempt has a deadline over the whole exchange, two minutes by default, less where the request has less time left.
 * Replies are bounded to 16 MiB. HTTP/1.1 is spoken always; redirects are not followed. The API key goes into the request's
 * header and nowhere else: no log, no exception and no {@code toString} shows it.
 *
 * <p>What a server does not take is learnt from its refusal, once, and logged: a {@link ResponseFormat}, {@code max_tokens}
 * instead of {@code max_completion_tokens}, {@code temperature} and the like.
 *
 * <p>Thread-safe; build one and share it. It holds no resource that needs closing.
 *
 * <p>Failures are {@link ModelException}s. By status: 401 and 403 {@code Authentication}; 402, and 429 for want of quota,
 * {@code Quota}; other 429 {@code RateLimit}; 404 and redirects {@code UnknownModel}; 408, 409 and 5xx {@code Server}; other
 * 4xx {@code InvalidRequest}. Where a code or the message tells more: {@code InvalidImage}, {@code ContextLength},
 * {@code ContentFilter}, {@code UnknownModel}. Without a status: a passed deadline {@code Timeout}; a connection that cannot
 * be made or breaks before the reply {@code Io}; a reply that breaks off, is too large, or is not what the protocol promises
 * {@code MalformedReply}. The message has the provider's id of the request where one came.
 */
public final class OpenAiModelClient implements ModelClient {
    private static final Duration NO_END = Duration.ofDays(365);

    private final Transport transport;
    private final String model;
    private final SamplingOptions sampling;
    private final ProviderOptions options;
    private final Dialect dialect;
    private final StaticTexts statics = new StaticTexts();
    private final RetryPolicy retry;
    private final ConcurrencyLimiter concurrency;
    private final Optional<RateLimiter> rate;

    private OpenAiModelClient(Builder b) {
        transport = new Transport(
                b.httpClient == null ? Transport.sharedClient() : b.httpClient, b.endpoint, b.apiKey, b.timeout);
        model = b.model;
        sampling = b.sampling;
        options = b.options;
        dialect = new Dialect(b.responseFormat, b.options.isReasoningModel());
        retry = b.retry;
        concurrency = b.concurrency == null ? ConcurrencyLimiter.adaptive() : b.concurrency;
        rate = Optional.ofNullable(b.rate);
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
        ModelClient call = new Call(request).named(model);
        ModelClient paced = rate.map(call::rateLimited).orElse(call);
        return paced.concurrencyLimited(concurrency).retrying(retry).logged().send(request);
    }

    Transport transport() {
        return transport;
    }

    /** The body that a request is sent with, in the wording that the server is known to take. */
    byte[] bodyOf(ModelRequest request) {
        return ChatRequest.of(request, model, sampling, dialect.wordingFor(request.replyForm()), options, statics)
                .bytes();
    }

    /**
     * Reads an answer that came another way than by {@link #send}.
     *
     * @return empty if the server refused the wording of the request, and is known now to want another one
     * @throws ModelException if the answer is an error
     */
    Optional<ModelResponse> replyTo(ModelRequest request, int status, String requestId, byte[] body) {
        HttpHeaders headers = HttpHeaders.of(Map.of("x-request-id", List.of(requestId)), (name, value) -> true);
        Answer answer = new Answer(status, headers, body, secrets(), transport.endpoint());
        if (answer.isReply()) {
            return Optional.of(ChatReply.read(answer, model));
        }
        ErrorReply error = ErrorReply.of(answer);
        if (dialect.learn(dialect.firstWordingFor(request.replyForm()), error)) {
            return Optional.empty();
        }
        throw error.toException(model);
    }

    /** What a call would send. */
    private Secrets secrets() {
        Secrets secrets = new Secrets();
        transport.endpoint().request(Secrets.checkedKey(transport.apiKey().get()), secrets);
        return secrets;
    }

    @Override
    public String toString() {
        return "OpenAiModelClient[model=" + model + ", endpoint=" + transport.endpoint() + "]";
    }

    /**
     * One call: its body is written once and sent at each attempt. Where the server refuses not the request but the way it is
     * put, it is put in another way within the same attempt.
     */
    private final class Call implements ModelClient {
        private Dialect.Wording wording;
        private BodyPublisher body;

        Call(ModelRequest request) {
            wording = dialect.wordingFor(request.replyForm());
            body = body(request);
        }

        private BodyPublisher body(ModelRequest request) {
            return Processors.calculate(
                    Work.CALL,
                    () -> ChatRequest.of(request, model, sampling, wording, options, statics)
                            .publisher());
        }

        @Override
        public ModelResponse send(ModelRequest request) {
            while (true) {
                Answer answer = transport.post(body, request.timeLeft().orElse(NO_END));
                if (answer.isReply()) {
                    return Processors.calculate(Work.CALL, () -> ChatReply.read(answer, model));
                }
                ErrorReply error = ErrorReply.of(answer);
                if (!dialect.learn(wording, error)) {
                    throw error.toException(model);
                }
                wording = dialect.wordingFor(request.replyForm());
                body = body(request);
            }
        }
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

        private Endpoint endpoint = Endpoint.openAi();
        private Supplier<@Nullable String> apiKey = () -> "";
        private String model = "";
        private Duration timeout = Duration.ofMinutes(2);
        private SamplingOptions sampling = SamplingOptions.defaults();
        private ResponseFormat responseFormat = ResponseFormat.AUTO;
        private ProviderOptions options = ProviderOptions.defaults();
        private RetryPolicy retry = RetryPolicy.ofDefaults();
        private @Nullable ConcurrencyLimiter concurrency;
        private @Nullable RateLimiter rate;
        private @Nullable HttpClient httpClient;

        private Builder() {}

        /** Where the chat completions lie, and how to get there; default {@link Endpoint#openAi()}. */
        public Builder endpoint(Endpoint endpoint) {
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            return this;
        }

        /**
         * The same as {@code endpoint(Endpoint.at(baseUrl))}: the address under which {@code /chat/completions} lies, without
         * that path.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https address, holds credentials, or ends in the
         *     path of an operation
         */
        public Builder baseUrl(String baseUrl) {
            return endpoint(Endpoint.at(baseUrl));
        }

        /**
         * The same as {@code endpoint(Endpoint.at(baseUrl.toString()))}.
         *
         * @throws IllegalArgumentException if it is not an absolute http or https address, holds credentials, or ends in the
         *     path of an operation
         */
        public Builder baseUrl(URI baseUrl) {
            return baseUrl(baseUrl.toString());
        }

        /**
         * The API key; default none.
         *
         * @throws IllegalArgumentException if it is blank or no HTTP header can carry it
         */
        public Builder apiKey(String apiKey) {
            String key = Secrets.checkedKey(apiKey);
            if (key.isEmpty()) {
                throw new IllegalArgumentException("the API key is blank; leave it out for a server that wants none");
            }
            return apiKey(() -> key);
        }

        /**
         * Where the API key comes from, asked anew for each attempt, from many threads; default none. Null or a blank text
         * stand for no key.
         */
        public Builder apiKey(Supplier<@Nullable String> apiKey) {
            this.apiKey = Objects.requireNonNull(apiKey, "apiKey");
            return this;
        }

        /**
         * The model's name as the server knows it; has to be set.
         *
         * @throws IllegalArgumentException if blank
         */
        public Builder model(String model) {
            if (Objects.requireNonNull(model, "model").isBlank()) {
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
            Objects.requireNonNull(timeout, "timeout");
            if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("timeout must lie above zero and up to a day: " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Sampling options for what a request leaves open; default all left to the model. The requests of evolvers and judges
         * set temperature and length themselves, each as its task needs: {@code Directions.all(model, sampling)} and {@code
         * Judge.sampling(sampling)} change that, and what those leave open is filled in from here.
         */
        public Builder sampling(SamplingOptions sampling) {
            this.sampling = Objects.requireNonNull(sampling, "sampling");
            return this;
        }

        /** The strongest way of asking for JSON that the server supports; default {@link ResponseFormat#AUTO}. */
        public Builder responseFormat(ResponseFormat responseFormat) {
            this.responseFormat = Objects.requireNonNull(responseFormat, "responseFormat");
            return this;
        }

        /** What this provider or model wants otherwise than others; default {@link ProviderOptions#defaults()}. */
        public Builder provider(ProviderOptions options) {
            this.options = Objects.requireNonNull(options, "options");
            return this;
        }

        /**
         * How failed attempts are tried again; default {@link RetryPolicy#ofDefaults()}. {@link RetryPolicy#none()} leaves that
         * to the caller.
         */
        public Builder retry(RetryPolicy retry) {
            this.retry = Objects.requireNonNull(retry, "retry");
            return this;
        }

        /**
         * How many calls may be in flight; default {@link ConcurrencyLimiter#adaptive()} of this client's own. Clients of one
         * account may share one.
         */
        public Builder concurrency(ConcurrencyLimiter limiter) {
            this.concurrency = Objects.requireNonNull(limiter, "limiter");
            return this;
        }

        /**
         * The requests and tokens per minute that the account has, where you know them; default none. Clients of one account
         * may share one.
         */
        public Builder rate(RateLimiter limiter) {
            this.rate = Objects.requireNonNull(limiter, "limiter");
            return this;
        }

        /**
         * A ready HTTP client, for a proxy, a trust store or an executor of your own; default one that all model clients built
         * without their own share, with a connect timeout of ten seconds. It is never closed. HTTP/1.1 is asked for whatever
         * its version is.
         *
         * @throws IllegalArgumentException if it follows redirects, for those take the key along to any host
         */
        public Builder httpClient(HttpClient httpClient) {
            if (Objects.requireNonNull(httpClient, "httpClient").followRedirects() != HttpClient.Redirect.NEVER) {
                throw new IllegalArgumentException(
                        "the HTTP client follows redirects, and would take the API key along to"
                                + " any host; build it with followRedirects(NEVER)");
            }
            this.httpClient = httpClient;
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
