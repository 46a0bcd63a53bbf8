package io.github.mmevol.core.evolution;

import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;

/**
 * One round of one sample, as its evolver and eliminators see it: the only road to a model and the only source of
 * randomness. The pipeline makes it; a test makes one with {@link #of}. Used by one thread at a time.
 */
public interface Round {

    /** Says that the round is broken off, as the run stops or goes on without it; no outcome comes of it. */
    class BrokenOff extends CancellationException {
        private static final long serialVersionUID = 1L;

        /** With the reason. */
        public BrokenOff(String reason) {
            super(reason);
        }
    }

    /** The round's number, from 1. */
    int number();

    /** The sample's image, shared by all calls of the sample. */
    LazyImage image();

    /**
     * Asks a model. The pipeline counts the call, tells its listeners, and stops here when the run is stopped.
     *
     * @throws ModelException if no reply came
     * @throws BrokenOff if the run was stopped; let it through
     */
    ModelResponse ask(ModelClient client, ModelRequest request);

    /**
     * Randomness that depends on nothing but the run's seed, the sample, the round and the purpose.
     *
     * @param purpose what it is for; two purposes draw independently
     */
    Random random(String purpose);

    /** How often an unusable reply is asked for again; 0 and above. */
    int repairs();

    /** The most live instructions that one call may carry; 1 and above. */
    int instructionsPerCall();

    /**
     * What {@link #remember} was told under this name in an earlier run of this sample-round; empty but in a replay, which
     * works the results out anew without asking a model.
     */
    Optional<String> recall(String name);

    /**
     * Keeps a text with the stored round, for example what a model said of one candidate, so that it can be
     * {@linkplain #recall recalled}.
     */
    void remember(String name, String text);

    /** Counts an event for the run's report, for example {@code box-converted}. */
    void count(String event);

    /**
     * A first round outside any pipeline, for tests and experiments: calls go straight to the client, one repair, five
     * instructions a call, counts are dropped.
     *
     * @param seed the seed of its randomness
     */
    static Round of(long seed, Sample sample) {
        return new DetachedRound(
                seed, SampleKey.of(sample), ImageEncoder.ofDefaults().image(sample.imageSource()));
    }

    /**
     * The seed for randomness of one purpose: a stable hash, the same on every machine and Java version.
     *
     * @param seed the run's seed
     */
    static long derivedSeed(long seed, SampleKey key, int round, String purpose) {
        // FNV-1a over the parts, then a finishing mix (of SplitMix64) so that near inputs give far seeds.
        long hash = 0xcbf29ce484222325L;
        for (byte b : (seed + "|" + key + "|" + round + "|" + purpose).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}

record DetachedRound(long seed, SampleKey key, LazyImage image) implements Round {
    DetachedRound {
        Objects.requireNonNull(key, "key");
    }

    @Override
    public int number() {
        return 1;
    }

    @Override
    public ModelResponse ask(ModelClient client, ModelRequest request) {
        return client.send(request);
    }

    @Override
    public Random random(String purpose) {
        return new Random(Round.derivedSeed(seed, key, number(), purpose));
    }

    @Override
    public int repairs() {
        return 1;
    }

    @Override
    public int instructionsPerCall() {
        return 5;
    }

    @Override
    public Optional<String> recall(String name) {
        return Optional.empty();
    }

    @Override
    public void remember(String name, String text) {}

    @Override
    public void count(String event) {}
}
