package io.github.mmevol.core.evolution;

/**
 * Which way an instruction is evolved in a round (paper: the three directions of evolution).
 *
 * @param name a short name, for example {@code cognitive}; stands in records, purposes and reports
 * @param criterion what makes an evolved instruction an improvement on its parent in this direction, as told to a judge
 */
public record Direction(String name, String criterion) {
    /** @throws IllegalArgumentException if the name or the criterion is blank */
    public Direction {
        if (name.isBlank() || criterion.isBlank()) {
            throw new IllegalArgumentException("a direction needs a name and a criterion");
        }
    }
}
