package io.github.mmevol.core.model;

/**
 * How many calls may be in flight. Within its bounds it opens up fast, doubling while more are wanted, until the server is
 * overloaded; from then on it follows a {@link Ceiling}. Not thread-safe.
 */
final class Slots {
    private static final int FIRST = 32;
    private static final double PERIOD = 15;
    private static final long DOUBLING = 50_000_000L;

    private final int minimum;
    private final int maximum;
    private Ceiling ceiling;
    private long doubledAt;
    private int inFlight;

    Slots(int minimum, int maximum, long now) {
        this.minimum = minimum;
        this.maximum = maximum;
        int first = Math.max(minimum, Math.min(maximum, FIRST));
        ceiling = new Ceiling(first, 0, now - 1_000_000_000L);
        doubledAt = now;
    }

    int limit() {
        return (int) Math.max(minimum, Math.min(maximum, ceiling.value()));
    }

    int inFlight() {
        return inFlight;
    }

    /** How long until one more may be in flight; for ever where one has to end first. */
    long delay(long now) {
        if (inFlight < limit()) {
            return 0;
        }
        if (!ceiling.isSearching() || limit() == maximum) {
            return Long.MAX_VALUE;
        }
        if (now - doubledAt < DOUBLING) {
            return doubledAt + DOUBLING - now;
        }
        doubledAt = now;
        ceiling.grow(1, now);
        return 0;
    }

    /**
     * Time has passed.
     *
     * @param binding whether a call waited because as many as may be were in flight
     */
    void passed(double seconds, boolean binding, long now) {
        if (binding && !ceiling.isSearching() && limit() < maximum) {
            ceiling.grow(seconds, now);
        }
    }

    void started() {
        ceiling.started();
        inFlight++;
    }

    void ended() {
        inFlight--;
    }

    /**
     * The server was too busy for a call.
     *
     * @param number the call's number
     * @param last the number of the last call that started
     */
    void overloaded(long number, long last, long now) {
        if (minimum < maximum && ceiling.refused(number, false, now)) {
            double value = Math.max(minimum, Math.min(maximum, ceiling.value()));
            double share = ceiling.isSearching() ? 0.5 : ceiling.isOnTrial() ? 0.85 : 0.96;
            // at least one less
            ceiling.cut(Math.max(0.5, Math.min(share * value, Math.floor(value) - 0.5)), PERIOD, last, now);
        }
    }
}
