package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The lines of a file of JSON, with the place of each. */
final class LineFile implements AutoCloseable {
    private final InputStream in;
    private long offset;
    private long read;

    private LineFile(InputStream in) {
        this.in = in;
    }

    static LineFile open(Path file) throws IOException {
        return new LineFile(new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16));
    }

    /** The next line without its end; null at the end of the file. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        offset = read;
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            line.write(next);
            read++;
            next = in.read();
        }
        read++;
        return line.toByteArray();
    }

    /** Where the last line begins. */
    long offset() {
        return offset;
    }

    /** The object on a line; null if there is none. */
    static @Nullable JsonNode parsed(byte[] line) {
        try {
            JsonNode json = Json.strict().readTree(line);
            return json.isObject() ? json : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
