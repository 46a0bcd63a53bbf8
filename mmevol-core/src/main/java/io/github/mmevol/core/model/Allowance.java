package io.github.mmevol.core.model;

/**
 * What may be used in a minute. It comes in evenly; a hundredth of it can be saved up, so that in no minute more than all of
 * it is used. A need beyond what is saved up is granted in advance. Not thread-safe.
 */
final class Allowance {
    private static final double MINUTE = 60e9;

    private final double most;
    private final double perNano;
    private double level;
    private long updated;

    Allowance(long perMinute, long now) {
        most = Math.max(1, perMinute / 100.0);
        perNano = (perMinute - (most - 1)) / MINUTE;
        level = most;
        updated = now;
    }

    /** How long until there is enough. */
    long delay(double need, long now) {
        update(now);
        double lacking = Math.min(need, most) - level;
        return lacking <= 0 ? 0 : (long) Math.ceil(lacking / perNano);
    }

    void take(double need) {
        level -= need;
    }

    /** Gives back what was not needed; takes what was needed more, where negative. */
    void correct(double surplus) {
        level = Math.min(most, level + surplus);
    }

    private void update(long now) {
        level = Math.min(most, level + (now - updated) * perNano);
        updated = now;
    }
}
