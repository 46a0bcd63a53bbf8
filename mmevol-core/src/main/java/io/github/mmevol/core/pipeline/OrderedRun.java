package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: a reader thread takes samples in, workers evolve one sample each at a time, the caller's thread writes the
 * results in input order. No more than a bounded window of samples is held, counted from the oldest unfinished one, so
 * memory does not grow with the data set.
 */
final class OrderedRun {
    private static final Logger LOG = LoggerFactory.getLogger(EvolutionPipeline.class);
    private static final int WINDOW_PER_WORKER = 16;
    private static final long POLL_MILLIS = 100;
    private static final Duration AFTER_ABORT = Duration.ofSeconds(10);

    /** A sample's place in the output; the last one of a run has no sample. */
    private record Slot(Optional<Numbered> sample, CompletableFuture<Optional<EvolvedSample>> result) {
        static Slot end() {
            return new Slot(Optional.empty(), new CompletableFuture<>());
        }
    }

    private record Numbered(SampleKey key, Sample sample) {}

    private final RunOptions options;
    private final RunContext run;
    private final Semaphore window;
    private final BlockingQueue<Slot> order = new LinkedBlockingQueue<>();
    private final BlockingQueue<Slot> work = new LinkedBlockingQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean interrupted;
    private boolean writable = true;
    private long abortAt = Long.MAX_VALUE;
    private long giveUpAt = Long.MAX_VALUE;

    OrderedRun(RunOptions options, RunContext run) {
        this.options = options;
        this.run = run;
        window = new Semaphore(WINDOW_PER_WORKER * options.concurrency());
    }

    RunReport run(DataSet<Sample> seeds, DataSetWriter writer) {
        long start = System.nanoTime();
        boolean finished = false;
        try (DataSetWriter.Appender out = writer.open()) {
            start(seeds);
            for (Slot slot = next(); slot.sample().isPresent(); slot = next()) {
                Optional<EvolvedSample> result = await(slot);
                if (result.isPresent() && writable) {
                    write(out, result.get());
                }
                window.release();
            }
            if (writable) {
                commit(out);
            }
            finished = true;
        } finally {
            if (!finished) {
                run.stop("the run broke off", null);
                abort();
            }
            endThreads();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        RunContext.Stop stop = run.stopped();
        RunReport report =
                run.tally().report(Duration.ofNanos(System.nanoTime() - start), stop == null ? "" : stop.reason());
        if (stop != null && stop.cause() != null) {
            throw new RunStoppedException("the run stopped: " + stop.reason(), stop.cause(), report);
        }
        return report;
    }

    private void start(DataSet<Sample> seeds) {
        Thread reader = new Thread(() -> read(seeds), "mmevol-reader");
        reader.setDaemon(true);
        threads.add(reader);
        ThreadFactory factory = WorkerThreads.factory();
        for (int i = 0; i < options.concurrency(); i++) {
            threads.add(factory.newThread(this::work));
        }
        threads.forEach(Thread::start);
    }

    private void read(DataSet<Sample> seeds) {
        KeyCounter keys = new KeyCounter();
        try (Stream<Sample> stream = seeds.stream()) {
            Iterator<Sample> samples = stream.iterator();
            while (admitted() && samples.hasNext()) {
                Sample sample = samples.next();
                Slot slot = new Slot(
                        Optional.of(new Numbered(keys.next(SampleKey.of(sample)), sample)), new CompletableFuture<>());
                order.add(slot);
                work.add(slot);
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        } catch (RuntimeException | Error e) {
            run.stop("the seeds could not be read on: " + e.getMessage(), e);
        } finally {
            order.add(Slot.end());
            for (int i = 0; i < options.concurrency(); i++) {
                work.add(Slot.end());
            }
        }
    }

    /** Waits for a place in the window; false when the run stops. */
    private boolean admitted() throws InterruptedException {
        while (!run.isStopping()) {
            if (window.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void work() {
        while (true) {
            Slot slot;
            try {
                slot = work.take();
            } catch (InterruptedException e) {
                run.stop("interrupted", null);
                continue;
            }
            if (slot.sample().isEmpty()) {
                return;
            }
            slot.result().complete(evolve(slot.sample().get()));
            Thread.interrupted(); // an interrupt belongs to the sample that was running
        }
    }

    /** Never throws: whatever happens to a sample, its place in the output is settled. */
    private Optional<EvolvedSample> evolve(Numbered numbered) {
        if (run.isStopping()) {
            return Optional.empty();
        }
        try {
            SampleEvolution evolution = new SampleEvolution(options, run, numbered.key(), numbered.sample());
            breakable(evolution, numbered.key());
            EvolvedSample result = evolution.result();
            if (result.outcomes().isEmpty() && run.isStopping()) {
                return Optional.empty();
            }
            run.tell(listener -> listener.onSample(result));
            return Optional.of(result);
        } catch (RuntimeException | Error e) {
            run.stop("sample " + numbered.sample().id() + " failed: " + e, e);
            return Optional.empty();
        }
    }

    private void breakable(SampleEvolution evolution, SampleKey key) {
        try {
            evolution.evolve();
        } catch (CancellationException e) {
            LOG.debug("sample {} was broken off", key);
        } catch (ModelException e) {
            run.stop(String.valueOf(e.getMessage()), e);
        }
    }

    private void write(DataSetWriter.Appender out, EvolvedSample result) {
        try {
            out.append(result);
            run.tally().sample(result.sample().instructions().size());
        } catch (RuntimeException e) {
            cannotWrite(e);
        }
    }

    private void commit(DataSetWriter.Appender out) {
        try {
            out.commit();
        } catch (RuntimeException e) {
            cannotWrite(e);
        }
    }

    private void cannotWrite(RuntimeException e) {
        writable = false;
        run.stop("the output could not be written: " + e.getMessage(), e);
    }

    private Slot next() {
        while (true) {
            try {
                Slot slot = order.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (slot != null) {
                    return slot;
                }
            } catch (InterruptedException e) {
                interrupt();
            }
            if (pastWaiting()) {
                return Slot.end();
            }
        }
    }

    private Optional<EvolvedSample> await(Slot slot) {
        while (true) {
            try {
                return slot.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupt();
            } catch (TimeoutException e) {
                if (pastWaiting()) {
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("results are never completed exceptionally", e);
            }
        }
    }

    private void interrupt() {
        interrupted = true;
        run.stop("interrupted", null);
        abort();
    }

    /** Gives a stopping run its grace period, then breaks it off; true when even that did not end it. */
    private boolean pastWaiting() {
        if (!run.isStopping()) {
            return false;
        }
        long now = System.nanoTime();
        if (giveUpAt != Long.MAX_VALUE) {
            return now > giveUpAt;
        }
        if (abortAt == Long.MAX_VALUE) {
            abortAt = now + options.grace().toNanos();
        }
        if (now > abortAt) {
            abort();
        }
        return false;
    }

    private void abort() {
        if (giveUpAt == Long.MAX_VALUE) {
            giveUpAt = System.nanoTime() + AFTER_ABORT.toNanos();
            run.abort();
            threads.forEach(Thread::interrupt);
        }
    }

    private void endThreads() {
        for (Thread thread : threads) {
            try {
                thread.join(AFTER_ABORT.toMillis());
            } catch (InterruptedException e) {
                interrupt();
            }
            if (thread.isAlive()) {
                LOG.warn("thread {} does not end: a client or eliminator ignores interruption", thread.getName());
            }
        }
    }
}
