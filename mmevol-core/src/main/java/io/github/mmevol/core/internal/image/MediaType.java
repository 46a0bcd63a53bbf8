package io.github.mmevol.core.internal.image;

import java.util.Arrays;
import java.util.Optional;

/** The media types of images that trainers know, told by how their files begin. */
public final class MediaType {
    private static final byte[][] STARTS = {
        {(byte) 0xff, (byte) 0xd8, (byte) 0xff},
        {(byte) 0x89, 'P', 'N', 'G'},
        {'R', 'I', 'F', 'F'},
        {'G', 'I', 'F', '8'}
    };
    private static final String[] NAMES = {"image/jpeg", "image/png", "image/webp", "image/gif"};

    private MediaType() {}

    /** The type of a file; empty if it is none of these. */
    public static Optional<String> of(byte[] file) {
        for (int i = 0; i < STARTS.length; i++) {
            byte[] start = STARTS[i];
            if (file.length > start.length && Arrays.equals(file, 0, start.length, start, 0, start.length)) {
                return Optional.of(NAMES[i]);
            }
        }
        return Optional.empty();
    }
}
