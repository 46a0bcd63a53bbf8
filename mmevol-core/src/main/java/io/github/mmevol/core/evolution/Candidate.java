package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.Objects;

/**
 * An evolved instruction that waits for a verdict, with all that a verdict may look at.
 *
 * @param id {@code key.round.ordinal}
 * @param sample the sample
 * @param parent what it was evolved from
 * @param evolved what was written
 * @param direction the direction of the round
 * @param round the round's number, from 1
 * @param prompt the prompt it was written under
 */
public record Candidate(
        String id,
        Sample sample,
        LiveInstruction parent,
        Instruction evolved,
        Direction direction,
        int round,
        PromptInfo prompt) {
    /** Keeps the values. */
    public Candidate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(evolved, "evolved");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(prompt, "prompt");
    }

    /** This candidate with a revised instruction. */
    public Candidate withEvolved(Instruction revised) {
        return new Candidate(id, sample, parent, revised, direction, round, prompt);
    }
}
