package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.sample.SampleKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a call: a 128-bit hash of who is asked, in which round of which sample, and all that is asked. The image
 * counts by its file's hash.
 */
final class RequestKey {
    private final MessageDigest digest;

    private RequestKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(SampleKey sample, int round, ModelClient client, ModelRequest request) {
        RequestKey key = new RequestKey();
        key.add(sample.value()).add(String.valueOf(round)).add(client.name());
        key.add(request.purpose()).add(String.valueOf(request.attempt())).add(request.system());
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Text text) {
                key.add("text").add(text.text());
            } else if (part instanceof ModelRequest.Image image) {
                key.add("image").add(image.image().hash());
            }
        }
        key.add(request.sampling().toString());
        ReplyForm form = request.replyForm();
        if (form instanceof ReplyForm.JsonSchema schema) {
            key.add("schema").add(schema.name()).add(schema.schema());
        } else {
            key.add(form instanceof ReplyForm.JsonObject ? "object" : "text");
        }
        return HexFormat.of().formatHex(key.digest.digest(), 0, 16);
    }

    /** Adds a text with its length in front, so that no two lists of texts read alike. */
    private RequestKey add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
        return this;
    }
}
