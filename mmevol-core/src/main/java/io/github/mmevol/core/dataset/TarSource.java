package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.ImageSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * WebDataset archives: files that follow one another and have a name up to the first dot in common are a record, a {@code
 * .json} its fields, a {@code .txt} its caption, and its image. Images stay in the archive until they are opened.
 */
final class TarSource implements RecordSource {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp");

    private final Deque<Path> archives;
    private Path archive;
    private InputStream in;
    private TarEntry.Reader reader;
    private @Nullable TarEntry ahead;
    private long index;

    TarSource(List<Path> archives) throws IOException {
        this.archives = new ArrayDeque<>(archives);
        archive = this.archives.removeFirst();
        in = open(archive);
        reader = new TarEntry.Reader(in);
        ahead = reader.next();
    }

    private static InputStream open(Path archive) throws IOException {
        return new BufferedInputStream(Files.newInputStream(archive), 1 << 16);
    }

    @Override
    public @Nullable RawRecord next() throws IOException {
        while (ahead == null) {
            if (archives.isEmpty()) {
                return null;
            }
            in.close();
            archive = archives.removeFirst();
            in = open(archive);
            reader = new TarEntry.Reader(in);
            ahead = reader.next();
        }
        String key = key(ahead.name());
        ObjectNode record = Json.object();
        Optional<ImageSource> image = Optional.empty();
        String name = "";
        String problem = "";
        while (ahead != null && key(ahead.name()).equals(key)) {
            TarEntry entry = ahead;
            String ending = entry.name().substring(key.length()).toLowerCase(Locale.ROOT);
            String kind = ending.substring(ending.lastIndexOf('.') + 1);
            if (IMAGES.contains(kind)) {
                problem = image.isPresent() ? "it has two images; give each image a record of its own" : problem;
                image = Optional.of(ImageSource.part(archive, entry.offset(), entry.size()));
                name = entry.name();
            } else if (kind.equals("json")) {
                problem = add(record, reader.bytes(entry.size()), problem);
            } else if (kind.equals("txt")) {
                record.put(Fields.TEXT, new String(reader.bytes(entry.size()), StandardCharsets.UTF_8).strip());
            }
            ahead = reader.next();
        }
        long line = index + 1;
        if (!problem.isEmpty()) {
            return new RawRecord.Torn(
                    index++, line, "files " + key + ".* in " + archive.getFileName() + ": " + problem);
        }
        record.put(Fields.FILE_NAME, name);
        return new RawRecord.Whole(index++, line, record, image);
    }

    /** Adds the fields of a JSON file; gives what is wrong with it. */
    private static String add(ObjectNode record, byte[] json, String problem) {
        try {
            JsonNode node = Json.tree(() -> Json.data().readTree(json));
            if (node instanceof ObjectNode object) {
                record.setAll(object);
                return problem;
            }
            return "the JSON file must hold an object, not " + RecordSource.kind(node);
        } catch (JacksonException e) {
            return "no JSON (" + e.getOriginalMessage() + ")";
        }
    }

    /** A name up to the first dot behind its folders. */
    private static String key(String name) {
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
