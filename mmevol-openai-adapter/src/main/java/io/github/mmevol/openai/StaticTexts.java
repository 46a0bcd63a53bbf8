package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ReplyForm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * System texts and schemas in the form in which bodies hold them, made once: they are long and the same for most requests.
 * Keeps the first {@value #MOST} of each. Thread-safe.
 */
final class StaticTexts {
    private static final int MOST = 64;

    private final Map<String, byte[]> quoted = new ConcurrentHashMap<>();
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

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

    /**
     * The schema of a reply form as compact JSON.
     *
     * @throws IllegalArgumentException if it is not JSON
     */
    String schema(ReplyForm.JsonSchema form) {
        String known = schemas.get(form.schema());
        if (known == null) {
            try {
                known = Json.write(Json.parse(form.schema()));
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
