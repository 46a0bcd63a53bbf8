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
    /** Seconds of a trial, longer where it saw too few calls to tell anything. */
    private static final double TRIAL = 4;

    private static final double LONGEST_TRIAL = 20;
    private static final double ENOUGH = 100;
    /** How many calls are remembered, fading. */
    private static final double MEMORY = 1000;

    private static final int MOST_STEPS = 3;
    private static final long BETWEEN_CUTS = 1_000_000_000L;

    /** A share of refusals that never passes for noise. */
    private static final double HEAVY = 0.15;
    /** A share of refusals that ends the search. */
    private static final double TOO_MANY = 0.1;
    /** A share of refusals that passes for noise for a minute only. */
    private static final double DOUBTFUL = 0.015;
    /** A share of refusals that is no reason to cut, unless they are dear. */
    private static final double BEARABLE = 0.005;

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
    private long admitted;
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
        return admitted / Math.max(1, (now - cutAt) / 1e9);
    }

    /** The bound has held calls back for so many seconds. */
    void grow(double more, long now) {
        if (phase == Phase.SEARCH) {
            value *= Math.pow(2, more);
            return;
        }
        seconds += more;
        if (phase == Phase.TRIAL) {
            if (seconds < TRIAL || (starts < ENOUGH && seconds < LONGEST_TRIAL)) {
                return;
            }
            endTrial(now);
        }
        double x = (seconds - period) / period;
        value = plateau + (plateau - bottom) * x * x * x;
    }

    private void endTrial(long now) {
        if (steps == MOST_STEPS && refusals >= 4) {
            noise = refusals / starts;
            noiseFoundAt = now;
            bottom = 0.96 * failedAt;
            plateau = failedAt;
        } else {
            noise = Math.min(HEAVY, (refusals + noise * ENOUGH) / (starts + ENOUGH));
        }
        enter(Phase.GROWTH);
    }

    void started() {
        admitted++;
        if (++starts > MEMORY) {
            starts /= 2;
            refusals /= 2;
        }
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
        admitted--;
        if (now - cutAt < BETWEEN_CUTS) {
            return false;
        }
        return switch (phase) {
            case SEARCH -> dear || exceeds(TOO_MANY);
            case GROWTH -> exceeds(dear ? noise : Math.max(noise, BEARABLE)) || isNoiseDoubted(now);
            case TRIAL -> {
                double borne = steps == MOST_STEPS ? HEAVY : dear ? noise : Math.max(noise, BEARABLE);
                yield refusals >= 2 && exceeds(borne);
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
        enter(Phase.TRIAL);
    }

    private void enter(Phase next) {
        phase = next;
        seconds = 0;
        starts = 0;
        refusals = 0;
        admitted = 0;
    }
}
