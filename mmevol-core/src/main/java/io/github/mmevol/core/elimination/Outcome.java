package io.github.mmevol.core.elimination;

import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Verification;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one attempt to evolve one live instruction ended: kept, eliminated or failed. Every attempt has exactly one.
 */
public sealed interface Outcome {

    /** Where the attempt stands in its line. */
    Origin origin();

    /**
     * Where an attempt stands and who made it.
     *
     * @param id {@code key.round.ordinal}
     * @param parentId the id of the instruction it was evolved from
     * @param round the round's number, from 1
     * @param direction the direction's name
     * @param promptHash the static prompt's hash; empty if not known
     * @param model the model that wrote it; empty if not known
     */
    record Origin(String id, String parentId, int round, String direction, String promptHash, String model) {
        /** Keeps the values. */
        public Origin {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(parentId, "parentId");
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(promptHash, "promptHash");
            Objects.requireNonNull(model, "model");
        }
    }

    /**
     * How an attempt ends by its verdict; the wording that was judged counts.
     *
     * @param written what the evolver wrote
     */
    static Outcome of(Origin origin, Instruction written, Verdict verdict) {
        Instruction judged = verdict.revised().orElse(written);
        if (verdict instanceof Verdict.Pass pass) {
            return new Kept(origin, judged, pass.score(), pass.reason(), pass.checks());
        }
        if (verdict instanceof Verdict.Reject reject) {
            return new Eliminated(origin, judged, reject.by(), reject.why(), reject.evidence(), reject.score());
        }
        Verdict.Fail fail = (Verdict.Fail) verdict;
        return new Failed(origin, Optional.of(judged), fail.by(), fail.why());
    }

    /**
     * It survived, and is live now.
     *
     * @param instruction the evolved instruction
     * @param score 0..10 where an eliminator scored it
     * @param reason the reason of that score; may be empty
     * @param checks what the eliminators looked at and found
     */
    record Kept(Origin origin, Instruction instruction, OptionalInt score, String reason, List<Check> checks)
            implements Outcome {
        /** Keeps the values. */
        public Kept {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(score, "score");
            Objects.requireNonNull(reason, "reason");
            checks = List.copyOf(checks);
        }

        /** A survivor that nothing was found of. */
        public Kept(Origin origin, Instruction instruction, OptionalInt score, String reason) {
            this(origin, instruction, score, reason, List.of());
        }

        /** How far its claims are known to be true. */
        public Verification verification() {
            return Verification.of(checks);
        }
    }

    /**
     * It was written, but an eliminator rejected it; its parent stays live.
     *
     * @param instruction the evolved instruction
     * @param by the eliminator
     * @param why what is wrong with it
     * @param evidence what shows it; may be empty
     * @param score 0..10 where an eliminator scored it
     */
    record Eliminated(Origin origin, Instruction instruction, String by, String why, String evidence, OptionalInt score)
            implements Outcome {
        /** Keeps the values. */
        public Eliminated {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(evidence, "evidence");
            Objects.requireNonNull(score, "score");
        }
    }

    /**
     * Nothing usable was written, or no verdict could be had; its parent stays live.
     *
     * @param instruction what was written, where the verdict failed and not the writing
     * @param by a short, countable name of the failure, for example {@code refusal}
     * @param why what happened
     */
    record Failed(Origin origin, Optional<Instruction> instruction, String by, String why) implements Outcome {
        /** The name of the failure where the sample's image cannot be used. */
        public static final String IMAGE = "image";

        /** Keeps the values. */
        public Failed {
            Objects.requireNonNull(origin, "origin");
            Objects.requireNonNull(instruction, "instruction");
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(why, "why");
        }
    }
}
