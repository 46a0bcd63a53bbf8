package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON lines. */
final class LineSource implements RecordSource {
    private final Utf8Reader reader;
    private final char[] buffer = new char[1 << 16];
    private int position;
    private int limit;
    private long consumed;
    private long index;
    private long line;

    LineSource(Utf8Reader reader, int skippedLines) {
        this.reader = reader;
        line = skippedLines;
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        CharBuffer text = readLine();
        while (text != null && isBlank(text)) {
            text = readLine();
        }
        if (text == null) {
            return null;
        }
        if (reader.malformedBefore(consumed)) {
            return new RawRecord.Torn(index++, line, NOT_UTF8);
        }
        try {
            Reader json = new CharArrayReader(text.array(), text.arrayOffset() + text.position(), text.length());
            JsonNode node = Json.tree(() -> Json.data().readTree(json));
            if (node instanceof ObjectNode object) {
                return new RawRecord.Whole(index++, line, object);
            }
            return new RawRecord.Torn(index++, line, "a record must be an object, not " + RecordSource.kind(node));
        } catch (JacksonException e) {
            if (index == 0 && text.toString().strip().equals("{")) {
                throw new IOException("in JSON lines a record must stand on one line whole, but line " + line
                        + " holds nothing but '{'; put records of several lines into a JSON array: [ ... ]");
            }
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            String reason = RecordSource.isCutOff(e)
                    ? "the line is cut off at column " + column
                    : "no JSON at column " + column + " (" + e.getOriginalMessage() + ")";
            return new RawRecord.Torn(index++, line, reason);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static boolean isBlank(CharBuffer text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    /** The next line without its end, good until the one after it is read; null at the end of the file. */
    private @Nullable CharBuffer readLine() throws IOException {
        StringBuilder begun = new StringBuilder(0);
        boolean any = false;
        while (true) {
            if (position == limit) {
                limit = reader.read(buffer, 0, buffer.length);
                position = 0;
                if (limit < 0) {
                    limit = 0;
                    line += any ? 1 : 0;
                    return any ? CharBuffer.wrap(begun.toString().toCharArray()) : null;
                }
            }
            any = true;
            int start = position;
            while (position < limit && buffer[position] != '\n') {
                position++;
            }
            int length = position - start;
            consumed += length;
            if (position < limit) {
                position++;
                consumed++;
                line++;
                return begun.isEmpty()
                        ? CharBuffer.wrap(buffer, start, length)
                        : CharBuffer.wrap(
                                begun.append(buffer, start, length).toString().toCharArray());
            }
            begun.append(buffer, start, length);
        }
    }
}
