package io.github.mmevol.core.model;

import io.github.mmevol.core.sample.ImageSource;

/**
 * A sample's image on its way to a model: nothing is read or decoded before it is asked for, then it is kept and shared
 * by all calls of the sample. Made by an {@link ImageEncoder}; thread-safe.
 */
public interface LazyImage {

    /**
     * The SHA-256 of the image's file, 64 hexadecimal digits; reads the file on first use, decodes nothing.
     *
     * @throws ModelException.UnusableImage if the file cannot be read or is too large
     */
    String hash();

    /**
     * The image ready to send; decodes on first use.
     *
     * @throws ModelException.UnusableImage if the file is missing, broken, too large or no image
     */
    EncodedImage encoded();

    /** The path of the image's file as {@link ImageSource#path()} has it; empty by default. */
    default String path() {
        return "";
    }
}
