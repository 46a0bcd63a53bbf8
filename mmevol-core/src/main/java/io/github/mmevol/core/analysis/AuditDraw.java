package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Draws while the samples go by: of each stratum the instructions that a hash of seed and id puts first. As more is seen a
 * stratum's part can only shrink, so that no more than about twice the size, and one of each stratum, is ever held.
 */
final class AuditDraw {

    /**
     * A drawn instruction.
     *
     * @param weight how many instructions it stands for
     */
    record Drawn(AuditItem item, double weight) {}

    private record Ranked(long rank, long place, AuditItem item) {}

    private static final Comparator<Ranked> RANK = Comparator.comparingLong(Ranked::rank)
            .thenComparing(r -> r.item().origin().id());

    /** The instructions of one stratum. */
    private static final class Pot {
        final PriorityQueue<Ranked> held = new PriorityQueue<>(RANK.reversed());
        long seen;

        void shrinkTo(long most) {
            while (held.size() > most) {
                held.poll();
            }
        }
    }

    /** What was kept, or what was eliminated. */
    private static final class Half {
        final Map<AuditItem.Stratum, Pot> pots = new LinkedHashMap<>();
        long seen;
        long held;

        void add(Ranked ranked, int most) {
            Pot pot = pots.computeIfAbsent(ranked.item().stratum(), stratum -> new Pot());
            pot.seen++;
            seen++;
            pot.held.add(ranked);
            held++;
            if (held > 2L * most + pots.size()) {
                long each = level(most) + 1;
                pots.values().forEach(p -> p.shrinkTo(each));
                held = pots.values().stream().mapToInt(p -> p.held.size()).sum();
            }
        }

        /** The greatest number of each stratum that is no more than the given number in all. */
        private long level(long number) {
            long[] sizes =
                    pots.values().stream().mapToLong(p -> p.seen).sorted().toArray();
            long left = number;
            for (int i = 0; i < sizes.length; i++) {
                long each = left / (sizes.length - i);
                if (sizes[i] > each) {
                    return each;
                }
                left -= sizes[i];
            }
            return number;
        }

        /** So many of them, the same number of each stratum; what is left over goes to the largest ones. */
        void take(long number, List<Ranked> into, Map<AuditItem.Stratum, Double> weights) {
            long level = level(number);
            long left = number
                    - pots.values().stream()
                            .mapToLong(p -> Math.min(p.seen, level))
                            .sum();
            List<Map.Entry<AuditItem.Stratum, Pot>> largestFirst = pots.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<AuditItem.Stratum, Pot>>comparingLong(e -> -e.getValue().seen)
                            .thenComparing(e -> e.getKey().toString()))
                    .toList();
            for (Map.Entry<AuditItem.Stratum, Pot> entry : largestFirst) {
                Pot pot = entry.getValue();
                boolean more = left > 0 && pot.seen > level;
                left -= more ? 1 : 0;
                pot.shrinkTo(more ? level + 1 : level);
                into.addAll(pot.held);
                weights.put(entry.getKey(), (double) pot.seen / Math.max(1, pot.held.size()));
            }
        }
    }

    private final int size;
    private final long seed;
    private final Set<String> leftOut;
    private final Half kept = new Half();
    private final Half eliminated = new Half();

    AuditDraw(int size, long seed, Set<String> leftOut) {
        this.size = size;
        this.seed = seed;
        this.leftOut = leftOut;
    }

    void offer(EvolvedSample sample) {
        for (Outcome outcome : sample.outcomes()) {
            Optional<AuditItem> item = AuditItem.of(sample, outcome);
            if (item.isPresent() && !leftOut.contains(item.get().by())) {
                Half half = outcome instanceof Outcome.Kept ? kept : eliminated;
                half.add(
                        new Ranked(
                                hash(sample.key(), outcome.origin(), "audit"),
                                hash(sample.key(), outcome.origin(), "audit order"),
                                item.get()),
                        size);
            }
        }
    }

    private long hash(SampleKey key, Outcome.Origin origin, String purpose) {
        return Round.derivedSeed(seed, key, origin.round(), purpose + " " + origin.id());
    }

    /** How many instructions are held now. */
    long held() {
        return kept.held + eliminated.held;
    }

    /** What is drawn, shuffled. */
    List<Drawn> items() {
        long ofKept = Math.min(kept.seen, Math.max((size + 1) / 2, size - eliminated.seen));
        List<Ranked> drawn = new ArrayList<>();
        Map<AuditItem.Stratum, Double> weights = new LinkedHashMap<>();
        kept.take(ofKept, drawn, weights);
        eliminated.take(Math.min(eliminated.seen, size - ofKept), drawn, weights);
        return drawn.stream()
                .sorted(Comparator.comparingLong(Ranked::place).thenComparing(RANK))
                .map(r -> new Drawn(r.item(), weights.getOrDefault(r.item().stratum(), 1.0)))
                .toList();
    }
}
