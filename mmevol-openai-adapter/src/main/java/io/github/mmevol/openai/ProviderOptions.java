package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one provider's or model's chat completions want otherwise than another's. By default images go as data URLs with
 * {@link ImageDetail#AUTO}, the model is none that reasons, and the body has no further fields.
 *
 * <pre>{@code
 * ProviderOptions.defaults()
 *         .withImageUrls(path -> "https://images.example.org/" + path)
 *         .withExtraBody("{\"chat_template_kwargs\": {\"enable_thinking\": false}}")
 * }</pre>
 *
 * <p>Immutable, and as thread-safe as the function of {@link #withImageUrls} is.
 */
public final class ProviderOptions {
    /** What makes the request, or how the reply is read. */
    private static final Set<String> NOT_EXTRA = Set.of("messages", "stream");

    private static final ProviderOptions DEFAULTS =
            new ProviderOptions(ImageDetail.AUTO, path -> "", false, Json.object());

    private final ImageDetail detail;
    private final UnaryOperator<String> imageUrls;
    private final boolean reasoning;
    private final ObjectNode extraBody;

    private ProviderOptions(
            ImageDetail detail, UnaryOperator<String> imageUrls, boolean reasoning, ObjectNode extraBody) {
        this.detail = detail;
        this.imageUrls = imageUrls;
        this.reasoning = reasoning;
        this.extraBody = extraBody;
    }

    /** As the class says. */
    public static ProviderOptions defaults() {
        return DEFAULTS;
    }

    /** How closely the model is asked to look at images; default {@link ImageDetail#AUTO}. */
    public ProviderOptions withDetail(ImageDetail detail) {
        return new ProviderOptions(Objects.requireNonNull(detail, "detail"), imageUrls, reasoning, extraBody);
    }

    /**
     * Sends addresses of images, from which the server fetches them, instead of their bytes. The server then sees the files
     * as they are, not scaled down.
     *
     * @param url makes an address out of the path of an image file, as the data file has it; asked from many threads. Where it
     *     returns an empty text, and for images that have no path, the bytes are sent
     */
    public ProviderOptions withImageUrls(UnaryOperator<String> url) {
        return new ProviderOptions(detail, Objects.requireNonNull(url, "url"), reasoning, extraBody);
    }

    /**
     * Speaks as reasoning models want it from the first call on: the bound on the reply is {@code max_completion_tokens}, and
     * neither {@code temperature} nor {@code top_p} is sent. Without this the client learns it from what the server refuses.
     */
    public ProviderOptions withReasoningModel() {
        return new ProviderOptions(detail, imageUrls, true, extraBody);
    }

    /**
     * Further fields of the body, as JSON object. They come last; one that the client would set as well replaces it.
     *
     * @throws IllegalArgumentException if it is no JSON object, or has {@code messages} or {@code stream}
     */
    public ProviderOptions withExtraBody(String json) {
        JsonNode fields;
        try {
            fields = Json.parse(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the extra body is not JSON: " + e.getOriginalMessage());
        }
        if (!(fields instanceof ObjectNode object) || NOT_EXTRA.stream().anyMatch(object::has)) {
            throw new IllegalArgumentException("the extra body must be a JSON object without " + NOT_EXTRA);
        }
        return new ProviderOptions(detail, imageUrls, reasoning, object);
    }

    /** The address of an image; empty if its bytes are to be sent. */
    String imageUrl(String path) {
        return path.isEmpty() ? "" : imageUrls.apply(path);
    }

    /** The value of the field {@code detail}; empty for none. */
    String detail(boolean small) {
        return switch (detail) {
            case AUTO -> small ? "low" : "";
            case LOW, HIGH -> detail.name().toLowerCase(Locale.ROOT);
            case NONE -> "";
        };
    }

    boolean isReasoningModel() {
        return reasoning;
    }

    /** Not to be changed. */
    ObjectNode extraBody() {
        return extraBody;
    }
}
