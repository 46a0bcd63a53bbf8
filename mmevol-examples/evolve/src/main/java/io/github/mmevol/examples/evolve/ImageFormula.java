package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ImageTokens;
import io.github.mmevol.openai.ImageDetail;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the image tokens of a model are counted, as far as its name tells.
 *
 * @param like the model or family whose formula it is, for a reader
 */
record ImageFormula(String like, ImageTokens tokens) {

    /** A part of a model's name, with the formula of the models that have it. */
    private record Known(String part, String like, Function<ImageDetail, ImageTokens> tokens) {}

    /** The first one that fits counts. */
    private static final List<Known> KNOWN = List.of(
            new Known("gpt-4o-mini", "gpt-4o-mini", tiles(2833, 5667)),
            new Known("gpt-4.1-mini", "gpt-4.1-mini", patches(1.62)),
            new Known("gpt-4.1-nano", "gpt-4.1-nano", patches(2.46)),
            new Known("o4-mini", "o4-mini", patches(1.72)),
            new Known("gpt-5-mini", "gpt-5-mini", patches(1.62)),
            new Known("gpt-5-nano", "gpt-5-nano", patches(2.46)),
            new Known("gpt-5", "gpt-5", tiles(70, 140)),
            new Known("claude", "Claude", detail -> ImageTokens.perPixels()),
            new Known("qwen", "Qwen2.5-VL", detail -> ImageTokens.qwenVl()),
            new Known("", "gpt-4o", tiles(85, 170)));

    /** The formula of a model; of one that is not known that of gpt-4o. */
    static ImageFormula of(String model, ImageDetail detail) {
        String name = model.toLowerCase(Locale.ROOT);
        Known known = KNOWN.stream()
                .filter(one -> name.contains(one.part()))
                .findFirst()
                .orElseThrow();
        return new ImageFormula(known.like(), known.tokens().apply(detail));
    }

    private static Function<ImageDetail, ImageTokens> tiles(long base, long perTile) {
        ImageTokens high = ImageTokens.tiles(base, perTile);
        return detail -> switch (detail) {
            case AUTO -> high.lowUpTo(512, base);
            case LOW -> ImageTokens.fixed(base);
            case HIGH, NONE -> high;
        };
    }

    private static Function<ImageDetail, ImageTokens> patches(double multiplier) {
        return detail -> ImageTokens.patches(multiplier);
    }
}
