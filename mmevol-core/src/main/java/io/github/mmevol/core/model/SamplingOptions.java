package io.github.mmevol.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a model samples its reply. What is empty is left to the model's own default.
 *
 * @param temperature 0 and above
 * @param topP nucleus sampling, above 0 up to 1
 * @param maxTokens the most tokens that the reply may have
 * @param seed the model's sampling seed, where it takes one
 */
public record SamplingOptions(
        OptionalDouble temperature, OptionalDouble topP, OptionalInt maxTokens, OptionalLong seed) {
    private static final SamplingOptions DEFAULTS = new SamplingOptions(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());

    /** @throws IllegalArgumentException if a value is outside its range */
    public SamplingOptions {
        Objects.requireNonNull(temperature, "temperature");
        Objects.requireNonNull(topP, "topP");
        Objects.requireNonNull(maxTokens, "maxTokens");
        Objects.requireNonNull(seed, "seed");
        if (temperature.isPresent() && !(temperature.getAsDouble() >= 0)) {
            throw new IllegalArgumentException("temperature must be 0 or above: " + temperature.getAsDouble());
        }
        if (topP.isPresent() && !(topP.getAsDouble() > 0 && topP.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("topP must lie above 0 and up to 1: " + topP.getAsDouble());
        }
        if (maxTokens.isPresent() && maxTokens.getAsInt() < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1: " + maxTokens.getAsInt());
        }
    }

    /** The options that are set, for example {@code temperature=0.0, max_tokens=2048}; {@code defaults} if none is. */
    @Override
    public String toString() {
        List<String> set = new ArrayList<>();
        temperature.ifPresent(value -> set.add("temperature=" + value));
        topP.ifPresent(value -> set.add("top_p=" + value));
        maxTokens.ifPresent(value -> set.add("max_tokens=" + value));
        seed.ifPresent(value -> set.add("seed=" + value));
        return set.isEmpty() ? "defaults" : String.join(", ", set);
    }

    /** Everything left to the model. */
    public static SamplingOptions defaults() {
        return DEFAULTS;
    }

    /** These options with the temperature set. */
    public SamplingOptions withTemperature(double temperature) {
        return new SamplingOptions(OptionalDouble.of(temperature), topP, maxTokens, seed);
    }

    /** These options with nucleus sampling set. */
    public SamplingOptions withTopP(double topP) {
        return new SamplingOptions(temperature, OptionalDouble.of(topP), maxTokens, seed);
    }

    /** These options with a bound on the reply's length. */
    public SamplingOptions withMaxTokens(int maxTokens) {
        return new SamplingOptions(temperature, topP, OptionalInt.of(maxTokens), seed);
    }

    /** These options with a sampling seed. */
    public SamplingOptions withSeed(long seed) {
        return new SamplingOptions(temperature, topP, maxTokens, OptionalLong.of(seed));
    }
}
