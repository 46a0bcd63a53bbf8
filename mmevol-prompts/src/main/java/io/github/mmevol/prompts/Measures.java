package io.github.mmevol.prompts;

import io.github.mmevol.core.sample.Instruction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a test measures, as it stands in a record. */
final class Measures {
    private Measures() {}

    /** The instruction with a measure among its fields, to three decimals. */
    static Instruction with(Instruction instruction, String field, double value) {
        Map<String, String> extras = new LinkedHashMap<>(instruction.extras());
        extras.put(field, String.valueOf(Math.round(value * 1000) / 1000.0));
        return instruction.toBuilder().extras(extras).build();
    }

    /** Replies with how often each came, for a reader. */
    static String text(Map<String, Integer> replies) {
        return replies.entrySet().stream()
                .map(reply -> Excerpt.of(reply.getKey()) + (reply.getValue() > 1 ? " x" + reply.getValue() : ""))
                .collect(Collectors.joining(", "));
    }
}
