package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.EvolvedSample;
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
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Takes one sample through its rounds; used by one thread. Every live instruction of a round ends as one outcome. */
final class SampleEvolution {
    private final RunOptions options;
    private final RunContext run;
    private final SampleKey key;
    private final Sample sample;
    private final LazyImage image;
    private final List<LiveInstruction> live = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean imageUnusable;

    SampleEvolution(RunOptions options, RunContext run, SampleKey key, Sample sample) {
        this.options = options;
        this.run = run;
        this.key = key;
        this.sample = sample;
        image = options.images().image(sample.imageSource());
        for (int i = 0; i < sample.instructions().size(); i++) {
            live.add(new LiveInstruction(
                    key.instruction(0, i + 1), sample.instructions().get(i), List.of()));
        }
    }

    /**
     * Goes through the rounds, or as many as a stop allows; a round that a stop breaks off leaves no outcome.
     *
     * @throws ModelException if it ends the run; {@link #result()} has the rounds before
     */
    void evolve() {
        for (int round = 1; round <= options.rounds() && !live.isEmpty() && !imageUnusable; round++) {
            if (run.isStopping()) {
                return;
            }
            Random random = new Random(Round.derivedSeed(options.seed(), key, round, "direction"));
            Direction direction = options.selector().select(options.directions(), sample, round, random);
            List<Outcome> ended = attempt(evolver(direction), round);
            outcomes.addAll(ended);
            run.tally().outcomes(ended);
            ended.forEach(outcome -> run.tell(listener -> listener.onOutcome(sample, outcome)));
            for (int i = 0; i < ended.size(); i++) {
                if (ended.get(i) instanceof Outcome.Kept kept) {
                    live.set(i, child(live.get(i), kept));
                }
            }
        }
    }

    /** The sample with the outcomes of its finished rounds. */
    EvolvedSample result() {
        return new EvolvedSample(key, sample, outcomes);
    }

    private Evolver evolver(Direction direction) {
        return options.evolvers().stream()
                .filter(evolver -> evolver.direction().equals(direction))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the direction selector chose '" + direction.name() + "', for which there is no evolver"));
    }

    private static LiveInstruction child(LiveInstruction parent, Outcome.Kept kept) {
        List<Instruction> ancestors = new ArrayList<>(parent.ancestors());
        ancestors.add(parent.instruction());
        return new LiveInstruction(kept.origin().id(), kept.instruction(), ancestors);
    }

    /** One outcome for each live instruction, in their order. */
    private List<Outcome> attempt(Evolver evolver, int number) {
        Direction direction = evolver.direction();
        PipelineRound round = new PipelineRound(options, run, key, image, number, direction.name());
        Evolution evolution = evolve(evolver, round);
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
            run.tally().event("surplus", evolution.children().size() - candidates.size());
        }
        List<Verdict> verdicts =
                candidates.isEmpty() ? List.of() : options.eliminator().judge(candidates, round);

        List<Outcome> ended = new ArrayList<>();
        int judged = 0;
        for (int i = 0; i < live.size(); i++) {
            String parentId = live.get(i).id();
            String id = key.instruction(number, i + 1);
            Optional<Evolution.Child> child = evolution.child(parentId);
            if (child.isPresent()) {
                Origin origin = new Origin(
                        id,
                        parentId,
                        number,
                        direction.name(),
                        child.get().prompt().hash(),
                        child.get().model());
                ended.add(outcome(origin, child.get().instruction(), verdicts.get(judged++)));
            } else {
                Evolution.Failure failure = evolution
                        .failure(parentId)
                        .orElseGet(() -> failure(parentId, "missing", "the evolver returned nothing for it"));
                Origin origin = new Origin(
                        id, parentId, number, direction.name(), failure.prompt().hash(), failure.model());
                ended.add(new Outcome.Failed(origin, Optional.empty(), failure.by(), failure.why()));
            }
        }
        return ended;
    }

    /** Asks the evolver; where it breaks, every live instruction fails for that reason. */
    private Evolution evolve(Evolver evolver, PipelineRound round) {
        try {
            return evolver.evolve(sample, List.copyOf(live), round);
        } catch (CancellationException e) {
            throw e;
        } catch (ModelException.UnusableImage e) {
            imageUnusable = true;
            return allFailed("image", e.getMessage());
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

    private static Outcome outcome(Origin origin, Instruction written, Verdict verdict) {
        Instruction judged = verdict.revised().orElse(written);
        if (verdict instanceof Verdict.Pass pass) {
            return new Outcome.Kept(origin, judged, pass.score(), pass.reason());
        }
        if (verdict instanceof Verdict.Reject reject) {
            return new Outcome.Eliminated(origin, judged, reject.by(), reject.why(), reject.evidence(), reject.score());
        }
        Verdict.Fail fail = (Verdict.Fail) verdict;
        return new Outcome.Failed(origin, Optional.of(judged), fail.by(), fail.why());
    }
}
