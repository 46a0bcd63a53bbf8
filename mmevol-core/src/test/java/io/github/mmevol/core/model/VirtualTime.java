package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** Time that passes only while somebody waits; for one thread. */
final class VirtualTime implements Time {
    private final List<Duration> slept = new ArrayList<>();
    private long now = 1_000_000_000_000L;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void sleep(Duration wait) {
        slept.add(wait);
        now += wait.toNanos();
    }

    @Override
    public void await(Condition signal, long nanos) {
        if (nanos == Long.MAX_VALUE) {
            throw new AssertionError("waits for ever: there is no other thread to end it");
        }
        now += nanos;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    /** How much has passed since then. */
    Duration since(long moment) {
        return Duration.ofNanos(now - moment);
    }

    /** All sleeps so far. */
    List<Duration> slept() {
        return slept;
    }
}
