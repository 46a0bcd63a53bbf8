package io.github.mmevol.examples.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.manipulation.Findings;
import io.github.mmevol.core.manipulation.ManipulationRuntime;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
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
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void what_is_read_otherwise_is_put_to_the_judge_who_sees_the_image() {
        Instruction museum =
                instruction("OCR_1(title)->txt_1", "It reads 'Museum visits per month (2024)'.", "Visits in 2024.");

        Verdict kept = judged(museum, "text");
        Verdict eliminated = judged(museum, "annotation");

        assertThat(kept)
                .isInstanceOfSatisfying(
                        Verdict.Pass.class,
                        pass -> assertThat(pass.checks())
                                .extracting(Check::result)
                                .contains(Result.SETTLED)
                                .doesNotContain(Result.DISPUTED));
        assertThat(eliminated).isInstanceOfSatisfying(Verdict.Reject.class, reject -> {
            assertThat(reject.by()).isEqualTo("judge");
            assertThat(reject.why()).contains("PP-OCRv4 reads", "Museum visits per month (2024)");
        });
    }

    /** What the chain and a judge say who settles every dispute in one way. */
    private static Verdict judged(Instruction evolved, String right) {
        List<ModelRequest> asked = new ArrayList<>();
        ModelClient client = request -> {
            asked.add(request);
            return ModelResponse.of("{\"verdicts\": [{\"id\": \"q1\", \"reason\": \"The title is long.\", \"settled\":"
                    + " [{\"id\": \"d1\", \"right\": \"" + right + "\"}], \"answer_right\": \"yes\","
                    + " \"needs_image\": \"yes\", \"well_posed\": \"yes\", \"improved\": \"yes\", \"score\": 6}]}");
        };
        Candidate candidate = new Candidate(
                "chart.1.1",
                sample(),
                new LiveInstruction("chart.0.1", Instruction.of("What is this?", "A bar chart."), List.of()),
                evolved,
                new Direction("cognitive", "needs one more necessary step"),
                1,
                PromptInfo.NONE);
        Verdict verdict = Rules.chain(ManipulationRuntime.builder().ocr(ocr).build())
                .then(Judge.with(client))
                .judge(List.of(candidate), Round.of(1, candidate.sample()))
                .get(0);
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).text()).contains("disputes", "PP-OCRv4 reads");
        return verdict;
    }

    private static List<Check> checks(String call, String description, String answer) {
        Findings findings = ManipulationRuntime.builder()
                .ocr(ocr)
                .build()
                .execute(sample(), instruction(call, description, answer))
                .findings();
        assertThat(findings.contradictions()).isEmpty();
        return findings.checks();
    }

    private static Instruction instruction(String call, String description, String answer) {
        return Instruction.builder("What does it read?", answer)
                .steps(List.of(new Step(call, description)))
                .build();
    }

    private static Sample sample() {
        return Sample.builder("chart")
                .image("chart.jpg", ImageSource.file(CHART))
                .objects(List.of(DetectedObject.of("title", new BoundingBox(0.253, 0.002, 0.747, 0.041))))
                .trust(AnnotationTrust.PRECISE)
                .build();
    }
}
