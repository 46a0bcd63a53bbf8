package io.github.mmevol.openai;

import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.openai.OpenAiModelClient.ResponseFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the protocol that this server speaks: set by the user, or learnt from what the server refuses. Thread-safe. */
final class Dialect {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiModelClient.class);
    private static final String OLD_LIMIT = "max_tokens";
    private static final String NEW_LIMIT = "max_completion_tokens";
    private static final List<String> SAMPLING = List.of("temperature", "top_p", "seed");
    private static final Pattern FORMAT = Pattern.compile(
            "response[_ ]format|json[_ ]schema|json[_ ]object|json mode" + "|structured output|guided|grammar");
    private static final Pattern UNSUPPORTED = Pattern.compile("unsupported (parameter|value)|unknown parameter"
            + "|unrecognized request argument|['`\"]?\\w+['`\"]? (is|does) not support");
    private static final Pattern QUOTED = Pattern.compile("['`\"](\\w+)['`\"]");
    /** Where a message is long, it goes on with what we sent. */
    private static final int LOOKED_AT = 500;
    /** A complaint about this request's words, not about the format. */
    private static final String WORD_MISSING = "must contain the word";

    private final ResponseFormat wished;
    private final Set<ResponseFormat> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> omitted = ConcurrentHashMap.newKeySet();
    private volatile String limitName = OLD_LIMIT;

    Dialect(ResponseFormat wished, boolean reasoning) {
        this.wished = wished;
        if (reasoning) {
            limitName = NEW_LIMIT;
            omitted.addAll(List.of("temperature", "top_p"));
        }
    }

    /**
     * How one request is put.
     *
     * @param format {@code SCHEMA}, {@code OBJECT} or {@code NONE}
     * @param limitName the name of the field that bounds the reply's tokens
     * @param omitted sampling options that are not sent
     */
    record Wording(ResponseFormat format, String limitName, Set<String> omitted) {}

    /** The wording for a form of reply before anything was learnt. */
    Wording firstWordingFor(ReplyForm form) {
        return new Wording(wishedFor(form), OLD_LIMIT, Set.of());
    }

    private ResponseFormat wishedFor(ReplyForm form) {
        ResponseFormat format = ResponseFormat.NONE;
        if (form instanceof ReplyForm.JsonSchema) {
            format = ResponseFormat.SCHEMA;
        } else if (form instanceof ReplyForm.JsonObject) {
            format = ResponseFormat.OBJECT;
        }
        return wished.compareTo(format) > 0 ? wished : format;
    }

    /** The strongest wording for a form of reply that the server is not known to refuse. */
    Wording wordingFor(ReplyForm form) {
        ResponseFormat format = wishedFor(form);
        if (format == ResponseFormat.SCHEMA && refused.contains(ResponseFormat.SCHEMA)) {
            format = ResponseFormat.OBJECT;
        }
        if (format == ResponseFormat.OBJECT && refused.contains(ResponseFormat.OBJECT)) {
            format = ResponseFormat.NONE;
        }
        return new Wording(format, limitName, Set.copyOf(omitted));
    }

    /** Whether the refusal is about the wording, so that the request is worth putting in another one. */
    boolean learn(Wording used, ErrorReply refusal) {
        if (refusal.kind() != ErrorKind.INVALID_REQUEST || (refusal.status() != 400 && refusal.status() != 422)) {
            return false;
        }
        return learnLimitName(used, refusal) || learnSampling(used, refusal) || learnFormat(used, refusal);
    }

    private boolean learnLimitName(Wording used, ErrorReply refusal) {
        if (!used.limitName().equals(OLD_LIMIT)
                || !isUnsupported(OLD_LIMIT, refusal)
                || !refusal.message().contains(NEW_LIMIT)) {
            return false;
        }
        if (limitName.equals(OLD_LIMIT)) {
            limitName = NEW_LIMIT;
            LOG.info("The server wants {} instead of {}; it is used from now on", NEW_LIMIT, OLD_LIMIT);
        }
        return true;
    }

    private boolean learnSampling(Wording used, ErrorReply refusal) {
        for (String option : SAMPLING) {
            if (!used.omitted().contains(option) && isUnsupported(option, refusal)) {
                if (omitted.add(option)) {
                    LOG.warn("The model takes no {} of ours; it is left out from now on", option);
                }
                return true;
            }
        }
        return false;
    }

    private boolean learnFormat(Wording used, ErrorReply refusal) {
        String said = refusal.message().substring(0, Math.min(refusal.message().length(), LOOKED_AT));
        if (wished != ResponseFormat.AUTO
                || used.format() == ResponseFormat.NONE
                || said.contains(WORD_MISSING)
                || !(refusal.parameter().startsWith("response_format")
                        || FORMAT.matcher(said).find())) {
            return false;
        }
        if (refused.add(used.format())) {
            LOG.warn(
                    "The server does not take replies by {}; a weaker form is asked for from now on. It said: {}",
                    used.format() == ResponseFormat.SCHEMA ? "JSON schema" : "JSON object mode",
                    refusal.answer().excerpt());
        }
        return true;
    }

    /** Whether the server does not know this parameter, or only with its default. */
    private static boolean isUnsupported(String parameter, ErrorReply refusal) {
        Matcher quoted = QUOTED.matcher(refusal.message());
        String meant = refusal.parameter().isEmpty() && quoted.find() ? quoted.group(1) : refusal.parameter();
        return meant.equals(parameter)
                && (refusal.codes().contains("unsupported_parameter")
                        || refusal.codes().contains("unsupported_value")
                        || UNSUPPORTED.matcher(refusal.message()).lookingAt());
    }
}
