package io.github.mmevol.core.analysis;

import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts people's marks in the place of verdicts.
 *
 * @param marks decided ones, by id and fingerprint
 */
record OverridePass(Map<String, AuditMarks.Mark> marks) implements Selection.Pass {
    @Override
    public EvolvedSample select(EvolvedSample sample) {
        return new EvolvedSample(
                sample.key(),
                sample.sample(),
                sample.outcomes().stream().map(this::override).toList());
    }

    private Outcome override(Outcome outcome) {
        return AuditItem.instruction(outcome)
                .map(instruction -> override(outcome, instruction))
                .orElse(outcome);
    }

    private Outcome override(Outcome outcome, Instruction instruction) {
        AuditMarks.Mark mark = marks.get(outcome.origin().id() + " " + AuditItem.fingerprint(instruction));
        if (mark == null) {
            return outcome;
        }
        boolean good = mark.good().orElseThrow();
        if (outcome instanceof Outcome.Kept kept) {
            return good
                    ? new Outcome.Kept(
                            kept.origin(),
                            kept.instruction(),
                            kept.score(),
                            kept.reason(),
                            confirmed(kept.checks(), mark, instruction))
                    : new Outcome.Eliminated(
                            kept.origin(), kept.instruction(), Audit.NAME, why(mark), mark.note(), kept.score());
        }
        return good && outcome instanceof Outcome.Eliminated eliminated
                ? new Outcome.Kept(
                        eliminated.origin(),
                        eliminated.instruction(),
                        eliminated.score(),
                        "marked good by people; " + eliminated.by() + " had said: " + eliminated.why(),
                        confirmed(List.of(), mark, instruction))
                : outcome;
    }

    private static List<Check> confirmed(List<Check> checks, AuditMarks.Mark mark, Instruction instruction) {
        List<Check> all = new ArrayList<>(checks);
        all.add(new Check(
                Audit.NAME,
                Check.Part.VALUE,
                instruction.answer(),
                Check.Result.CONFIRMED,
                "marked good by people" + (mark.note().isEmpty() ? "" : ": " + mark.note())));
        return all;
    }

    private static String why(AuditMarks.Mark mark) {
        boolean question = mark.question().equals(Optional.of(false));
        boolean answer = mark.answer().equals(Optional.of(false));
        return "people marked "
                + (question && answer ? "question and answer" : question ? "the question" : "the answer") + " bad";
    }
}
