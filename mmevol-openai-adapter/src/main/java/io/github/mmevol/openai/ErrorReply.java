package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An answer that is an error, in any of the shapes that servers give it. Codes and texts are in lower case.
 *
 * @param answer the answer
 * @param status its status, or the one that stands in its body
 * @param kind what it means
 * @param codes all codes and types of the error
 * @param message how the server words it; the whole body if that has no form we know
 * @param parameter the parameter that the server complains about; empty if not told
 */
record ErrorReply(Answer answer, int status, ErrorKind kind, Set<String> codes, String message, String parameter) {

    /** Reads an answer whose status is an error. */
    static ErrorReply of(Answer answer) {
        return of(answer, answer.status(), answer.status(), errorIn(parsed(answer.text())));
    }

    /**
     * An error that comes with status 200 and stands in the body, instead of the choices or within the first one. Where it has
     * no status of its own, and its codes and words tell nothing, it is none that we know.
     */
    static Optional<ErrorReply> hiddenIn(Answer answer, JsonNode body) {
        JsonNode choice = body.path("choices").path(0);
        JsonNode error = errorIn(choice.hasNonNull("error") ? choice : body);
        int status = error.path("code").asInt(0);
        boolean replies = !choice.path("message").path("content").isEmpty()
                || !choice.path("message").path("content").asString("").isEmpty();
        if (replies || (status >= 400 && status <= 599)) {
            return replies ? Optional.empty() : Optional.of(of(answer, status, status, error));
        }
        return Optional.of(of(answer, answer.status(), HttpURLConnection.HTTP_BAD_REQUEST, error))
                .filter(worded -> worded.kind() != ErrorKind.INVALID_REQUEST);
    }

    /** @param read the status by which the error is understood */
    private static ErrorReply of(Answer answer, int status, int read, JsonNode error) {
        // a gateway's own error may hold the one that it was given, as text
        JsonNode metadata = error.path("metadata");
        JsonNode inner = errorIn(parsed(metadata.path("raw").stringValue("")));
        Set<String> codes = new HashSet<>();
        for (JsonNode each : new JsonNode[] {error, error.path("innererror"), metadata, inner}) {
            codes.add(lower(each.path("code")));
            codes.add(lower(each.path("type")));
            codes.add(lower(each.path("error_type")));
        }
        if (metadata.has("flagged_input")) {
            codes.add("flagged_input");
        }
        String message =
                firstOf(messageIn(inner), messageIn(error), answer.text().strip());
        String parameter = firstOf(lower(inner.path("param")), lower(error.path("param")), "");
        return new ErrorReply(answer, status, ErrorKind.of(read, codes, message), codes, message, parameter);
    }

    ModelException toException(String model) {
        Endpoint endpoint = answer.endpoint();
        return switch (kind) {
            case QUOTA ->
                new ModelException.Quota(
                        failure("the account at " + endpoint + " has no quota or credit left; top it up, then go on"));
            case AUTHENTICATION ->
                new ModelException.Authentication(failure(
                        answer.secrets().areNone()
                                ? endpoint + " wants an API key and none was given: set apiKey(...)"
                                : endpoint + " refuses the API key: wrong, expired, or not allowed to do this"));
            case UNKNOWN_MODEL ->
                new ModelException.UnknownModel(failure("no model " + model + " that takes images, or no such address: "
                        + endpoint + "; check model(...) and baseUrl(...)"));
            case NO_IMAGES ->
                new ModelException.UnknownModel(failure("the model " + model + " at " + endpoint
                        + " takes no images; give model(...) one that does, or let the server admit them"));
            case REDIRECT ->
                new ModelException.UnknownModel(failure(
                        endpoint + " redirects" + target() + ", and redirects are not followed; check baseUrl(...)"));
            case RATE_LIMIT -> new ModelException.RateLimit(failure("too many requests for now to " + endpoint));
            case SERVER -> new ModelException.Server(failure(endpoint + " failed"));
            case INVALID_IMAGE ->
                new ModelException.InvalidImage(failure(endpoint + " cannot use the image of this request"));
            case CONTEXT_LENGTH ->
                new ModelException.ContextLength(
                        failure("this request is longer than the context of the model at " + endpoint));
            case CONTENT_FILTER ->
                new ModelException.ContentFilter(
                        failure("the content filter of " + endpoint + " refuses this request"));
            case INVALID_REQUEST -> new ModelException.InvalidRequest(failure(endpoint + " refuses this request"));
        };
    }

    private HttpFailure failure(String summary) {
        Instant now = Instant.now();
        return new HttpFailure(
                summary,
                status,
                answer.text(),
                answer.requestId(),
                RetryAfter.in(answer.headers(), now),
                RateLimitHeaders.in(answer.headers(), now));
    }

    private String target() {
        try {
            return answer.headers()
                    .firstValue("location")
                    .map(location -> " to " + answer.secrets().redact(Endpoint.shown(URI.create(location))))
                    .orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** The error in a JSON body: under {@code error}, or the body itself; some servers wrap it into a list. */
    private static JsonNode errorIn(JsonNode body) {
        JsonNode root = body.isArray() ? body.path(0) : body;
        return root.path("error").isObject() ? root.path("error") : root;
    }

    private static String messageIn(JsonNode error) {
        return firstOf(lower(error.path("message")), lower(error.path("error")), lower(error.path("detail")));
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.parse(body);
        } catch (JacksonException e) {
            return Json.object();
        }
    }

    private static String lower(JsonNode text) {
        return text.stringValue("").strip().toLowerCase(Locale.ROOT);
    }

    private static String firstOf(String first, String second, String third) {
        return !first.isEmpty() ? first : !second.isEmpty() ? second : third.toLowerCase(Locale.ROOT);
    }
}
