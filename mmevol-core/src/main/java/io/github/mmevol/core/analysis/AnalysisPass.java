package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.SampleKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Looks at samples, one after the other, and holds the figures so far. */
final class AnalysisPass {
    /** The name that judges go by in records. */
    static final String JUDGE = "judge";

    private static final String OTHERS = "others";
    private static final int MOST_NAMES = 100;

    private record Place(int round, String direction) {}

    /** A live instruction's scores, for what is evolved from it. */
    private record Scores(OptionalInt own, OptionalInt seed) {}

    private final VerbNounParser parser;
    private final Map<Integer, RoundPass> rounds = new TreeMap<>();
    private final Map<Place, CellPass> cells =
            new TreeMap<>(Comparator.comparingInt(Place::round).thenComparing(Place::direction));
    private final Map<Integer, Integer> directionsOf = new HashMap<>();
    private final Counter annotated = new Counter();
    private final Counter reasons = new Counter();
    private final DifficultyPass difficulty = new DifficultyPass();
    private final Counter models = new Counter();
    private final Counter prompts = new Counter();
    private final Skeletons skeletons = new Skeletons();
    private long samples;

    AnalysisPass(VerbNounParser parser) {
        this.parser = parser;
    }

    void add(EvolvedSample evolved) {
        samples++;
        evolved.sample().objects().forEach(object -> annotated.add(folded(object.label())));
        Map<String, Scores> scores = new HashMap<>();
        seeds(evolved.key(), evolved.sample().instructions(), scores);
        for (Outcome outcome : evolved.outcomes()) {
            Outcome.Origin origin = outcome.origin();
            cell(Math.min(Analysis.LAST_ROUND, origin.round()), origin.direction())
                    .add(outcome);
            if (outcome instanceof Outcome.Kept kept) {
                kept(kept, scores);
            } else if (outcome instanceof Outcome.Eliminated eliminated) {
                Reasons.of(eliminated.why()).forEach(reason -> reasons.add(eliminated.by() + ": " + reason));
            }
        }
    }

    private CellPass cell(int round, String direction) {
        Place place = new Place(round, direction);
        CellPass known = cells.get(place);
        if (known != null) {
            return known;
        }
        int directions = directionsOf.merge(round, 1, Integer::sum);
        return cells.computeIfAbsent(directions <= MOST_NAMES ? place : new Place(round, OTHERS), p -> new CellPass());
    }

    /** The name under which one more is counted: that of the others where there are too many. */
    static String bounded(Map<String, ?> counts, String name) {
        return counts.size() < MOST_NAMES || counts.containsKey(name) ? name : OTHERS;
    }

    private void seeds(SampleKey key, List<Instruction> seeds, Map<String, Scores> scores) {
        for (int i = 0; i < seeds.size(); i++) {
            OptionalInt score = givenScore(seeds.get(i));
            String id = key.instruction(0, i + 1);
            round(0).add(id, seeds.get(i), score);
            scores.put(id, new Scores(score, score));
        }
    }

    private void kept(Outcome.Kept kept, Map<String, Scores> scores) {
        Outcome.Origin origin = kept.origin();
        RoundPass round = round(origin.round());
        round.add(origin.id(), kept.instruction(), kept.score());
        round.add(kept.verification(), kept.checks());
        difficulty.add(kept);
        skeletons.add(kept.instruction().question());
        Scores parent = scores.get(origin.parentId());
        if (parent != null) {
            round.gain(kept.score(), parent.own(), parent.seed());
        }
        scores.put(origin.id(), new Scores(kept.score(), parent == null ? OptionalInt.empty() : parent.seed()));
        if (!origin.model().isEmpty()) {
            models.add(origin.model());
        }
        if (!origin.promptHash().isEmpty()) {
            prompts.add(origin.promptHash());
        }
    }

    private RoundPass round(int number) {
        return rounds.computeIfAbsent(Math.min(Analysis.LAST_ROUND, number), n -> new RoundPass(parser));
    }

    Analysis analysis() {
        boolean survivorsOnly = cells.values().stream().noneMatch(CellPass::hasLost);
        return new Analysis(
                samples,
                rounds.entrySet().stream()
                        .map(e -> e.getValue().figures(e.getKey()))
                        .toList(),
                cells.entrySet().stream()
                        .map(e -> e.getValue().cell(e.getKey(), survivorsOnly))
                        .toList(),
                annotated.counts(),
                reasons.counts(),
                difficulty.figure(),
                models.counts(),
                prompts.counts(),
                skeletons.most());
    }

    static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** The score that a data file gives a seed, where it is a whole number from 0 to 10. */
    private static OptionalInt givenScore(Instruction seed) {
        String json = seed.extras().getOrDefault("score", "");
        String digits = json.replace("\"", "").strip();
        return digits.matches("[0-9]|10") ? OptionalInt.of(Integer.parseInt(digits)) : OptionalInt.empty();
    }

    /** The attempts of one round in one direction. */
    private static final class CellPass {
        private final Map<String, Long> eliminatedBy = new TreeMap<>();
        private final Map<String, Long> failedBy = new TreeMap<>();
        private long kept;
        private long judgeKept;
        private long judgeRejected;

        void add(Outcome outcome) {
            if (outcome instanceof Outcome.Kept survivor) {
                kept++;
                judgeKept += survivor.score().isPresent() ? 1 : 0;
            } else if (outcome instanceof Outcome.Eliminated eliminated) {
                eliminatedBy.merge(bounded(eliminatedBy, eliminated.by()), 1L, Long::sum);
                if (byJudge(eliminated)) {
                    judgeRejected++;
                }
            } else if (outcome instanceof Outcome.Failed failed) {
                failedBy.merge(bounded(failedBy, failed.by()), 1L, Long::sum);
            }
        }

        private static boolean byJudge(Outcome.Eliminated eliminated) {
            return eliminated.by().equals(JUDGE) || eliminated.score().isPresent();
        }

        boolean hasLost() {
            return !eliminatedBy.isEmpty() || !failedBy.isEmpty();
        }

        /** @param survivorsOnly whether what was not kept is unknown */
        Analysis.Cell cell(Place place, boolean survivorsOnly) {
            return new Analysis.Cell(
                    place.round(),
                    place.direction(),
                    kept,
                    eliminatedBy,
                    failedBy,
                    survivorsOnly ? 0 : judgeKept,
                    judgeRejected);
        }
    }
}
