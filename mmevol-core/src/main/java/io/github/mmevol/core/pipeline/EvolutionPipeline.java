package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.DirectionSelector;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.StoredSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Evolves image-text instructions over several rounds and eliminates what failed (paper, section 3).
 *
 * <pre>
 * for each sample, many at once, each going through its rounds on its own:
 *   for each round:
 *     draw a direction
 *       evolver:     one child for each live instruction, or a reason why there is none
 *       eliminators: in your order; what one rejects the next is never asked about
 *     survivors become the live instructions of the next round; where none survives, the parent stays
 *   selections: drop what repeats, what there is enough of, what may not be in this output
 *   write the sample, in input order
 * </pre>
 *
 * <p>With a {@link Builder#store run store} a sample is written when the run is over: replies and finished rounds go to
 * the store at once, and a run that was stopped or killed goes on from there when it is run again.
 *
 * <p>Immutable, reusable and thread-safe; there is nothing to close. With the same seeds and the same reply to each
 * request the output is the same, byte for byte, at any concurrency.
 */
public final class EvolutionPipeline {
    private final RunOptions options;

    private EvolutionPipeline(RunOptions options) {
        this.options = options;
    }

    /** Starts a pipeline; at least one evolver has to be given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Evolves all samples and writes what came of them. Blocks until the run is over; the threads it starts end with it.
     *
     * <p>A {@link StopSignal} or an interrupt stops the run early: it returns normally (the interrupt flag set again),
     * what is finished has been written, and {@link RunReport#stoppedBy()} says why.
     *
     * <p>With a run store, samples whose rounds are all stored as finished are passed over, stored replies answer at once,
     * and the results are those of all seeds, whichever run evolved them. More seeds, more rounds and another concurrency
     * may be asked for; any other change of the set-up is refused, see {@link Builder#changedSettings}.
     *
     * <p>A call that fails, its retries too, is the failure of its instructions. Where all calls fail for a passing reason, one
     * after another and on whatever sample, it is an outage: with a run store the samples that run into it are left
     * unfinished for the next run, and {@link RunReport#stoppedBy()} tells how many; where it lasts for twice the concurrency
     * of calls, eight at least, the run stops. The same goes for a server that refuses all requests as long as there was no
     * reply to any. What fails because its image cannot be used is attempted again by the next run on the same store.
     *
     * @param seeds the samples, read lazily; with a store that other processes share, more than once
     * @param writer where the results go, in the order of the seeds
     * @return what the run did
     * @throws RunStoppedException if the run could not go on: the model refuses or fails every call, the seeds cannot be read on,
     *     or the output or the store cannot be written
     * @throws io.github.mmevol.core.store.RunStoreException if the store cannot be opened, is held by another process, or
     *     holds a run that was set up differently; the message says what to do
     */
    public RunReport run(DataSet<Sample> seeds, DataSetWriter writer) {
        Objects.requireNonNull(seeds, "seeds");
        Objects.requireNonNull(writer, "writer");
        return options.store() == RunStore.none()
                ? new OrderedRun(options, context()).run(seeds, writer)
                : new StoredRun(options, options.store(), options.selection(), context()).run(seeds, writer);
    }

    /**
     * Works the results of a stored run out anew, with this pipeline's eliminators, rounds, selections and writer, and asks
     * no model: what the judge said of a candidate is taken from the store. A candidate whose verdict is not there, because
     * the stored run never asked that eliminator about it, fails. What was evolved from an instruction that an eliminator
     * rejects now is left out and counted as event {@code left-out}. Changes nothing in the store, and runs in the calling
     * thread; listeners hear of the samples alone.
     *
     * @throws RunStoppedException if the store cannot be read on, or the output cannot be written
     * @throws io.github.mmevol.core.store.RunStoreException if there is no run in the store
     */
    public RunReport replay(DataSetWriter writer) {
        Objects.requireNonNull(writer, "writer");
        RunContext run = context();
        try (Stream<StoredSample> samples = options.store().samples();
                Output out = new Output(writer, options.selection(), run)) {
            Iterator<StoredSample> all = samples.iterator();
            while (!run.isStopping() && out.isOpen() && all.hasNext()) {
                StoredSample stored = all.next();
                if (!stored.rounds().isEmpty() || stored.sample().instructions().isEmpty()) {
                    Replay replay = new Replay(options, stored);
                    out.append(replay.result(), replay.events());
                    run.tell(listener -> listener.onSample(replay.result()));
                }
            }
            if (!run.isStopping()) {
                out.commit();
            }
        }
        return run.end();
    }

    /**
     * Evolves one sample in the calling thread. Run store and selections are for runs; concurrency and budget bound this
     * sample alone, and those for many are given to the client ({@link ModelClient#concurrencyLimited},
     * {@link ModelClient#budgeted}).
     *
     * @return the sample with its outcomes; only those of the rounds before where a {@link Builder#stopSignal stop signal} is
     *     given meanwhile, and none where it has no image and the evolvers need one
     * @throws ModelException if no call can go on: bad credentials, no quota, unknown model, no budget, or the thread
     *     was interrupted; the rounds before are lost with it
     */
    public EvolvedSample evolve(Sample sample) {
        Objects.requireNonNull(sample, "sample");
        RunContext run = context();
        SampleEvolution evolution = new SampleEvolution(options, run, SampleKey.of(sample), sample, Optional.empty());
        evolution.evolve();
        EvolvedSample result = evolution.result();
        run.tell(listener -> listener.onSample(result));
        return result;
    }

    /**
     * Tells what a run of these seeds will take, before it is paid for.
     *
     * @param seeds the samples, read lazily and once
     * @param pilot whether some of them are evolved for real, or their prompts counted alone
     * @throws RunStoppedException if a pilot run could not go on, or was stopped, also by the budget
     * @throws io.github.mmevol.core.store.RunStoreException as for {@link #run}, if there is a pilot run
     */
    public Estimate estimate(DataSet<Sample> seeds, Pilot pilot) {
        Objects.requireNonNull(seeds, "seeds");
        Objects.requireNonNull(pilot, "pilot");
        Estimator estimator = new Estimator(options, pilot);
        return pilot.samples() == 0 ? estimator.count(seeds) : estimator.run(seeds, context());
    }

    private RunContext context() {
        Tally tally =
                new Tally(options.directions().stream().map(Direction::name).toList());
        return new RunContext(
                tally,
                new Spending(options.budget()),
                options.listeners(),
                options.stopSignal(),
                options.concurrency());
    }

    /** Builds an {@link EvolutionPipeline}; not thread-safe. */
    public static final class Builder {
        private static final int MOST_CALLS = 100_000;

        private final List<Evolver> evolvers = new ArrayList<>();
        private final List<Eliminator> eliminators = new ArrayList<>();
        private final List<Selection> selections = new ArrayList<>();
        private final List<RunListener> listeners = new ArrayList<>();
        private DirectionSelector directions = DirectionSelector.equal();
        private int rounds = 3;
        private int concurrency = 16;
        private long seed = 42;
        private int repairs = 1;
        private int instructionsPerCall = 5;
        private ImageEncoder images = ImageEncoder.ofDefaults();
        private StopSignal stopSignal = new StopSignal();
        private Duration grace = Duration.ofSeconds(30);
        private RunStore store = RunStore.none();
        private boolean changedSettings;
        private Budget budget = Budget.unlimited();
        private Optional<DeferredReplies> deferred = Optional.empty();

        private Builder() {}

        /**
         * Adds evolvers, one for each direction.
         *
         * @throws IllegalArgumentException if there is one for a direction of that name already
         */
        public Builder evolvers(List<? extends Evolver> evolvers) {
            for (Evolver evolver : Objects.requireNonNull(evolvers, "evolvers")) {
                String name = evolver.direction().name();
                if (this.evolvers.stream().anyMatch(e -> e.direction().name().equals(name))) {
                    throw new IllegalArgumentException("there is an evolver for the direction '" + name + "' already");
                }
                this.evolvers.add(evolver);
            }
            return this;
        }

        /** Adds evolvers, one for each direction. */
        public Builder evolvers(Evolver... evolvers) {
            return evolvers(List.of(evolvers));
        }

        /** Adds eliminators, asked in the order given; default none, so that all that was written is kept. */
        public Builder eliminators(Eliminator... eliminators) {
            this.eliminators.addAll(List.of(eliminators));
            return this;
        }

        /**
         * Adds selections, one after another for what those before keep; default none. They choose what is written and
         * counted, in the order of the seeds, and never change a round or what is stored: a stored run can be gone on with or
         * replayed with others. Listeners hear of outcomes as they were before.
         *
         * <p>With a {@link Selection#target target} the run ends when the samples that are finished without a gap, in the
         * order of the seeds, have given as many: those behind are not begun, and what is written ends with the sample that
         * reached it. Without a store what is under way then ends at its next call; with a store it finishes its round and
         * is kept there. At most 16 times {@link #concurrency} samples behind the last one have been paid for in vain.
         * Where other processes work on the same stored run none of them ends early.
         */
        public Builder selections(Selection... selections) {
            this.selections.addAll(List.of(selections));
            return this;
        }

        /** How directions are drawn, per sample and round; default equally often. */
        public Builder directions(DirectionSelector selector) {
            this.directions = Objects.requireNonNull(selector, "selector");
            return this;
        }

        /**
         * How many rounds; default 3.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder rounds(int rounds) {
            this.rounds = atLeast(1, rounds, "rounds");
            return this;
        }

        /**
         * The most model calls in flight, of those that evolvers and eliminators make by {@link Round#ask}; default 16. A
         * quarter more samples are evolved at once, near the end of the seeds up to as many again, so that none of these places
         * is empty while replies are read and the last samples come to their end. Each of them has a thread: a virtual one
         * from JDK 21 on, before that one with a stack of 512 KB.
         *
         * @throws IllegalArgumentException if below 1 or above 100 000
         */
        public Builder concurrency(int concurrency) {
            if (concurrency > MOST_CALLS) {
                throw new IllegalArgumentException("concurrency must be at most " + MOST_CALLS + ": " + concurrency);
            }
            this.concurrency = atLeast(1, concurrency, "concurrency");
            return this;
        }

        /** The seed of all randomness; default 42. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * How often an unusable reply is asked for again, told what was wrong; default 1.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder repairs(int repairs) {
            this.repairs = atLeast(0, repairs, "repairs");
            return this;
        }

        /**
         * The most live instructions that one model call carries; default 5.
         *
         * @throws IllegalArgumentException if below 1
         */
        public Builder instructionsPerCall(int instructions) {
            this.instructionsPerCall = atLeast(1, instructions, "instructionsPerCall");
            return this;
        }

        /** How images are made ready to send; default {@link ImageEncoder#ofDefaults()}. */
        public Builder images(ImageEncoder images) {
            this.images = Objects.requireNonNull(images, "images");
            return this;
        }

        /** A signal that stops runs of this pipeline; default one that is never given. */
        public Builder stopSignal(StopSignal stopSignal) {
            this.stopSignal = Objects.requireNonNull(stopSignal, "stopSignal");
            return this;
        }

        /**
         * How long a stopping run may finish what is under way before its threads are interrupted; default 30 seconds.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder grace(Duration grace) {
            if (Objects.requireNonNull(grace, "grace").isNegative()) {
                throw new IllegalArgumentException("grace must not be negative: " + grace);
            }
            this.grace = grace;
            return this;
        }

        /** Where runs are kept; default {@link RunStore#none()}. One store holds one run. */
        public Builder store(RunStore store) {
            this.store = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Whether a stored run that was set up differently is gone on with: finished rounds stay as they are, the rest is
         * done as this pipeline is set up. Default false: it is refused, and told what differs.
         */
        public Builder changedSettings(boolean accepted) {
            this.changedSettings = accepted;
            return this;
        }

        /**
         * How much a run may spend, what its store says was paid before included; default no limit and no prices. Where a
         * limit is reached the run stops and returns normally: calls in flight come to their end, what is finished is
         * written, and {@link RunReport#stoppedBy()} says what was spent. With a store it goes on under a higher budget.
         */
        public Builder budget(Budget budget) {
            this.budget = Objects.requireNonNull(budget, "budget");
            return this;
        }

        /**
         * Where replies come from that come later than they are asked for; default none: models are called. Needs a
         * {@link #store}.
         */
        public Builder deferred(DeferredReplies replies) {
            this.deferred = Optional.of(Objects.requireNonNull(replies, "replies"));
            return this;
        }

        /** Adds a listener. */
        public Builder listener(RunListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * The pipeline.
         *
         * @throws IllegalStateException if there is no evolver, or there are deferred replies without a store to keep them
         * @throws IllegalArgumentException if a direction has a share and no evolver
         */
        public EvolutionPipeline build() {
            if (evolvers.isEmpty()) {
                throw new IllegalStateException("a pipeline needs at least one evolver: builder.evolvers(...)");
            }
            directions.check(evolvers.stream().map(Evolver::direction).toList());
            if (deferred.isPresent() && store == RunStore.none()) {
                throw new IllegalStateException("deferred replies need a run store: builder.store(...)");
            }
            return new EvolutionPipeline(new RunOptions(
                    List.copyOf(evolvers),
                    directions,
                    Eliminator.chain(eliminators),
                    rounds,
                    concurrency,
                    seed,
                    repairs,
                    instructionsPerCall,
                    images,
                    stopSignal,
                    grace,
                    List.copyOf(listeners),
                    Selection.inOrder(selections),
                    store,
                    changedSettings,
                    budget,
                    deferred));
        }

        private static int atLeast(int least, int value, String name) {
            if (value < least) {
                throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
            }
            return value;
        }
    }
}
