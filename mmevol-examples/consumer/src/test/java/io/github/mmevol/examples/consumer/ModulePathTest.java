package io.github.mmevol.examples.consumer;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ModulePathTest {
    @Test
    void the_library_runs_as_named_modules() {
        Set<String> modules = ModulePathTest.class.getModule().getLayer().modules().stream()
                .map(Module::getName)
                .collect(toSet());
        assertThat(modules)
                .contains(
                        "io.github.mmevol.examples.consumer",
                        "io.github.mmevol.core",
                        "io.github.mmevol.prompts",
                        "io.github.mmevol.openai",
                        "tools.jackson.databind");
    }
}
