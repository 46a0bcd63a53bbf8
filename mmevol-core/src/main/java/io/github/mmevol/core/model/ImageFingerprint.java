package io.github.mmevol.core.model;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * What an image is known by when it comes again: its file, and what it looks like.
 *
 * @param fileHash the SHA-256 of the file, 64 hexadecimal digits
 * @param look 63 bits that say where the picture is light and dark in the large, whatever its size, quality and format;
 *     empty if the file cannot be decoded or shows next to no contrast
 */
public record ImageFingerprint(String fileHash, OptionalLong look) {
    /**
     * In how many bits two looks of the same picture differ at most: in 6. Copies of the eight bundled photographs in other
     * qualities, sizes down to a tenth and brightness, or with up to 1 % of each side cut off, differ in 6 bits or fewer;
     * with 2 % of each side cut off, in up to 10. Different photographs differ in 24 or more, unconnected parts of them
     * in 14 or more.
     */
    public static final int NEAR = 6;

    /** Keeps the values. */
    public ImageFingerprint {
        Objects.requireNonNull(fileHash, "fileHash");
        Objects.requireNonNull(look, "look");
    }

    /** Whether both are the same file or look alike; a detail of a picture and a turned picture are other pictures. */
    public boolean isNear(ImageFingerprint other) {
        return fileHash.equals(other.fileHash)
                || (look.isPresent() && other.look.isPresent() && isNear(look.getAsLong(), other.look.getAsLong()));
    }

    /** Whether two looks are of the same picture. */
    public static boolean isNear(long look, long otherLook) {
        return Long.bitCount(look ^ otherLook) <= NEAR;
    }
}
