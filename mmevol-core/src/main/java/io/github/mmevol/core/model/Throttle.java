package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Decides when the next call may start, from how earlier ones ended:
 *
 * <ul>
 *   <li>A server that asks to wait is not asked by anybody before; then calls come back one after the other.
 *   <li>What it refuses for its rate (429) slows the {@link Pace}.
 *   <li>What it is too busy for (503, 504, 529, timeouts) takes away {@link Slots}.
 *   <li>Where it refuses all calls and does not say for how long, it is tried again after pauses that double.
 * </ul>
 *
 * Not thread-safe.
 */
final class Throttle {
    private static final long SECOND = 1_000_000_000L;
    private static final int SHUT_AFTER = 8;
    private static final long FIRST_PAUSE = SECOND / 4;
    private static final long LONGEST_PAUSE = 15 * SECOND;

    private enum Held {
        BY_NOTHING,
        BY_PAUSE,
        BY_SLOTS,
        BY_PACE
    }

    private final boolean adaptive;
    private final Slots slots;
    private final Pace pace;
    private long last;
    private long lastNow;
    private Held held = Held.BY_NOTHING;
    private long pausedUntil;
    private long spread;
    private long nextAfterPause;

    private long refusalsInRow;
    private long firstRefused;
    private int pausesInRow;
    private long lastBeforePause;

    Throttle(int minimum, int maximum, long now) {
        adaptive = minimum < maximum;
        slots = new Slots(minimum, maximum, now);
        pace = new Pace(now);
        lastNow = now;
        pausedUntil = now;
        nextAfterPause = now;
    }

    int limit() {
        return slots.limit();
    }

    int inFlight() {
        return slots.inFlight();
    }

    OptionalDouble startsPerSecond() {
        return pace.perSecond();
    }

    Duration pauseLeft(long now) {
        return Duration.ofNanos(Math.max(0, pausedUntil - now));
    }

    /** How long until the next call may start; 0 for now, for ever where one has to end first. */
    long delay(long now) {
        pass(now);
        long wait = pausedUntil - now;
        held = Held.BY_PAUSE;
        if (wait <= 0) {
            wait = slots.delay(now);
            held = Held.BY_SLOTS;
        }
        if (wait <= 0) {
            wait = Math.max(pace.delay(now), nextAfterPause - now);
            held = Held.BY_PACE;
        }
        if (wait <= 0) {
            held = Held.BY_NOTHING;
        }
        return Math.max(0, wait);
    }

    /** A call starts now; its number, from 1. */
    long start(long now) {
        pass(now);
        last++;
        slots.started();
        pace.started(last, now);
        if (now < pausedUntil + spread) {
            nextAfterPause = now + spread / slots.limit();
        }
        return last;
    }

    /** A call has ended. */
    void ended(long number, Ending ending, long now) {
        pass(now);
        slots.ended();
        long told = ending.pause().toNanos();
        if (told > 0) {
            pause(told, now);
            spread = Math.min(SECOND, told / 4);
        }
        if (!adaptive) {
            return;
        }
        switch (ending.kind()) {
            case ANSWERED -> {
                pace.answered();
                if (number > firstRefused) {
                    refusalsInRow = 0;
                    pausesInRow = 0;
                }
            }
            case REFUSED -> {
                if (isShut(number)) {
                    if (pausesInRow == 0) {
                        pace.shut(last, now);
                    }
                    pause(nextPause(number), now);
                } else {
                    pause(pace.refused(number, last, told, now), now);
                }
            }
            case OVERLOADED -> {
                slots.overloaded(number, last, now);
                if (isShut(number)) {
                    pause(nextPause(number), now);
                }
            }
            case UNKNOWN -> {}
        }
    }

    private void pause(long nanos, long now) {
        pausedUntil = Math.max(pausedUntil, now + nanos);
    }

    /** Whether hardly anything that started lately was admitted. */
    private boolean isShut(long number) {
        if (refusalsInRow == 0) {
            firstRefused = number;
        }
        refusalsInRow++;
        return refusalsInRow >= SHUT_AFTER && 2 * refusalsInRow > last - firstRefused;
    }

    private long nextPause(long number) {
        if (number <= lastBeforePause) {
            return 0;
        }
        lastBeforePause = last;
        return Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(pausesInRow++, 10));
    }

    private void pass(long now) {
        double seconds = (now - lastNow) / (double) SECOND;
        lastNow = now;
        if (slots.inFlight() > 0 || held != Held.BY_NOTHING) {
            pace.passed(seconds, held == Held.BY_PACE, now);
            slots.passed(seconds, held == Held.BY_SLOTS, now);
        }
    }
}
