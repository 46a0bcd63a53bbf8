package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** The body of a call, written once as bytes and sent as often as needed. */
final class ChatRequest {
    /** Up to this longest side a server that tiles images sees the whole image in its cheapest mode. */
    private static final int LOW_DETAIL_SIDE = 512;

    private final Buffer buffer;

    private ChatRequest(Buffer buffer) {
        this.buffer = buffer;
    }

    static ChatRequest of(ModelRequest request, String model, SamplingOptions defaults, Dialect.Wording wording) {
        Buffer buffer = new Buffer();
        try (JsonGenerator json = Json.strict().createGenerator(buffer)) {
            json.writeStartObject();
            json.writeStringProperty("model", model);
            writeMessages(json, request);
            writeResponseFormat(json, request.replyForm(), wording.format());
            writeSampling(json, over(defaults, request.sampling()), wording.limitName());
            json.writeEndObject();
        }
        return new ChatRequest(buffer);
    }

    BodyPublisher publisher() {
        return buffer.publisher();
    }

    private static void writeMessages(JsonGenerator json, ModelRequest request) {
        json.writeArrayPropertyStart("messages");
        if (!request.system().isEmpty()) {
            json.writeStartObject();
            json.writeStringProperty("role", "system");
            json.writeStringProperty("content", wellFormed(request.system()));
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
                writePart(json, part);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writePart(JsonGenerator json, ModelRequest.Part part) {
        json.writeStartObject();
        if (part instanceof ModelRequest.Text text) {
            json.writeStringProperty("type", "text");
            json.writeStringProperty("text", wellFormed(text.text()));
        } else if (part instanceof ModelRequest.Image image) {
            EncodedImage encoded = image.image().encoded();
            json.writeStringProperty("type", "image_url");
            json.writeObjectPropertyStart("image_url");
            json.writeName("url");
            byte[] url = dataUrl(encoded);
            json.writeRawUTF8String(url, 0, url.length);
            if (Math.max(encoded.width(), encoded.height()) <= LOW_DETAIL_SIDE) {
                json.writeStringProperty("detail", "low");
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** ASCII without anything that JSON would escape. */
    private static byte[] dataUrl(EncodedImage image) {
        byte[] head = ("data:" + image.mediaType() + ";base64,").getBytes(StandardCharsets.US_ASCII);
        byte[] base64 = Base64.getEncoder().encode(image.bytes());
        byte[] url = new byte[head.length + base64.length];
        System.arraycopy(head, 0, url, 0, head.length);
        System.arraycopy(base64, 0, url, head.length, base64.length);
        return url;
    }

    private static void writeResponseFormat(JsonGenerator json, ReplyForm form, ResponseFormat format) {
        if (format == ResponseFormat.SCHEMA && form instanceof ReplyForm.JsonSchema wished) {
            json.writeObjectPropertyStart("response_format");
            json.writeStringProperty("type", "json_schema");
            json.writeObjectPropertyStart("json_schema");
            json.writeStringProperty("name", wished.name());
            json.writeBooleanProperty("strict", true);
            json.writeName("schema");
            writeSchema(json, wished);
            json.writeEndObject();
            json.writeEndObject();
        } else if (format == ResponseFormat.OBJECT) {
            json.writeObjectPropertyStart("response_format");
            json.writeStringProperty("type", "json_object");
            json.writeEndObject();
        }
    }

    private static void writeSchema(JsonGenerator json, ReplyForm.JsonSchema form) {
        try (JsonParser schema = Json.strict().createParser(form.schema())) {
            schema.nextToken();
            json.copyCurrentStructureExact(schema);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the schema of the reply form " + form.name() + " is not JSON", e);
        }
    }

    private static void writeSampling(JsonGenerator json, SamplingOptions sampling, String limitName) {
        sampling.temperature().ifPresent(value -> json.writeNumberProperty("temperature", value));
        sampling.topP().ifPresent(value -> json.writeNumberProperty("top_p", value));
        sampling.maxTokens().ifPresent(value -> json.writeNumberProperty(limitName, value));
        sampling.seed().ifPresent(value -> json.writeNumberProperty("seed", value));
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
    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
            }
        }
        return text;
    }

    /** Gives its bytes away without a copy. */
    private static final class Buffer extends ByteArrayOutputStream {
        Buffer() {
            super(16 * 1024);
        }

        BodyPublisher publisher() {
            return BodyPublishers.ofByteArray(buf, 0, count);
        }
    }
}
