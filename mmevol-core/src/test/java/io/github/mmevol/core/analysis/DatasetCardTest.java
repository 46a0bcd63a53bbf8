package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.store.RunSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCardTest {
    private final Analysis analysis = Analysis.of(DataSet.of(RandomSamples.of(9, 30)));

    @Test
    void states_what_the_user_says_and_what_was_counted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("DATASET_CARD.md");
        DatasetCard.titled("Harbour: \"evolved\"")
                .licence("cc-by-4.0")
                .language("en")
                .source("Harbour photographs, CC BY 4.0")
                .setup(new RunSettings(Map.of("seed", "42", "eliminators", "form\njudge | strict")))
                .madeWith("mmevol 1")
                .write(file, analysis);
        assertThat(Files.readString(file))
                .startsWith("""
                        ---
                        pretty_name: "Harbour: \\"evolved\\""
                        license: "cc-by-4.0"
                        language:
                        - "en"
                        task_categories:
                        - "visual-question-answering"
                        size_categories:
                        - "n<1K"
                        """)
                .contains("Licence: cc-by-4.0", "- Harbour photographs, CC BY 4.0", "| seed | 42 |")
                .contains("| eliminators | form judge \\| strict |", "| model | " + analysis.kept() + " |")
                .contains("| round | direction | attempted |", "Made with mmevol 1.", "Marks of what was kept: ");
    }

    @Test
    void never_guesses_a_licence_a_language_or_a_source() {
        assertThat(DatasetCard.titled("Mine").text(analysis))
                .doesNotContain("license:", "language:")
                .contains("No licence is stated.", "No sources are stated.");
    }

    @Test
    void keeps_every_text_on_its_line() {
        assertThat(DatasetCard.titled("a\n---\nlicense: mit")
                        .source("b\n# c <script>")
                        .text(analysis))
                .contains("# a --- license: mit\n", "- b # c &lt;script>\n")
                .doesNotContain("\nlicense: mit");
    }
}
