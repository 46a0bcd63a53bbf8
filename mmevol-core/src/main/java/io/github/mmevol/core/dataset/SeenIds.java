package io.github.mmevol.core.dataset;

/** The images that ids stand for; of a large file those of its first ids alone, so that memory stays flat. */
final class SeenIds {
    private static final int MOST = 1 << 17;

    private final LongInts images = new LongInts();
    private int size;

    /** Whether an id stood for another image before. */
    boolean isAnothers(String id, String image) {
        long key = Hash64.of(id);
        int hash = (int) Hash64.of(image) >>> 1;
        int before = images.get(key, -1);
        if (before < 0 && size < MOST) {
            size++;
            images.put(key, hash);
        }
        return before >= 0 && before != hash;
    }
}
