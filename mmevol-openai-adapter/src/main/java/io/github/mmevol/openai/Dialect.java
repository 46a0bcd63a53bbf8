package io.github.mmevol.openai;

import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the protocol that this server speaks: set by the user, or learnt from what the server refuses. Thread-safe. */
final class Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiModelClient.class);
    private static final String OLD_LIMIT = "max_tokens";
    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final List<String> FORMAT_WORDS = List.of(
            "response_format",
            "response format",
            "json_schema",
            "json schema",
            "json_object",
            "json mode",
            "structured output",
            "guided",
            "grammar");
    /** A complaint about this request's words, not about the format. */
    private static final String WORD_MISSING = "must contain the word";

    private final ResponseFormat wished;
    private final Set<ResponseFormat> refused = ConcurrentHashMap.newKeySet();
    private volatile String limitName = OLD_LIMIT;

    Dialect(ResponseFormat wished) {
        this.wished = wished;
    }

    /**
     * How one request is put.
     *
     * @param format {@code SCHEMA}, {@code OBJECT} or {@code NONE}
     * @param limitName the name of the field that bounds the reply's tokens
     */
    record Wording(ResponseFormat format, String limitName) {}

    /** The strongest wording for a form of reply. */
    Wording wordingFor(ReplyForm form) {
        ResponseFormat format = ResponseFormat.NONE;
        if (form instanceof ReplyForm.JsonSchema) {
            format = ResponseFormat.SCHEMA;
        } else if (form instanceof ReplyForm.JsonObject) {
            format = ResponseFormat.OBJECT;
        }
        if (wished.compareTo(format) > 0) {
            format = wished;
        }
        if (format == ResponseFormat.SCHEMA && refused.contains(ResponseFormat.SCHEMA)) {
            format = ResponseFormat.OBJECT;
        }
        if (format == ResponseFormat.OBJECT && refused.contains(ResponseFormat.OBJECT)) {
            format = ResponseFormat.NONE;
        }
        return new Wording(format, limitName);
    }

    /** Whether the refusal is about the wording, so that the request is worth putting in another one. */
    boolean learn(Wording used, ModelException.InvalidRequest refusal) {
        if (refusal.status() != 400 && refusal.status() != 422) {
            return false;
        }
        String said = refusal.excerpt().toLowerCase(Locale.ROOT);
        if (used.limitName().equals(OLD_LIMIT) && said.contains(NEW_LIMIT)) {
            if (limitName.equals(OLD_LIMIT)) {
                limitName = NEW_LIMIT;
                LOG.info("The server wants {} instead of {}; it is used from now on", NEW_LIMIT, OLD_LIMIT);
            }
            return true;
        }
        if (wished != ResponseFormat.AUTO
                || used.format() == ResponseFormat.NONE
                || said.contains(WORD_MISSING)
                || FORMAT_WORDS.stream().noneMatch(said::contains)) {
            return false;
        }
        if (refused.add(used.format())) {
            LOG.warn(
                    "The server does not take replies by {}; a weaker form is asked for from now on. It said: {}",
                    used.format() == ResponseFormat.SCHEMA ? "JSON schema" : "JSON object mode",
                    refusal.getMessage());
        }
        return true;
    }
}
