package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.LazyImage;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A round that takes notes of what it is asked and answers with empty replies. Used by one thread. */
final class NotingRound implements Round {

    /** A call that would have been made. */
    record Asked(String purpose, String client, String system, String text, List<EncodedImage> images) {}

    private final RunOptions options;
    private final SampleKey key;
    private final LazyImage image;
    private final int number;
    private final List<Asked> asked = new ArrayList<>();
    private boolean imageUnusable;

    NotingRound(RunOptions options, SampleKey key, LazyImage image, int number) {
        this.options = options;
        this.key = key;
        this.image = image;
        this.number = number;
    }

    List<Asked> asked() {
        return asked;
    }

    boolean isImageUnusable() {
        return imageUnusable;
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
        List<EncodedImage> images = new ArrayList<>(1);
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Image shown) {
                images.add(encoded(shown.image()));
            }
        }
        asked.add(new Asked(request.purpose(), client.name(), request.system(), request.text(), images));
        return ModelResponse.of("");
    }

    private EncodedImage encoded(LazyImage shown) {
        try {
            return shown.encoded();
        } catch (ModelException.UnusableImage e) {
            imageUnusable = true;
            throw e;
        }
    }

    @Override
    public Random random(String purpose) {
        return new Random(Round.derivedSeed(options.seed(), key, number, purpose));
    }

    @Override
    public int repairs() {
        return 0;
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
    public void remember(String name, String text) {}

    @Override
    public void count(String event) {}
}
