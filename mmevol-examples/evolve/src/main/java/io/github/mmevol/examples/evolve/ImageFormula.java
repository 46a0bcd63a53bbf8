package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ImageTokens;
import java.util.List;
import java.util.Locale;

/**
 * How the image tokens of a model are counted, as far as its name tells.
 *
 * @param like the model or family whose formula it is, for a reader
 */
record ImageFormula(String like, ImageTokens tokens) {
    private static final int LOW_DETAIL_SIDE = 512;

    /** A part of a model's name, with the formula of the models that have it; earlier ones first. */
    private static final List<Known> KNOWN = List.of(
            new Known("gpt-4o-mini", "gpt-4o-mini", tiles(2833, 5667)),
            new Known("gpt-4.1-mini", "gpt-4.1-mini", ImageTokens.patches(1.62)),
            new Known("gpt-4.1-nano", "gpt-4.1-nano", ImageTokens.patches(2.46)),
            new Known("o4-mini", "o4-mini", ImageTokens.patches(1.72)),
            new Known("gpt-5-mini", "gpt-5-mini", ImageTokens.patches(1.62)),
            new Known("gpt-5-nano", "gpt-5-nano", ImageTokens.patches(2.46)),
            new Known("gpt-5", "gpt-5", tiles(70, 140)),
            new Known("claude", "Claude", ImageTokens.perPixels()),
            new Known("qwen", "Qwen2.5-VL", ImageTokens.qwenVl()));

    private record Known(String part, String like, ImageTokens tokens) {}

    /** The formula of a model; of one that is not known that of gpt-4o. */
    static ImageFormula of(String model) {
        String name = model.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(known -> name.contains(known.part()))
                .findFirst()
                .map(known -> new ImageFormula(known.like(), known.tokens()))
                .orElseGet(() -> new ImageFormula("gpt-4o", tiles(85, 170)));
    }

    /** As our client sends them: with low detail up to 512 pixels. */
    private static ImageTokens tiles(long base, long perTile) {
        return ImageTokens.tiles(base, perTile).lowUpTo(LOW_DETAIL_SIDE, base);
    }
}
