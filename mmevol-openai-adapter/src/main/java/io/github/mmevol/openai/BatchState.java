package io.github.mmevol.openai;

import io.github.mmevol.core.internal.json.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a folder of batches knows of them, in one small file that is replaced as a whole.
 *
 * @param nextPart the number of the next part
 * @param parts the parts in their order
 * @param failures how often requests failed, by their keys
 */
record BatchState(int nextPart, List<BatchPart> parts, Map<String, Integer> failures) {
    static final String FILE = "state.json";
    static final String DRAFT = FILE + ".tmp";

    /** Copies both. */
    BatchState {
        parts = List.copyOf(parts);
        failures = Map.copyOf(failures);
    }

    /**
     * The state of a folder; that of an empty one where none was kept.
     *
     * @throws IOException if it cannot be read, or is none
     */
    static BatchState read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return new BatchState(1, List.of(), Map.of());
        }
        try {
            return of(Json.parse(Files.readString(file)));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(FILE + " does not hold their state: " + e.getMessage(), e);
        }
    }

    private static BatchState of(JsonNode json) {
        List<BatchPart> parts = new ArrayList<>();
        json.path("parts")
                .forEach(part -> parts.add(new BatchPart(
                        part.path("name").asString(""),
                        part.path("client").asString(""),
                        BatchPart.Progress.valueOf(
                                part.path("progress").asString("").toUpperCase(Locale.ROOT)),
                        part.path("file").asString(""),
                        part.path("batch").asString(""))));
        Map<String, Integer> failures = new HashMap<>();
        json.path("failures")
                .properties()
                .forEach(e -> failures.put(e.getKey(), e.getValue().asInt(0)));
        return new BatchState(json.path("next_part").asInt(1), parts, failures);
    }

    /** Keeps it in a folder; when this returns it is on the disk. */
    void write(Path folder) throws IOException {
        Path draft = folder.resolve(DRAFT);
        try (FileOutputStream out = new FileOutputStream(draft.toFile())) {
            out.write(Json.utf8(json()));
            out.getFD().sync();
        }
        Files.move(draft, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private ObjectNode json() {
        ObjectNode json = Json.object().put("next_part", nextPart);
        ArrayNode list = json.putArray("parts");
        for (BatchPart part : parts) {
            list.addObject()
                    .put("name", part.name())
                    .put("client", part.client())
                    .put("progress", part.progress().name().toLowerCase(Locale.ROOT))
                    .put("file", part.file())
                    .put("batch", part.batch());
        }
        ObjectNode counts = json.putObject("failures");
        failures.forEach(counts::put);
        return json;
    }
}
