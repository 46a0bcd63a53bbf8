package io.github.mmevol.core.store;

import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** What a session knows of the stored samples without asking the database. Thread-safe. */
final class KnownSamples {
    /**
     * A sample that was placed.
     *
     * @param number the number of its row
     * @param rounds how many of its rounds are finished
     * @param moved whether it stood elsewhere before
     */
    record Placed(int number, int rounds, boolean moved) {}

    /** Held for a look into the index, never while the database is asked. */
    private final ReentrantLock lock = new ReentrantLock();

    private SampleIndex index;

    KnownSamples(SampleIndex index) {
        this.index = index;
    }

    /** Takes another index in the place of this one. */
    void renew(SampleIndex read) {
        locked(() -> {
            index = read;
            return true;
        });
    }

    /** Says where a sample stands; empty if it is not known. */
    Optional<Placed> place(SampleKey key, int position) {
        return locked(() -> {
            int slot = index.find(key);
            return slot == SampleIndex.UNKNOWN
                    ? Optional.empty()
                    : Optional.of(new Placed(index.number(slot), index.rounds(slot), index.place(slot, position)));
        });
    }

    boolean isAtEnd(SampleKey key) {
        return is(key, SampleIndex::isAtEnd);
    }

    boolean isToRetry(SampleKey key) {
        return is(key, SampleIndex::isToRetry);
    }

    boolean wasLeft(SampleKey key) {
        return is(key, SampleIndex::wasLeft);
    }

    private boolean is(SampleKey key, BiPredicate<SampleIndex, Integer> test) {
        return locked(() -> {
            int slot = index.find(key);
            return slot != SampleIndex.UNKNOWN && test.test(index, slot);
        });
    }

    /** Notes that a sample is worked on, with so many finished rounds. */
    void claim(SampleKey key, int number, int position, int rounds) {
        locked(() -> {
            int slot = index.find(key);
            if (slot == SampleIndex.UNKNOWN) {
                slot = index.add(key, number, position, 0);
            }
            index.claim(slot, rounds);
            return index.place(slot, position);
        });
    }

    /** Notes how many rounds of a known sample are finished. */
    void finished(SampleKey key, int rounds) {
        locked(() -> {
            index.rounds(index.find(key), rounds);
            return true;
        });
    }

    /** Notes that a known sample is at its end for this session. */
    void end(SampleKey key) {
        locked(() -> {
            index.end(index.find(key), false);
            return true;
        });
    }

    /** Whether all samples were placed, but for those that an earlier run left out. */
    boolean isPlaced() {
        return locked(() -> index.isPlaced());
    }

    /** The numbers of the others, in their order. */
    List<Integer> unplaced() {
        List<Integer> numbers = new ArrayList<>();
        locked(() -> {
            index.forEachUnplaced(numbers::add);
            return true;
        });
        numbers.sort(null);
        return numbers;
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}
