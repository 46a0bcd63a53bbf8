package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A run kept in maps. */
final class MemoryStore implements RunStore {
    private static final long LEFT_OUT = -1;

    private static final class Entry {
        private volatile Sample sample;
        private final Map<String, StoredReply> replies = new ConcurrentHashMap<>();
        private final SortedMap<Integer, StoredRound> rounds = new ConcurrentSkipListMap<>();
        private volatile long position;
        private volatile boolean placed;
        private volatile boolean atEnd;
        private volatile boolean endedForNow;
        private volatile boolean toRetry;
        private volatile boolean left;
        private volatile boolean wasLeft;

        Entry(Sample sample) {
            this.sample = sample;
        }

        void claim(Sample now) {
            sample = now;
            atEnd = false;
            endedForNow = false;
            toRetry = false;
            left = false;
        }

        void place(long position) {
            this.position = position;
            placed = true;
        }
    }

    private final Map<SampleKey, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicReference<RunHistory> history = new AtomicReference<>(RunHistory.NONE);
    private volatile RunSettings settings = RunSettings.NONE;

    private void pay(Account.Line call) {
        history.updateAndGet(before -> new RunHistory(before.paid().plus(call), before.took(), before.stoppedBy()));
    }

    @Override
    public Session open() {
        if (!held.compareAndSet(false, true)) {
            throw new RunStoreException("another run holds this store; wait until it ends");
        }
        for (Entry entry : entries.values()) {
            entry.placed = false;
            entry.toRetry = entry.endedForNow;
            entry.wasLeft = entry.left;
            entry.atEnd &= !entry.left;
        }
        history.updateAndGet(before -> new RunHistory(before.paid(), before.took(), RunHistory.NOT_ENDED));
        return new MemorySession();
    }

    @Override
    public Stream<StoredSample> samples() {
        return entries.entrySet().stream()
                .filter(e -> e.getValue().position != LEFT_OUT)
                .sorted(Comparator.comparingLong(e -> e.getValue().position))
                .map(e -> new StoredSample(
                        e.getKey(),
                        e.getValue().sample,
                        List.copyOf(e.getValue().rounds.values())));
    }

    @Override
    public RunSettings settings() {
        return settings;
    }

    @Override
    public RunHistory history() {
        return Objects.requireNonNull(history.get());
    }

    private final class MemorySession implements Session {
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Account before = history().paid();
        private final long start = System.nanoTime();
        private volatile String stoppedBy = RunHistory.NOT_ENDED;

        @Override
        public boolean settings(RunSettings expected, RunSettings changed) {
            boolean known = settings.equals(expected);
            settings = known ? changed : settings;
            return known;
        }

        @Override
        public int place(SampleKey key, long position) {
            Entry entry = entries.get(key);
            if (entry == null) {
                return 0;
            }
            entry.place(position);
            return (int) entry.rounds.values().stream()
                    .filter(StoredRound::isFinished)
                    .count();
        }

        @Override
        public boolean isAtEnd(SampleKey key) {
            Entry entry = entries.get(key);
            return entry != null && entry.atEnd;
        }

        @Override
        public boolean isToRetry(SampleKey key) {
            Entry entry = entries.get(key);
            return entry != null && entry.toRetry;
        }

        @Override
        public List<StoredRound> rounds(SampleKey key) {
            Entry entry = entries.get(key);
            return entry == null ? List.of() : List.copyOf(entry.rounds.values());
        }

        @Override
        public Optional<Claim> claim(SampleKey key, long position, Sample sample) {
            Entry entry = entries.computeIfAbsent(key, k -> new Entry(sample));
            entry.claim(sample);
            entry.place(position);
            return Optional.of(new MemoryClaim(entry));
        }

        @Override
        public boolean isPlaced() {
            return entries.values().stream().allMatch(entry -> entry.placed || entry.position == LEFT_OUT);
        }

        @Override
        public int placedAll() {
            List<Entry> left = entries.values().stream()
                    .filter(entry -> !entry.placed && entry.position != LEFT_OUT)
                    .toList();
            left.forEach(entry -> entry.position = LEFT_OUT);
            return left.size();
        }

        @Override
        public void flush() {
            // everything is stored at once
        }

        @Override
        public void refresh() {
            // no other process works on it
        }

        @Override
        public Account paidElsewhere() {
            return before;
        }

        @Override
        public void ended(String reason) {
            stoppedBy = reason;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                history.updateAndGet(
                        past -> new RunHistory(past.paid(), past.took().plus(took), stoppedBy));
                held.set(false);
            }
        }
    }

    private final class MemoryClaim implements Claim {
        private final Entry entry;

        MemoryClaim(Entry entry) {
            this.entry = entry;
        }

        @Override
        public List<StoredRound> rounds() {
            return List.copyOf(entry.rounds.values());
        }

        @Override
        public Optional<ModelResponse> reply(String request) {
            return Optional.ofNullable(entry.replies.get(request)).map(StoredReply::response);
        }

        @Override
        public ModelResponse putReply(StoredReply reply) {
            pay(reply.paid());
            StoredReply first = entry.replies.putIfAbsent(reply.request(), reply);
            return first == null ? reply.response() : first.response();
        }

        @Override
        public void putFailure(Account.Line call) {
            pay(call);
        }

        @Override
        public Account paid() {
            return new Account(
                    entry.replies.values().stream().map(StoredReply::paid).toList());
        }

        @Override
        public boolean putRound(StoredRound round) {
            entry.rounds.merge(round.number(), round, (old, next) -> old.isFinished() ? old : next);
            return true;
        }

        @Override
        public void leave() {
            entry.left = true;
            entry.atEnd = true;
        }

        @Override
        public boolean wasLeft() {
            return entry.wasLeft;
        }

        @Override
        public void end(boolean forGood) {
            entry.endedForNow = !forGood;
            entry.atEnd = true;
        }
    }
}
