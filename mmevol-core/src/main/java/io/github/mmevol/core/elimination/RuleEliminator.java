package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Looks at one candidate at a time; a rule that throws fails the candidate it threw at. */
record RuleEliminator(String name, String settings, BiFunction<Candidate, Round, Verdict> rule) implements Eliminator {
    RuleEliminator {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an eliminator needs a name");
        }
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        List<Verdict> verdicts = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            verdicts.add(judgeOne(candidate, round));
        }
        return verdicts;
    }

    private Verdict judgeOne(Candidate candidate, Round round) {
        try {
            return rule.apply(candidate, round);
        } catch (RuntimeException e) {
            return Verdict.fail("the rule failed on this candidate: " + e);
        }
    }
}
