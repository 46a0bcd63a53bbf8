package io.github.mmevol.core.model;

/**
 * A bound that nobody tells, found out from refusals. It is cut where they show that it is too high, and grows while it
 * holds calls back.
 *
 * <p>After a cut it stays where it was cut to for some seconds, on trial. Then it grows along a cubic, as the congestion
 * window of TCP does (CUBIC, RFC 9438): fast at first, hardly at all close below where it failed, then ever faster. So it
 * probes rarely, yet finds a bound that has risen.
 *
 * <p>Refusals need not come from this bound. Where they go on in the trial, it is cut again, three times at most. If they
 * go on even then, they are noise: it goes back to where it failed, and for a minute only refusals beyond that share count.
 *
 * <p>Not thread-safe.
 */
final class Ceiling {
    /** Seconds. */
    private static final double TRIAL = 4;

    private static final int MOST_STEPS = 3;
    private static final long BETWEEN_CUTS = 1_000_000_000L;
    /** Shares of refusals: that never passes for noise, that is noise only for a minute, that is no reason to step down. */
    private static final double HEAVY = 0.15;

    private static final double DOUBTFUL = 0.015;
    private static final double BEARABLE = 0.005;
    private static final double NEGLIGIBLE = 0.003;
    private static final long BELIEVED = 60_000_000_000L;
    /** How far refusals have to lie above what a share makes likely, in standard deviations. */
    private static final double SIGNIFICANT = 2.5;

    private enum Phase {
        /** Never cut: doubles each second. */
        SEARCH,
        /** Stays where it was cut to. */
        TRIAL,
        /** Follows the cubic. */
        GROWTH
    }

    private Phase phase = Phase.SEARCH;
    private double value;
    private double failedAt;
    private double bottom;
    private double plateau;
    private double period;
    private double seconds;
    private int steps;
    private long lastBeforeCut;
    private long cutAt;

    private double starts;
    private double refusals;
    private double noise;
    private long noiseFoundAt;

    /**
     * Starts to search.
     *
     * @param last the number of the last call that started before
     */
    Ceiling(double value, long last, long now) {
        this.value = value;
        lastBeforeCut = last;
        cutAt = now;
        noiseFoundAt = now - BELIEVED;
    }

    double value() {
        return value;
    }

    boolean isSearching() {
        return phase == Phase.SEARCH;
    }

    boolean isOnTrial() {
        return phase == Phase.TRIAL;
    }

    /** Whether refusals that go on after the next cut pass for noise. */
    boolean isBeforeLastStep() {
        return phase == Phase.TRIAL && steps == MOST_STEPS - 1;
    }

    /** What was admitted since the last cut, per second. */
    double admittedPerSecond(long now) {
        return (starts - refusals) / Math.max(1, (now - cutAt) / 1e9);
    }

    /** The bound has held calls back for so many seconds. */
    void grow(double more) {
        if (phase == Phase.SEARCH) {
            value *= Math.pow(2, more);
            return;
        }
        seconds += more;
        if (phase == Phase.TRIAL) {
            if (seconds < TRIAL) {
                return;
            }
            double share = Math.min(HEAVY, refusals / Math.max(20, starts));
            noise = share == 0 ? noise / 4 : (noise + share) / 2;
            enter(Phase.GROWTH, seconds - TRIAL);
        }
        double x = (seconds - period) / period;
        value = plateau + (plateau - bottom) * x * x * x;
    }

    void started() {
        starts++;
    }

    /**
     * A call was refused. What started before the last cut says nothing of what is now, so a burst of refusals counts once.
     *
     * @param number the call's number
     * @param dear whether the refusal holds all calls back
     * @return whether the bound has to be cut
     */
    boolean refused(long number, boolean dear, long now) {
        if (number <= lastBeforeCut) {
            return false;
        }
        refusals++;
        if (now - cutAt < BETWEEN_CUTS) {
            return false;
        }
        return switch (phase) {
            case SEARCH -> true;
            case GROWTH -> exceeds(dear ? noise : Math.max(noise, NEGLIGIBLE)) || isNoiseDoubted(now);
            case TRIAL -> {
                if (steps == MOST_STEPS && !exceeds(HEAVY)) {
                    takeForNoise(now);
                    yield false;
                }
                yield refusals >= 2 && exceeds(dear ? noise : Math.max(noise, BEARABLE));
            }
        };
    }

    /** Whether there are clearly more refusals than this share of the calls. */
    private boolean exceeds(double share) {
        double expected = share * starts;
        return refusals > expected + SIGNIFICANT * Math.sqrt(expected);
    }

    private boolean isNoiseDoubted(long now) {
        return noise > DOUBTFUL && now - noiseFoundAt > BELIEVED;
    }

    private void takeForNoise(long now) {
        if (refusals >= 4) {
            noise = refusals / starts;
            noiseFoundAt = now;
            bottom = 0.96 * failedAt;
            plateau = failedAt;
            value = bottom;
            enter(Phase.GROWTH, 0);
        }
    }

    /**
     * Cuts the bound.
     *
     * @param to the new value
     * @param period seconds from the trial to the flat part of the cubic, half the time to the next probe
     * @param last the number of the last call that started
     */
    void cut(double to, double period, long last, long now) {
        if (phase == Phase.TRIAL) {
            steps++;
        } else {
            steps = 0;
            failedAt = value;
            if (isNoiseDoubted(now)) {
                noise = 0;
            }
        }
        plateau = (value + to) / 2;
        bottom = to;
        value = to;
        this.period = period;
        lastBeforeCut = last;
        cutAt = now;
        enter(Phase.TRIAL, 0);
    }

    private void enter(Phase next, double secondsInto) {
        phase = next;
        seconds = secondsInto;
        starts = 0;
        refusals = 0;
    }
}
