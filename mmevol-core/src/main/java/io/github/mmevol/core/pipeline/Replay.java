package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.StoredRound;
import io.github.mmevol.core.store.StoredSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Judges anew what a stored run wrote, without asking a model. What was evolved from an instruction that is eliminated now
 * is left out; what was evolved from one that is kept now stays, whether or not a newer one of its line is kept as well.
 */
final class Replay {
    /** Counted for each attempt that is left out because what it was evolved from is. */
    private static final String LEFT_OUT = "left-out";

    private final RunOptions options;
    private final StoredSample stored;
    private final Map<String, LiveInstruction> accepted = new HashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<String, Long> events = new TreeMap<>();

    Replay(RunOptions options, StoredSample stored) {
        this.options = options;
        this.stored = stored;
        List<Instruction> seeds = stored.sample().instructions();
        for (int i = 0; i < seeds.size(); i++) {
            String id = stored.key().instruction(0, i + 1);
            accepted.put(id, new LiveInstruction(id, seeds.get(i), List.of()));
        }
        stored.rounds().stream()
                .filter(round -> round.number() <= options.rounds())
                .forEach(this::judge);
    }

    EvolvedSample result() {
        return new EvolvedSample(stored.key(), stored.sample(), outcomes);
    }

    Map<String, Long> events() {
        return events;
    }

    private void judge(StoredRound round) {
        Sample sample = stored.sample();
        Direction direction = options.directions().stream()
                .filter(d -> d.name().equals(round.direction()))
                .findFirst()
                .orElseGet(() -> new Direction(round.direction(), "as in the stored run"));
        List<StoredRound.Attempt> attempts = round.attempts().stream()
                .filter(attempt ->
                        accepted.containsKey(attempt.outcome().origin().parentId()))
                .toList();
        List<Candidate> candidates = new ArrayList<>();
        for (StoredRound.Attempt attempt : attempts) {
            Outcome.Origin origin = attempt.outcome().origin();
            LiveInstruction parent = accepted.get(origin.parentId());
            if (attempt.written().isPresent() && parent != null) {
                candidates.add(new Candidate(
                        origin.id(),
                        sample,
                        parent,
                        attempt.written().get(),
                        direction,
                        round.number(),
                        attempt.prompt()));
            }
        }
        round.events().forEach(this::count);
        count(LEFT_OUT, round.attempts().size() - attempts.size());
        List<Verdict> verdicts =
                candidates.isEmpty() ? List.of() : options.eliminator().judge(candidates, new ReplayRound(round));
        int judged = 0;
        for (StoredRound.Attempt attempt : attempts) {
            if (attempt.written().isEmpty()) {
                outcomes.add(attempt.outcome());
            } else {
                Candidate candidate = candidates.get(judged);
                Outcome outcome = Outcome.of(attempt.outcome().origin(), candidate.evolved(), verdicts.get(judged));
                judged++;
                outcomes.add(outcome);
                if (outcome instanceof Outcome.Kept kept) {
                    accepted.put(candidate.id(), candidate.parent().child(candidate.id(), kept.instruction()));
                }
            }
        }
    }

    private void count(String event, long times) {
        if (times > 0) {
            events.merge(event, times, Long::sum);
        }
    }

    /** A round that answers from what was stored, and makes no call. */
    private final class ReplayRound implements Round {
        private final StoredRound round;

        ReplayRound(StoredRound round) {
            this.round = round;
        }

        @Override
        public int number() {
            return round.number();
        }

        @Override
        public LazyImage image() {
            return options.images().image(stored.sample().imageSource());
        }

        @Override
        public ModelResponse ask(ModelClient client, ModelRequest request) {
            throw new ModelException.NotStored("what " + client.name() + " would say to this (" + request.purpose()
                    + ") is not in the run store, and a replay asks no model");
        }

        @Override
        public Random random(String purpose) {
            return new Random(Round.derivedSeed(options.seed(), stored.key(), round.number(), purpose));
        }

        @Override
        public int repairs() {
            return 0;
        }

        @Override
        public int instructionsPerCall() {
            return options.instructionsPerCall();
        }

        @Override
        public Optional<String> recall(String name) {
            return Optional.ofNullable(round.notes().get(name));
        }

        @Override
        public void remember(String name, String text) {}

        @Override
        public void count(String event) {}
    }
}
