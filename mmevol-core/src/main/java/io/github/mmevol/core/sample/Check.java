package io.github.mmevol.core.sample;

import java.util.Objects;

/**
 * A claim of an instruction that was looked at, and what came of it. A claim that nobody looked at has no check.
 *
 * @param by who looked: the name of a rule, an executed manipulation, or a judge
 * @param part where the claim stands
 * @param claim the text span that makes the claim, as it is written
 * @param result what came of it
 * @param evidence the boxes, values or words that it was held against, for a reader; may be empty
 */
public record Check(String by, Part part, String claim, Result result, String evidence) {

    /** Where a claim stands. */
    public enum Part {
        /** In the question. */
        QUESTION,
        /** In a solving step. */
        STEP,
        /** In the answer, beside what was asked for. */
        ANSWER,
        /** The very value that was asked for. */
        VALUE
    }

    /** What came of looking. */
    public enum Result {
        /** What is known says the same. */
        CONFIRMED,
        /** What is known neither says it nor speaks against it. */
        UNDECIDED,
        /** What is known speaks against it, yet may itself be wrong: somebody who sees the image has to settle it. */
        DISPUTED,
        /** It was disputed, and somebody who sees the image found the claim right. */
        SETTLED
    }

    /** @throws IllegalArgumentException if nobody is named */
    public Check {
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(evidence, "evidence");
        if (by.isBlank()) {
            throw new IllegalArgumentException("a check names who looked");
        }
    }

    /** This check with another result and what it was held against. */
    public Check withResult(Result result, String evidence) {
        return new Check(by, part, claim, result, evidence);
    }

    /** Whether the other check is about the same claim by the same rule. */
    public boolean sameClaim(Check other) {
        return by.equals(other.by) && part == other.part && claim.equals(other.claim);
    }
}
