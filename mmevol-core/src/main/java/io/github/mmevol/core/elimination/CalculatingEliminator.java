package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.cpu.Processors;
import io.github.mmevol.core.internal.cpu.Processors.Work;
import io.github.mmevol.core.internal.text.Tokens;
import java.util.List;

/** Rules that wait for nothing, asked when a processor has nothing better to do; they read each text once for all of them. */
record CalculatingEliminator(Eliminator rules) implements Eliminator {
    @Override
    public String name() {
        return rules.name();
    }

    @Override
    public String settings() {
        return rules.settings();
    }

    @Override
    public List<Eliminator> stages() {
        return rules.stages();
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        return Processors.calculate(Work.RULES, () -> Tokens.once(() -> rules.judge(candidates, round)));
    }
}
