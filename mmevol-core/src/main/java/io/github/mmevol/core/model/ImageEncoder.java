package io.github.mmevol.core.model;

import io.github.mmevol.core.sample.ImageSource;

/** PLACEHOLDER, the images author writes this. */
@SuppressWarnings("DoNotCallSuggester")
public final class ImageEncoder {
    private ImageEncoder() {}

    /** Longest side 512. */
    public static ImageEncoder ofDefaults() {
        return new ImageEncoder();
    }

    /** The image, not yet read. */
    public LazyImage image(ImageSource source) {
        throw new IllegalStateException("not written yet: " + source);
    }
}
