package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.analysis.AuditMarks.Mark;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.Selection;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks an audit as a person would, in a real browser. */
@Tag("browser")
class AuditInBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots", "audit");

    @TempDir
    private Path folder;

    private Chromium browser;

    @BeforeEach
    void start() throws IOException {
        browser = new Chromium(Files.createDirectory(folder.resolve("profile")));
        browser.downloadInto(Files.createDirectory(folder.resolve("downloads")));
        browser.resize(1280, 900);
    }

    /** After each test: nothing was complained about, and nothing but the sheet was asked for. */
    @AfterEach
    void staysCleanAndAlone() {
        try {
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.requests().stream().filter(url -> !url.startsWith("data:") && !url.startsWith("blob:")))
                    .singleElement()
                    .asString()
                    .endsWith("/audit.html");
        } finally {
            browser.close();
        }
    }

    private void open() {
        browser.open(folder.resolve("audit.html"));
    }

    private String text(String selector) {
        return browser.evaluate("document.querySelector(" + Chromium.quoted(selector) + ").innerText")
                .asString();
    }

    private boolean isPressed(String button) {
        return browser.evaluate("document.querySelector('#" + button + "').getAttribute('aria-pressed') === 'true'")
                .asBoolean();
    }

    private int drawnBoxes() {
        return browser.evaluate("document.querySelectorAll('#boxes .over').length")
                .asInt();
    }

    private Path exported() {
        Path file = folder.resolve("downloads/audit-marks.json");
        browser.press("x");
        browser.until(() -> Files.exists(file));
        return file;
    }

    /** Twenty kept and twenty eliminated ones. */
    private List<EvolvedSample> run() throws IOException {
        List<EvolvedSample> run = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String direction = List.of("perceptual", "cognitive", "interactive").get(i % 3);
            Outcome.Origin origin = new Outcome.Origin("s" + i + ".1.1", "s" + i + ".0.1", 1, direction, "", "");
            Instruction evolved =
                    Instruction.of("Which " + i + " lamps are lit?", "The lamp at [0.500, 0.200, 0.900, 0.400].");
            run.add(sample(
                    "s" + i,
                    i % 2 == 0
                            ? new Outcome.Kept(origin, evolved, OptionalInt.of(1 + i % 10), "It is asked for more.")
                            : new Outcome.Eliminated(origin, evolved, "judge", "It is dark.", "", OptionalInt.of(3))));
        }
        return run;
    }

    private static EvolvedSample sample(String name, Outcome outcome) throws IOException {
        return sample(name, outcome, "Nothing special?");
    }

    private static EvolvedSample sample(String name, Outcome outcome, String parent) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", png);
        Sample sample = Sample.builder(name)
                .image("desk.png", ImageSource.bytes(png.toByteArray()))
                .caption(parent)
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4)),
                        DetectedObject.of("lamp", new BoundingBox(0.5, 0.2, 0.9, 0.4))))
                .instructions(List.of(Instruction.of(parent, "Nothing special.")))
                .build();
        return new EvolvedSample(new SampleKey(name), sample, List.of(outcome));
    }

    private static EvolvedSample kept(String question, String answer, String parent) throws IOException {
        Outcome.Origin origin = new Outcome.Origin("k.1.1", "k.0.1", 1, "cognitive", "", "");
        return sample(
                "k", new Outcome.Kept(origin, Instruction.of(question, answer), OptionalInt.of(5), parent), parent);
    }

    @Test
    void people_mark_by_keyboard_and_what_they_export_counts() throws IOException {
        List<EvolvedSample> run = run();
        Audit.of(20).write(DataSet.of(run), folder);
        open();
        assertThat(text("#progress")).isEqualTo("0 of 20 marked");

        // good and good, then bad with a note, then good throughout
        browser.press("q", "a", "ArrowRight", "q", "s", "n");
        browser.type("miscounted: <b>two</b>, not \"three\"");
        browser.press("Escape", "u");
        for (int i = 2; i < 20; i++) {
            browser.press("q", "a", "u");
        }
        assertThat(text("#progress")).isEqualTo("20 of 20 marked");
        AuditMarks marks = AuditMarks.read(exported());

        assertThat(marks.marks()).hasSize(20).extracting(Mark::id).doesNotHaveDuplicates();
        assertThat(marks.marks().get(0).good()).contains(true);
        Mark bad = marks.marks().get(1);
        assertThat(bad.question()).contains(true);
        assertThat(bad.answer()).contains(false);
        assertThat(bad.note()).isEqualTo("miscounted: <b>two</b>, not \"three\"");
        assertThat(marks.agreement().marked()).isEqualTo(20);
        Selection.Pass overrides = marks.overrides().start();
        List<String> kept = run.stream()
                .flatMap(sample -> overrides.select(sample).kept().stream())
                .map(k -> k.origin().id())
                .toList();
        for (Mark mark : marks.marks()) {
            assertThat(kept.contains(mark.id())).isEqualTo(mark.good().orElseThrow());
        }
    }

    @Test
    void marks_stay_in_the_browser_and_are_imported_into_another_one() throws IOException {
        Audit.of(10).write(DataSet.of(run()), folder);
        open();
        browser.press("q", "s", "j", "w");
        open();
        assertThat(text("#where")).startsWith("2 of 10");
        assertThat(isPressed("question-bad")).isTrue();
        Path exported = exported();

        browser.evaluate("localStorage.clear()");
        open();
        assertThat(text("#progress")).isEqualTo("0 of 10 marked");
        browser.choose("#file", exported);
        browser.until(() -> text("#message").equals("2 marks imported."));
        assertThat(text("#progress")).isEqualTo("1 of 10 marked");
        browser.choose("#file", folder.resolve("audit.csv"));
        browser.until(() -> text("#message").startsWith("That is no file of marks"));
    }

    @Test
    void the_verdict_is_hidden_until_both_marks_are_set() throws IOException {
        Audit.of(10).write(DataSet.of(run()), folder);
        open();
        assertThat(text("#verdict")).isEqualTo("Hidden until question and answer are marked.");
        browser.press("q");
        assertThat(text("#verdict")).startsWith("Hidden");
        browser.press("a");
        assertThat(text("#verdict")).matches("(?s)(Kept|Eliminated by ).*");
        browser.press("j");
        assertThat(text("#verdict")).startsWith("Hidden");
        browser.press("v");
        assertThat(text("#verdict")).doesNotStartWith("Hidden");
        browser.press("q", "q");
        assertThat(isPressed("question-good"))
                .as("the same key again takes the mark back")
                .isFalse();
        browser.click("#answer-bad");
        assertThat(isPressed("answer-bad")).isTrue();
    }

    @Test
    void a_box_is_drawn_for_what_is_pointed_at_or_has_the_focus() throws IOException {
        EvolvedSample sample = kept(
                "What is at [0.250, 0.500, 0.750, 1.000]?", "A cup at [0.250, 0.500, 0.750, 1.000].", "What is there?");
        Audit.of(5).write(DataSet.of(List.of(sample)), folder);
        open();
        assertThat(drawnBoxes()).isZero();

        browser.pointAt("#evolved .box");
        assertThat(browser.evaluate("[...document.querySelectorAll('#boxes .over')].map(r => ['x', 'y', 'width',"
                                + " 'height'].map(n => r.getAttribute(n)).join(' ')).join()")
                        .asString())
                .isEqualTo("0.25 0.5 0.5 0.5");
        browser.pointAt("#where");
        assertThat(drawnBoxes()).isZero();
        browser.evaluate("document.querySelector('#objects button').focus()");
        assertThat(drawnBoxes()).isEqualTo(1);
        browser.press("b");
        assertThat(drawnBoxes()).isEqualTo(2);
        assertThat(browser.evaluate("document.querySelector('#image').naturalWidth")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void the_words_that_changed_are_marked_on_both_sides() throws IOException {
        Audit.of(5)
                .write(
                        DataSet.of(List.of(kept("What is the small cup made of?", "Clay.", "What is the cup?"))),
                        folder);
        open();

        assertThat(browser.evaluate("document.querySelector('#evolved .text').innerHTML")
                        .asString())
                .isEqualTo("What is the <ins>small</ins> <span class=\"label\">cup</span> <ins>made of</ins>?");
        assertThat(browser.evaluate("[...document.querySelectorAll('#parent del')].map(d => d.innerText).join()")
                        .asString())
                .isEqualTo("Nothing special");
    }

    @Test
    void where_nearly_all_words_changed_none_is_marked() throws IOException {
        Audit.of(5)
                .write(
                        DataSet.of(List.of(kept(
                                "Two lamps are lit, which one stands nearer to the door?",
                                "The left one.",
                                "What does the large table in front of us tell about its owner?"))),
                        folder);
        open();

        assertThat(browser.evaluate("document.querySelectorAll('#evolved .text ins').length")
                        .asInt())
                .isZero();
    }

    @Test
    void hostile_text_shows_as_text() throws IOException {
        String hostile = "</script><img src=x onerror=alert(1)> \u202egnp.exe <svg onload=alert(2)> "
                + "w".repeat(100_000) + " \u0000 &lt;b&gt; ${1} {{data}} {{script}} \ud800";
        Audit.of(5).write(DataSet.of(List.of(kept(hostile, hostile, hostile))), folder);
        open();

        assertThat(text("#evolved .text")).contains("</script><img src=x onerror=alert(1)> U+202Egnp.exe");
        assertThat(browser.evaluate("document.querySelectorAll('main img').length")
                        .asInt())
                .isEqualTo(1);
        browser.press("q", "a");
        assertThat(text("#verdict")).contains("<img src=x onerror=alert(1)>");
        browser.resize(390, 844);
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(390);
    }

    @Test
    void everything_has_a_name_and_fits_a_phone_in_light_and_dark() throws IOException {
        Audit.of(10).write(DataSet.of(run()), folder);
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            for (int width : new int[] {1280, 390}) {
                browser.resize(width, 844);
                open();
                browser.screenshot(SCREENSHOTS.resolve(scheme + "-" + width + ".png"));
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isLessThanOrEqualTo(width);
            }
        }
        assertThat(browser.evaluate("[...document.querySelectorAll('button, input, textarea, [tabindex=\"0\"]')]"
                                + ".filter(e => !(e.innerText || e.labels?.length || e.getAttribute('aria-label')"
                                + " || e.closest('label'))).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('#image').alt.length > 10")
                        .asBoolean())
                .isTrue();
        String dark = browser.evaluate("getComputedStyle(document.body).backgroundColor")
                .asString();
        browser.click("#theme");
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asString())
                .isNotEqualTo(dark);
    }
}
