package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** What solvers found hard, beside the judge's scores, so far. Holds counts alone. */
final class DifficultyPass {
    /** The field in which a solver test writes the share of tries that gave another answer, 0 to 1. */
    private static final String FIELD = "difficulty";

    private static final int FINEST = 1_000;

    private final long[][] counts = new long[11][FINEST + 1];

    void add(Outcome.Kept kept) {
        String told = kept.instruction().extras().getOrDefault(FIELD, "");
        if (kept.score().isPresent() && told.matches("0(\\.\\d{1,6})?|1(\\.0{1,6})?")) {
            counts[kept.score().getAsInt()][(int) Math.round(Double.parseDouble(told) * FINEST)]++;
        }
    }

    Analysis.Difficulty figure() {
        long[] byScore = new long[counts.length];
        long[] byDifficulty = new long[FINEST + 1];
        List<Analysis.AtScore> rows = new ArrayList<>();
        for (int score = 0; score < counts.length; score++) {
            long sum = 0;
            for (int difficulty = 0; difficulty <= FINEST; difficulty++) {
                long count = counts[score][difficulty];
                byScore[score] += count;
                byDifficulty[difficulty] += count;
                sum += count * difficulty;
            }
            if (byScore[score] > 0) {
                rows.add(new Analysis.AtScore(score, byScore[score], (double) sum / FINEST / byScore[score]));
            }
        }
        return new Analysis.Difficulty(rows, correlation(ranks(byScore), ranks(byDifficulty)));
    }

    /** Spearman's: that of the ranks, equal values sharing the middle one. */
    private OptionalDouble correlation(double[] scoreRanks, double[] difficultyRanks) {
        double both = 0;
        double scores = 0;
        double difficulties = 0;
        for (int score = 0; score < counts.length; score++) {
            for (int difficulty = 0; difficulty <= FINEST; difficulty++) {
                long count = counts[score][difficulty];
                both += count * scoreRanks[score] * difficultyRanks[difficulty];
                scores += count * scoreRanks[score] * scoreRanks[score];
                difficulties += count * difficultyRanks[difficulty] * difficultyRanks[difficulty];
            }
        }
        return scores == 0 || difficulties == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(both / Math.sqrt(scores * difficulties));
    }

    /** The middle rank of each value, less the mean of all ranks. */
    private static double[] ranks(long[] counts) {
        double mean =
                (IntStream.range(0, counts.length).mapToLong(i -> counts[i]).sum() + 1) / 2.0;
        double[] ranks = new double[counts.length];
        long before = 0;
        for (int i = 0; i < counts.length; i++) {
            ranks[i] = before + (counts[i] + 1) / 2.0 - mean;
            before += counts[i];
        }
        return ranks;
    }
}
