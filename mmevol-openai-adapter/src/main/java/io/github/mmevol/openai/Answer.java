package io.github.mmevol.openai;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What came back of one request, the body unpacked.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, or what came of it
 * @param secrets what the request sent and no text may show
 * @param endpoint who was asked
 */
@SuppressWarnings("ArrayRecordComponent")
record Answer(int status, HttpHeaders headers, byte[] body, Secrets secrets, Endpoint endpoint) {
    private static final int EXCERPT = 200;
    /** OpenAI's, Azure's two, and Anthropic's. */
    private static final List<String> REQUEST_ID =
            List.of("x-request-id", "apim-request-id", "x-ms-request-id", "request-id");

    boolean isReply() {
        return status / 100 == 2;
    }

    /** The body as text, the secrets blanked. */
    String text() {
        return secrets.redact(new String(body, StandardCharsets.UTF_8));
    }

    /** The beginning of the body, for a message. */
    String excerpt() {
        String text = text().strip();
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + "...";
    }

    String requestId() {
        return requestId(headers, secrets);
    }

    /** The endpoint, and the provider's id of the request if told, for a message. */
    String origin() {
        return origin(endpoint, headers, secrets);
    }

    static String origin(Endpoint endpoint, HttpHeaders headers, Secrets secrets) {
        String id = requestId(headers, secrets);
        return id.isEmpty() ? endpoint.toString() : endpoint + " (request " + id + ")";
    }

    /** The provider's id of the request; empty if not told. */
    private static String requestId(HttpHeaders headers, Secrets secrets) {
        return REQUEST_ID.stream()
                .flatMap(name -> headers.firstValue(name).stream())
                .findFirst()
                .map(secrets::redact)
                .orElse("");
    }
}
