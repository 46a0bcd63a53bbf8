package io.github.mmevol.examples.parquet;

import com.jerolba.carpet.CarpetReader;
import com.jerolba.carpet.CloseableIterator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes JSON lines of a Parquet file, one of each row with all its columns. An image that is bytes goes into a file, and its
 * name stands in its place; so a row in any of the forms that {@link io.github.mmevol.core.dataset.DataSets} knows, with
 * {@code conversations} or {@code messages}, becomes a seed. One row is in memory at a time.
 */
public final class ParquetSeeds {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String BYTES = "bytes";
    private static final String PATH = "path";

    private final Path images;
    private long row;

    private ParquetSeeds(Path images) {
        this.images = images;
    }

    /**
     * Writes {@code seeds.jsonl} and {@code images} into a folder.
     *
     * @return how many rows there were
     */
    public static long unpack(Path parquet, Path folder) throws IOException {
        ParquetSeeds seeds = new ParquetSeeds(folder.resolve("images"));
        Files.createDirectories(seeds.images);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("seeds.jsonl"));
                @SuppressWarnings("rawtypes")
                        CloseableIterator<Map> rows = new CarpetReader<>(parquet.toFile(), Map.class).iterator()) {
            while (rows.hasNext()) {
                out.write(JSON.writeValueAsString(seeds.record(rows.next())));
                out.newLine();
                seeds.row++;
            }
        }
        return seeds.row;
    }

    private ObjectNode record(Map<?, ?> columns) throws IOException {
        ObjectNode record = JSON.createObjectNode();
        for (Map.Entry<?, ?> column : columns.entrySet()) {
            String name = String.valueOf(column.getKey());
            boolean pictures = name.equals("image") || name.equals("images");
            JsonNode value = pictures ? pictures(column.getValue()) : json(column.getValue());
            if (!value.isNull()) {
                record.set(name, value);
            }
        }
        return record;
    }

    /** The name of each picture. */
    private JsonNode pictures(@Nullable Object value) throws IOException {
        if (value instanceof Collection<?> several) {
            ArrayNode names = JSON.createArrayNode();
            for (Object one : several) {
                names.add(pictures(one));
            }
            return names;
        }
        Map<?, ?> struct = value instanceof Map<?, ?> map ? map : null;
        byte[] bytes = bytes(struct == null ? value : struct.get(BYTES));
        Object path = struct == null ? null : struct.get(PATH);
        if (bytes == null) {
            return json(struct == null ? value : path);
        }
        String name = String.format(Locale.ROOT, "%06d%s", row, ending(bytes));
        for (int i = 2; Files.exists(images.resolve(name)); i++) {
            name = String.format(Locale.ROOT, "%06d-%d%s", row, i, ending(bytes));
        }
        Files.write(images.resolve(name), bytes);
        return JSON.getNodeFactory().stringNode("images/" + name);
    }

    private static JsonNode json(@Nullable Object value) {
        if (value instanceof Map<?, ?> struct) {
            ObjectNode object = JSON.createObjectNode();
            struct.forEach((name, part) -> object.set(String.valueOf(name), json(part)));
            return object;
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = JSON.createArrayNode();
            list.forEach(part -> array.add(json(part)));
            return array;
        }
        boolean plain = value instanceof Number || value instanceof Boolean;
        if (value == null || bytes(value) != null) {
            return JSON.getNodeFactory().nullNode();
        }
        return plain ? JSON.valueToTree(value) : JSON.getNodeFactory().stringNode(value.toString());
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof Binary binary) {
            return binary.getBytes();
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return null;
    }

    private static String ending(byte[] image) {
        int first = image.length == 0 ? 0 : image[0] & 0xff;
        return first == 0x89 ? ".png" : first == 'R' ? ".webp" : first == 'G' ? ".gif" : ".jpg";
    }
}
