package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
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
 * @param checks what the eliminators before found
 */
public record Candidate(
        String id,
        Sample sample,
        LiveInstruction parent,
        Instruction evolved,
        Direction direction,
        int round,
        PromptInfo prompt,
        List<Check> checks) {
    /** Keeps the values. */
    public Candidate {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sample, "sample");
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(evolved, "evolved");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(prompt, "prompt");
        checks = List.copyOf(checks);
    }

    /** A candidate that nobody has looked at. */
    public Candidate(
            String id,
            Sample sample,
            LiveInstruction parent,
            Instruction evolved,
            Direction direction,
            int round,
            PromptInfo prompt) {
        this(id, sample, parent, evolved, direction, round, prompt, List.of());
    }

    /** This candidate with a revised instruction. */
    public Candidate withEvolved(Instruction revised) {
        return new Candidate(id, sample, parent, revised, direction, round, prompt, checks);
    }

    /** This candidate with what was found so far. */
    public Candidate withChecks(List<Check> found) {
        return new Candidate(id, sample, parent, evolved, direction, round, prompt, found);
    }
}
