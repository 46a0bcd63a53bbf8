package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.ObjectNode;

/** Reads a file of annotations into an index, one annotation in memory at a time. */
final class AnnotationFile {
    private static final ObjectReader VALUES =
            Json.data().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Path file;
    private final AnnotationIndex index;
    private final LongInts images = new LongInts();
    private final Map<Long, String> categories = new HashMap<>();

    private AnnotationFile(Path file, AnnotationIndex index) {
        this.file = file;
        this.index = index;
    }

    static void read(Path file, AnnotationIndex index) {
        try {
            AnnotationFile annotations = new AnnotationFile(file, index);
            if (annotations.isCoco()) {
                // the images may stand behind their annotations
                annotations.each(Map.of("images", annotations::image, "categories", annotations::category));
                annotations.each(Map.of("annotations", annotations::annotation));
            } else {
                annotations.lines();
            }
        } catch (JacksonException e) {
            throw failure(file, new IOException(e.getOriginalMessage(), e));
        } catch (IOException e) {
            throw failure(file, e);
        } catch (UncheckedIOException e) {
            throw failure(file, Objects.requireNonNull(e.getCause()));
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        return new UncheckedIOException("cannot read the annotations " + file + ": " + e.getMessage(), e);
    }

    /** Whether the file is one object whose first lists tell COCO's form; JSON lines have a record on the first line. */
    private boolean isCoco() throws IOException {
        try (Utf8Reader reader = RecordSource.reader(file)) {
            reader.skipBlank();
            if (reader.peek() != '{') {
                return false;
            }
            try (JsonParser parser = Json.data().createParser(reader)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    if (parser.nextToken() == JsonToken.START_ARRAY
                            && (name.equals("images") || name.equals("annotations") || name.equals("categories"))) {
                        return parser.nextToken() != JsonToken.VALUE_STRING;
                    }
                    parser.skipChildren();
                }
                return false;
            }
        }
    }

    /** Goes through the file and gives the items of some of its lists. */
    private void each(Map<String, Consumer<JsonNode>> lists) throws IOException {
        try (Utf8Reader reader = RecordSource.reader(file)) {
            reader.skipBlank();
            try (JsonParser parser = Json.data().createParser(reader)) {
                parser.nextToken();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    Consumer<JsonNode> items = lists.get(parser.currentName());
                    JsonToken value = parser.nextToken();
                    if (items == null || value != JsonToken.START_ARRAY) {
                        parser.skipChildren();
                        continue;
                    }
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.accept(Json.tree(() -> VALUES.readTree(parser)));
                    }
                }
            }
        }
    }

    private void image(JsonNode image) {
        String name = image.path("file_name").asString("");
        JsonNode id = image.path("id");
        if (name.isEmpty() || !isId(id)) {
            index.countBroken();
            return;
        }
        int number = index.image(name);
        images.put(key(id.longValue()), number);
        index.size(number, image.path("width").asInt(0), image.path("height").asInt(0));
    }

    private void category(JsonNode category) {
        categories.put(
                category.path("id").asLong(Long.MIN_VALUE),
                category.path("name").asString(""));
    }

    private void annotation(JsonNode annotation) {
        JsonNode id = annotation.path("image_id");
        int image = isId(id) ? images.get(key(id.longValue()), -1) : -1;
        if (image < 0) {
            index.countBroken();
            return;
        }
        add(image, entry(annotation, image));
    }

    private static boolean isId(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToLong();
    }

    private AnnotationEntry entry(JsonNode annotation, int image) {
        if (annotation.hasNonNull("caption")) {
            index.countAnnotations(1);
            return new AnnotationEntry(annotation.path("caption").asString(""), List.of(), false);
        }
        if (annotation.path("iscrowd").asBoolean(false)) {
            index.countCrowd();
            return AnnotationEntry.UNCOUNTED;
        }
        String label = categories.getOrDefault(annotation.path("category_id").asLong(Long.MIN_VALUE), "");
        BoundingBox box = box(annotation.path("bbox"), index.width(image), index.height(image));
        if (label.isBlank() || box == null) {
            index.countBroken();
            return AnnotationEntry.UNCOUNTED;
        }
        index.countAnnotations(1);
        return new AnnotationEntry("", List.of(DetectedObject.of(label, box)), false);
    }

    /** The shares of x, y, width and height in pixels; null if they are none. */
    private static @Nullable BoundingBox box(JsonNode bbox, int width, int height) {
        if (bbox.size() != 4 || width <= 0 || height <= 0) {
            return null;
        }
        double x = bbox.get(0).asDouble(Double.NaN);
        double y = bbox.get(1).asDouble(Double.NaN);
        double right = x + bbox.get(2).asDouble(Double.NaN);
        double bottom = y + bbox.get(3).asDouble(Double.NaN);
        try {
            return BoundingBox.clamped(share(x, width), share(y, height), share(right, width), share(bottom, height));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** To five decimals: a hundredth of a pixel in an image of a thousand. */
    private static double share(double pixels, int side) {
        return Math.round(pixels / side * 100_000) / 100_000.0;
    }

    private void lines() throws IOException {
        try (RecordSource source = RecordSource.open(file)) {
            for (RawRecord raw = source.next(); raw != null; raw = source.next()) {
                String name = raw instanceof RawRecord.Whole whole ? name(whole.node()) : "";
                if (name.isEmpty() || !(raw instanceof RawRecord.Whole whole)) {
                    index.countBroken();
                    continue;
                }
                AnnotationEntry entry;
                try {
                    entry = new AnnotationEntry(
                            Conversation.caption(whole.node().get("caption")),
                            Detections.parse(whole.node(), new Tally()),
                            false);
                } catch (BadFieldException e) {
                    index.countBroken();
                    add(index.image(name), AnnotationEntry.UNCOUNTED);
                    continue;
                }
                index.countAnnotations(entry.objects().size() + (entry.caption().isEmpty() ? 0 : 1));
                int image = index.image(name);
                index.size(
                        image,
                        Math.max(0, whole.node().path("width").asInt(0)),
                        Math.max(0, whole.node().path("height").asInt(0)));
                add(image, entry);
            }
        }
    }

    private static String name(ObjectNode record) {
        return record.path(record.has("image") ? "image" : Fields.FILE_NAME).asString("");
    }

    private void add(int image, AnnotationEntry entry) {
        try {
            index.add(image, entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long key(long id) {
        return Hash64.of(0, id);
    }
}
