package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Golden files. {@code -Dgolden.update=true} rewrites them all; what changed is then read in the diff. */
final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    static void check(String name, String actual) {
        Path file = FOLDER.resolve(name);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(file).as("golden file; -Dgolden.update=true writes it").exists();
            assertThat(actual)
                    .as("%s; -Dgolden.update=true accepts the change", file)
                    .isEqualTo(Files.readString(file).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cases, a file each. */
    static List<PromptCase> cases() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("cases"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(PromptCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
