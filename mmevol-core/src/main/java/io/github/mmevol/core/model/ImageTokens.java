package io.github.mmevol.core.model;

/**
 * How many prompt tokens an image takes, by its size as sent. Providers count in their own ways; take the formula of your
 * model, or a lambda of your own. What a provider really counted stands in {@link TokenUsage} after a call.
 */
@FunctionalInterface
public interface ImageTokens {

    /** The tokens of an image of so many pixels. */
    long of(int width, int height);

    /** The same for every image. */
    static ImageTokens fixed(long tokens) {
        return (width, height) -> tokens;
    }

    /**
     * Tiles of 512 pixels, for OpenAI's models of the 4o class with high detail: the image is scaled down to fit 2048 by
     * 2048, then until its shorter side is 768 at most, and each tile that it touches costs. Source: OpenAI, guide "Images
     * and vision", section "Calculating costs"; there also the figures, for example 85 and 170 for gpt-4o and gpt-4.1, 2833
     * and 5667 for gpt-4o-mini, 70 and 140 for gpt-5. With low detail an image costs the base alone, see
     * {@link #lowUpTo}.
     *
     * @param base tokens of an image
     * @param perTile tokens of each tile on top of that
     */
    static ImageTokens tiles(long base, long perTile) {
        return (width, height) -> {
            double fit = Math.min(1, 2048.0 / Math.max(width, height));
            double scale = fit * Math.min(1, 768 / (fit * Math.min(width, height)));
            return base + perTile * cells(width * scale, 512) * cells(height * scale, 512);
        };
    }

    /**
     * Patches of 32 pixels, at most 1536 of them, for OpenAI's smaller models since gpt-4.1: a larger image is scaled down
     * until it fits. Source: OpenAI, guide "Images and vision", section "Calculating costs"; there also the multipliers,
     * for example 1.62 for gpt-4.1-mini, 2.46 for gpt-4.1-nano, 1.72 for o4-mini.
     *
     * @param multiplier tokens for a patch
     */
    static ImageTokens patches(double multiplier) {
        return (width, height) -> {
            double side = 32;
            long most = 1536;
            long patches = cells(width, side) * cells(height, side);
            if (patches > most) {
                double shrink = Math.sqrt(side * side * most / ((double) width * height));
                double across = width * shrink / side;
                double down = height * shrink / side;
                shrink *= Math.min(Math.floor(across) / across, Math.floor(down) / down);
                patches = Math.min(most, cells(width * shrink, side) * cells(height * shrink, side));
            }
            return (long) Math.ceil(patches * multiplier);
        };
    }

    /**
     * By area, 750 pixels a token, for Anthropic's models: a larger image is scaled down to a longest side of 1568 pixels
     * and about 1600 tokens. Source: Anthropic, guide "Vision", sections "Evaluate image size" and "Calculate image costs".
     */
    static ImageTokens perPixels() {
        return (width, height) -> {
            double scale = Math.min(1, 1568.0 / Math.max(width, height));
            return Math.min(1600, (long) Math.ceil(width * scale * (height * scale) / 750));
        };
    }

    /**
     * A token for each 28 by 28 pixels, sides rounded, 4 to 16384 of them, and two that mark the image, for Qwen2-VL and
     * Qwen2.5-VL. Source: the models' {@code preprocessor_config.json} (patches of 14, merged by two; {@code min_pixels},
     * {@code max_pixels}) and Alibaba Cloud Model Studio, "Qwen VL". A server may set a lower {@code max_pixels}.
     */
    static ImageTokens qwenVl() {
        return (width, height) -> {
            long cells = Math.max(1, Math.round(width / 28.0)) * Math.max(1, Math.round(height / 28.0));
            return Math.max(4, Math.min(16384, cells)) + 2;
        };
    }

    /**
     * This formula, but a flat figure for images within a longest side: OpenAI's low detail, which {@code
     * OpenAiModelClient} asks for up to 512 pixels.
     */
    default ImageTokens lowUpTo(int longestSide, long tokens) {
        return (width, height) -> Math.max(width, height) <= longestSide ? tokens : of(width, height);
    }

    private static long cells(double length, double side) {
        // a scaled side of exactly so many cells may come out a rounding error longer
        return (long) Math.ceil(length / side - 1e-9);
    }
}
