package io.github.mmevol.core.dataset;

import io.github.mmevol.core.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** The {@code dataset_info.json} by which LLaMA-Factory finds data files; entries of others stay in it. */
record DatasetInfo(Path file) {
    static final String NAME = "mmevol";

    /**
     * What is in the file so far.
     *
     * @throws UncheckedIOException if it is there, but no JSON object
     */
    ObjectNode read() {
        try {
            if (!Files.exists(file)) {
                return Json.object();
            }
            if (Json.parse(Files.readString(file)) instanceof ObjectNode object) {
                return object;
            }
            throw new IOException("it is no JSON object");
        } catch (IOException e) {
            throw failure(e);
        } catch (JacksonException e) {
            throw failure(new IOException("it is no JSON: " + e.getOriginalMessage(), e));
        }
    }

    /** Adds the entries for the data file and, if there is one, its second file. */
    void write(Path data, boolean split) {
        ObjectNode info = read();
        info.set(NAME, entry(data));
        info.remove(NAME + "_eval");
        if (split) {
            info.set(NAME + "_eval", entry(TrainingWriter.evalFile(data)));
        }
        try {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, Json.writePretty(info) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static ObjectNode entry(Path data) {
        ObjectNode entry = Json.object().put("file_name", String.valueOf(data.getFileName()));
        entry.put("formatting", "sharegpt");
        entry.putObject("columns").put("messages", "messages").put("images", "images");
        entry.putObject("tags")
                .put("role_tag", "role")
                .put("content_tag", "content")
                .put("user_tag", "user")
                .put("assistant_tag", "assistant");
        return entry;
    }

    private UncheckedIOException failure(IOException e) {
        return new UncheckedIOException("cannot add to " + file + ": " + e.getMessage(), e);
    }
}
