package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Outcome.Origin;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.StoredRound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One round of a sample: one attempt for each live instruction, in their order, each with its outcome. */
record RoundAttempt(RunOptions options, SampleKey key, Sample sample, List<LiveInstruction> live, PipelineRound round) {

    /**
     * The round with an evolver.
     *
     * @throws ModelException if it ends the run
     * @throws Round.BrokenOff if the run breaks it off
     */
    StoredRound of(Evolver evolver) {
        Direction direction = evolver.direction();
        int number = round.number();
        Evolution evolution;
        try {
            evolution = evolve(evolver);
        } catch (ModelException.UnusableImage e) {
            return new StoredRound(number, direction.name(), List.of(), Map.of(RunReport.WITHOUT_IMAGE, 1L), Map.of());
        }
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < live.size(); i++) {
            LiveInstruction parent = live.get(i);
            String id = key.instruction(number, i + 1);
            evolution
                    .child(parent.id())
                    .map(child ->
                            new Candidate(id, sample, parent, child.instruction(), direction, number, child.prompt()))
                    .ifPresent(candidates::add);
        }
        if (candidates.size() < evolution.children().size()) {
            round.count("surplus", evolution.children().size() - candidates.size());
        }
        List<Verdict> verdicts =
                candidates.isEmpty() ? List.of() : options.eliminator().judge(candidates, round);

        List<StoredRound.Attempt> attempts = new ArrayList<>();
        int judged = 0;
        for (int i = 0; i < live.size(); i++) {
            String parentId = live.get(i).id();
            String id = key.instruction(number, i + 1);
            Optional<Evolution.Child> child = evolution.child(parentId);
            if (child.isPresent()) {
                PromptInfo prompt = child.get().prompt();
                Instruction written = child.get().instruction();
                Origin origin = new Origin(
                        id,
                        parentId,
                        number,
                        direction.name(),
                        prompt.hash(),
                        child.get().model());
                Outcome outcome = Outcome.of(origin, written, verdicts.get(judged++));
                attempts.add(new StoredRound.Attempt(outcome, Optional.of(written), prompt));
            } else {
                Evolution.Failure failure = evolution
                        .failure(parentId)
                        .orElseGet(() -> failure(parentId, "missing", "the evolver returned nothing for it"));
                PromptInfo prompt = failure.prompt();
                Origin origin = new Origin(id, parentId, number, direction.name(), prompt.hash(), failure.model());
                Outcome outcome = new Outcome.Failed(origin, Optional.empty(), failure.by(), failure.why());
                attempts.add(new StoredRound.Attempt(outcome, Optional.empty(), prompt));
            }
        }
        return new StoredRound(number, direction.name(), attempts, round.events(), round.notes());
    }

    /**
     * Asks the evolver; where it breaks, every live instruction fails for that reason.
     *
     * @throws ModelException.UnusableImage if it needs an image and the sample is one without
     */
    private Evolution evolve(Evolver evolver) {
        try {
            @Nullable Evolution evolution = evolver.evolve(sample, live, round);
            return evolution == null ? allFailed("evolver", "the evolver returned null") : evolution;
        } catch (Round.BrokenOff e) {
            throw e;
        } catch (ModelException.UnusableImage e) {
            if (sample.image().isEmpty() && sample.imageSource() == ImageSource.none()) {
                throw e;
            }
            return allFailed(Outcome.Failed.IMAGE, e.getMessage());
        } catch (ModelException e) {
            if (e.endsRun()) {
                throw e;
            }
            return allFailed("model", e.getMessage());
        } catch (RuntimeException e) {
            return allFailed("evolver", e.toString());
        }
    }

    private Evolution allFailed(String by, @Nullable String why) {
        String reason = why == null ? "" : why;
        return new Evolution(
                List.of(),
                live.stream().map(parent -> failure(parent.id(), by, reason)).toList());
    }

    private static Evolution.Failure failure(String parentId, String by, String why) {
        return new Evolution.Failure(parentId, by, why, PromptInfo.NONE, "");
    }
}
