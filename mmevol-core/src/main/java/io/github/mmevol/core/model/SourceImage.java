package io.github.mmevol.core.model;

import io.github.mmevol.core.sample.ImageSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The image of one source: its file is read on first use and let go of when it is encoded; a hash asked for later reads it anew. */
final class SourceImage implements LazyImage {

    private static final class ImageFile {
        volatile byte @Nullable [] bytes;

        ImageFile(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private final ImageSource source;
    private final Once<String> hash;
    private final Once<EncodedImage> encoded;

    SourceImage(ImageEncoder encoder, ImageSource source) {
        this.source = source;
        Once<ImageFile> file = new Once<>(() -> new ImageFile(encoder.read(source)));
        hash = new Once<>(() -> {
            byte[] bytes = file.get().bytes;
            return sha256(bytes == null ? encoder.read(source) : bytes);
        });
        encoded = new Once<>(() -> {
            ImageFile read = file.get();
            byte[] bytes = read.bytes;
            try {
                return encoder.encode(bytes == null ? encoder.read(source) : bytes, source);
            } finally {
                read.bytes = null;
            }
        });
    }

    @Override
    public String hash() {
        return hash.get();
    }

    @Override
    public EncodedImage encoded() {
        return encoded.get();
    }

    @Override
    public String path() {
        return source.path();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
