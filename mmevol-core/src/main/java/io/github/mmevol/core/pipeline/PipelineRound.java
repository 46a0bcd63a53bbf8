package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import io.github.mmevol.core.store.StoredReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One round of one sample in a run: every call and event passes here. What the store has is taken from there; what is
 * asked is counted, told to the listeners, and stored before it is used.
 */
final class PipelineRound implements Round {
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final RunOptions options;
    private final RunContext run;
    private final SampleKey key;
    private final Optional<RunStore.Claim> stored;
    private final LazyImage image;
    private final int number;
    private final String direction;
    private final Map<String, Long> events = new TreeMap<>();
    private final Map<String, String> notes = new TreeMap<>();
    private final Set<Integer> failures = ConcurrentHashMap.newKeySet();
    /** Who was asked in this round, by the key of the request. */
    private final Map<String, List<ModelClient>> asked = new ConcurrentHashMap<>();

    PipelineRound(
            RunOptions options,
            RunContext run,
            SampleKey key,
            Optional<RunStore.Claim> stored,
            LazyImage image,
            int number,
            String direction) {
        this.options = options;
        this.run = run;
        this.key = key;
        this.stored = stored;
        this.image = image;
        this.number = number;
        this.direction = direction;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public LazyImage image() {
        return image;
    }

    @Override
    public ModelResponse ask(ModelClient client, ModelRequest request) {
        run.checkNotAborted();
        if (stored.isEmpty()) {
            return call(client, request).response();
        }
        RunStore.Claim claim = stored.get();
        String requestKey = requestKey(client, request);
        Optional<ModelResponse> reply = claim.reply(requestKey);
        if (reply.isPresent()) {
            run.tally().replayed();
            return reply.get();
        }
        Reply called = options.deferred().isPresent()
                ? deferred(options.deferred().get(), requestKey, client, request)
                : call(client, request);
        StoredReply paid = new StoredReply(
                requestKey,
                number,
                request.purpose(),
                client.name(),
                called.response(),
                called.call().attempts(),
                called.call().time());
        return kept(() -> claim.putReply(paid));
    }

    /** The key of a call; where clients of one name are asked the same thing, the second one's and so on are numbered. */
    private String requestKey(ModelClient client, ModelRequest request) {
        String requestKey = RequestKey.of(key, number, client, request);
        List<ModelClient> clients = asked.computeIfAbsent(requestKey, k -> new CopyOnWriteArrayList<>());
        int place = 0;
        while (place < clients.size() && clients.get(place) != client) {
            place++;
        }
        if (place == clients.size()) {
            clients.add(client);
        }
        return place == 0 ? requestKey : requestKey + "~" + (place + 1);
    }

    /** What the store does; a store that fails stops the run. */
    private <T> T kept(Supplier<T> work) {
        try {
            return work.get();
        } catch (RunStoreException e) {
            run.stop(String.valueOf(e.getMessage()), e);
            throw new BrokenOff(String.valueOf(e.getMessage()));
        }
    }

    /** Breaks a sample off for which an outage is to blame; it is gone on with when the run is. */
    static final class OutageException extends BrokenOff {
        private static final long serialVersionUID = 1L;

        private OutageException(RuntimeException failure) {
            super("left for later: " + failure.getMessage());
            initCause(failure);
        }
    }

    private record Reply(ModelResponse response, RunListener.Call call) {}

    /** Whatever a client does with it, a sample whose image cannot be used fails here, before anything is paid for. */
    private static void checkImages(ModelRequest request) {
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Image imagePart) {
                imagePart.image().encoded();
            }
        }
    }

    /** A reply that came in the meantime; without one the round is broken off. */
    private Reply deferred(DeferredReplies replies, String requestKey, ModelClient client, ModelRequest request) {
        checkImages(request);
        if (replies.isOutstanding(requestKey)) {
            run.spending().beginOutstanding(request.purpose(), client.name());
        } else {
            run.spending().begin(request.purpose(), client.name());
        }
        Optional<ModelResponse> come;
        try {
            come = replies.reply(requestKey, client, request);
        } catch (ModelException e) {
            failed(ended(client, request, 1, TokenUsage.NONE, Duration.ZERO, Optional.of(e)));
            throw e;
        } catch (RuntimeException e) {
            run.spending().giveBack(request.purpose(), client.name());
            run.stop(String.valueOf(e.getMessage()), e);
            throw new BrokenOff(String.valueOf(e.getMessage()));
        }
        if (come.isEmpty()) {
            run.spending().defer(request.purpose(), client.name());
            run.tally().pending();
            throw new BrokenOff("the reply is still to come");
        }
        ModelResponse response = come.get();
        return new Reply(response, ended(client, request, 1, response.usage(), Duration.ZERO, Optional.empty()));
    }

    private Reply call(ModelClient client, ModelRequest request) {
        checkImages(request);
        run.spending().begin(request.purpose(), client.name());
        AtomicInteger attempts = new AtomicInteger();
        AtomicLong start = new AtomicLong(NOT_BEGUN);
        AtomicLong firstFailure = new AtomicLong();
        ModelClient counted = client.listening(attempt -> {
            if (attempts.incrementAndGet() == 1) {
                firstFailure.set(System.nanoTime());
            }
        });
        try {
            ModelResponse response = run.inTurn(() -> {
                start.set(System.nanoTime());
                return counted.send(request);
            });
            run.replied();
            return new Reply(
                    response, ended(client, request, attempts.get(), response.usage(), since(start), Optional.empty()));
        } catch (ModelException.BudgetExhausted e) {
            run.spending().giveBack(request.purpose(), client.name());
            throw e;
        } catch (RuntimeException e) {
            if (start.get() == NOT_BEGUN) { // the run was broken off before its turn came
                run.spending().giveBack(request.purpose(), client.name());
            } else {
                failed(ended(client, request, attempts.get(), TokenUsage.NONE, since(start), Optional.of(e)));
                if (run.outage().mayPass(e) && !run.isAborted()) {
                    inARow(e, attempts.get() > 1 ? firstFailure.get() : start.get());
                }
            }
            throw e;
        }
    }

    /**
     * Notes a failure of which it may turn out that an outage is to blame; breaks the round off where that is so.
     *
     * @param since from when on a reply to another call would have shown that there is none
     */
    private void inARow(RuntimeException failure, long since) {
        int row = run.failed(key, failure, since);
        failures.add(row);
        if (stored.isPresent() && run.outage().verdict(row) == Outage.Verdict.OUTAGE) {
            throw new OutageException(failure);
        }
    }

    /** The rows of failures that calls of this round stand in; empty if none failed for a passing reason. */
    Set<Integer> failures() {
        return failures;
    }

    private static Duration since(AtomicLong start) {
        return Duration.ofNanos(System.nanoTime() - start.get());
    }

    private RunListener.Call ended(
            ModelClient client,
            ModelRequest request,
            int attempts,
            TokenUsage usage,
            Duration time,
            Optional<RuntimeException> failure) {
        RunListener.Call call = new RunListener.Call(
                request.purpose(),
                client.name(),
                number,
                attempts,
                usage,
                time,
                failure.map(e -> e.getClass().getSimpleName()).orElse(""),
                failure.map(RuntimeException::toString).orElse(""));
        run.spending().end(call);
        run.tally().call(number, direction, call);
        run.tell(listener -> listener.onCall(call));
        return call;
    }

    private void failed(RunListener.Call call) {
        if (stored.isPresent()) {
            Account.Line line =
                    new Account.Line(call.purpose(), call.client(), 1, 1, call.attempts(), call.usage(), call.time());
            kept(() -> {
                stored.get().putFailure(line);
                return line;
            });
        }
    }

    @Override
    public Random random(String purpose) {
        return new Random(Round.derivedSeed(options.seed(), key, number, purpose));
    }

    @Override
    public int repairs() {
        return options.repairs();
    }

    @Override
    public int instructionsPerCall() {
        return options.instructionsPerCall();
    }

    @Override
    public Optional<String> recall(String name) {
        return Optional.empty();
    }

    @Override
    public void remember(String name, String text) {
        notes.put(name, text);
    }

    @Override
    public void count(String event) {
        count(event, 1);
    }

    void count(String event, long times) {
        events.merge(event, times, Long::sum);
    }

    /** What was counted. */
    Map<String, Long> events() {
        return events;
    }

    /** What was remembered. */
    Map<String, String> notes() {
        return notes;
    }
}
