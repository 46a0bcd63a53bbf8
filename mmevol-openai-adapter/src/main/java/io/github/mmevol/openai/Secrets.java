package io.github.mmevol.openai;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A key for one attempt; shows itself to the request's header and to nothing else. */
final class ApiKey {
    private final String value;

    private ApiKey(String value) {
        this.value = value;
    }

    /** No key where there is none; space around it, such as the line break of a key file, does not belong to it. */
    static ApiKey from(Supplier<String> supplier) {
        @Nullable String given = supplier.get();
        return new ApiKey(given == null ? "" : checked(given.strip()));
    }

    /**
     * The key itself.
     *
     * @throws IllegalArgumentException if no HTTP header can carry it; the message does not show it
     */
    static String checked(String key) {
        if (!key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the API key holds a space, a control character or a character outside ASCII; give the bare key");
        }
        return key;
    }

    boolean isMissing() {
        return value.isEmpty();
    }

    Optional<String> authorization() {
        return isMissing() ? Optional.empty() : Optional.of("Bearer " + value);
    }

    /** The text without this key, should a server have echoed it. */
    String redact(String text) {
        return isMissing() ? text : text.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
