package io.github.mmevol.core.manipulation;

import io.github.mmevol.core.sample.Check;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What came of looking at an instruction.
 *
 * @param checks the claims that were looked at and not contradicted
 * @param contradictions what cannot be right
 */
public record Findings(List<Check> checks, List<Contradiction> contradictions) {

    /**
     * A claim that cannot be right.
     *
     * @param claim the text span that makes the claim, as it is written
     * @param why what is wrong with it, for a reader
     * @param evidence the boxes or values that it was held against
     */
    public record Contradiction(String claim, String why, String evidence) {
        /** Keeps the texts. */
        public Contradiction {
            Objects.requireNonNull(claim, "claim");
            Objects.requireNonNull(why, "why");
            Objects.requireNonNull(evidence, "evidence");
        }
    }

    /** Copies the lists. */
    public Findings {
        checks = List.copyOf(checks);
        contradictions = List.copyOf(contradictions);
    }

    /** Gathers findings under one name; a check that was made already is made once. */
    static final class Gathering {
        private final String by;
        private final Set<Check> checks = new LinkedHashSet<>();
        private final List<Contradiction> contradictions = new ArrayList<>();

        Gathering(String by) {
            this.by = by;
        }

        void check(Check.Part part, String claim, Check.Result result, String evidence) {
            checks.add(new Check(by, part, claim, result, evidence));
        }

        void contradict(String claim, String why, String evidence) {
            contradictions.add(new Contradiction(claim, why, evidence));
        }

        Findings findings() {
            return new Findings(List.copyOf(checks), contradictions);
        }
    }
}
