package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredRound;
import io.github.mmevol.core.store.StoredSample;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One run that is kept in a store: a reader thread passes over what is finished and hands on the rest, workers evolve one
 * sample each at a time, and when all are through the results are read from the store in input order. No sample waits for
 * another one.
 */
final class StoredRun {
    private static final long POLL_MILLIS = 20;

    /** A sample that a worker is through with. */
    private record Worked(SeedLine.Work work, SeedLine line, SampleEvolution evolution) {}

    private final RunOptions options;
    private final RunStore store;
    private final RunContext run;
    /** What tells when there is enough; empty where that is never so. */
    private final Optional<Prefix> prefix;

    /** Samples with rounds of which it is not known yet whether an outage is to blame for their failures. */
    private final Queue<Worked> held = new ConcurrentLinkedQueue<>();

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
            SeedLine line = line(session, claim -> {});
            work(line.threads(), () -> line.read(seeds));
            settleForGood();
            if (flush(session) && export(out)) {
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
            SeedLine line = line(session, claim -> took.accept(claim.paid()));
            work(line.threads(), () -> line.read(drawn));
            settleForGood();
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
            boolean known = false;
            while (!known) {
                RunSettings stored = store.settings();
                if (!options.changedSettings()) {
                    setup.check(stored); // another process may have been faster
                }
                known = stored.equals(setup.settings()) || session.settings(stored, setup.settings());
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        run.spending().alsoCount(session::paidElsewhere);
        options.deferred().ifPresent(replies -> run.spending().outstanding(replies.outstanding()));
        return session;
    }

    /** @param through is given a sample's claim when its evolution has come to an end */
    private SeedLine line(RunStore.Session session, Consumer<RunStore.Claim> through) {
        return new SeedLine(
                options,
                run,
                session,
                prefix,
                this::settleForGood,
                (line, next) -> evolve(next, line, session, through));
    }

    /** Has work handed out and done until there is no more. */
    private void work(RunThreads<SeedLine.Work> threads, Runnable reader) {
        boolean finished = false;
        try {
            threads.start(() -> {
                try {
                    reader.run();
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

    /** Never throws. */
    private void evolve(SeedLine.Work next, SeedLine line, RunStore.Session session, Consumer<RunStore.Claim> through) {
        if (run.isEnding()) {
            line.passBy(next);
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
                evolve(next, line, claim.get());
                through.accept(claim.get());
            } else {
                line.refuse(next);
            }
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            run.stop("sample " + next.sample().id() + " failed: " + e, e);
        }
    }

    private void passOver(SeedLine.Work next, List<StoredRound> rounds) {
        run.tally().resumed(Math.min(rounds.size(), options.rounds()));
        prefix.ifPresent(samples -> samples.finish(next.position(), next.evolved(rounds, options.rounds())));
        run.tell(listener -> listener.onResumed(next.key()));
    }

    private void evolve(SeedLine.Work next, SeedLine line, RunStore.Claim claim) {
        SampleEvolution evolution = new SampleEvolution(options, run, next.key(), next.sample(), Optional.of(claim));
        evolution.evolveUnlessBrokenOff();
        Worked sample = new Worked(next, line, evolution);
        if (evolution.isHeld()) {
            held.add(sample);
        } else {
            finish(sample);
        }
        settle(known -> known.settle(run.outage()::verdict));
    }

    /** Goes on with the samples that are held back, as far as it is known by now what they failed of. */
    private void settle(Consumer<SampleEvolution> known) {
        for (int left = held.size(); left > 0; left--) {
            Worked sample = held.poll();
            if (sample == null) {
                return;
            }
            known.accept(sample.evolution());
            if (sample.evolution().isHeld()) {
                held.add(sample);
            } else {
                sample.evolution().end();
                finish(sample);
            }
        }
    }

    /** The same when no call is under way; a run that stops leaves to the next one what is not known. Never throws. */
    private void settleForGood() {
        try {
            settle(evolution -> evolution.settleForGood(run.outage(), run.isStopping()));
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            run.stop("a sample failed: " + e, e);
        }
    }

    private void finish(Worked sample) {
        SeedLine.Work next = sample.work();
        SampleEvolution evolution = sample.evolution();
        if (evolution.isLost()) {
            sample.line().refuse(next);
            return;
        }
        EvolvedSample result = evolution.result();
        if (!evolution.isThrough()) {
            sample.line().passBy(next);
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

    /** Has all that is stored seen by others; false if that cannot be. */
    private boolean flush(RunStore.Session session) {
        try {
            session.flush();
            return true;
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
            return false;
        }
    }

    /** Writes what the store has, of a run that stops the samples with a round; false if not all could be read. */
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
