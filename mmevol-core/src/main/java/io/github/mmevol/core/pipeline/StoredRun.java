package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredRound;
import io.github.mmevol.core.store.StoredSample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run that is kept in a store: a reader thread passes over what is finished and hands on the rest, workers evolve one
 * sample each at a time, and when all are through the results are read from the store in input order. No sample waits for
 * another one.
 */
final class StoredRun {
    private static final long POLL_MILLIS = 20;
    private static final long OTHERS_MILLIS = 1000;

    /** The event of a seed that was not gone on with, as there was enough. */
    private static final String NOT_NEEDED = "not-needed";

    /**
     * A sample to work on.
     *
     * @param resumed whether all its rounds are stored as finished
     * @param claimed its claim, where it was claimed before a worker has it
     */
    private record Work(
            Sample sample, SampleKey key, long position, boolean resumed, Optional<RunStore.Claim> claimed) {
        Work(Sample sample, SampleKey key, long position, boolean resumed) {
            this(sample, key, position, resumed, Optional.empty());
        }

        Work with(RunStore.Claim claim) {
            return new Work(sample, key, position, resumed, Optional.of(claim));
        }

        EvolvedSample evolved(List<StoredRound> rounds, int upTo) {
            return new StoredSample(key, sample, rounds).upTo(upTo).evolved();
        }
    }

    private final RunOptions options;
    private final RunStore store;
    private final RunContext run;
    /** Samples that were handed to the workers and are not through. */
    private final AtomicLong unfinished = new AtomicLong();

    /** Whether a sample was passed over because another process has it. */
    private final AtomicBoolean othersAtWork = new AtomicBoolean();

    /** What tells when there is enough; empty where that is never so. */
    private final Optional<Prefix> prefix;

    /** Samples that may be enough and that another process has; no more than were handed out at a time. */
    private final Queue<Work> refused = new ConcurrentLinkedQueue<>();

    /** Whether the thread that runs the pipeline is to find its interrupt flag set at the end. */
    private boolean interrupted;

    /**
     * A run that is kept in a store.
     *
     * @param selection tells when there is enough
     */
    StoredRun(RunOptions options, RunStore store, Selection selection, RunContext run) {
        this.options = options;
        this.store = store;
        this.run = run;
        prefix = Optional.of(selection.start())
                .filter(pass -> pass.room().isPresent())
                .map(pass -> new Prefix(pass, OrderedRun.WINDOW_PER_CALL * options.concurrency()));
    }

    RunReport run(DataSet<Sample> seeds, DataSetWriter writer) {
        try (RunStore.Session session = open()) {
            run(seeds, writer, session);
            session.ended(run.unfinished());
        } finally {
            restoreInterrupt();
        }
        return run.end();
    }

    private void run(DataSet<Sample> seeds, DataSetWriter writer, RunStore.Session session) {
        try (Output out = new Output(writer, options.selection(), run)) {
            work(threads -> read(seeds, session, threads), next -> evolve(next, session, claim -> {}));
            if (export(out)) {
                out.commit();
            }
        } catch (RuntimeException | Error e) {
            session.ended("it broke off: " + e.getMessage());
            throw e;
        }
    }

    /**
     * Evolves some of the seeds and leaves the others to a later run.
     *
     * @param took is told what each of them took, in this run or in an earlier one
     */
    RunReport pilot(List<SeedDraw.Seed> drawn, Consumer<Account> took) {
        try (RunStore.Session session = open()) {
            work(
                    threads -> read(drawn, session, threads),
                    next -> evolve(next, session, claim -> took.accept(claim.paid())));
            session.ended(run.unfinished().isEmpty() ? "a pilot of " + drawn.size() + " samples" : run.unfinished());
        } finally {
            restoreInterrupt();
        }
        return run.end();
    }

    private void restoreInterrupt() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private RunStore.Session open() {
        RunSetup setup = RunSetup.of(options);
        if (!options.changedSettings()) {
            setup.check(store.settings()); // before there is a session, which would stand in the store's history
        }
        RunStore.Session session = store.open();
        try {
            RunSettings stored = store.settings();
            if (!options.changedSettings()) {
                setup.check(stored); // another process may have been faster
            }
            if (!stored.equals(setup.settings())) {
                session.settings(setup.settings());
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        run.spending().alsoCount(session::paidElsewhere);
        return session;
    }

    /** Has work handed out and done until there is no more. */
    private void work(Consumer<RunThreads<Work>> reader, Consumer<Work> worker) {
        RunThreads<Work> threads = new RunThreads<>(run, options.concurrency(), options.grace(), next -> {
            worker.accept(next);
            unfinished.decrementAndGet();
        });
        boolean finished = false;
        try {
            threads.start(() -> {
                try {
                    reader.accept(threads);
                } finally {
                    threads.noMore();
                }
            });
            threads.await(POLL_MILLIS, this::lookForEnough);
            finished = true;
        } finally {
            if (!finished) {
                run.stop("the run broke off", null);
                threads.abort();
            }
            threads.end();
            // the results are still to be written, and the store to be let go of
            interrupted = Thread.interrupted();
        }
    }

    private void lookForEnough() {
        if (prefix.isEmpty() || run.isEnding()) {
            return;
        }
        try {
            if (prefix.get().isFull()) {
                run.enough();
            }
        } catch (RuntimeException e) {
            run.stop("the selection failed: " + e, e);
        }
    }

    private void read(DataSet<Sample> seeds, RunStore.Session session, RunThreads<Work> threads) {
        try {
            boolean all = readOnce(seeds, session, threads, true);
            while (othersAtWork.compareAndSet(true, false) && !run.isEnding()) {
                Thread.sleep(OTHERS_MILLIS);
                session.refresh();
                all = readOnce(seeds, session, threads, false);
            }
            if (all) {
                session.placedAll();
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            run.stop("the seeds could not be read on: " + e.getMessage(), e);
        }
    }

    private void read(List<SeedDraw.Seed> drawn, RunStore.Session session, RunThreads<Work> threads) {
        try {
            for (SeedDraw.Seed seed : drawn) {
                hand(new Work(seed.sample(), seed.key(), seed.position(), false), session, threads);
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        }
    }

    /**
     * Goes through the seeds once, and waits until the workers are through with them. Where there is enough, or will be with
     * replies that are still to come, what is left is placed and no more. Where that is to be told, the workers get what is
     * finished too, and what is finished at the beginning goes before all that is not, as it may be enough.
     *
     * <p>A run that stops reads on, for no call, as long as there are samples of an earlier run whose place is not known: the
     * results would have another order than the seeds, and some that are not among these.
     *
     * @param first whether what is finished was so before this run
     * @return whether all seeds were read
     */
    private boolean readOnce(DataSet<Sample> seeds, RunStore.Session session, RunThreads<Work> threads, boolean first)
            throws InterruptedException {
        KeyCounter keys = new KeyCounter();
        boolean beginning = true;
        boolean all;
        try (Stream<Sample> stream = seeds.stream()) {
            Iterator<Sample> samples = stream.iterator();
            all = !samples.hasNext();
            for (long position = 0; !all && isReading(session); position++) {
                Sample sample = samples.next();
                SampleKey key = keys.next(SampleKey.of(sample));
                int finished = session.place(key, position);
                boolean resumed = finished >= options.rounds() || session.isAtEnd(key);
                if (beginning && !resumed) {
                    beginning = false;
                    awaitPassed(position);
                }
                if (prefix.isPresent() || !resumed) {
                    hand(new Work(sample, key, position, resumed), session, threads);
                } else if (first) {
                    run.tally().resumed(Math.min(finished, options.rounds()));
                    run.tell(listener -> listener.onResumed(key));
                }
                all = !samples.hasNext();
            }
        }
        threads.beginAll();
        while (!run.isStopping() && (unfinished.get() > 0 || (!refused.isEmpty() && !run.isEnding()))) {
            Thread.sleep(POLL_MILLIS);
            awaitOthers(session, threads);
        }
        refused.forEach(this::passBy);
        return all;
    }

    private boolean isReading(RunStore.Session session) {
        return !run.isStopping() || !(run.isAborted() || session.isPlaced());
    }

    /** Waits until so many samples, which are all finished, are known to be enough or not. */
    private void awaitPassed(long samples) throws InterruptedException {
        while (prefix.isPresent() && prefix.get().passed() < samples && !run.isEnding()) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    private void hand(Work next, RunStore.Session session, RunThreads<Work> threads) throws InterruptedException {
        boolean admitted = prefix.isEmpty();
        while (!admitted && !run.isEnding() && !isShut()) {
            awaitOthers(session, threads);
            admitted = prefix.get().tryAdmit(POLL_MILLIS);
        }
        if (admitted) {
            put(next, threads);
        } else {
            passBy(next);
        }
    }

    private void passBy(Work next) {
        if (run.hasEnough() && !next.resumed()) {
            run.tally().events(Map.of(NOT_NEEDED, 1L));
        }
    }

    /** Whether no other sample is handed out in this run: first there have to be the replies that are still to come. */
    private boolean isShut() {
        return prefix.isPresent() && prefix.get().isShut();
    }

    private void put(Work next, RunThreads<Work> threads) throws InterruptedException {
        unfinished.incrementAndGet();
        if (!threads.hand(next)) {
            unfinished.decrementAndGet();
            passBy(next);
        }
    }

    /** Waits until the refused samples are free or finished: with what other processes make of them there may be enough. */
    private void awaitOthers(RunStore.Session session, RunThreads<Work> threads) throws InterruptedException {
        while (!refused.isEmpty() && !run.isEnding()) {
            Thread.sleep(OTHERS_MILLIS);
            List<Work> again = new ArrayList<>();
            for (Work next = refused.poll(); next != null; next = refused.poll()) {
                again.add(next);
            }
            for (Work next : again) {
                tryAgain(next, session, threads);
            }
        }
    }

    private void tryAgain(Work next, RunStore.Session session, RunThreads<Work> threads) throws InterruptedException {
        Optional<RunStore.Claim> claim = session.claim(next.key(), next.position(), next.sample());
        if (claim.isPresent()) {
            put(next.with(claim.get()), threads);
            return;
        }
        List<StoredRound> rounds = session.rounds(next.key());
        if (rounds.size() >= options.rounds()) {
            prefix.orElseThrow().finish(next.position(), next.evolved(rounds, options.rounds()));
        } else {
            refused.add(next);
        }
    }

    /**
     * Never throws.
     *
     * @param through is given the sample's claim when its evolution has come to an end
     */
    private void evolve(Work next, RunStore.Session session, Consumer<RunStore.Claim> through) {
        if (run.isEnding()) {
            passBy(next);
            return;
        }
        try {
            if (next.resumed()) {
                passOver(next, session.rounds(next.key()));
                return;
            }
            Optional<RunStore.Claim> claim =
                    next.claimed().or(() -> session.claim(next.key(), next.position(), next.sample()));
            if (claim.isPresent()) {
                evolve(next, claim.get());
                through.accept(claim.get());
            } else if (prefix.isPresent()) {
                refused.add(next);
            } else {
                othersAtWork.set(true);
            }
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            run.stop("sample " + next.sample().id() + " failed: " + e, e);
        }
    }

    private void passOver(Work next, List<StoredRound> rounds) {
        run.tally().resumed(Math.min(rounds.size(), options.rounds()));
        prefix.ifPresent(samples -> samples.finish(next.position(), next.evolved(rounds, options.rounds())));
        run.tell(listener -> listener.onResumed(next.key()));
    }

    private void evolve(Work next, RunStore.Claim claim) {
        SampleEvolution evolution = new SampleEvolution(options, run, next.key(), next.sample(), Optional.of(claim));
        evolution.evolveUnlessBrokenOff();
        EvolvedSample result = evolution.result();
        if (!evolution.isThrough()) {
            passBy(next);
        }
        boolean pending = options.deferred().isPresent() && !evolution.isThrough();
        if (prefix.isPresent() && pending) {
            prefix.get().leave(next.position());
        } else if (prefix.isPresent() && !evolution.isThrough() && !run.isEnding()) {
            run.stopForOutage(); // what is enough cannot be told without this sample
        } else if (prefix.isPresent()) {
            prefix.get().finish(next.position(), result);
        }
        run.tell(listener -> listener.onSample(result));
    }

    /** Writes what the store has, of a run that stops the samples with a finished round; false if not all could be read. */
    private boolean export(Output out) {
        try (Stream<StoredSample> samples = store.samples()) {
            Iterator<StoredSample> all = samples.iterator();
            while (out.isOpen() && all.hasNext()) {
                StoredSample sample = all.next();
                if (!sample.rounds().isEmpty() || sample.sample().instructions().isEmpty()) {
                    StoredSample counted = sample.upTo(options.rounds());
                    out.append(counted.evolved(), counted.events());
                }
            }
            return true;
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
            return false;
        }
    }
}
