package io.github.mmevol.core.store;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A sample with its rounds.
 *
 * @param key its key in the run
 * @param sample the sample; its image source is the one it had, none where the store cannot keep it
 *     ({@link RunStore#imagesFrom})
 * @param rounds the rounds, from the first on
 */
public record StoredSample(SampleKey key, Sample sample, List<StoredRound> rounds) {
    /** Copies the list. */
    public StoredSample {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sample, "sample");
        rounds = List.copyOf(rounds);
    }

    /** This sample without the rounds after the given one. */
    public StoredSample upTo(int round) {
        return new StoredSample(
                key, sample, rounds.stream().filter(r -> r.number() <= round).toList());
    }

    /** What was counted in the rounds, by name. */
    public Map<String, Long> events() {
        Map<String, Long> events = new TreeMap<>();
        rounds.forEach(round -> round.events().forEach((event, times) -> events.merge(event, times, Long::sum)));
        return events;
    }

    /** The sample with what came of it. */
    public EvolvedSample evolved() {
        return new EvolvedSample(
                key,
                sample,
                rounds.stream().flatMap(round -> round.outcomes().stream()).toList());
    }
}
