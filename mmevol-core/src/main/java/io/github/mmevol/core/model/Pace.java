package io.github.mmevol.core.model;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How fast calls may start. There is no limit until the server refuses calls for their rate (429). Then the rate that it
 * admitted is measured, and calls start evenly at a {@link Ceiling} that begins there. Not thread-safe.
 */
final class Pace {
    private static final double SECOND = 1e9;
    /** Seconds over which the admitted rate is measured, fading. */
    private static final double MEMORY = 15;
    /** How much later than planned a call may start without moving the following ones. */
    private static final long TOLERANCE = 10_000_000L;
    /** How long to wait at the first limit until those in flight have told whether they were admitted. */
    private static final long SETTLING = 250_000_000L;

    private static final double CALLS_PER_PERIOD = 50;
    private static final double PERIOD_PER_PAUSE = 30;
    private static final double SHORTEST_PERIOD = 15;
    private static final double LONGEST_PERIOD = 120;

    private static final double SMALL_CUT = 0.96;
    private static final double CUT_ON_TRIAL = 0.85;
    private static final double DEEPEST_CUT = 0.25;

    private @Nullable Ceiling ceiling;
    private boolean settling;
    private double admitted;
    private double seconds;
    private double shareRefused;
    private long next;

    Pace(long now) {
        next = now;
    }

    /** Starts per second; empty as long as there is no limit. */
    OptionalDouble perSecond() {
        return ceiling == null ? OptionalDouble.empty() : OptionalDouble.of(ceiling.value());
    }

    /** How long until the next call may start. */
    long delay(long now) {
        return ceiling == null ? 0 : Math.max(0, next - now);
    }

    /**
     * Time has passed in which calls were in flight or waited.
     *
     * @param binding whether a call waited for its pace
     */
    void passed(double more, boolean binding, long now) {
        double kept = Math.exp(-more / MEMORY);
        admitted *= kept;
        seconds = seconds * kept + more;
        if (binding && ceiling != null) {
            ceiling.grow(more, now);
        }
    }

    void started(long number, long now) {
        if (settling) {
            settling = false;
            ceiling = new Ceiling(Math.max(1, admittedPerSecond()), number - 1, now);
        }
        admitted++;
        if (ceiling != null) {
            ceiling.started();
            next = Math.max(next, now - TOLERANCE) + (long) (SECOND / ceiling.value());
        }
    }

    void answered() {
        shareRefused -= shareRefused / 100;
    }

    /**
     * A call was refused.
     *
     * @param number the call's number
     * @param last the number of the last call that started
     * @param told how long the server asked to wait
     * @return how long no call should start
     */
    long refused(long number, long last, long told, long now) {
        admitted = Math.max(0, admitted - 1);
        shareRefused += (1 - shareRefused) / 100;
        if (ceiling == null) {
            boolean limited = shareRefused > 0.2 || (shareRefused > 0.02 && seconds > 2);
            if (settling || !limited) {
                return 0;
            }
            settling = true;
            return SETTLING;
        }
        return ceiling.refused(number, told > 0, now) ? cut(last, told, now) : 0;
    }

    /** The server refuses all calls. */
    void shut(long last, long now) {
        if (ceiling != null) {
            cut(last, 0, now);
        }
    }

    private long cut(long last, long told, long now) {
        Ceiling known = ceiling;
        if (known == null) {
            return 0;
        }
        double value = known.value();
        double to = value * (known.isOnTrial() ? CUT_ON_TRIAL : SMALL_CUT);
        double measured = admittedPerSecond();
        if (known.isSearching() || measured < 0.9 * value) {
            to = Math.min(to, 0.97 * Math.sqrt(measured * value));
        }
        if (known.isBeforeLastStep()) {
            to = Math.max(0.6 * value, Math.min(to, 0.9 * known.admittedPerSecond(now)));
        }
        to = Math.max(to, DEEPEST_CUT * value);
        // a probe costs a refusal, and the pause after it
        double period = Math.max(CALLS_PER_PERIOD / to, PERIOD_PER_PAUSE * told / SECOND);
        known.cut(to, Math.max(SHORTEST_PERIOD, Math.min(LONGEST_PERIOD, period)), last, now);
        return (long) (2 * SECOND / to);
    }

    private double admittedPerSecond() {
        return admitted / Math.max(1, seconds);
    }
}
