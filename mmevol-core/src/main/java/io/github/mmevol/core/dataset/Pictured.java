package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.image.ContentHash;
import io.github.mmevol.core.sample.ImageSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The image that a record names, wherever it does: in {@code image}, in {@code images}, in {@code file_name}, or in a part of
 * a message.
 *
 * @param name its name; empty if there is none
 * @param fields the fields that were read
 */
record Pictured(String name, ImageSource source, Set<String> fields) {
    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final Pattern DATA_URL = Pattern.compile("data:image/([a-z]+)[^,]*;base64,");

    static Pictured of(RawRecord.Whole whole, List<JsonNode> turns, Path folder, Map<String, String> extras)
            throws BadFieldException {
        ObjectNode record = whole.node();
        Pictured named = of(record, turns, folder, extras);
        if (whole.image().isEmpty()) {
            return named;
        }
        // beside a record that names it otherwise, the name is that of the file
        String name = named.name().isEmpty() ? record.path(Fields.FILE_NAME).asString("") : named.name();
        return new Pictured(name, whole.image().get(), Set.of(IMAGE, IMAGES, Fields.FILE_NAME));
    }

    private static Pictured of(ObjectNode record, List<JsonNode> turns, Path folder, Map<String, String> extras)
            throws BadFieldException {
        if (record.has(IMAGE)) {
            JsonNode image = record.get(IMAGE);
            return image instanceof ArrayNode several
                    ? one(Fields.list(several, IMAGE), IMAGE, folder)
                    : named(single(image, record, extras), IMAGE, folder);
        }
        if (record.hasNonNull(IMAGES)) {
            return one(Fields.list(record.get(IMAGES), IMAGES), IMAGES, folder);
        }
        if (record.has(Fields.FILE_NAME)) {
            return named(Fields.text(record.get(Fields.FILE_NAME), Fields.FILE_NAME), Fields.FILE_NAME, folder);
        }
        List<JsonNode> parts = new ArrayList<>();
        for (JsonNode turn : turns) {
            turn.path("content").forEach(part -> {
                JsonNode image = part.hasNonNull("image_url") ? part.get("image_url") : part.get(IMAGE);
                if (image != null && !image.isNull()) {
                    parts.add(image);
                }
            });
        }
        return one(parts, IMAGES, folder);
    }

    private static String single(@Nullable JsonNode image, ObjectNode record, Map<String, String> extras)
            throws BadFieldException {
        if (image != null && image.isObject()) {
            throw new BadFieldException(IMAGE, "it must be the image's path, not an object");
        }
        return Fields.keptText(record, IMAGE, extras);
    }

    private static Pictured one(List<JsonNode> images, String field, Path folder) throws BadFieldException {
        if (images.size() > 1) {
            throw new BadFieldException(
                    field, "it names " + images.size() + " images; give each image a record of its own");
        }
        if (images.isEmpty()) {
            return named("", field, folder);
        }
        JsonNode image = images.get(0);
        JsonNode name = image.has("url") ? image.get("url") : image.has("path") ? image.get("path") : image;
        return named(Fields.text(name, field), field, folder);
    }

    private static Pictured named(String text, String field, Path folder) throws BadFieldException {
        String name = text.strip();
        Set<String> fields = Set.of(field);
        if (name.isEmpty()) {
            return new Pictured("", ImageSource.none(), fields);
        }
        if (!name.startsWith("data:")) {
            return new Pictured(name, ImageSource.within(folder, name), fields);
        }
        Matcher url = DATA_URL.matcher(name);
        try {
            if (url.lookingAt()) {
                byte[] bytes = Base64.getMimeDecoder().decode(name.substring(url.end()));
                // a name that a record keeps wherever it stands in its file
                return new Pictured(ContentHash.of(bytes).name(url.group(1)), ImageSource.bytes(bytes), fields);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new BadFieldException(field, "its data URL holds no image in Base64");
    }
}
