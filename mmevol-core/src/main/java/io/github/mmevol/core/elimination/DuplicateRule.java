package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.text.TextPrint;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks whether a candidate says again what its line, its sample, or another candidate of the round said before it. */
record DuplicateRule() implements Eliminator {

    /** Something that was said before. */
    private record Said(Instruction instruction, TextPrint print) {
        static Said of(Instruction instruction) {
            return new Said(instruction, TextPrint.of(instruction.question(), instruction.answer()));
        }

        boolean isRepeatedBy(Said later) {
            return part().equals(later.part()) && later.print().repeats(print);
        }

        private String part() {
            String position = Vocabulary.position(instruction.imagePosition());
            return position.isEmpty() ? "single" : position;
        }
    }

    @Override
    public String name() {
        return "duplicate";
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        Set<Instruction> before = new LinkedHashSet<>();
        for (Candidate candidate : candidates) {
            before.add(candidate.parent().instruction());
            before.addAll(candidate.parent().ancestors());
        }
        before.addAll(candidates.get(0).sample().instructions());
        List<Said> said = new ArrayList<>(before.stream().map(Said::of).toList());
        List<Verdict> verdicts = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Said evolved = Said.of(candidate.evolved());
            Verdict verdict = said.stream()
                    .filter(earlier -> earlier.isRepeatedBy(evolved))
                    .findFirst()
                    .map(earlier -> rejection(candidate, earlier.instruction(), before))
                    .orElseGet(Verdict::pass);
            if (verdict instanceof Verdict.Pass) {
                said.add(evolved);
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private static Verdict rejection(Candidate candidate, Instruction earlier, Set<Instruction> before) {
        String what;
        if (earlier.equals(candidate.parent().instruction())) {
            what = "its parent";
        } else if (candidate.parent().ancestors().contains(earlier)) {
            what = "an earlier round of its line";
        } else if (before.contains(earlier)) {
            what = "another line of its sample";
        } else {
            what = "another candidate of this round";
        }
        return Verdict.reject("it says again what " + what + " says", earlier.question());
    }
}
