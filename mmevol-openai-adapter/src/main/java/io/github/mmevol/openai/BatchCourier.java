package io.github.mmevol.openai;

import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.pipeline.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings parts to the provider and their replies back, each step kept before the next is taken. Used by one thread. */
final class BatchCourier {
    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    /** After so many looks in a row at which the provider told nothing of any batch, it is given up. */
    private static final int PATIENCE = 30;
    /** Between two such looks, unless the looks themselves lie further apart. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** A server may ask for more patience than that, but not for any. */
    private static final Duration LONGEST_ASKED = Duration.ofMinutes(10);

    private final BatchFolder files;
    private final Map<String, OpenAiModelClient> clients;
    private final Duration pollEvery;
    private final StopSignal stop;
    private final Consumer<BatchRunner.Status> listener;
    /** The parts that the provider does not take while it works on others. */
    private final Set<String> tooMuch = new HashSet<>();

    /** Whether somebody cancelled a batch at the provider; what is with the provider is looked after, no more is begun. */
    private boolean cancelled;

    /** How many looks in a row came to nothing. */
    private int inVain;
    /** Whether the provider told of a batch at this look. */
    private boolean heard;

    private Optional<ModelException> failure = Optional.empty();

    BatchCourier(
            BatchFolder files,
            Map<String, OpenAiModelClient> clients,
            Duration pollEvery,
            StopSignal stop,
            Consumer<BatchRunner.Status> listener) {
        this.files = files;
        this.clients = clients;
        this.pollEvery = pollEvery;
        this.stop = stop;
        this.listener = listener;
    }

    /** Has all requests answered that are on their way; false if stopped before, or where a batch was cancelled. */
    boolean answerAll() {
        try {
            while (!unanswered().isEmpty()) {
                heard = false;
                failure = Optional.empty();
                unanswered().forEach(this::advance);
                inVain = heard || failure.isEmpty() ? 0 : inVain + 1;
                if (inVain >= PATIENCE) {
                    ModelException last = failure.orElseThrow();
                    throw new ModelException.Io(
                            "the batch interface failed " + inVain + " times in a row, run again to go on; at last: "
                                    + last.getMessage(),
                            last);
                }
                if (cancelled || (!unanswered().isEmpty() && !waited())) {
                    return false;
                }
            }
            return true;
        } catch (ModelException.Interrupted e) {
            LOG.debug("interrupted; the batches go on at the provider", e);
            return false;
        }
    }

    private List<BatchPart> unanswered() {
        return files.parts().stream()
                .filter(part -> part.progress() != BatchPart.Progress.FETCHED)
                .toList();
    }

    /** How long to wait: longer each time that the provider told nothing, and as long as it asks for. */
    private Duration pause() {
        Duration growing = pollEvery.multipliedBy(1L << Math.min(6, Math.max(0, inVain - 1)));
        Duration most = longer(pollEvery, LONGEST_PAUSE);
        Duration pause = growing.compareTo(most) < 0 ? growing : most;
        Duration asked = failure.flatMap(ModelException::retryAfter).orElse(Duration.ZERO);
        return longer(pause, asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Waits until the next look; false if stopped. */
    private boolean waited() {
        long until = System.nanoTime() + pause().toNanos();
        try {
            while (!stop.isGiven() && System.nanoTime() - until < 0) {
                Thread.sleep(Math.min(200, Math.max(1, pollEvery.toMillis())));
            }
            return !stop.isGiven();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Brings a part one step or more further; what fails for a passing reason is tried again at the next look. */
    private void advance(BatchPart start) {
        if (cancelled && start.progress() != BatchPart.Progress.CREATED) {
            return;
        }
        OpenAiModelClient client = clients.get(start.client());
        if (client == null) {
            throw new IllegalStateException("there are batches of the client " + start.client()
                    + ", and this runner has none of that name; it has " + clients.keySet());
        }
        BatchApi api = new BatchApi(client.transport());
        BatchPart part = start;
        try {
            if (part.progress() == BatchPart.Progress.WRITTEN) {
                part = keep(part.uploaded(api.upload(files.requests(part))));
            }
            if (part.progress() == BatchPart.Progress.CREATING) {
                Optional<BatchApi.Batch> begun = api.find(part.file());
                part = keep(begun.isPresent() ? part.created(begun.get().id()) : part.uploaded(part.file()));
            }
            if (part.progress() == BatchPart.Progress.UPLOADED) {
                if (tooMuch.contains(part.name()) && othersAreWorkedOn(part)) {
                    return;
                }
                part = keep(part.creating());
                part = keep(part.created(api.create(part.file()).id()));
            }
            look(part, api);
            heard = true;
        } catch (ModelException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            failure = Optional.of(e);
            LOG.warn("{} could not be brought further, it is tried again: {}", part.name(), e.getMessage());
        }
    }

    private BatchPart keep(BatchPart part) {
        files.put(part);
        return part;
    }

    private void look(BatchPart part, BatchApi api) {
        Optional<BatchApi.Batch> found = api.get(part.batch());
        if (found.isEmpty()) {
            LOG.warn(
                    "the provider has no batch {} any more, or not for this key and address; its requests are asked again",
                    part.batch());
            files.fetched(part);
            return;
        }
        BatchApi.Batch batch = found.get();
        listener.accept(new BatchRunner.Status(
                batch.id(), batch.status(), batch.requests(), batch.completed(), batch.failed()));
        LOG.debug(
                "batch {} is {}: {} of {} requests done",
                batch.id(),
                batch.status(),
                batch.completed(),
                batch.requests());
        if (!batch.isOver()) {
            return;
        }
        if (!batch.refusal().isEmpty()) {
            refused(part, batch);
            return;
        }
        bring(batch.output(), files.output(part), api);
        bring(batch.errors(), files.errors(part), api);
        files.fetched(part);
        if (batch.isCancelled()) {
            LOG.warn("batch {} was cancelled at the provider; run again to ask what it did not answer", batch.id());
            cancelled = true;
        }
    }

    private static void bring(String file, Path target, BatchApi api) {
        if (!file.isEmpty() && !api.download(file, target)) {
            LOG.warn("the provider has no file {} any more; what stood in it is asked again", file);
        }
    }

    /** A batch that is too much for now waits for the others, or is made smaller if there are none. */
    private void refused(BatchPart part, BatchApi.Batch batch) {
        boolean limited = batch.refusal().contains("limit") || batch.refusal().contains("quota_exceeded");
        if (limited && othersAreWorkedOn(part)) {
            LOG.info("batch {} has to wait for the others: {}", batch.id(), batch.refusal());
            tooMuch.add(part.name());
            files.put(part.uploaded(part.file()));
        } else if (!limited || !files.split(part)) {
            throw new ModelException.InvalidRequest(new HttpFailure(
                    "the provider refused batch " + batch.id() + " (" + files.requests(part) + "): " + batch.refusal(),
                    400,
                    "",
                    "",
                    Optional.empty()));
        }
    }

    private boolean othersAreWorkedOn(BatchPart part) {
        return files.parts().stream()
                .anyMatch(other -> other.progress() == BatchPart.Progress.CREATED
                        && !other.name().equals(part.name()));
    }
}
