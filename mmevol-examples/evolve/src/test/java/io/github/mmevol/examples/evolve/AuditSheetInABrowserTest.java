package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.analysis.Audit;
import io.github.mmevol.core.analysis.AuditMarks;
import io.github.mmevol.core.analysis.AuditMarks.Mark;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks an audit as a person would, in a real browser. */
@Tag("browser")
class AuditSheetInABrowserTest {
    @TempDir
    Path folder;

    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        browser = Browser.start(Files.createDirectories(folder.resolve("browser")));
        browser.look(1280, 900, "light");
    }

    @AfterEach
    void end() throws Exception {
        browser.close();
    }

    private Path out() {
        return folder.resolve("out");
    }

    private String evolve(String... more) {
        StringWriter console = new StringWriter();
        StringWriter errors = new StringWriter();
        List<String> args = new ArrayList<>(List.of("--out", out().toString()));
        args.addAll(List.of(more));
        int status = EvolveDataset.run(
                new PrintWriter(console), new PrintWriter(errors), Map.of(), args.toArray(String[]::new));
        assertThat(status).as(errors.toString()).isZero();
        return console.toString();
    }

    private void openSheet() throws Exception {
        browser.open(out().resolve("audit.html"));
    }

    private boolean isPressed(String button) throws Exception {
        return browser.evaluate("document.querySelector('#" + button + "').getAttribute('aria-pressed') === 'true'")
                .asBoolean();
    }

    @Test
    void people_mark_by_keyboard_export_and_their_word_counts_in_a_replay() throws Exception {
        evolve("--audit", "20");
        openSheet();
        assertThat(browser.text("#progress")).isEqualTo("0 of 20 marked");

        // good and good, bad and good with a note, then all others good
        browser.press("q", "a", "ArrowRight", "q", "s", "n");
        browser.type("miscounted: <b>two</b>, not \"three\"");
        browser.press("Escape", "u");
        for (int i = 2; i < 20; i++) {
            browser.press("q", "a", "u");
        }
        assertThat(browser.text("#progress")).isEqualTo("20 of 20 marked");
        browser.press("x");
        Path exported = browser.downloaded("audit-marks.json");

        AuditMarks marks = AuditMarks.read(exported);
        assertThat(marks.marks()).hasSize(20);
        assertThat(marks.marks().get(0).good()).contains(true);
        Mark bad = marks.marks().get(1);
        assertThat(bad.question()).contains(true);
        assertThat(bad.answer()).contains(false);
        assertThat(bad.note()).isEqualTo("miscounted: <b>two</b>, not \"three\"");
        assertThat(marks.marks()).extracting(Mark::id).doesNotHaveDuplicates();

        String console = evolve("--replay", "--apply-audit", exported.toString());
        assertThat(console).contains("20 instructions marked");
        String kept = Files.readString(out().resolve("evolved.jsonl"));
        String lost = Files.readString(out().resolve("eliminated.jsonl"));
        for (Mark mark : marks.marks()) {
            String id = "\"id\":\"" + mark.id() + "\"";
            assertThat(mark.good().orElseThrow() ? kept : lost).contains(id);
            assertThat(mark.good().orElseThrow() ? lost : kept).doesNotContain(id);
        }
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void marks_stay_in_the_browser_and_are_imported_into_another_one() throws Exception {
        evolve("--audit", "10");
        openSheet();
        browser.press("q", "s", "j", "w");
        openSheet();
        assertThat(browser.text("#where")).startsWith("2 of 10");
        assertThat(isPressed("question-bad")).isTrue();
        browser.press("x");
        Path exported = browser.downloaded("audit-marks.json");

        try (Browser other = Browser.start(Files.createDirectories(folder.resolve("other")))) {
            other.open(out().resolve("audit.html"));
            assertThat(other.text("#progress")).isEqualTo("0 of 10 marked");
            other.choose("#file", exported);
            other.until("document.querySelector('#message').innerText === '2 marks imported.'");
            assertThat(other.text("#progress")).isEqualTo("1 of 10 marked");
            other.choose("#file", out().resolve("audit.csv"));
            other.until("document.querySelector('#message').innerText.startsWith('That is no file of marks')");
            assertThat(other.complaints()).isEmpty();
        }
    }

    @Test
    void the_verdict_is_hidden_until_both_marks_are_set() throws Exception {
        evolve("--audit", "10");
        openSheet();
        assertThat(browser.text("#verdict")).isEqualTo("Hidden until question and answer are marked.");
        browser.press("q");
        assertThat(browser.text("#verdict")).startsWith("Hidden");
        browser.press("a");
        assertThat(browser.text("#verdict")).matches("(?s)(Kept|Eliminated by ).*");
        browser.press("j");
        assertThat(browser.text("#verdict")).startsWith("Hidden");
        browser.press("v");
        assertThat(browser.text("#verdict")).doesNotStartWith("Hidden");
        browser.press("q", "q");
        assertThat(isPressed("question-good"))
                .as("the same key again takes the mark back")
                .isFalse();
    }

    @Test
    void a_box_is_drawn_for_what_is_pointed_at_or_has_the_focus() throws Exception {
        EvolvedSample sample = sample(
                "What is at [0.250, 0.500, 0.750, 1.000]?", "A cup at [0.250, 0.500, 0.750, 1.000].", "What is there?");
        Audit.of(5).write(DataSet.of(List.of(sample)), out());
        openSheet();
        assertThat(browser.evaluate("document.querySelectorAll('#boxes rect').length")
                        .asInt())
                .isZero();

        browser.pointAt("#evolved .box");
        assertThat(browser.evaluate("[...document.querySelectorAll('#boxes .over')].map(r => ['x', 'y', 'width',"
                                + " 'height'].map(n => r.getAttribute(n)).join(' ')).join()")
                        .asString())
                .isEqualTo("0.25 0.5 0.5 0.5");
        browser.pointAt("#where");
        assertThat(browser.evaluate("document.querySelectorAll('#boxes rect').length")
                        .asInt())
                .isZero();
        browser.evaluate("document.querySelector('#objects button').focus()");
        assertThat(browser.evaluate("document.querySelectorAll('#boxes .over').length")
                        .asInt())
                .isEqualTo(1);
        browser.press("b");
        assertThat(browser.evaluate("document.querySelectorAll('#boxes .over').length")
                        .asInt())
                .isEqualTo(2);
        assertThat(browser.evaluate("document.querySelector('#image').naturalWidth")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void the_words_that_changed_are_marked_on_both_sides() throws Exception {
        Audit.of(5)
                .write(
                        DataSet.of(List.of(sample("What is the small cup made of?", "Clay.", "What is the cup?"))),
                        out());
        openSheet();

        assertThat(browser.evaluate("[...document.querySelectorAll('#evolved .text')][0].innerHTML")
                        .asString())
                .isEqualTo("What is the <ins>small</ins> <span class=\"label\">cup</span> <ins>made of</ins>?");
        assertThat(browser.evaluate("[...document.querySelectorAll('#parent del')].map(d => d.innerText).join()")
                        .asString())
                .isEqualTo("Nothing special");
    }

    @Test
    void hostile_text_shows_as_text() throws Exception {
        String hostile = "</script><img src=x onerror=alert(1)> \u202egnp.exe <svg onload=alert(2)> "
                + "w".repeat(100_000) + " \u0000 &lt;b&gt; ${1} {{data}} {{script}} \ud800";
        Audit.of(5).write(DataSet.of(List.of(sample(hostile, hostile, hostile))), out());
        openSheet();

        assertThat(browser.text("#evolved .text")).contains("</script><img src=x onerror=alert(1)> U+202Egnp.exe");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length")
                        .asInt())
                .isEqualTo(1);
        browser.press("q", "a");
        assertThat(browser.text("#verdict")).contains("<img src=x onerror=alert(1)>");
        browser.look(390, 844, "dark");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void everything_can_be_reached_and_named_without_a_mouse() throws Exception {
        evolve("--audit", "10");
        openSheet();

        assertThat(browser.evaluate("[...document.querySelectorAll('button, input, textarea, [tabindex=\"0\"]')]"
                                + ".filter(e => !(e.innerText || e.labels?.length || e.getAttribute('aria-label')"
                                + " || e.closest('label'))).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('#image').alt.length > 10")
                        .asBoolean())
                .isTrue();
        browser.look(390, 844, "light");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
    }

    private static byte[] png() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }

    private static EvolvedSample sample(String question, String answer, String parent) throws Exception {
        Sample sample = Sample.builder("desk")
                .image("desk.png", ImageSource.bytes(png()))
                .caption(parent)
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4)),
                        DetectedObject.of("lamp", new BoundingBox(0.5, 0.2, 0.9, 0.4))))
                .instructions(List.of(Instruction.of(parent, "Nothing special.")))
                .build();
        Outcome.Origin origin = new Outcome.Origin("k.1.1", "k.0.1", 1, "cognitive", "", "");
        Outcome kept = new Outcome.Kept(origin, Instruction.of(question, answer), OptionalInt.of(5), parent);
        return new EvolvedSample(new SampleKey("k"), sample, List.of(kept));
    }
}
