package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ReplyForm;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * System texts, schemas and images in the form in which bodies hold them, made once. System texts and schemas are the same
 * for most requests, the first {@value #MOST} of each are kept; an image is the same for all requests of a sample, and is
 * kept as long as the sample keeps it. Thread-safe.
 */
final class StaticTexts {
    private static final int MOST = 64;

    private final Map<String, byte[]> quoted = new ConcurrentHashMap<>();
    private final Map<String, byte[]> schemas = new ConcurrentHashMap<>();
    private final Map<EncodedImage, byte[]> images = Collections.synchronizedMap(new WeakHashMap<>());

    /** What stands between the quotation marks of a JSON string, in UTF-8; not to be changed. */
    byte[] quoted(String text) {
        byte[] known = quoted.get(text);
        if (known == null) {
            StringBuilder escaped = new StringBuilder(text.length() + 64);
            JsonStringEncoder.getInstance().quoteAsString(ChatRequest.wellFormed(text), escaped);
            known = escaped.toString().getBytes(StandardCharsets.UTF_8);
            if (quoted.size() < MOST) {
                quoted.put(text, known);
            }
        }
        return known;
    }

    /** An image in Base64; not to be changed. */
    byte[] base64(EncodedImage image) {
        byte[] known = images.get(image);
        if (known == null) {
            known = Base64.getEncoder().encode(image.bytes());
            images.put(image, known);
        }
        return known;
    }

    /**
     * The schema of a reply form as compact JSON; not to be changed.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    byte[] schema(ReplyForm.JsonSchema form) {
        byte[] known = schemas.get(form.schema());
        if (known == null) {
            try {
                known = Json.utf8(Json.parse(form.schema()));
            } catch (JacksonException e) {
                throw new IllegalArgumentException("the schema of the reply form " + form.name() + " is not JSON", e);
            }
            if (schemas.size() < MOST) {
                schemas.put(form.schema(), known);
            }
        }
        return known;
    }
}
