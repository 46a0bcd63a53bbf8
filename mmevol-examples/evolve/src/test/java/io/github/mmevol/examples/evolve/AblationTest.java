package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class AblationTest {
    @TempDir
    private Path folder;

    private final StringWriter console = new StringWriter();

    private int run(String... args) {
        return Ablation.run(new PrintWriter(console), new PrintWriter(console), Map.of(), args);
    }

    private JsonNode json(String name) throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve(name)));
    }

    @Test
    void every_arm_has_the_same_budget_and_a_training_file_of_the_same_size() throws IOException {
        assertThat(run("--out", folder.toString(), "--calls", "40", "--price", "1,0.5,2"))
                .as(console.toString())
                .isZero();

        JsonNode arms = json("ablation.json");
        assertThat(arms.valueStream().map(arm -> arm.path("arm").asString()))
                .containsExactly(
                        "none", "perceptual", "and-interactive", "and-cognitive", "and-elimination", "plain-prompts");
        long smallest = arms.valueStream()
                .mapToLong(arm -> arm.path("instructions").asLong())
                .min()
                .orElseThrow();
        assertThat(smallest).isPositive();
        for (JsonNode arm : arms) {
            assertThat(arm.path("calls").asLong()).isLessThanOrEqualTo(40);
            JsonNode records = json("train/" + arm.path("arm").asString() + ".json");
            assertThat(records.valueStream()
                            .mapToLong(record -> record.path("conversations").size() / 2)
                            .sum())
                    .isEqualTo(smallest);
        }
        assertThat(arms.get(0).path("calls").asLong()).isZero();
        assertThat(arms.get(1).has("score")).as("nobody judged it").isFalse();
        assertThat(arms.get(4).path("score").asDouble()).isPositive();
        assertThat(arms.get(4).path("cost").asDouble()).isPositive();
        assertThat(arms.get(1).path("verified").isNumber())
                .as("the rules look at what no rule eliminated")
                .isTrue();
        assertThat(arms.get(4).path("wrong").asDouble())
                .as("the rules have eliminated what is wrong")
                .isZero();
        JsonNode table = json("report.json").path("tables").path(0);
        assertThat(table.path("columns").valueStream().map(JsonNode::asString))
                .contains("skills", "steps", "score", "forms", "verified", "cost");
        assertThat(table.path("rows")).hasSameSizeAs(arms);
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(Files.readString(folder.resolve("ablation.md"))).contains("| and-elimination |");
    }

    @Test
    void a_budget_of_nothing_is_refused() {
        assertThat(run("--out", folder.toString(), "--calls", "0")).isEqualTo(2);
    }
}
