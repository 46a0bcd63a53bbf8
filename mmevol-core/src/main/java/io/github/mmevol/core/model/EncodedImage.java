package io.github.mmevol.core.model;

import java.util.Base64;
import java.util.Objects;

/**
 * An image as it is sent to a model: upright, RGB or grey, within the longest side.
 *
 * @param bytes the JPEG or PNG file; not copied, so do not change it
 * @param mediaType {@code image/jpeg} or {@code image/png}
 * @param width width in pixels as sent
 * @param height height in pixels as sent
 * @param originalWidth width of the file it came from, upright
 * @param originalHeight height of the file it came from, upright
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedImage(
        byte[] bytes, String mediaType, int width, int height, int originalWidth, int originalHeight) {
    /** Keeps the values. */
    public EncodedImage {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(mediaType, "mediaType");
    }

    /** The image as a {@code data:} URL. */
    public String dataUrl() {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return mediaType + ", " + width + "x" + height + ", " + bytes.length + " bytes";
    }
}
