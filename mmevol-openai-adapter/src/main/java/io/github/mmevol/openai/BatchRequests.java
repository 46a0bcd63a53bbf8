package io.github.mmevol.openai;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What has become of each request of a batch run, by its key: on its way, answered, failed so often. Thread-safe. */
final class BatchRequests {
    /**
     * Where a line of a file of replies stands.
     *
     * @param earlier whether it was here when the folder was opened
     */
    record Place(Path file, long offset, int length, boolean earlier) {}

    private final int maxPending;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Place> replies = new HashMap<>();
    private final Set<String> waiting = new HashSet<>();

    BatchRequests(int maxPending) {
        this.maxPending = maxPending;
    }

    /** Takes over how often requests failed before. */
    void failed(Map<String, Integer> before) {
        locked(() -> {
            failures.putAll(before);
            return true;
        });
    }

    /** How often requests failed. */
    Map<String, Integer> failures() {
        return locked(() -> Map.copyOf(failures));
    }

    /** A request was sent by an earlier process. */
    void sent(String key) {
        locked(() -> waiting.add(key));
    }

    void answered(String key, Place place) {
        locked(() -> replies.put(key, place));
    }

    /** Forgets replies whose requests were sent again: they were of no use. */
    void forgetAskedAgain() {
        locked(() -> replies.keySet().removeAll(waiting));
    }

    /** A request is on its way no more; it has failed if there is no answer to it. */
    void ended(String key) {
        locked(() -> {
            if (!replies.containsKey(key)) {
                failures.merge(key, 1, Integer::sum);
            }
            return waiting.remove(key);
        });
    }

    /** Where the answer to a request stands, if it is here. */
    Optional<Place> answer(String key) {
        return locked(() -> Optional.ofNullable(replies.get(key)));
    }

    /** Forgets all replies: they are in the store by now. */
    void allStored() {
        locked(() -> {
            replies.clear();
            return true;
        });
    }

    /** Forgets a reply that is of no use, so that the request may be asked again, and counts that. */
    void forget(String key) {
        locked(() -> {
            replies.remove(key);
            return failures.merge(key, 1, Integer::sum);
        });
    }

    /** Forgets a reply that came before the folder was opened, and does not count it; false if there is none. */
    boolean forgetEarlier(String key) {
        return locked(() -> {
            Place place = replies.get(key);
            return place != null && place.earlier() && replies.remove(key, place);
        });
    }

    /** Whether a request has failed so often; if so it is counted anew, for another run may ask it. */
    boolean hasFailed(String key, int times) {
        return locked(() -> failures.getOrDefault(key, 0) >= times && failures.remove(key) != null);
    }

    /** Whether a request may be taken down. */
    boolean takes(String key) {
        return locked(() -> waiting.size() < maxPending && !waiting.contains(key));
    }

    /** How many requests are on their way, or were answered since the folder was opened without the answer being taken. */
    long outstanding() {
        return locked(() -> waiting.size()
                + replies.values().stream().filter(place -> !place.earlier()).count());
    }

    /** Whether a request is among these. */
    boolean isOutstanding(String key) {
        return locked(() -> {
            Place reply = replies.get(key);
            return waiting.contains(key) || (reply != null && !reply.earlier());
        });
    }

    /** Says that a reply is in better hands now. */
    void taken(String key) {
        locked(() -> replies.remove(key));
    }

    /** How many requests are on their way. */
    int waiting() {
        return locked(waiting::size);
    }

    /** Takes the place of a request among those on their way; false if it is there, or too many are. */
    boolean take(String key) {
        return locked(() -> waiting.size() < maxPending && waiting.add(key));
    }

    /** Gives that place back. */
    void giveBack(String key) {
        locked(() -> waiting.remove(key));
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
