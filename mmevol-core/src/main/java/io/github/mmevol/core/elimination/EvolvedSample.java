package io.github.mmevol.core.elimination;

import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * A sample with what came of it: every attempt of every round, by round and then by line.
 *
 * @param key the sample's key in its run
 * @param sample the sample with its seed instructions
 * @param outcomes how each attempt ended
 */
public record EvolvedSample(SampleKey key, Sample sample, List<Outcome> outcomes) {
    /** Copies the list. */
    public EvolvedSample {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(sample, "sample");
        outcomes = List.copyOf(outcomes);
    }

    /** The survivors of all rounds, in order. */
    public List<Outcome.Kept> kept() {
        List<Outcome.Kept> kept = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Kept survivor) {
                kept.add(survivor);
            }
        }
        return Collections.unmodifiableList(kept);
    }

    /** The survivors of one round, in order. */
    public List<Outcome.Kept> kept(int round) {
        return kept().stream().filter(kept -> kept.origin().round() == round).toList();
    }

    /** The newest round with an outcome; 0 if there is none. */
    public int lastRound() {
        return outcomes.stream().mapToInt(o -> o.origin().round()).max().orElse(0);
    }

    /**
     * The survivors of one line, oldest first, that end in the survivor with the given id; without the seed.
     *
     * @param id an outcome's {@link Outcome.Origin#id()}
     */
    public List<Outcome.Kept> lineage(String id) {
        List<Outcome.Kept> line = new ArrayList<>();
        String wanted = id;
        List<Outcome.Kept> kept = kept();
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).origin().id().equals(wanted)) {
                line.add(kept.get(i));
                wanted = kept.get(i).origin().parentId();
            }
        }
        Collections.reverse(line);
        return line;
    }
}
