package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An answer that is an error.
 *
 * @param status the HTTP status, or the one that stands in the body
 * @param text the body
 * @param code the provider's code of the error; empty if not told
 * @param type the provider's type of the error; empty if not told
 * @param requestId the provider's id of the request; empty if not told
 * @param location where a redirect leads; empty if not told
 * @param retryAfter how long to wait, if told
 */
record ErrorReply(
        int status,
        String text,
        String code,
        String type,
        String requestId,
        String location,
        Optional<Duration> retryAfter) {
    private static final Set<String> NO_QUOTA = Set.of(
            "insufficient_quota",
            "insufficient_balance",
            "insufficient_credits",
            "billing_hard_limit_reached",
            "billing_not_active");
    private static final Set<String> NO_MODEL = Set.of("model_not_found", "unknown_model");

    /** Reads what headers and body say; should they echo the key, it is blanked. */
    static ErrorReply of(int status, HttpHeaders headers, byte[] body, ApiKey key, Instant now) {
        JsonNode error = errorIn(parsed(body));
        return new ErrorReply(
                status,
                key.redact(new String(body, StandardCharsets.UTF_8)),
                field(error, "code"),
                field(error, "type"),
                key.redact(headers.firstValue("x-request-id").orElse("")),
                key.redact(headers.firstValue("location").orElse("")),
                RetryAfter.in(headers, now));
    }

    /** The error in a JSON body: under {@code error}, or the body itself; some servers wrap it into a list. */
    static JsonNode errorIn(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body;
        return root.path("error").isObject() ? root.path("error") : root;
    }

    ModelException toException(Endpoint endpoint, String model, boolean keyGiven) {
        if (NO_QUOTA.contains(code) || NO_QUOTA.contains(type) || status == 402) {
            return new ModelException.Quota(
                    failure("the account at " + endpoint + " has no quota or credit left; top it up, then go on"));
        }
        if (status == 401 || status == 403) {
            return new ModelException.Authentication(failure(
                    keyGiven
                            ? endpoint + " refuses the API key: wrong, expired, or not allowed to do this"
                            : endpoint + " wants an API key and none was given: set apiKey(...)"));
        }
        if (status == 404 || (status < 500 && (NO_MODEL.contains(code) || NO_MODEL.contains(type)))) {
            return new ModelException.UnknownModel(failure(
                    "no model " + model + " or no such address: " + endpoint + "; check model(...) and baseUrl(...)"));
        }
        if (status == 429) {
            return new ModelException.RateLimit(failure("too many requests for now to " + endpoint));
        }
        if (status == 408 || status == 409 || status >= 500) {
            return new ModelException.Server(failure(endpoint + " failed"));
        }
        if (status < 400) {
            return new ModelException.UnknownModel(failure(
                    endpoint + " redirects" + target() + ", and redirects are not followed; check baseUrl(...)"));
        }
        return new ModelException.InvalidRequest(failure(endpoint + " refuses this request"));
    }

    private HttpFailure failure(String summary) {
        return new HttpFailure(summary, status, text, requestId, retryAfter);
    }

    private String target() {
        try {
            return location.isEmpty() ? "" : " to " + Endpoint.shown(URI.create(location));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.strict().readTree(body);
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private static String field(JsonNode error, String name) {
        return error.path(name).stringValue("").toLowerCase(Locale.ROOT);
    }
}
