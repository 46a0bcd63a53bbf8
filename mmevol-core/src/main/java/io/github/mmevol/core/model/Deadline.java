package io.github.mmevol.core.model;

import java.time.Duration;

/** A moment after which nobody waits for a reply any more. */
record Deadline(long nanos, Time time) {

    static Deadline in(Duration left, Time time) {
        return new Deadline(time.nanos() + left.toNanos(), time);
    }

    /** How long until then; zero once it has passed. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanos - time.nanos()));
    }
}
