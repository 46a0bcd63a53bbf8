package io.github.mmevol.core.internal.image;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an image file is known by wherever it lies, and the name that it gets where it has none.
 *
 * @param hex the SHA-256 of its bytes, in hexadecimal digits
 */
public record ContentHash(String hex) {
    private static final int DIGITS_OF_A_NAME = 16;

    /** The hash of a file. */
    public static ContentHash of(byte[] file) {
        try {
            return new ContentHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A name for a file without one, which ends as its media type tells, if that is known. */
    public static String nameOf(byte[] file) {
        ContentHash hash = of(file);
        return MediaType.of(file)
                .map(type -> hash.name(type.substring(type.indexOf('/') + 1)))
                .orElseGet(hash::beginning);
    }

    /** The file's name with an ending. */
    public String name(String ending) {
        return beginning() + "." + ending;
    }

    /** Whether a name was made of this hash, so that it says what the file holds. */
    public boolean isIn(String name) {
        return name.startsWith(beginning());
    }

    private String beginning() {
        return hex.substring(0, DIGITS_OF_A_NAME);
    }
}
