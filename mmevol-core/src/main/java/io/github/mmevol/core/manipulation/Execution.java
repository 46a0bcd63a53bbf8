package io.github.mmevol.core.manipulation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What came of carrying out a chain.
 *
 * @param chain the chain
 * @param values what its variables stand for, in the order in which they got it; one whose value cannot be told is missing
 * @param findings the checks and contradictions
 */
public record Execution(Chain chain, Map<String, Value> values, Findings findings) {
    /** Copies the values. */
    public Execution {
        Objects.requireNonNull(chain, "chain");
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        Objects.requireNonNull(findings, "findings");
    }
}
