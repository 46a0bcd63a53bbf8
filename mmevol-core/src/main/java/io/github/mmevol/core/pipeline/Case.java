package io.github.mmevol.core.pipeline;

/** How what is assumed may turn out; the figures stand in the Javadoc of {@link Pilot}. */
enum Case {
    LOW(-0.25, 0.3, 0.5, 0, 0.75, 0.9, 1 / 3.0),
    EXPECTED(0, 0.75, 1, 0.02, 0, 1, 1),
    HIGH(0.25, 1, 2, 0.15, 0, 1.1, 3);

    private final double keptMore;
    private final double judgedOfTheRest;
    final double completionFactor;
    final double repairShare;
    final double cachedShare;
    final double textFactor;
    final double timeFactor;

    Case(
            double keptMore,
            double judgedOfTheRest,
            double completionFactor,
            double repairShare,
            double cachedShare,
            double textFactor,
            double timeFactor) {
        this.keptMore = keptMore;
        this.judgedOfTheRest = judgedOfTheRest;
        this.completionFactor = completionFactor;
        this.repairShare = repairShare;
        this.cachedShare = cachedShare;
        this.textFactor = textFactor;
        this.timeFactor = timeFactor;
    }

    /** The share that is kept where so much is expected. */
    double kept(double expected) {
        return Math.max(0, Math.min(1, expected + keptMore));
    }

    /** The share that a judge is asked about where so much is kept. */
    double judged(double kept) {
        return kept + (1 - kept) * judgedOfTheRest;
    }
}
