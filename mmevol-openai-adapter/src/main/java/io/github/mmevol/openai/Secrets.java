package io.github.mmevol.openai;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one attempt sends and nobody may see: the key, and the values of headers and query parameters. */
final class Secrets {
    /** A shorter value of a header or parameter is a word like any other, and would blank too much. */
    private static final int SHORTEST = 8;

    private static final String BLANKED = "***";

    private final List<String> values = new ArrayList<>(2);

    /**
     * The bare key, empty for none; space around it, such as the line break of a key file, does not belong to it.
     *
     * @throws IllegalArgumentException if no HTTP header can carry it; the message does not show it
     */
    static String checkedKey(@Nullable String key) {
        String bare = key == null ? "" : key.strip();
        if (!bare.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the API key holds a space, a control character or a character outside ASCII; give the bare key");
        }
        return bare;
    }

    /** Blanks this key from now on, however short. */
    void keepKey(String key) {
        if (!key.isEmpty()) {
            values.add(key);
            values.sort(Comparator.comparingInt(String::length).reversed());
        }
    }

    /**
     * Blanks this value of a header or parameter from now on, unless it is a short word, and what stands in it behind the name
     * of a scheme, as in {@code Bearer TOKEN}.
     */
    void keep(String value) {
        if (value.length() >= SHORTEST) {
            keepKey(value);
            if (value.indexOf(' ') >= 0) {
                keep(credentials(value));
            }
        }
    }

    /** What stands behind the name of a scheme; all of it where there is none. */
    static String credentials(String value) {
        return value.substring(value.indexOf(' ') + 1).strip();
    }

    /** Whether nothing was sent that could tell who we are. */
    boolean areNone() {
        return values.isEmpty();
    }

    /** The text without the secrets, should a server have echoed them. */
    String redact(String text) {
        String redacted = text;
        for (String value : values) {
            redacted = redacted.replace(value, BLANKED)
                    .replace(encoded(value), BLANKED)
                    .replace(value.replace("/", "\\/"), BLANKED);
        }
        return redacted;
    }

    /** The failure itself, or one without its words where it, or a cause of it, tells a secret. */
    IOException redact(IOException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (!redact(message).equals(message)) {
                return new IOException(redact(String.valueOf(failure.getMessage())));
            }
        }
        return failure;
    }

    /** As it stands in a URL. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return BLANKED;
    }
}
