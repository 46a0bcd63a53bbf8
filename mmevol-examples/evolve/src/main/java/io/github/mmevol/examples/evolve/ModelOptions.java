package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.RateLimiter;
import io.github.mmevol.openai.ImageDetail;
import io.github.mmevol.openai.OpenAiModelClient;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import io.github.mmevol.openai.ProviderOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say who answers and how he is asked; the programs share them. */
final class ModelOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "OpenAI-compatible endpoint, for example http://localhost:8000/v1. Default: OpenAI's, if"
                    + " OPENAI_API_KEY is set.")
    private @Nullable String baseUrl;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "gpt-4o-mini",
            description = "The model that evolves. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String model;

    @Option(names = "--judge-model", paramLabel = "NAME", description = "The model that judges. Default: the same.")
    private @Nullable String judgeModel;

    @Option(
            names = "--response-format",
            paramLabel = "FORM",
            defaultValue = "auto",
            description =
                    "How JSON is asked for: auto (by schema, and weaker where the server does not know that), schema,"
                            + " object, none. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private ResponseFormat responseFormat;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long one attempt of a call may take. Default: ${DEFAULT-VALUE}.")
    private double timeout;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description =
                    "The most attempts started in a minute, of all models together. Default: what the server admits.")
    private @Nullable Long requestsPerMinute;

    @Option(
            names = "--tokens-per-minute",
            paramLabel = "N",
            description =
                    "The most tokens in a minute, prompts and replies of all models together. Default: what the server"
                            + " admits.")
    private @Nullable Long tokensPerMinute;

    @Option(
            names = "--image-side",
            paramLabel = "PIXELS",
            defaultValue = "512",
            description = "Images are scaled down to this longest side. Default: ${DEFAULT-VALUE}.")
    private int imageSide;

    @Option(
            names = "--detail",
            paramLabel = "DETAIL",
            defaultValue = "auto",
            description =
                    "How closely the model looks at images: low, high, auto (low up to 512 pixels, else not said), none"
                            + " (never said). Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private ImageDetail detail;

    /**
     * Who evolves and who judges: a real model if there is an address or a key, else stand-ins.
     *
     * @param bundled whether it is about the bundled photographs, for which there are hand-written replies
     */
    Models models(boolean bundled, String key) {
        check();
        if (baseUrl == null && key.isEmpty()) {
            return bundled ? Models.rehearsal() : Models.ruleMade();
        }
        OpenAiModelClient.Builder builder = OpenAiModelClient.builder()
                .responseFormat(responseFormat)
                .timeout(Duration.ofNanos(Math.round(timeout * 1e9)))
                .provider(ProviderOptions.defaults().withDetail(detail));
        if (baseUrl != null) {
            builder.baseUrl(baseUrl);
        }
        if (!key.isEmpty()) {
            builder.apiKey(key);
        }
        if (requestsPerMinute != null || tokensPerMinute != null) {
            builder.rate(rateLimiter());
        }
        return Models.real(new ProviderClients(builder), model, judgeModel());
    }

    /**
     * Those who answered in a run that is kept, by name; nobody is called.
     *
     * @param paid what the run paid for
     */
    Models stored(Account paid) {
        List<String> judges = paid.lines().stream()
                .filter(line -> line.purpose().equals("judge"))
                .map(Account.Line::client)
                .distinct()
                .toList();
        List<String> evolvers = paid.lines().stream()
                .filter(line -> line.purpose().startsWith("evolve:"))
                .map(Account.Line::client)
                .distinct()
                .toList();
        return Models.stored(
                evolvers.isEmpty() ? model : evolvers.get(0),
                judgeModel != null || judges.isEmpty() ? judgeModel() : judges.get(0));
    }

    /** Whether a model was asked for by name. */
    boolean isNamed() {
        return spec.commandLine().getParseResult().hasMatchedOption("--model");
    }

    private String judgeModel() {
        return judgeModel == null ? model : judgeModel;
    }

    /** How the image tokens of the model that evolves are counted. */
    ImageFormula imageFormula() {
        return ImageFormula.of(model, detail);
    }

    /** How images are made ready. */
    ImageEncoder images() {
        if (imageSide < 1) {
            throw usage("--image-side takes a number of at least 1: " + imageSide);
        }
        return ImageEncoder.builder().longestSide(imageSide).build();
    }

    private void check() {
        if (baseUrl != null && !baseUrl.contains("://")) {
            throw usage("--base-url begins with http:// or https://, for example http://" + baseUrl.strip() + ": "
                    + baseUrl);
        }
        if (!(timeout > 0)) {
            throw usage("--timeout takes a number of seconds above 0: " + timeout);
        }
        requireFrom1("--requests-per-minute", requestsPerMinute);
        requireFrom1("--tokens-per-minute", tokensPerMinute);
    }

    private void requireFrom1(String option, @Nullable Long value) {
        if (value != null && value < 1) {
            throw usage(option + " takes a number of at least 1: " + value);
        }
    }

    private RateLimiter rateLimiter() {
        RateLimiter.Builder limiter = RateLimiter.builder();
        if (requestsPerMinute != null) {
            limiter.requestsPerMinute(requestsPerMinute);
        }
        if (tokensPerMinute != null) {
            limiter.tokensPerMinute(tokensPerMinute);
        }
        return limiter.build();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
