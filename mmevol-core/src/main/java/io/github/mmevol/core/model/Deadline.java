package io.github.mmevol.core.model;

import java.time.Duration;

/** A moment after which nobody waits for a reply any more. */
record Deadline(long nanos, Time time) {
    /** So far ahead that nobody gets there, and yet to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** In so much time from now; at once if it is negative, in a year at the latest. */
    static Deadline in(Duration left, Time time) {
        Duration bounded = left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST) > 0 ? LONGEST : left;
        return new Deadline(time.nanos() + bounded.toNanos(), time);
    }

    /** How long until then; zero once it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - time.nanos()));
    }
}
