package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.AnnotationTrust;
import java.util.List;
import java.util.Locale;

/** Rules that believe the annotations as far as they are told, whatever their sample says. */
record UnderTrust(Eliminator rules, AnnotationTrust trust) implements Eliminator {
    @Override
    public String name() {
        return rules.name();
    }

    @Override
    public String settings() {
        return rules.settings() + "\ntrust " + trust.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        return rules.judge(candidates.stream().map(this::trusting).toList(), round);
    }

    private Candidate trusting(Candidate candidate) {
        return new Candidate(
                candidate.id(),
                candidate.sample().with(sample -> sample.trust(trust)),
                candidate.parent(),
                candidate.evolved(),
                candidate.direction(),
                candidate.round(),
                candidate.prompt(),
                candidate.checks());
    }
}
