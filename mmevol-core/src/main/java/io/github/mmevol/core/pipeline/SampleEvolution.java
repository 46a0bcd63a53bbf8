package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredRound;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one sample through its rounds; used by one thread. Every live instruction of a round ends as one outcome. */
final class SampleEvolution {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);

    /**
     * A round that is held back.
     *
     * @param failures the rows of failures that its calls stand in
     */
    private record Held(StoredRound round, Set<Integer> failures) {
        Outage.Verdict verdict(IntFunction<Outage.Verdict> verdicts) {
            Outage.Verdict all = Outage.Verdict.ITS_OWN;
            for (int row : failures) {
                Outage.Verdict one = verdicts.apply(row);
                if (one == Outage.Verdict.OUTAGE) {
                    return one;
                }
                all = one == Outage.Verdict.OPEN ? one : all;
            }
            return all;
        }
    }

    private final RunOptions options;
    private final RunContext run;
    private final SampleKey key;
    private final Sample sample;
    private final Optional<RunStore.Claim> stored;
    private final LazyImage image;
    /** The rounds that count, each of them put into the store if there is one. */
    private final List<StoredRound> kept = new ArrayList<>();

    /** The rounds after those, of which it is not known yet whether an outage is to blame for their failures. */
    private final Deque<Held> held = new ArrayDeque<>();

    private boolean leftUndone;
    private boolean lost;

    private final List<LiveInstruction> live = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Long> events = new TreeMap<>();
    private int rounds;
    /** Whether the image cannot be used; later rounds would fail alike and are not tried. */
    private boolean imageUnusable;
    /** Whether there is none, and an evolver needs one; nothing is attempted then. */
    private boolean imageless;

    /**
     * The evolution of one sample.
     *
     * @param stored where it is kept; empty if it is not
     */
    SampleEvolution(RunOptions options, RunContext run, SampleKey key, Sample sample, Optional<RunStore.Claim> stored) {
        this.options = options;
        this.run = run;
        this.key = key;
        this.sample = sample;
        this.stored = stored;
        image = options.images().image(sample.imageSource());
        begin();
    }

    private void begin() {
        rounds = 0;
        imageUnusable = false;
        imageless = false;
        outcomes.clear();
        events.clear();
        live.clear();
        for (int i = 0; i < sample.instructions().size(); i++) {
            live.add(new LiveInstruction(
                    key.instruction(0, i + 1), sample.instructions().get(i), List.of()));
        }
    }

    /**
     * Goes through the rounds, or as many as a stop allows; a round that a stop breaks off leaves no outcome. A round that
     * is stored as finished is taken as it is; one that failed for its image is attempted anew.
     *
     * @throws ModelException if it ends the run; {@link #result()} has the rounds before
     */
    void evolve() {
        List<StoredRound> known = stored.map(RunStore.Claim::rounds).orElse(List.of());
        known.stream()
                .limit(options.rounds())
                .takeWhile(StoredRound::isFinished)
                .forEach(kept::add);
        kept.forEach(this::take);
        run.tally().resumed(rounds);
        while (!isThrough() && !run.isEnding() && !leftUndone && !lost) {
            Direction direction = options.direction(key, sample, rounds + 1);
            PipelineRound round = new PipelineRound(options, run, key, stored, image, rounds + 1, direction.name());
            StoredRound attempted =
                    new RoundAttempt(options, key, sample, List.copyOf(live), round).of(options.evolver(direction));
            boolean failed = attempted.outcomes().stream().anyMatch(Outcome.Failed.class::isInstance);
            if (stored.isPresent() && run.isAborted() && failed) {
                throw new Round.BrokenOff("the run was stopped"); // which may be what it failed of
            }
            take(attempted);
            held.add(new Held(attempted, Set.copyOf(round.failures())));
            settle(stored.isPresent() ? run.outage()::verdict : row -> Outage.Verdict.ITS_OWN);
        }
        end();
    }

    /**
     * Keeps or forgets the rounds that are held back, as far as it is known by now what they failed of.
     *
     * @param verdicts tells what the failures of a row are
     */
    void settle(IntFunction<Outage.Verdict> verdicts) {
        for (Held first = held.peek(); first != null; first = held.peek()) {
            switch (first.verdict(verdicts)) {
                case OPEN -> {
                    return;
                }
                case ITS_OWN -> {
                    if (stored.isPresent() && !stored.get().putRound(first.round())) {
                        forgetHeld();
                        lost = true;
                        return;
                    }
                    keep(first.round());
                    held.remove();
                }
                case OUTAGE -> {
                    forgetHeld();
                    leaveUndone();
                }
            }
        }
    }

    private void forgetHeld() {
        held.clear();
        begin();
        kept.forEach(this::take);
    }

    /** Whether another process has taken the sample meanwhile, and goes on with it. */
    boolean isLost() {
        return lost;
    }

    /** The same when no call is under way that could tell. */
    void settleForGood(Outage outage, boolean stopping) {
        Account before = run.spending().elsewhere();
        boolean answered = before.calls() > before.failed();
        boolean again = answered && stored.map(RunStore.Claim::wasLeft).orElse(false);
        settle(row -> {
            boolean open = outage.verdict(row) == Outage.Verdict.OPEN;
            return open && stopping ? Outage.Verdict.OUTAGE : outage.lastVerdict(row, again);
        });
    }

    private void keep(StoredRound round) {
        kept.add(round);
        round.outcomes().forEach(outcome -> run.tell(listener -> listener.onOutcome(sample, outcome)));
    }

    /** Whether rounds are held back. */
    boolean isHeld() {
        return !held.isEmpty();
    }

    private void leaveUndone() {
        if (!leftUndone) {
            leftUndone = true;
            run.outage().leftUndone();
            stored.ifPresent(RunStore.Claim::leave);
        }
    }

    /** Lets go of a sample that is at its end. */
    void end() {
        if (isAtEnd() && held.isEmpty() && !lost) {
            stored.ifPresent(claim -> claim.end(!imageUnusable));
        }
    }

    /** Whether it has all the rounds that were asked for, or that there can be. */
    boolean isThrough() {
        return rounds >= options.rounds() || isAtEnd();
    }

    /** Whether no further round could be made of it. */
    private boolean isAtEnd() {
        return live.isEmpty() || imageUnusable || imageless;
    }

    /** {@link #evolve()}, for a run: what breaks it off ends quietly, what ends the run stops it. */
    void evolveUnlessBrokenOff() {
        try {
            evolve();
        } catch (PipelineRound.OutageException e) {
            settle(run.outage()::verdict);
            leaveUndone();
        } catch (Round.BrokenOff e) {
            LOG.debug("sample {} was broken off", key);
        } catch (ModelException.BudgetExhausted e) {
            run.stopSpending(e);
        } catch (ModelException | RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        }
    }

    private void take(StoredRound round) {
        List<Outcome> ended = round.outcomes();
        rounds++;
        outcomes.addAll(ended);
        round.events().forEach((event, times) -> events.merge(event, times, Long::sum));
        for (int i = 0; i < ended.size(); i++) {
            if (ended.get(i) instanceof Outcome.Kept kept) {
                live.set(i, live.get(i).child(kept.origin().id(), kept.instruction()));
            }
        }
        imageUnusable = !round.isFinished();
        imageless = round.events().containsKey(RunReport.WITHOUT_IMAGE);
    }

    /** What was counted in the rounds. */
    Map<String, Long> events() {
        return events;
    }

    /** The sample with the outcomes of its rounds. */
    EvolvedSample result() {
        return new EvolvedSample(key, sample, outcomes);
    }
}
