package io.github.mmevol.core.elimination;

import io.github.mmevol.core.elimination.Verdict.Fail;
import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Eliminators one after another. A stage that breaks fails the candidates it was asked about and no others; what ends
 * the run passes through.
 */
record EliminatorChain(List<Eliminator> parts) implements Eliminator {

    EliminatorChain {
        parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return parts.stream().map(Eliminator::name).collect(Collectors.joining("+"));
    }

    @Override
    public String settings() {
        return parts.stream().map(Eliminator::settings).collect(Collectors.joining("\n"));
    }

    @Override
    public List<Eliminator> stages() {
        return parts.stream().flatMap(part -> part.stages().stream()).toList();
    }

    @Override
    public List<Verdict> judge(List<Candidate> candidates, Round round) {
        List<Verdict> verdicts = new ArrayList<>();
        candidates.forEach(candidate -> verdicts.add(Verdict.pass().checks(candidate.checks())));
        for (Eliminator stage : parts) {
            List<Integer> places = new ArrayList<>();
            List<Candidate> passed = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                if (verdicts.get(i) instanceof Pass pass) {
                    places.add(i);
                    Candidate candidate = candidates.get(i).withChecks(pass.checks());
                    passed.add(pass.revised().map(candidate::withEvolved).orElse(candidate));
                }
            }
            if (passed.isEmpty()) {
                break;
            }
            String name = stage.name();
            List<Verdict> given = judge(stage, passed, round);
            for (int i = 0; i < places.size(); i++) {
                int place = places.get(i);
                verdicts.set(place, combine((Pass) verdicts.get(place), given.get(i), name));
            }
        }
        return verdicts;
    }

    private static List<Verdict> judge(Eliminator stage, List<Candidate> candidates, Round round) {
        @Nullable List<? extends @Nullable Verdict> given;
        try {
            given = stage.judge(candidates, round);
        } catch (Round.BrokenOff e) {
            throw e;
        } catch (ModelException.UnusableImage e) {
            return Collections.nCopies(
                    candidates.size(), new Fail(Outcome.Failed.IMAGE, String.valueOf(e.getMessage())));
        } catch (ModelException e) {
            if (e.endsRun()) {
                throw e;
            }
            return Collections.nCopies(candidates.size(), Verdict.fail(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return Collections.nCopies(candidates.size(), Verdict.fail("the eliminator failed: " + e));
        }
        if (given == null) {
            return Collections.nCopies(candidates.size(), Verdict.fail("the eliminator returned null"));
        }
        if (given.size() != candidates.size()) {
            return Collections.nCopies(
                    candidates.size(),
                    Verdict.fail(given.size() + " verdicts for " + candidates.size() + " candidates"));
        }
        List<Verdict> verdicts = new ArrayList<>(given.size());
        for (Verdict verdict : given) {
            verdicts.add(verdict == null ? Verdict.fail("the eliminator returned null as the verdict") : verdict);
        }
        return verdicts;
    }

    private static Verdict combine(Pass before, Verdict given, String stage) {
        Optional<Instruction> revised = given.revised().isPresent() ? given.revised() : before.revised();
        if (given instanceof Pass pass) {
            OptionalInt score = pass.score().isPresent() ? pass.score() : before.score();
            String reason = pass.reason().isEmpty() ? before.reason() : pass.reason();
            return new Pass(score, reason, revised, all(before.checks(), pass.checks()));
        }
        if (given instanceof Reject reject) {
            String by = reject.by().isEmpty() ? stage : reject.by();
            return new Reject(by, reject.why(), reject.evidence(), reject.score(), revised);
        }
        Fail fail = (Fail) given;
        return new Fail(fail.by().isEmpty() ? stage : fail.by(), fail.why(), revised);
    }

    /** The earlier checks and the later ones; a later one takes the place of an earlier one about the same claim. */
    private static List<Check> all(List<Check> before, List<Check> after) {
        if (after.isEmpty()) {
            return before;
        }
        List<Check> all = new ArrayList<>(before);
        for (Check check : after) {
            int place = 0;
            while (place < all.size() && !all.get(place).sameClaim(check)) {
                place++;
            }
            if (place < all.size()) {
                all.set(place, check);
            } else {
                all.add(check);
            }
        }
        return all;
    }
}
