package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One run: a reader thread takes samples in, workers evolve one sample each at a time, the caller's thread writes the
 * results in input order. No more than a bounded window of samples is held, counted from the oldest unfinished one, so
 * memory does not grow with the data set.
 */
final class OrderedRun {
    static final int WINDOW_PER_CALL = 16;
    private static final long POLL_MILLIS = 100;

    /** A sample's place in the output; the last one of a run has no sample. */
    private record Slot(Optional<Numbered> sample, CompletableFuture<Optional<Done>> result) {
        static Slot end() {
            return new Slot(Optional.empty(), new CompletableFuture<>());
        }
    }

    private record Done(EvolvedSample sample, Map<String, Long> events) {}

    private record Numbered(SampleKey key, Sample sample) {}

    private final RunOptions options;
    private final RunContext run;
    private final Semaphore window;
    private final BlockingQueue<Slot> order = new LinkedBlockingQueue<>();
    private final RunThreads<Slot> threads;

    OrderedRun(RunOptions options, RunContext run) {
        this.options = options;
        this.run = run;
        threads = new RunThreads<>(
                run,
                options.concurrency(),
                options.grace(),
                slot -> slot.result().complete(evolve(slot.sample().orElseThrow())));
        window = new Semaphore(WINDOW_PER_CALL * options.concurrency());
    }

    RunReport run(DataSet<Sample> seeds, DataSetWriter writer) {
        boolean finished = false;
        try (Output out = new Output(writer, options.selection(), run)) {
            threads.start(() -> read(seeds));
            write(out);
            out.commit();
            if (out.isFull() && !run.isStopping()) {
                run.done();
                threads.await(POLL_MILLIS, () -> {});
            }
            finished = true;
        } finally {
            if (!finished) {
                run.stop("the run broke off", null);
                threads.abort();
            }
            threads.end();
        }
        return run.end();
    }

    /** Writes the samples in their order until there is none, or enough. */
    private void write(Output out) {
        while (!out.isFull()) {
            Slot slot = next();
            if (slot.sample().isEmpty()) {
                return;
            }
            await(slot).ifPresent(done -> out.append(done.sample(), done.events()));
            window.release();
        }
    }

    private void read(DataSet<Sample> seeds) {
        KeyCounter keys = new KeyCounter();
        try (Stream<Sample> stream = seeds.stream()) {
            Iterator<Sample> samples = stream.iterator();
            while (admitted() && samples.hasNext()) {
                Sample sample = samples.next();
                Slot slot = new Slot(
                        Optional.of(new Numbered(keys.next(SampleKey.of(sample)), sample)), new CompletableFuture<>());
                if (threads.hand(slot)) {
                    order.add(slot);
                }
            }
        } catch (InterruptedException e) {
            run.stop("interrupted", null);
        } catch (RuntimeException | Error e) {
            run.stop("the seeds could not be read on: " + e.getMessage(), e);
        } finally {
            order.add(Slot.end());
            threads.noMore();
        }
    }

    /** Waits for a place in the window; false when the run ends. */
    private boolean admitted() throws InterruptedException {
        while (!run.isEnding()) {
            if (window.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    /** Never throws: whatever happens to a sample, its place in the output is settled. */
    private Optional<Done> evolve(Numbered numbered) {
        if (run.isEnding()) {
            return Optional.empty();
        }
        try {
            SampleEvolution evolution =
                    new SampleEvolution(options, run, numbered.key(), numbered.sample(), Optional.empty());
            evolution.evolveUnlessBrokenOff();
            EvolvedSample result = evolution.result();
            if (result.outcomes().isEmpty() && run.isEnding()) {
                return Optional.empty();
            }
            run.tell(listener -> listener.onSample(result));
            return Optional.of(new Done(result, evolution.events()));
        } catch (RuntimeException | Error e) {
            run.stop("sample " + numbered.sample().id() + " failed: " + e, e);
            return Optional.empty();
        }
    }

    private Slot next() {
        while (true) {
            try {
                Slot slot = order.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (slot != null) {
                    return slot;
                }
            } catch (InterruptedException e) {
                threads.interrupted();
            }
            if (threads.pastWaiting()) {
                return Slot.end();
            }
        }
    }

    private Optional<Done> await(Slot slot) {
        while (true) {
            try {
                return slot.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                threads.interrupted();
            } catch (TimeoutException e) {
                if (threads.pastWaiting()) {
                    return Optional.empty();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("results are never completed exceptionally", e);
            }
        }
    }
}
