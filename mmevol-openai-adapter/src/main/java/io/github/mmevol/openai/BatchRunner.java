package io.github.mmevol.openai;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.StopSignal;
import io.github.mmevol.core.sample.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Runs a pipeline over a provider's batch interface, which takes up to a day for each pass and costs about half: what the
 * pipeline's store does not hold is written into files, the files are uploaded and worked on by the provider, their replies are
 * brought back, and the pipeline goes through the seeds again, until nothing is left to be asked. Three rounds with a judge
 * are six passes and one more.
 *
 * <pre>{@code
 * OpenAiModelClient model = OpenAiModelClient.builder().apiKey(key).model("gpt-4o-mini").build();
 * RunReport report = BatchRunner.over(folder, model)
 *         .run(EvolutionPipeline.builder()
 *                 .evolvers(Directions.all(model))
 *                 .eliminators(Rules.all(), Judge.with(model))
 *                 .store(JdbcRunStore.sqlite(folder.resolve("run.db"))), seeds, writer);
 * }</pre>
 *
 * <p>May be killed at any moment: run again with the same folder and the same store it goes on, and no batch is started twice.
 * Requests that expired, failed for a passing reason or got no answer are asked again, {@value BatchReplies#ATTEMPTS} times in all; what is
 * refused for good fails as a call does; what ends the run, such as a lack of quota, is asked again when it is run again. A stop
 * signal or an interrupt ends it with what is finished; batches under way go on at the provider. A batch that somebody cancels
 * there ends it too: what it did not answer is asked when it is run again.
 *
 * <p>The interface is that of OpenAI's API reference (Files, Batch). Immutable; a setting gives a changed copy. One runner at a
 * time works on a folder.
 */
public final class BatchRunner {
    private static final int MAX_REQUESTS = 50_000;
    private static final long MAX_BYTES = 190_000_000;
    private static final int MAX_PENDING = 100_000;

    /**
     * How far a batch is.
     *
     * @param batch the provider's id of it
     * @param state the provider's word for its state, for example {@code in_progress}
     * @param requests how many requests it has
     * @param completed how many are answered
     * @param failed how many failed
     */
    public record Status(String batch, String state, long requests, long completed, long failed) {
        /** Keeps the values. */
        public Status {
            Objects.requireNonNull(batch, "batch");
            Objects.requireNonNull(state, "state");
        }
    }

    private final Path folder;
    private final Map<String, OpenAiModelClient> clients;
    private final Duration pollEvery;
    private final int maxRequests;
    private final int maxPending;
    private final StopSignal stop;
    private final Consumer<Status> listener;

    private BatchRunner(
            Path folder,
            Map<String, OpenAiModelClient> clients,
            Duration pollEvery,
            int maxRequests,
            int maxPending,
            StopSignal stop,
            Consumer<Status> listener) {
        this.folder = folder;
        this.clients = clients;
        this.pollEvery = pollEvery;
        this.maxRequests = maxRequests;
        this.maxPending = maxPending;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * A runner that asks every minute, puts at most 50 000 requests into a batch and has at most 100 000 on their way.
     *
     * @param folder where requests and replies lie until the store holds them; made where it is missing
     * @param clients the clients that the pipeline's evolvers and eliminators have, told apart by their names
     * @throws IllegalArgumentException if there is none, or two have the same name
     */
    public static BatchRunner over(Path folder, OpenAiModelClient... clients) {
        Map<String, OpenAiModelClient> byName = new LinkedHashMap<>();
        for (OpenAiModelClient client : clients) {
            if (byName.put(client.name(), client) != null) {
                throw new IllegalArgumentException("two clients have the name " + client.name());
            }
        }
        if (byName.isEmpty()) {
            throw new IllegalArgumentException("name the clients whose calls go into batches");
        }
        return new BatchRunner(
                folder, byName, Duration.ofMinutes(1), MAX_REQUESTS, MAX_PENDING, new StopSignal(), status -> {});
    }

    /**
     * How long to wait between looking; default one minute.
     *
     * @throws IllegalArgumentException if not above zero
     */
    public BatchRunner pollEvery(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("pollEvery must be above zero: " + time);
        }
        return new BatchRunner(folder, clients, time, maxRequests, maxPending, stop, listener);
    }

    /**
     * The most requests in one batch; default 50 000, OpenAI's own limit.
     *
     * @throws IllegalArgumentException if below 1
     */
    public BatchRunner maxRequests(int requests) {
        return new BatchRunner(folder, clients, pollEvery, atLeastOne(requests), maxPending, stop, listener);
    }

    /**
     * The most requests that are on their way at once, which bounds the space on disk (a request takes about as much as its
     * image in Base64); default 100 000. Samples beyond it wait for a later pass.
     *
     * @throws IllegalArgumentException if below 1
     */
    public BatchRunner maxPending(int requests) {
        return new BatchRunner(folder, clients, pollEvery, maxRequests, atLeastOne(requests), stop, listener);
    }

    private static int atLeastOne(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("at least one request: " + requests);
        }
        return requests;
    }

    /** A signal that ends the runner; give it to the pipeline too. */
    public BatchRunner stopSignal(StopSignal stop) {
        return new BatchRunner(
                folder, clients, pollEvery, maxRequests, maxPending, Objects.requireNonNull(stop, "stop"), listener);
    }

    /** Gets how far each batch is, whenever that was asked; default nobody. Called on the thread of {@link #run}. */
    public BatchRunner onStatus(Consumer<Status> listener) {
        return new BatchRunner(
                folder,
                clients,
                pollEvery,
                maxRequests,
                maxPending,
                stop,
                Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Runs the pipeline until nothing is pending. Blocks, for days if need be; the results are written after each pass.
     *
     * @param pipeline a pipeline with a store; it is given the replies of the batches
     * @return what the last pass wrote, with the calls of all passes and the time that they took, waiting included;
     *     {@link RunReport#pendingCalls()} is above 0 if it was stopped while replies were to
     *     come, and {@link RunReport#stoppedBy()} tells what broke the pass itself off
     * @throws ModelException if the provider refuses a batch for good, or the runner's calls, has no batch interface, or told
     *     nothing of any batch at thirty looks in a row, between which the time grows to a minute
     * @throws java.io.UncheckedIOException if the folder cannot be read or written
     * @throws IllegalStateException if another run works on the folder, or the pipeline asks a client that is none of ours
     */
    public RunReport run(EvolutionPipeline.Builder pipeline, DataSet<Sample> seeds, DataSetWriter writer) {
        try (BatchFolder files = BatchFolder.open(folder, maxRequests, MAX_BYTES, maxPending)) {
            EvolutionPipeline passes =
                    pipeline.deferred(new BatchReplies(files, clients)).build();
            BatchCourier courier = new BatchCourier(files, clients, pollEvery, stop, listener);
            long start = System.nanoTime();
            boolean answered = courier.answerAll();
            RunReport report = pass(passes, files, seeds, writer);
            while (answered && files.requests().waiting() > 0 && !isStopped()) {
                answered = courier.answerAll();
                if (Thread.currentThread().isInterrupted()) {
                    return report;
                }
                RunReport last = pass(passes, files, seeds, writer);
                report = together(report, last, Duration.ofNanos(System.nanoTime() - start));
            }
            return report;
        }
    }

    /** What the last pass wrote, with the calls of those before it too. */
    private static RunReport together(RunReport before, RunReport last, Duration time) {
        return new RunReport(
                last.samples(),
                last.seedInstructions(),
                last.kept(),
                last.rounds(),
                before.account().plus(last.account()),
                before.paidElsewhere(),
                before.resumedRounds(),
                last.replayedCalls(),
                last.pendingCalls(),
                events(before, last),
                time,
                last.stoppedBy());
    }

    /** The events of the last pass; what the seeds do not hold any more was told by the first one. */
    private static Map<String, Long> events(RunReport before, RunReport last) {
        Map<String, Long> events = new TreeMap<>(last.events());
        if (before.formerSamples() > 0) {
            events.merge("former-samples", before.formerSamples(), Long::sum);
        }
        return events;
    }

    private boolean isStopped() {
        return stop.isGiven() || Thread.currentThread().isInterrupted();
    }

    /** One pass; an interrupt from before it would end it at once, and is told after it. */
    private static RunReport pass(
            EvolutionPipeline pipeline, BatchFolder files, DataSet<Sample> seeds, DataSetWriter writer) {
        boolean interrupted = Thread.interrupted();
        try {
            RunReport report = pipeline.run(seeds, writer);
            boolean lookedAtAll = report.stoppedBy().isEmpty()
                    && report.notNeeded() == 0 // else their replies may be wanted later
                    && report.rounds().stream()
                            .noneMatch(round -> round.failedBy().containsKey(Outcome.Failed.IMAGE));
            files.endPass(lookedAtAll);
            return report;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
