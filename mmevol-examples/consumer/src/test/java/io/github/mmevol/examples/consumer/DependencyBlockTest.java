package io.github.mmevol.examples.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DependencyBlockTest {
    @Test
    void the_dependencies_of_the_readme_are_those_this_module_has_in_the_version_it_has() throws IOException {
        String block = Files.readString(Path.of("../../README.md"))
                .split("```xml\n", 2)[1]
                .split("```", 2)[0];
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.split("<version>", 2)[1].split("</version>", 2)[0];

        assertThat(block.split("<version>" + version + "</version>", -1)).hasSize(3);
        assertThat(block).contains("mmevol-prompts", "mmevol-openai-adapter");
        assertThat(pom)
                .contains("<artifactId>mmevol-prompts</artifactId>", "<artifactId>mmevol-openai-adapter</artifactId>");
    }
}
