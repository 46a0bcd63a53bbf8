package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A round of a sample.
 *
 * @param number the round's number, from 1
 * @param direction the direction's name
 * @param attempts one for each instruction that was live, in their order
 * @param events how often something noteworthy happened that is no outcome, by name
 * @param notes what eliminators {@linkplain io.github.mmevol.core.evolution.Round#remember remember}, by name
 */
public record StoredRound(
        int number, String direction, List<Attempt> attempts, Map<String, Long> events, Map<String, String> notes) {

    /**
     * What became of one live instruction.
     *
     * @param outcome how it ended
     * @param written what the evolver wrote, before any eliminator corrected it; empty if it wrote nothing
     * @param prompt the prompt it was written under
     */
    public record Attempt(Outcome outcome, Optional<Instruction> written, PromptInfo prompt) {
        /** Keeps the values. */
        public Attempt {
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(written, "written");
            Objects.requireNonNull(prompt, "prompt");
        }
    }

    /** Copies the collections. */
    public StoredRound {
        Objects.requireNonNull(direction, "direction");
        attempts = List.copyOf(attempts);
        events = Map.copyOf(events);
        notes = Map.copyOf(notes);
    }

    /**
     * Whether it is done with. False where nothing was kept and an attempt failed as the sample's image cannot be used, as
     * when its file is missing: that is told, and a later run attempts the round again.
     */
    public boolean isFinished() {
        boolean blind = false;
        for (Outcome outcome : outcomes()) {
            if (outcome instanceof Outcome.Kept) {
                return true;
            }
            blind |= outcome instanceof Outcome.Failed failed && failed.by().equals(Outcome.Failed.IMAGE);
        }
        return !blind;
    }

    /** How the attempts ended, in their order. */
    public List<Outcome> outcomes() {
        return attempts.stream().map(Attempt::outcome).toList();
    }
}
