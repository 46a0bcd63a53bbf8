package io.github.mmevol.core.evolution;

import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The newest survivor of a seed instruction's line: what a round evolves.
 *
 * @param id {@code key.round.ordinal} of the round in which it was kept; round 0 for a seed
 * @param instruction the instruction
 * @param ancestors what it came from, seed first, parent last; empty for a seed
 */
public record LiveInstruction(String id, Instruction instruction, List<Instruction> ancestors) {
    /** Copies the list. */
    public LiveInstruction {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(instruction, "instruction");
        ancestors = List.copyOf(ancestors);
    }

    /** The next one of the line, evolved from this one. */
    public LiveInstruction child(String id, Instruction instruction) {
        List<Instruction> line = new ArrayList<>(ancestors);
        line.add(this.instruction);
        return new LiveInstruction(id, instruction, line);
    }
}
