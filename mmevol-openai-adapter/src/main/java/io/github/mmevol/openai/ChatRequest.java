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
import java.util.ArrayList;
import java.util.List;
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
        return buffer.whole();
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
            json.writeRawValue("\"");
            insert(statics.quoted(request.system()));
            json.writeRaw('"');
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
        insert(statics.base64(encoded));
        json.writeRaw('"');
        return Math.max(encoded.width(), encoded.height()) <= LOW_DETAIL_SIDE;
    }

    /** What stands here as bytes that bodies share. */
    private void insert(byte[] bytes) {
        json.flush();
        buffer.insert(bytes);
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
            json.writeRawValue("");
            insert(statics.schema(wished));
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

    /** What is written, and between it what other bodies have too, of which there is no copy. */
    private static final class Buffer extends ByteArrayOutputStream {
        /** What most requests have of their own. */
        private static final int OWN = 8 * 1024;

        @SuppressWarnings("ArrayRecordComponent")
        private record Insert(int at, byte[] bytes) {}

        private final List<Insert> inserts = new ArrayList<>();

        Buffer() {
            super(OWN);
        }

        void insert(byte[] bytes) {
            inserts.add(new Insert(count, bytes));
        }

        BodyPublisher publisher() {
            List<BodyPublisher> parts = new ArrayList<>();
            int from = 0;
            for (Insert insert : inserts) {
                parts.add(BodyPublishers.ofByteArray(buf, from, insert.at() - from));
                parts.add(BodyPublishers.ofByteArray(insert.bytes()));
                from = insert.at();
            }
            parts.add(BodyPublishers.ofByteArray(buf, from, count - from));
            return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
        }

        /** A copy. */
        byte[] whole() {
            ByteArrayOutputStream whole = new ByteArrayOutputStream(count);
            int from = 0;
            for (Insert insert : inserts) {
                whole.write(buf, from, insert.at() - from);
                whole.writeBytes(insert.bytes());
                from = insert.at();
            }
            whole.write(buf, from, count - from);
            return whole.toByteArray();
        }
    }
}
