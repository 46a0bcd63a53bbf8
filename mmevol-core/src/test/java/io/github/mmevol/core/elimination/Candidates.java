package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;

/** Candidates for tests. */
final class Candidates {
    static final Sample SAMPLE =
            Sample.builder("test").caption("A cup on a table.").build();
    static final Instruction PARENT = Instruction.of("What stands on the table?", "A cup.");

    private Candidates() {}

    static Candidate of(Instruction evolved) {
        return of("abc.1.1", evolved);
    }

    static Candidate of(String id, Instruction evolved) {
        return of(id, evolved, PARENT, List.of());
    }

    static Candidate of(String id, Instruction evolved, Instruction parent, List<Instruction> ancestors) {
        return new Candidate(
                id,
                SAMPLE,
                new LiveInstruction("abc.0.1", parent, ancestors),
                evolved,
                new Direction("cognitive", "needs one more necessary step"),
                1,
                new PromptInfo("beef", List.of("Worked example:  the blue  lighthouse", "reply with one JSON object")));
    }

    static Candidate of(Sample sample, Instruction evolved) {
        Candidate candidate = of(evolved);
        return new Candidate(
                candidate.id(), sample, candidate.parent(), evolved, candidate.direction(), 1, candidate.prompt());
    }

    static Candidate of(String question, String answer) {
        return of(Instruction.of(question, answer));
    }

    static Instruction form(String format, String question, String answer) {
        return Instruction.builder(question, answer).format(format).build();
    }

    static Verdict judge(Eliminator eliminator, Candidate candidate) {
        return eliminator.judge(List.of(candidate), Round.of(1, SAMPLE)).get(0);
    }

    static Verdict judge(Eliminator eliminator, Instruction evolved) {
        return judge(eliminator, of(evolved));
    }
}
