package io.github.mmevol.core.analysis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How far eliminators agree with people. All figures are weighted, so that they hold for the whole run and not for the
 * drawn sample; intervals are of 95 % and take the effective number of marks (Kish) as their size.
 *
 * @param marked instructions that people decided about
 * @param eliminators for each eliminator, and for all of them together, one row over all directions and one for each
 * @param kept the share of good ones among what was kept, in all directions and in each (the paper has 89.3 % perceptual,
 *     88.7 % interactive, 92 % cognitive)
 * @param minScores for each direction in which kept instructions have scores, the least score that agrees best
 */
public record AuditAgreement(int marked, List<Row> eliminators, List<Quality> kept, List<Threshold> minScores) {
    /** Stands for all eliminators, and for all directions. */
    public static final String ALL = "all";

    /**
     * A share.
     *
     * @param value the estimate
     * @param low lower end of its interval
     * @param high upper end of its interval
     */
    public record Estimate(double value, double low, double high) {}

    /**
     * An eliminator against people: over what it eliminated and what was kept. What others eliminated does not count, as it
     * may never have been asked.
     *
     * @param by the eliminator's name, or {@link #ALL}
     * @param direction the direction's name, or {@link #ALL}
     * @param keptGood marked instructions that were kept and are good
     * @param keptBad that were kept and are bad
     * @param eliminatedGood that it eliminated and that are good
     * @param eliminatedBad that it eliminated and that are bad
     * @param accuracy the share that both see alike
     * @param kappa Cohen's kappa, its interval that of the accuracy, at the agreement expected by chance; empty where people
     *     or eliminator say the same of all
     */
    public record Row(
            String by,
            String direction,
            int keptGood,
            int keptBad,
            int eliminatedGood,
            int eliminatedBad,
            Estimate accuracy,
            Optional<Estimate> kappa) {
        /** Keeps the values. */
        public Row {
            Objects.requireNonNull(by, "by");
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(accuracy, "accuracy");
            Objects.requireNonNull(kappa, "kappa");
        }

        /** How many marks it rests on. */
        public int marked() {
            return keptGood + keptBad + eliminatedGood + eliminatedBad;
        }
    }

    /**
     * How good what was kept is.
     *
     * @param direction the direction's name, or {@link #ALL}
     * @param marked how many marks it rests on
     * @param good the share of good ones
     */
    public record Quality(String direction, int marked, Estimate good) {
        /** Keeps the values. */
        public Quality {
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(good, "good");
        }
    }

    /**
     * The least score that agrees best with people, of those from the least kept score on: what was eliminated stays so.
     *
     * @param direction the direction's name
     * @param minScore the least of the best ones; 11 where keeping nothing would agree best
     * @param marked how many marks it rests on
     * @param agreement the share of kept ones, weighted, on which it and people agree
     */
    public record Threshold(String direction, int minScore, int marked, double agreement) {
        /** Keeps the values. */
        public Threshold {
            Objects.requireNonNull(direction, "direction");
        }
    }

    /** Copies the lists. */
    public AuditAgreement {
        eliminators = List.copyOf(eliminators);
        kept = List.copyOf(kept);
        minScores = List.copyOf(minScores);
    }
}
