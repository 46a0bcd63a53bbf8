package io.github.mmevol.core.analysis;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * An even sample of what is offered, of at most a given size: the items whose names have the least hashes, so that the
 * same items give the same sample in whatever order they come.
 */
final class BottomSample<T> {
    private record Ranked<T>(long rank, String name, T item) {}

    private static final Comparator<Ranked<?>> ORDER =
            Comparator.<Ranked<?>>comparingLong(Ranked::rank).thenComparing(Ranked::name);

    private final int size;
    private final PriorityQueue<Ranked<T>> kept = new PriorityQueue<>(ORDER.reversed());

    BottomSample(int size) {
        this.size = size;
    }

    /**
     * Offers an item.
     *
     * @param item makes it; not asked where it is not taken
     */
    void offer(String name, Supplier<T> item) {
        long rank = rank(name);
        Ranked<T> worst = kept.peek();
        if (size == 0
                || (kept.size() == size
                        && worst != null
                        && (rank > worst.rank() || (rank == worst.rank() && name.compareTo(worst.name()) >= 0)))) {
            return;
        }
        kept.add(new Ranked<>(rank, name, item.get()));
        if (kept.size() > size) {
            kept.poll();
        }
    }

    /** The sample, by rising hash. */
    List<T> items() {
        return kept.stream().sorted(ORDER).map(Ranked::item).toList();
    }

    /** A checksum, stirred so that near names lie far apart. */
    private static long rank(String name) {
        CRC32 checksum = new CRC32();
        checksum.update(name.getBytes(StandardCharsets.UTF_8));
        long x = (checksum.getValue() + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
