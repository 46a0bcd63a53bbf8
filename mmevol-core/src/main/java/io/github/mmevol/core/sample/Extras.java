package io.github.mmevol.core.sample;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Unknown fields of a record: an unmodifiable copy that keeps the file's order. */
final class Extras {
    private Extras() {}

    static Map<String, String> copy(Map<String, String> extras) {
        return extras.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }
}
