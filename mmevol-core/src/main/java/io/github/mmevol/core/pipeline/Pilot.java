package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.ImageTokens;
import io.github.mmevol.core.model.TokenCounter;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How {@link EvolutionPipeline#estimate} comes to its figures.
 *
 * <p>{@link #samples} evolves a few of the seeds for real and goes by what they take. {@link #none} calls nothing: prompts
 * are rendered and their tokens counted, and what only a model could tell is assumed:
 *
 * <table>
 * <caption>Assumptions</caption>
 * <tr><th>what</th><th>expected</th><th>from, to</th></tr>
 * <tr><td>share of the instructions that is kept, by direction</td><td>perceptual 0.64, cognitive 0.9, interactive 0.53,
 *     others 0.7: the shares of the published run</td><td>0.25 less, 0.25 more</td></tr>
 * <tr><td>of those not kept, the share that a judge was asked about</td><td>0.75</td><td>0.3, 1</td></tr>
 * <tr><td>tokens of a reply for each instruction</td><td>evolve 250, judge 90, others 150</td><td>half, double</td></tr>
 * <tr><td>calls that ask again</td><td>2 percent, none without repairs</td><td>0, 15 percent</td></tr>
 * <tr><td>prompt text that a provider's cache serves</td><td>none</td><td>three quarters, none</td></tr>
 * <tr><td>tokens of the prompt's text</td><td>as counted</td><td>10 percent less, 10 percent more</td></tr>
 * <tr><td>time of a call</td><td>5 seconds</td><td>a third, three times</td></tr>
 * </table>
 *
 * <p>Immutable; a setting gives a changed copy.
 */
public final class Pilot {
    private static final Map<String, Double> KEPT = Map.of("perceptual", 0.64, "cognitive", 0.9, "interactive", 0.53);
    private static final Map<String, Double> COMPLETION = Map.of("evolve", 250.0, "judge", 90.0);
    private static final Pilot NONE = new Pilot(
            0,
            TokenCounter.approximate(),
            ImageTokens.tiles(85, 170).lowUpTo(512, 85),
            KEPT,
            COMPLETION,
            Duration.ofSeconds(5));

    private final int samples;
    private final TokenCounter text;
    private final ImageTokens images;
    private final Map<String, Double> kept;
    private final Map<String, Double> completion;
    private final Duration callTime;

    private Pilot(
            int samples,
            TokenCounter text,
            ImageTokens images,
            Map<String, Double> kept,
            Map<String, Double> completion,
            Duration callTime) {
        this.samples = samples;
        this.text = Objects.requireNonNull(text, "text");
        this.images = Objects.requireNonNull(images, "images");
        this.kept = Map.copyOf(kept);
        this.completion = Map.copyOf(completion);
        this.callTime = callTime;
    }

    /** No calls: tokens are counted, and what only a model could tell is assumed. */
    public static Pilot none() {
        return NONE;
    }

    /**
     * A pilot run of so many seeds, drawn by the pipeline's seed; all of them if there are no more. It takes what it
     * takes: with a run store its calls are kept there, and neither another estimate nor the run itself makes them again.
     * The more samples, the narrower the intervals; 20 to 50 will do.
     *
     * @throws IllegalArgumentException if below 2, of which nothing could be said how samples differ
     */
    public static Pilot samples(int samples) {
        if (samples < 2) {
            throw new IllegalArgumentException("a pilot run needs at least 2 samples: " + samples);
        }
        return new Pilot(samples, NONE.text, NONE.images, KEPT, COMPLETION, NONE.callTime);
    }

    /** How the tokens of text are counted where no model tells them; default {@link TokenCounter#approximate()}. */
    public Pilot text(TokenCounter counter) {
        return new Pilot(samples, counter, images, kept, completion, callTime);
    }

    /**
     * How the tokens of images are counted; default gpt-4o's, with low detail up to 512 pixels. After a pilot run too, as
     * models do not tell which of the prompt's tokens are the image's.
     */
    public Pilot images(ImageTokens images) {
        return new Pilot(samples, text, images, kept, completion, callTime);
    }

    /**
     * The expected share of the instructions that is kept, of those evolved in one direction.
     *
     * @param direction the direction's name
     * @throws IllegalArgumentException if not in 0..1
     */
    public Pilot keptShare(String direction, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share lies in 0..1: " + share);
        }
        return new Pilot(samples, text, images, with(kept, direction, share), completion, callTime);
    }

    /**
     * The expected tokens of a reply for each instruction that the call is about, reasoning included.
     *
     * @param purpose a purpose, or its part before the colon: {@code evolve} for {@code evolve:cognitive}
     * @throws IllegalArgumentException if negative
     */
    public Pilot completionTokens(String purpose, double tokens) {
        if (!(tokens >= 0)) {
            throw new IllegalArgumentException("completionTokens must not be negative: " + tokens);
        }
        return new Pilot(samples, text, images, kept, with(completion, purpose, tokens), callTime);
    }

    /**
     * The expected time of a call; default 5 seconds.
     *
     * @throws IllegalArgumentException if negative
     */
    public Pilot callTime(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("callTime must not be negative: " + time);
        }
        return new Pilot(samples, text, images, kept, completion, time);
    }

    private static Map<String, Double> with(Map<String, Double> values, String name, double value) {
        Map<String, Double> changed = new TreeMap<>(values);
        changed.put(name, value);
        return changed;
    }

    /** How many seeds are evolved for real; 0 if none is. */
    int samples() {
        return samples;
    }

    TokenCounter text() {
        return text;
    }

    ImageTokens images() {
        return images;
    }

    double keptShare(String direction) {
        return kept.getOrDefault(direction, 0.7);
    }

    double completionTokens(String purpose) {
        String kind = purpose.contains(":") ? purpose.substring(0, purpose.indexOf(':')) : purpose;
        return completion.getOrDefault(purpose, completion.getOrDefault(kind, 150.0));
    }

    Duration callTime() {
        return callTime;
    }
}
