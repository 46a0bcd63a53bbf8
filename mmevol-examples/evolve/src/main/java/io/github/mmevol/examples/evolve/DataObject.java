package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.prompts.PrefixPrompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** What a stand-in for a model reads of a request: the purpose label and the JSON data object, never the prose. */
record DataObject(String purpose, JsonNode data) {
    static final ObjectMapper JSON = JsonMapper.shared();

    /** Writes JSON for people to read; a file that was there before stands until the new one is whole. */
    static void write(Path file, JsonNode json) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** A task of the request: one instruction to evolve, or one pair to judge. */
    record Task(String id, String question, JsonNode node) {}

    static DataObject of(ModelRequest request) {
        return new DataObject(request.purpose(), JSON.readTree(PrefixPrompt.dataOf(request)));
    }

    boolean isJudging() {
        return data.has("pairs");
    }

    /** Whether the request asks again for what an earlier reply lacked. */
    boolean isRepair() {
        return data.has("repair");
    }

    /** The tasks in order; a pair stands under its evolved question. */
    List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        for (JsonNode node : data.path(isJudging() ? "pairs" : "instructions")) {
            JsonNode asked = isJudging() ? node.path("evolved") : node;
            tasks.add(new Task(
                    node.path("id").asString(""), asked.path("question").asString(""), node));
        }
        return tasks;
    }
}
