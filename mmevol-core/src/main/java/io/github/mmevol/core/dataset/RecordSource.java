package io.github.mmevol.core.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.JsonNode;

/** The records of an open data file, one after another. */
interface RecordSource extends Closeable {
    /** What to say of a record that holds bytes that are no text. */
    String NOT_UTF8 = "holds bytes that are not UTF-8; save it as UTF-8";

    /** The next record; null at the end. */
    @Nullable
    RawRecord next() throws IOException;

    /**
     * Opens a file and finds out by its first characters whether it is packed by gzip, and whether it is a JSON array or JSON
     * lines; a WebDataset archive, or a folder of such; or a folder of images, with {@code metadata.jsonl} or without.
     */
    static RecordSource open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            Path metadata = file.resolve("metadata.jsonl");
            List<Path> archives = archives(file);
            return Files.isRegularFile(metadata)
                    ? open(metadata)
                    : archives.isEmpty() ? new FolderSource(file) : new TarSource(archives);
        }
        if (isArchive(file)) {
            return new TarSource(List.of(file));
        }
        Utf8Reader reader = reader(file);
        try {
            int skippedLines = reader.skipBlank();
            int first = reader.peek();
            return switch (first) {
                case '[' -> new ArraySource(reader, skippedLines);
                case '{', -1 -> new LineSource(reader, skippedLines);
                default ->
                    throw new IOException("this is no data file: it must begin with [ (a JSON array of records) or {"
                            + " (JSON lines, a record on each), not with '" + Character.toString(first) + "'");
            };
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static List<Path> archives(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(RecordSource::isArchive).sorted().toList();
        }
    }

    private static boolean isArchive(Path file) {
        return file.toString().endsWith(".tar");
    }

    /** The text of a file, which may be packed by gzip. */
    static Utf8Reader reader(Path file) throws IOException {
        return new Utf8Reader(plain(Files.newInputStream(file)));
    }

    private static InputStream plain(InputStream file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(file, 2);
        try {
            byte[] start = in.readNBytes(2);
            in.unread(start);
            boolean packed = start.length == 2 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
            return packed ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Whether the text ended before its JSON did; the parser says so in two ways. */
    static boolean isCutOff(JacksonException e) {
        return e instanceof UnexpectedEndOfInputException
                || String.valueOf(e.getOriginalMessage()).startsWith("Unexpected end-of-input");
    }

    /** What was found in a record's place. */
    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> "null";
        };
    }
}
