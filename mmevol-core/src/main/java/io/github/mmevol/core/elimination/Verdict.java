package io.github.mmevol.core.elimination;

import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What an {@link Eliminator} says of a candidate. */
public sealed interface Verdict {

    /**
     * The instruction in a corrected wording: of a pass, what further eliminators and the data set get instead; of the
     * others, what was judged, where an eliminator before had corrected it.
     */
    Optional<Instruction> revised();

    /**
     * Nothing against it.
     *
     * @param score 0..10 where the eliminator scores, else empty
     * @param reason why, where there is something to say; may be empty
     * @param revised the instruction in a corrected wording
     * @param checks what was looked at and found; one about the same claim as an earlier eliminator's takes its place
     */
    record Pass(OptionalInt score, String reason, Optional<Instruction> revised, List<Check> checks)
            implements Verdict {
        /** @throws IllegalArgumentException if the score is not in 0..10 */
        public Pass {
            checkScore(score);
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(revised, "revised");
            checks = List.copyOf(checks);
        }

        /** This verdict with a corrected wording. */
        public Pass revised(Instruction instruction) {
            return new Pass(score, reason, Optional.of(instruction), checks);
        }

        /** This verdict with what was looked at and found. */
        public Pass checks(List<Check> found) {
            return new Pass(score, reason, revised, found);
        }
    }

    /**
     * The candidate is not to be kept.
     *
     * @param by who says so; empty stands for the eliminator that gives the verdict
     * @param why what is wrong with it, for a reader
     * @param evidence the text, boxes or values that show it; may be empty
     * @param score 0..10 where the eliminator scores, else empty
     * @param revised the wording that was judged, where an eliminator before had corrected it
     */
    record Reject(String by, String why, String evidence, OptionalInt score, Optional<Instruction> revised)
            implements Verdict {
        /** @throws IllegalArgumentException if the score is not in 0..10 */
        public Reject {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(evidence, "evidence");
            checkScore(score);
            Objects.requireNonNull(revised, "revised");
        }

        /** A rejection of the wording as it was written. */
        public Reject(String by, String why, String evidence, OptionalInt score) {
            this(by, why, evidence, score, Optional.empty());
        }
    }

    /**
     * No verdict could be had; the candidate is not kept, and counts as failed, not as eliminated.
     *
     * @param by who says so; empty stands for the eliminator that gives the verdict
     * @param why what happened, for a reader
     * @param revised the wording that was judged, where an eliminator before had corrected it
     */
    record Fail(String by, String why, Optional<Instruction> revised) implements Verdict {
        /** Keeps the texts. */
        public Fail {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(revised, "revised");
        }

        /** A failure on the wording as it was written. */
        public Fail(String by, String why) {
            this(by, why, Optional.empty());
        }
    }

    /** Nothing against it. */
    static Pass pass() {
        return new Pass(OptionalInt.empty(), "", Optional.empty(), List.of());
    }

    /** Nothing against it, with a score from 0 to 10 and the reason for it. */
    static Pass pass(int score, String reason) {
        return new Pass(OptionalInt.of(score), reason, Optional.empty(), List.of());
    }

    /** Not to be kept. */
    static Reject reject(String why) {
        return new Reject("", why, "", OptionalInt.empty());
    }

    /** Not to be kept, with what shows it. */
    static Reject reject(String why, String evidence) {
        return new Reject("", why, evidence, OptionalInt.empty());
    }

    /** No verdict could be had. */
    static Fail fail(String why) {
        return new Fail("", why);
    }

    private static void checkScore(OptionalInt score) {
        if (score.isPresent() && (score.getAsInt() < 0 || score.getAsInt() > 10)) {
            throw new IllegalArgumentException("a score lies in 0..10: " + score.getAsInt());
        }
    }
}
