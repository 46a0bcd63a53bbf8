package io.github.mmevol.core.store;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keeps one run: every model reply, every round of every sample, what was paid for, and what the run was set up
 * with. A run that
 * was killed goes on from it without asking again for a reply it holds; its results can be read, and worked out anew with
 * other eliminators, without any model.
 *
 * <p>Of an image it keeps the name and the {@linkplain ImageSource#location() location}: of a file where it lies, of bytes in
 * memory the bytes themselves. A source of the caller's own has no location, so that what is written or reported from the
 * store knows its name alone; {@link #imagesFrom} says where such images come from. ({@link #inMemory()} keeps the samples as
 * they are.)
 *
 * <p>{@link #none()} keeps nothing and is a pipeline's default; {@link #inMemory()} is for tests; {@link JdbcRunStore}
 * lasts. All methods throw {@link RunStoreException} where the store cannot be read or written. Thread-safe.
 */
public interface RunStore {

    /**
     * Takes hold of the run.
     *
     * @throws RunStoreException if another process holds it
     */
    Session open();

    /**
     * The samples in input order, each with its rounds, also while a run is going on. Holds nothing of the run;
     * the stream is lazy, and the caller closes it.
     *
     * @throws RunStoreException.NoRun if there was none yet, where a store is more than its object
     */
    Stream<StoredSample> samples();

    /** What the run was set up with; without values if there was none yet. */
    RunSettings settings();

    /** What the run took so far, and how it ended last; also while it goes on. */
    RunHistory history();

    /**
     * This store, whose samples have their images in a folder: for a run that goes on, is replayed or reported on where the
     * images are not where they were. Concerns {@link #samples()} alone, and images that were {@linkplain ImageSource#within
     * looked up in a folder}.
     */
    default RunStore imagesIn(Path folder) {
        Objects.requireNonNull(folder, "folder");
        return new MovedImages(this, sample -> sample.imageSource().in(folder), false);
    }

    /**
     * This store, whose samples have their images from elsewhere, found by their names: for images of the caller's own
     * {@link ImageSource}, of which a store keeps nothing, and for such as were moved to one. Concerns {@link #samples()}
     * alone, and images that have a name and whose bytes are not in the store.
     *
     * <pre>{@code
     * RunStore store = JdbcRunStore.sqlite(Path.of("run.db")).imagesFrom(name -> () -> bucket.open(name));
     * }</pre>
     *
     * @param byName the source of the image with a {@linkplain Sample#image() name}; {@link ImageSource#none()} for one that
     *     is to stay as the store has it. Called by several threads
     */
    default RunStore imagesFrom(Function<String, ImageSource> byName) {
        Objects.requireNonNull(byName, "byName");
        return new MovedImages(this, sample -> MovedImages.named(sample, byName), true);
    }

    /** A store that keeps nothing. */
    static RunStore none() {
        return NoStore.INSTANCE;
    }

    /** A new store that lasts as long as this object. */
    static RunStore inMemory() {
        return new MemoryStore();
    }

    /**
     * A run that is held. Thread-safe. What a method has stored when it returns survives the death of the process.
     */
    interface Session extends AutoCloseable {

        /**
         * Puts down what the run is set up with, unless another process was faster.
         *
         * @param expected what it was set up with before, as far as is known
         * @return whether that was so; else nothing is changed
         */
        boolean settings(RunSettings expected, RunSettings settings);

        /**
         * Says where a sample stands among the seeds of this run.
         *
         * @param position from 0
         * @return how many rounds of it are {@linkplain StoredRound#isFinished() finished}; 0 for a sample that the store
         *     does not know yet
         */
        int place(SampleKey key, long position);

        /**
         * Whether a sample is {@linkplain Claim#end at its end}, as far as this session knows; false for one that the store
         * does not know yet.
         */
        boolean isAtEnd(SampleKey key);

        /**
         * Whether a sample came to its end {@linkplain Claim#end for the time being} before this session began, and was not
         * claimed in it since.
         */
        boolean isToRetry(SampleKey key);

        /** The rounds of a sample, from the first on, also where another process is at work on it. */
        List<StoredRound> rounds(SampleKey key);

        /**
         * Takes a sample to work on it.
         *
         * @param position where it stands among the seeds of this run, from 0
         * @param sample the sample as it is now; its image may lie elsewhere than in an earlier run
         * @return empty if another process is at work on it
         */
        Optional<Claim> claim(SampleKey key, long position, Sample sample);

        /** Whether there is no sample of an earlier run whose place among the seeds of this run is still to be told. */
        boolean isPlaced();

        /**
         * Says that all seeds have been placed or claimed: a sample of an earlier run that was not is left out of the
         * results from now on; what is stored of it stays.
         *
         * @return how many were in the results before, and are left out now
         */
        int placedAll();

        /** Waits until all that this session was told is stored, and {@link RunStore#samples} sees it. */
        void flush();

        /**
         * Looks again for what other processes have finished, before the seeds are gone through once more for what they
         * had claimed.
         */
        void refresh();

        /**
         * What was paid for in this run outside of this session: before it, and by other processes since, as far as is
         * known. Never blocks, and may be asked when the session is closed.
         */
        Account paidElsewhere();

        /**
         * Says how the session ends; put down when it is closed. One that does not say so was killed.
         *
         * @param stoppedBy why it ends before all is done; empty if it does not
         */
        void ended(String stoppedBy);

        /** Lets go of the run. Idempotent. */
        @Override
        void close();
    }

    /** A sample that is worked on, with what is stored of it. Used by one thread. */
    interface Claim {

        /** The rounds, from the first on; only the last one may be not {@linkplain StoredRound#isFinished() finished}. */
        List<StoredRound> rounds();

        /**
         * The stored reply to a request.
         *
         * @param request the request's key
         */
        Optional<ModelResponse> reply(String request);

        /**
         * Stores a reply if there is none to that request yet, and counts its call as paid for in either case.
         *
         * @return the reply that counts: the one that was stored first
         */
        ModelResponse putReply(StoredReply reply);

        /** Counts a call that brought no reply as paid for, some time soon. */
        void putFailure(Account.Line call);

        /** What the stored replies of this sample took. */
        Account paid();

        /**
         * Stores a round, all of it or nothing. One that is stored already stays if it is
         * {@linkplain StoredRound#isFinished() finished}.
         *
         * @return false, and nothing is stored, if the claim is lost: another process has taken the sample, for this one was
         *     not heard of for too long
         */
        boolean putRound(StoredRound round);

        /**
         * Lets go of the sample as it is, for a later session to go on with: an outage kept it from being evolved. In this
         * session it is at its end. Some time soon.
         */
        void leave();

        /** Whether the sample was {@linkplain #leave() left} by an earlier session. */
        boolean wasLeft();

        /**
         * Lets go of the sample and says that there is nothing left of it to be evolved, however many rounds are asked for.
         * Some time soon.
         *
         * @param forGood true where it had no instructions; false where its image cannot be used, which a later session may
         *     find otherwise
         */
        void end(boolean forGood);
    }
}

enum NoStore implements RunStore {
    INSTANCE;

    @Override
    public Session open() {
        throw new IllegalStateException("there is no run store; give the pipeline one: builder.store(...)");
    }

    @Override
    public Stream<StoredSample> samples() {
        throw new IllegalStateException("there is no run store to read; give the pipeline one: builder.store(...)");
    }

    @Override
    public RunSettings settings() {
        return RunSettings.NONE;
    }

    @Override
    public RunHistory history() {
        return RunHistory.NONE;
    }

    @Override
    public RunStore imagesIn(Path folder) {
        return this;
    }

    @Override
    public RunStore imagesFrom(Function<String, ImageSource> byName) {
        return this;
    }
}

/**
 * A store whose images are elsewhere.
 *
 * @param now where a sample's image is
 * @param known whether that holds of images without a location too
 */
record MovedImages(RunStore store, Function<Sample, ImageSource> now, boolean known) implements RunStore {

    static ImageSource named(Sample sample, Function<String, ImageSource> byName) {
        ImageSource stored = sample.imageSource();
        if (sample.image().isEmpty() || stored.isInMemory()) {
            return stored;
        }
        ImageSource found = Objects.requireNonNull(
                byName.apply(sample.image()), () -> "imagesFrom gives no source for '" + sample.image() + "'");
        return found == ImageSource.none() ? stored : found;
    }

    @Override
    public Session open() {
        Session session = store.open();
        if (known && session instanceof JdbcSession jdbc) {
            jdbc.images().known();
        }
        return session;
    }

    @Override
    public Stream<StoredSample> samples() {
        return store.samples().map(this::moved);
    }

    private StoredSample moved(StoredSample stored) {
        Sample sample = stored.sample();
        ImageSource image = now.apply(sample);
        if (image.equals(sample.imageSource())) {
            return stored;
        }
        Sample moved = sample.toBuilder().image(sample.image(), image).build();
        return new StoredSample(stored.key(), moved, stored.rounds());
    }

    @Override
    public RunSettings settings() {
        return store.settings();
    }

    @Override
    public RunHistory history() {
        return store.history();
    }
}
