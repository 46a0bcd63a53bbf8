package io.github.mmevol.core.dataset;

/** Hashes of 64 bits, the same on every machine. */
final class Hash64 {
    private Hash64() {}

    static long of(String text) {
        long hash = 0xcbf29ce484222325L; // FNV-1a
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The hash of a number together with what was hashed before. */
    static long of(long before, long value) {
        return mixed(before * 0x9e3779b97f4a7c15L + value);
    }

    /** The finishing step of SplitMix64. */
    private static long mixed(long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
