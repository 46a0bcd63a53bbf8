package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** Writes the body of a call, once, to be sent as often as needed. */
final class ChatRequest {
    /** Up to this longest side a server that tiles images sees the whole image in its cheapest mode. */
    private static final int LOW_DETAIL_SIDE = 512;

    private final Dialect.Wording wording;
    private final ProviderOptions options;
    private final StaticTexts statics;
    private final Buffer buffer = new Buffer();
    private final JsonGenerator json;

    private ChatRequest(Dialect.Wording wording, ProviderOptions options, StaticTexts statics) {
        this.wording = wording;
        this.options = options;
        this.statics = statics;
        json = Json.strict().createGenerator(buffer);
    }

    /**
     * The body for a request.
     *
     * @throws IllegalArgumentException if the schema of the reply form is not JSON
     */
    static ChatRequest of(
            ModelRequest request,
            String model,
            SamplingOptions sampling,
            Dialect.Wording wording,
            ProviderOptions options,
            StaticTexts statics) {
        ChatRequest body = new ChatRequest(wording, options, statics);
        body.write(request, model, sampling);
        return body;
    }

    BodyPublisher publisher() {
        return buffer.publisher();
    }

    /** A copy. */
    byte[] bytes() {
        return buffer.toByteArray();
    }

    private void write(ModelRequest request, String model, SamplingOptions sampling) {
        try (json) {
            json.writeStartObject();
            if (isOurs("model")) {
                json.writeStringProperty("model", model);
            }
            writeMessages(request);
            writeResponseFormat(request.replyForm());
            writeSampling(over(sampling, request.sampling()));
            options.extraBody().properties().forEach(field -> {
                json.writeName(field.getKey());
                json.writeTree(field.getValue());
            });
            json.writeEndObject();
        }
    }

    /** Whether a field is written here: not if the user's own come last and replace it. */
    private boolean isOurs(String field) {
        return !options.extraBody().has(field);
    }

    private void writeMessages(ModelRequest request) {
        json.writeArrayPropertyStart("messages");
        if (!request.system().isEmpty()) {
            json.writeStartObject();
            json.writeStringProperty("role", "system");
            json.writeName("content");
            byte[] system = statics.quoted(request.system());
            json.writeRawUTF8String(system, 0, system.length);
            json.writeEndObject();
        }
        json.writeStartObject();
        json.writeStringProperty("role", "user");
        if (request.parts().stream().allMatch(ModelRequest.Text.class::isInstance)) {
            // Servers of text-only models know no list of parts.
            json.writeStringProperty("content", wellFormed(request.text()));
        } else {
            json.writeArrayPropertyStart("content");
            for (ModelRequest.Part part : request.parts()) {
                writePart(part);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void writePart(ModelRequest.Part part) {
        json.writeStartObject();
        if (part instanceof ModelRequest.Text text) {
            json.writeStringProperty("type", "text");
            json.writeStringProperty("text", wellFormed(text.text()));
        } else if (part instanceof ModelRequest.Image image) {
            json.writeStringProperty("type", "image_url");
            json.writeObjectPropertyStart("image_url");
            String detail = options.detail(writeUrl(image.image()));
            if (!detail.isEmpty()) {
                json.writeStringProperty("detail", detail);
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Whether the image is known to be small: one that the server fetches is not looked at. */
    private boolean writeUrl(LazyImage image) {
        String address = options.imageUrl(image.path());
        json.writeName("url");
        if (!address.isEmpty()) {
            json.writeString(address);
            return false;
        }
        EncodedImage encoded = image.encoded();
        json.writeRawValue("\"data:" + encoded.mediaType() + ";base64,");
        json.flush();
        buffer.writeBase64(encoded.bytes());
        json.writeRaw('"');
        return Math.max(encoded.width(), encoded.height()) <= LOW_DETAIL_SIDE;
    }

    private void writeResponseFormat(ReplyForm form) {
        if (wording.format() == ResponseFormat.NONE || !isOurs("response_format")) {
            return;
        }
        json.writeObjectPropertyStart("response_format");
        if (wording.format() == ResponseFormat.SCHEMA && form instanceof ReplyForm.JsonSchema wished) {
            json.writeStringProperty("type", "json_schema");
            json.writeObjectPropertyStart("json_schema");
            json.writeStringProperty("name", wished.name());
            json.writeBooleanProperty("strict", true);
            json.writeName("schema");
            json.writeRawValue(statics.schema(wished));
            json.writeEndObject();
        } else {
            json.writeStringProperty("type", "json_object");
        }
        json.writeEndObject();
    }

    private void writeSampling(SamplingOptions sampling) {
        if (isSent("temperature")) {
            sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
        }
        if (isSent("top_p")) {
            sampling.topP().ifPresent(value -> json.writeNumberProperty("top_p", value));
        }
        if (isSent("seed")) {
            sampling.seed().ifPresent(value -> json.writeNumberProperty("seed", value));
        }
        if (isOurs("max_tokens") && isOurs("max_completion_tokens")) {
            sampling.maxTokens().ifPresent(value -> json.writeNumberProperty(wording.limitName(), value));
        }
    }

    private boolean isSent(String option) {
        return isOurs(option) && !wording.omitted().contains(option);
    }

    /** What the request sets, and the client's defaults for what it does not. */
    private static SamplingOptions over(SamplingOptions defaults, SamplingOptions own) {
        OptionalDouble temperature = own.temperature().isPresent() ? own.temperature() : defaults.temperature();
        OptionalDouble topP = own.topP().isPresent() ? own.topP() : defaults.topP();
        OptionalInt maxTokens = own.maxTokens().isPresent() ? own.maxTokens() : defaults.maxTokens();
        OptionalLong seed = own.seed().isPresent() ? own.seed() : defaults.seed();
        return new SamplingOptions(temperature, topP, maxTokens, seed);
    }

    /** Half a surrogate pair has no bytes in UTF-8; the replacement character stands for it. */
    static String wellFormed(String text) {
        return Json.hasSurrogates(text)
                ? new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE)
                : text;
    }

    /** Takes an image in one pass, and gives its bytes away without a copy. */
    private static final class Buffer extends ByteArrayOutputStream {
        /** What most requests have beside their image. */
        private static final int TEXT = 16 * 1024;
        /** Of an image, encoded at a time: a multiple of three, and small enough to stay near the processor. */
        private static final int PIECE = 6 * 1024;

        Buffer() {
            super(TEXT);
        }

        void writeBase64(byte[] bytes) {
            int length = (bytes.length + 2) / 3 * 4;
            if (buf.length - count < length) {
                buf = Arrays.copyOf(buf, count + length + TEXT);
            }
            for (int at = 0; at < bytes.length; at += PIECE) {
                byte[] encoded =
                        Base64.getEncoder().encode(Arrays.copyOfRange(bytes, at, Math.min(at + PIECE, bytes.length)));
                write(encoded, 0, encoded.length);
            }
        }

        BodyPublisher publisher() {
            return BodyPublishers.ofByteArray(buf, 0, count);
        }
    }
}
