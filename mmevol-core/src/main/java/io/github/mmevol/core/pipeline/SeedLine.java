package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
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
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * What the reader of a stored run does: it passes over the seeds that are finished and hands the others to the workers, again
 * where another process had them, until all are through or there is enough. Workers call {@link #passBy} and {@link #refuse}.
 */
final class SeedLine {
    private static final long POLL_MILLIS = 20;
    private static final long OTHERS_MILLIS = 1000;

    /**
     * A sample to work on.
     *
     * @param resumed whether all its rounds are stored as finished
     * @param claimed its claim, where it was claimed before a worker has it
     */
    record Work(Sample sample, SampleKey key, long position, boolean resumed, Optional<RunStore.Claim> claimed) {
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
    private final RunContext run;
    private final RunStore.Session session;
    /** What tells when there is enough; empty where that is never so. */
    private final Optional<Prefix> prefix;

    private final Runnable idle;
    private final RunThreads<Work> threads;
    /** Samples that were handed to the workers and are not through. */
    private final AtomicLong unfinished = new AtomicLong();

    /** Whether a sample was passed over because another process has it. */
    private final AtomicBoolean othersAtWork = new AtomicBoolean();

    /** Samples that may be enough and that another process has; no more than were handed out at a time. */
    private final Queue<Work> refused = new ConcurrentLinkedQueue<>();

    /**
     * The reader of one run.
     *
     * @param idle is called where the workers have nothing to do and get nothing before something is known of what they did
     * @param worker works on a sample, and never throws
     */
    SeedLine(
            RunOptions options,
            RunContext run,
            RunStore.Session session,
            Optional<Prefix> prefix,
            Runnable idle,
            BiConsumer<SeedLine, Work> worker) {
        this.options = options;
        this.run = run;
        this.session = session;
        this.prefix = prefix;
        this.idle = idle;
        threads = new RunThreads<>(run, options.concurrency(), options.grace(), next -> {
            worker.accept(this, next);
            unfinished.decrementAndGet();
        });
    }

    /** The threads that it hands the samples to, not started yet. */
    RunThreads<Work> threads() {
        return threads;
    }

    /** Reads all seeds, as long as the run does not stop. Never throws. */
    void read(DataSet<Sample> seeds) {
        try {
            boolean all = readOnce(seeds, true);
            while (othersAtWork.compareAndSet(true, false) && !run.isEnding()) {
                Thread.sleep(OTHERS_MILLIS);
                session.refresh();
                all = readOnce(seeds, false);
            }
            if (all) {
                int former = session.placedAll();
                if (former > 0) {
                    run.tally().events(Map.of(RunReport.FORMER, (long) former));
                }
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | Error e) {
            run.stop("the seeds could not be read on: " + e.getMessage(), e);
        }
    }

    /** Takes some of the seeds, as if none were finished. Never throws. */
    void read(List<SeedDraw.Seed> drawn) {
        try {
            for (SeedDraw.Seed seed : drawn) {
                hand(new Work(seed.sample(), seed.key(), seed.position(), false));
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        }
    }

    /**
     * Goes through the seeds once, and waits until the workers are through with them. Where there is enough, or will be with
     * replies that are still to come, what is left is placed and no more. Where that is to be told, the workers get what is
     * finished too, and what is finished at the beginning, or is tried again there, goes before all that is not, as it may
     * be enough.
     *
     * <p>A run that stops reads on, for no call, as long as there are samples of an earlier run whose place is not known: the
     * results would have another order than the seeds, and some that are not among these.
     *
     * @param first whether what is finished was so before this run
     * @return whether all seeds were read
     */
    private boolean readOnce(DataSet<Sample> seeds, boolean first) throws InterruptedException {
        KeyCounter keys = new KeyCounter();
        boolean beginning = true;
        boolean all;
        try (Stream<Sample> stream = seeds.stream()) {
            Iterator<Sample> samples = stream.iterator();
            all = !samples.hasNext();
            for (long position = 0; !all && isReading(); position++) {
                Sample sample = samples.next();
                SampleKey key = keys.next(SampleKey.of(sample));
                int finished = session.place(key, position);
                boolean retried = session.isToRetry(key);
                boolean resumed = finished >= options.rounds() || (session.isAtEnd(key) && !retried);
                if (beginning && !resumed && !retried) {
                    beginning = false;
                    awaitPassed(position);
                }
                if (prefix.isPresent() || !resumed) {
                    hand(new Work(sample, key, position, resumed));
                } else if (first) {
                    run.tally().resumed(Math.min(finished, options.rounds()));
                    run.tell(listener -> listener.onResumed(key));
                }
                all = !samples.hasNext();
            }
        }
        threads.beginAll();
        while (!run.isStopping() && (unfinished.get() > 0 || (!refused.isEmpty() && !run.isEnding()))) {
            pause();
            awaitOthers();
        }
        idleIfSo();
        refused.forEach(this::passBy);
        return all;
    }

    private boolean isReading() {
        return !run.isStopping() || !(run.isAborted() || session.isPlaced());
    }

    /** Waits until so many samples, which are all finished, are known to be enough or not. */
    private void awaitPassed(long samples) throws InterruptedException {
        while (prefix.isPresent() && !prefix.get().isStuck() && prefix.get().passed() < samples && !run.isEnding()) {
            pause();
            awaitOthers();
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
        idleIfSo();
    }

    private void idleIfSo() {
        if (unfinished.get() == 0) {
            idle.run();
        }
    }

    private void hand(Work next) throws InterruptedException {
        boolean admitted = prefix.isEmpty();
        while (!admitted && !run.isEnding() && !isShut()) {
            awaitOthers();
            admitted = prefix.get().tryAdmit(POLL_MILLIS);
            if (!admitted) {
                idleIfSo(); // what is held back keeps the window full
            }
        }
        if (admitted) {
            put(next);
        } else {
            passBy(next);
        }
    }

    /** Counts a sample that is not gone on with because there is enough. */
    void passBy(Work next) {
        if (run.hasEnough() && !next.resumed()) {
            run.tally().events(Map.of(RunReport.NOT_NEEDED, 1L));
        }
    }

    /** Takes back a sample that another process is at work on. */
    void refuse(Work next) {
        if (options.deferred().isPresent()) {
            run.stop(
                    "another process is at work on the same stored run; one whose replies come later is for a single process",
                    null);
        } else if (prefix.isPresent()) {
            refused.add(next);
        } else {
            othersAtWork.set(true);
        }
    }

    /** Whether no other sample is handed out in this run: first there have to be the replies that are still to come. */
    private boolean isShut() {
        return prefix.isPresent() && prefix.get().isShut();
    }

    private void put(Work next) throws InterruptedException {
        unfinished.incrementAndGet();
        if (!threads.hand(next)) {
            unfinished.decrementAndGet();
            passBy(next);
        }
    }

    /** Waits until the refused samples are free or finished: with what other processes make of them there may be enough. */
    private void awaitOthers() throws InterruptedException {
        while (!refused.isEmpty() && !run.isEnding()) {
            Thread.sleep(OTHERS_MILLIS);
            idleIfSo();
            List<Work> again = new ArrayList<>();
            for (Work next = refused.poll(); next != null; next = refused.poll()) {
                again.add(next);
            }
            for (Work next : again) {
                tryAgain(next);
            }
        }
    }

    private void tryAgain(Work next) throws InterruptedException {
        Optional<RunStore.Claim> claim = session.claim(next.key(), next.position(), next.sample());
        if (claim.isPresent()) {
            put(next.with(claim.get()));
            return;
        }
        List<StoredRound> rounds = session.rounds(next.key());
        if (rounds.stream().filter(StoredRound::isFinished).count() >= options.rounds()) {
            prefix.orElseThrow().finish(next.position(), next.evolved(rounds, options.rounds()));
        } else {
            refused.add(next);
        }
    }
}
