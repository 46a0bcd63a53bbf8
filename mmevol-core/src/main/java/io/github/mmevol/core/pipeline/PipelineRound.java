package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.SampleKey;
import java.time.Duration;
import java.util.Random;

/** One round of one sample in a run: every call and event passes here, is counted and told to the listeners. */
final class PipelineRound implements Round {
    private final RunOptions options;
    private final RunContext run;
    private final SampleKey key;
    private final LazyImage image;
    private final int number;
    private final String direction;

    PipelineRound(RunOptions options, RunContext run, SampleKey key, LazyImage image, int number, String direction) {
        this.options = options;
        this.run = run;
        this.key = key;
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
        // whatever a client does with it, a sample whose image cannot be used fails here, before anything is paid for
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Image imagePart) {
                imagePart.image().encoded();
            }
        }
        long start = System.nanoTime();
        try {
            ModelResponse response = client.send(request);
            ended(client, request, response.usage(), start, "");
            return response;
        } catch (RuntimeException e) {
            ended(client, request, TokenUsage.NONE, start, e.toString());
            throw e;
        }
    }

    private void ended(ModelClient client, ModelRequest request, TokenUsage usage, long start, String error) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        RunListener.Call call = new RunListener.Call(request.purpose(), client.name(), number, usage, time, error);
        run.tally().call(number, direction, call);
        run.tell(listener -> listener.onCall(call));
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
    public void count(String event) {
        run.tally().event(event, 1);
    }
}
