package io.github.mmevol.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PaddleOcrTest {
    private static final Path CHART = Path.of(System.getProperty("photographs"), "chart.jpg");

    private static PaddleOcr ocr;

    @BeforeAll
    static void load() throws IOException {
        ocr = new PaddleOcr(Path.of(System.getProperty("ocr.models")));
    }

    @AfterAll
    static void close() {
        ocr.close();
    }

    @Test
    void reads_all_that_is_written_in_the_chart() throws IOException {
        List<String> lines = ocr.read(ImageIO.read(CHART.toFile()));

        assertThat(lines.get(0).replace(" ", "")).isEqualTo("Libraryvisitspermonth(2024)");
        assertThat(lines)
                .contains("120", "95", "180", "210", "160", "240")
                .contains("Jan", "Feb", "Mar", "Apr", "May", "Jun")
                .contains("0", "50", "100", "150", "200", "250");
    }

    @Test
    void confirms_what_a_chain_reads_in_a_region_and_disputes_what_stands_elsewhere() {
        String title = "OCR_1(title)->txt_1";

        assertThat(checks(title, "It reads 'Library visits per month (2024)'.", "2024"))
                .extracting(Check::result)
                .contains(Result.CONFIRMED);
        assertThat(checks(title, "It reads 'Museum visits per month (2024)'.", "2024"))
                .filteredOn(check -> check.part() == Part.STEP)
                .extracting(Check::result)
                .containsExactly(Result.DISPUTED);
    }

    @Test
    void a_number_that_stands_somewhere_else_is_not_what_the_region_says() {
        assertThat(checks("OCR_1([0.787, 0.130, 0.880, 0.172])->txt_1", "The value reads 240.", "240"))
                .extracting(Check::result)
                .contains(Result.CONFIRMED);
        assertThat(checks("OCR_1([0.787, 0.130, 0.880, 0.172])->txt_1", "The value reads 210.", "210"))
                .extracting(Check::result)
                .contains(Result.DISPUTED);
    }

    private static List<Check> checks(String call, String description, String answer) {
        Sample sample = Sample.builder("chart")
                .image("chart.jpg", ImageSource.file(CHART))
                .objects(List.of(DetectedObject.of("title", new BoundingBox(0.253, 0.002, 0.747, 0.041))))
                .trust(AnnotationTrust.PRECISE)
                .build();
        Instruction instruction = Instruction.builder("What does it read?", answer)
                .steps(List.of(new Step(call, description)))
                .build();
        Findings findings = ManipulationRuntime.builder()
                .ocr(ocr)
                .build()
                .execute(sample, instruction)
                .findings();
        assertThat(findings.contradictions()).isEmpty();
        return findings.checks();
    }
}
