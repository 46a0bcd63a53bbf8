package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;

/** A server that admits calls or not, in virtual time. */
@FunctionalInterface
interface SimulatedServer {
    Duration ADMITTED = Duration.ofNanos(-1);

    /** How a refusal tells how long to wait. */
    enum Told {
        NOTHING,
        EXACTLY,
        IN_WHOLE_SECONDS;

        Duration of(double nanos) {
            return switch (this) {
                case NOTHING -> Duration.ZERO;
                case EXACTLY -> Duration.ofNanos((long) Math.ceil(nanos));
                case IN_WHOLE_SECONDS -> Duration.ofSeconds((long) Math.ceil(nanos / 1e9));
            };
        }
    }

    /** {@link #ADMITTED}, or for how long the caller is told to wait. */
    Duration ask(long now);

    /** An admitted call has been answered. */
    default void answered() {}

    /** Whether refusals say that it is too busy, not that there are too many calls for its rate. */
    default boolean isBusy() {
        return false;
    }

    /** So many a second, of which so many can be saved up. */
    static SimulatedServer tokenBucket(double perSecond, double most, Told told) {
        return new SimulatedServer() {
            private double level = most;
            private long updated;

            @Override
            public Duration ask(long now) {
                level = Math.min(most, level + (now - updated) * perSecond / 1e9);
                updated = now;
                if (level >= 1) {
                    level--;
                    return ADMITTED;
                }
                return told.of((1 - level) / perSecond * 1e9);
            }
        };
    }

    /** So many in each window of so many seconds, which begin by the clock. */
    static SimulatedServer fixedWindows(int seconds, int calls, Told told) {
        long length = Duration.ofSeconds(seconds).toNanos();
        return new SimulatedServer() {
            private long window = -1;
            private int admitted;

            @Override
            public Duration ask(long now) {
                if (now / length != window) {
                    window = now / length;
                    admitted = 0;
                }
                return admitted++ < calls ? ADMITTED : told.of((window + 1) * length - now);
            }
        };
    }

    /** So many in any stretch of so many seconds. */
    static SimulatedServer slidingWindow(int seconds, int calls, Told told) {
        long length = Duration.ofSeconds(seconds).toNanos();
        ArrayDeque<Long> admitted = new ArrayDeque<>();
        return now -> {
            while (!admitted.isEmpty() && admitted.getFirst() <= now - length) {
                admitted.removeFirst();
            }
            if (admitted.size() < calls) {
                admitted.addLast(now);
                return ADMITTED;
            }
            return told.of(admitted.getFirst() + length - now);
        };
    }

    /** So many at once; the others hear that it is busy. */
    static SimulatedServer workers(int workers) {
        return new SimulatedServer() {
            private int busy;

            @Override
            public Duration ask(long now) {
                if (busy == workers) {
                    return Duration.ZERO;
                }
                busy++;
                return ADMITTED;
            }

            @Override
            public void answered() {
                busy--;
            }

            @Override
            public boolean isBusy() {
                return true;
            }
        };
    }

    /** Refuses calls at random, however few there are. */
    static SimulatedServer moody(double share, boolean busy, Random random) {
        return new SimulatedServer() {
            @Override
            public Duration ask(long now) {
                return random.nextDouble() < share ? Duration.ZERO : ADMITTED;
            }

            @Override
            public boolean isBusy() {
                return busy;
            }
        };
    }

    /** One server until then, another one from then on. */
    static SimulatedServer changing(SimulatedServer before, SimulatedServer after, Duration when) {
        return now -> (now < when.toNanos() ? before : after).ask(now);
    }

    /** Nobody is admitted for a while. */
    static SimulatedServer closedBetween(SimulatedServer open, Duration from, Duration to) {
        return now -> now < from.toNanos() || now >= to.toNanos() ? open.ask(now) : Duration.ZERO;
    }
}
