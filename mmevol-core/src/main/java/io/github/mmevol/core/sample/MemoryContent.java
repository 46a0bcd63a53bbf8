package io.github.mmevol.core.sample;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** What an image in memory holds. */
final class MemoryContent {
    private MemoryContent() {}

    /** The bytes of a source; empty where it is not in memory, or cannot be opened in spite of that. */
    static Optional<byte[]> of(ImageSource source) {
        if (!source.isInMemory()) {
            return Optional.empty();
        }
        try (InputStream in = source.open()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
