package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.RunReport.RoundReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Counts a run; its size depends on rounds, directions and names, never on the number of samples. Thread-safe. */
final class Tally {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> directions;
    private final Map<Cell, Counts> cells = new LinkedHashMap<>();
    private final Map<String, Long> events = new TreeMap<>();
    private long samples;
    private long seedInstructions;
    private long resumedRounds;
    private long replayedCalls;
    private long pendingCalls;

    Tally(List<String> directions) {
        this.directions = directions;
    }

    void sample(int instructions) {
        locked(() -> {
            samples++;
            seedInstructions += instructions;
        });
    }

    void outcomes(List<Outcome> outcomes) {
        locked(() -> outcomes.forEach(this::outcome));
    }

    void call(int round, String direction, RunListener.Call call) {
        locked(() -> {
            Counts counts = counts(round, direction);
            counts.calls++;
            counts.usage = counts.usage.plus(call.usage());
            counts.modelTime = counts.modelTime.plus(call.time());
        });
    }

    void events(Map<String, Long> counts) {
        locked(() -> counts.forEach((event, times) -> events.merge(event, times, Long::sum)));
    }

    void resumed(int rounds) {
        locked(() -> resumedRounds += rounds);
    }

    void pending() {
        locked(() -> pendingCalls++);
    }

    void replayed() {
        locked(() -> replayedCalls++);
    }

    /** Calls whose deferred replies are still to come. */
    long pendingCalls() {
        lock.lock();
        try {
            return pendingCalls;
        } finally {
            lock.unlock();
        }
    }

    RunReport report(Account account, Account paidElsewhere, Duration wallTime, String stoppedBy) {
        lock.lock();
        try {
            List<RoundReport> rounds = cells.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(Cell::round)
                            .thenComparingInt(cell -> directions.indexOf(cell.direction()))))
                    .map(e -> e.getValue().report(e.getKey()))
                    .toList();
            return new RunReport(
                    samples,
                    seedInstructions,
                    rounds.stream().mapToLong(RoundReport::kept).sum(),
                    rounds,
                    account,
                    paidElsewhere,
                    resumedRounds,
                    replayedCalls,
                    pendingCalls,
                    new TreeMap<>(events),
                    wallTime,
                    stoppedBy);
        } finally {
            lock.unlock();
        }
    }

    private void outcome(Outcome outcome) {
        Counts counts = counts(outcome.origin().round(), outcome.origin().direction());
        if (outcome instanceof Outcome.Kept kept) {
            counts.kept++;
            kept.score().ifPresent(score -> {
                counts.scored++;
                counts.scores += score;
            });
        } else if (outcome instanceof Outcome.Eliminated eliminated) {
            counts.eliminatedBy.merge(eliminated.by(), 1L, Long::sum);
        } else if (outcome instanceof Outcome.Failed failed) {
            counts.failedBy.merge(failed.by(), 1L, Long::sum);
        }
    }

    private Counts counts(int round, String direction) {
        return cells.computeIfAbsent(new Cell(round, direction), cell -> new Counts());
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    private record Cell(int round, String direction) {}

    private static final class Counts {
        private final Map<String, Long> eliminatedBy = new TreeMap<>();
        private final Map<String, Long> failedBy = new TreeMap<>();
        private long kept;
        private long scored;
        private long scores;
        private long calls;
        private TokenUsage usage = TokenUsage.NONE;
        private Duration modelTime = Duration.ZERO;

        RoundReport report(Cell cell) {
            long eliminated = sum(eliminatedBy);
            long failed = sum(failedBy);
            OptionalDouble mean = scored == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) scores / scored);
            return new RoundReport(
                    cell.round(),
                    cell.direction(),
                    kept + eliminated + failed,
                    kept,
                    eliminated,
                    failed,
                    mean,
                    new TreeMap<>(eliminatedBy),
                    new TreeMap<>(failedBy),
                    calls,
                    usage,
                    modelTime);
        }

        private static long sum(Map<String, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
