package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** A JSON array of records, read by a streaming parser. */
final class ArraySource implements RecordSource {
    private static final ObjectReader RECORDS =
            Json.data().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Utf8Reader reader;
    private final JsonParser parser;
    private final int skippedLines;
    private long index;
    private boolean started;
    private boolean ended;

    ArraySource(Utf8Reader reader, int skippedLines) {
        this.reader = reader;
        this.skippedLines = skippedLines;
        parser = Json.data().createParser(reader);
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        if (ended) {
            return null;
        }
        long line = line(parser.currentLocation());
        try {
            if (!started) {
                started = true;
                parser.nextToken();
            }
            while (!betweenRecords(parser.streamReadContext())) {
                parser.nextToken();
            }
            JsonToken token = parser.nextToken();
            line = line(parser.currentTokenLocation());
            if (token == JsonToken.END_ARRAY) {
                ended = true;
                return parser.nextToken() == null ? null : afterEnd();
            }
            JsonNode node = RECORDS.readTree(parser);
            if (reader.malformedBefore(parser.currentLocation().getCharOffset())) {
                return new RawRecord.Torn(index++, line, NOT_UTF8);
            }
            if (node instanceof ObjectNode object) {
                return new RawRecord.Whole(index++, line, object);
            }
            return new RawRecord.Torn(index++, line, "a record must be an object, not " + RecordSource.kind(node));
        } catch (NumberFormatException e) {
            // the parser stands behind the number, and can go on
            return new RawRecord.Torn(index++, line, "a number of it is beyond all bounds");
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            boolean behind = ended;
            ended = true;
            return behind ? afterEnd() : torn(line, e);
        }
    }

    private static boolean betweenRecords(TokenStreamContext place) {
        return place.inArray() && place.getParent().inRoot();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private RawRecord torn(long line, JacksonException e) {
        TokenStreamLocation at = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
        String place = "line " + line(at) + ", column " + at.getColumnNr();
        if (RecordSource.isCutOff(e)) {
            return new RawRecord.Torn(index, line, "the file is cut off at " + place + "; the records before are used");
        }
        return new RawRecord.Torn(
                index,
                line,
                "no JSON at " + place + " (" + e.getOriginalMessage() + "); the records before are used, this one and"
                        + " all behind it are lost: correct that place and read the file again");
    }

    private RawRecord afterEnd() {
        return new RawRecord.Torn(
                index,
                line(parser.currentLocation()),
                "there is more text behind the end of the array, which is not read; a file holds one array");
    }

    private long line(TokenStreamLocation location) {
        return (long) skippedLines + Math.max(1, location.getLineNr());
    }
}
