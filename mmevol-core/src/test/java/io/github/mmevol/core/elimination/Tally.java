package io.github.mmevol.core.elimination;

import java.util.Locale;

/**
 * How many of how many, with the 95 % interval of Wilson for the share.
 *
 * @param hits how many
 * @param of of how many
 */
record Tally(int hits, int of) {
    private static final double Z = 1.959964;

    static final Tally NONE = new Tally(0, 0);

    /** One, and whether it is a hit. */
    static Tally of(boolean hit) {
        return new Tally(hit ? 1 : 0, 1);
    }

    Tally plus(Tally other) {
        return new Tally(hits + other.hits, of + other.of);
    }

    double share() {
        return of == 0 ? 0 : (double) hits / of;
    }

    /** For example {@code 3 of 120, 2.5 % (0.9 to 7.1)}. */
    @Override
    public String toString() {
        if (of == 0) {
            return "0 of 0";
        }
        double middle = (share() + Z * Z / (2 * of)) / (1 + Z * Z / of);
        double half = Z / (1 + Z * Z / of) * Math.sqrt(share() * (1 - share()) / of + Z * Z / (4.0 * of * of));
        return String.format(
                Locale.ROOT,
                "%d of %d, %.1f %% (%.1f to %.1f)",
                hits,
                of,
                100 * share(),
                Math.max(0, 100 * (middle - half)),
                Math.min(100, 100 * (middle + half)));
    }
}
