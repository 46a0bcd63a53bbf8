package io.github.mmevol.core.sample;

import java.util.Objects;

/**
 * One solving step of an instruction.
 *
 * @param manipulation the visual operation as written, for example {@code grounding_1(the cup)->bbx_1}; the raw text
 *     is kept, so it may also be empty or {@code None}, see {@link #hasManipulation()}
 * @param description one sentence that says what the step does
 */
public record Step(String manipulation, String description) {

    /** Keeps both texts as they are. */
    public Step {
        Objects.requireNonNull(manipulation, "manipulation");
        Objects.requireNonNull(description, "description");
    }

    /** A step of plain reasoning, without a manipulation. */
    public static Step of(String description) {
        return new Step("None", description);
    }

    /** Whether the step simulates a visual operation: false for an empty text and for {@code None}. */
    public boolean hasManipulation() {
        String text = manipulation.strip();
        return !text.isEmpty() && !text.equalsIgnoreCase("none") && !text.equalsIgnoreCase("null");
    }
}
