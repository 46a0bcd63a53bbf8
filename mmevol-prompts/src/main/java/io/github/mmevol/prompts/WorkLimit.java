package io.github.mmevol.prompts;

/** Bounds the work that one reply may cause, counted in characters looked at. */
final class WorkLimit {
    private static final long ATTEMPT = 2_000;

    private long left;

    /** Enough for any honest reply of this length, and a small multiple of it for a hostile one. */
    WorkLimit(int length) {
        left = 4_000_000 + 16L * length;
    }

    void spend(long characters) {
        left -= characters;
    }

    /** Accounts for one more start of a parser. */
    void attempt() {
        spend(ATTEMPT);
    }

    boolean exhausted() {
        return left < 0;
    }
}
