package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the report as a person does, in headless Chromium. Screenshots lie in {@code target/screenshots}. */
@Tag("browser")
class ReportInBrowserTest {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final String STATUS = "document.querySelector('[role=status]').textContent";

    @TempDir
    private static Path folder;

    private static Chromium browser;
    private static Path run;

    @BeforeAll
    static void writeAndStart() throws IOException {
        run = folder.resolve("run.html");
        Account account = new Account(List.of(
                new Account.Line(
                        "judge",
                        "model",
                        412,
                        3,
                        431,
                        new TokenUsage(900_000, 700_000, 60_000, 0),
                        Duration.ofMinutes(40)),
                new Account.Line(
                        "evolve:cognitive",
                        "model",
                        300,
                        0,
                        300,
                        new TokenUsage(600_000, 400_000, 90_000, 0),
                        Duration.ofMinutes(60))));
        Report.of(illustrated(400))
                .title("Harbour scenes, evolved")
                .account(account)
                .ran(Duration.ofMinutes(73), "")
                .prompts(Map.of("hash-cognitive", "Lengthen the reasoning.\n<b>Never</b> invent coordinates."))
                .write(run);
        browser = new Chromium(Files.createDirectory(folder.resolve("profile")));
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    /** After each test: nothing was complained about, and nothing but the file was asked for. */
    @AfterEach
    void staysCleanAndAlone() {
        browser.media("");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file:") || url.startsWith("data:"));
        assertThat(browser.requests().stream().filter(url -> url.startsWith("file:")))
                .hasSize(1);
    }

    @Test
    void draws_every_chart_in_light_dark_and_on_a_phone() throws IOException {
        for (String scheme : List.of("light", "dark")) {
            browser.prefer(scheme);
            for (int width : new int[] {1_280, 390}) {
                browser.resize(width, 900);
                browser.open(run);
                browser.screenshot(SCREENSHOTS.resolve(scheme + "-" + width + ".png"));
                assertThat(browser.evaluate("document.documentElement.dataset.theme")
                                .asString())
                        .isEqualTo(scheme);
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isLessThanOrEqualTo(width);
                assertThat(browser.evaluate(
                                        "[...document.querySelectorAll('.chart')].filter(c => !c.querySelector('canvas')).length")
                                .asInt())
                        .isZero();
                assertThat(browser.evaluate("document.querySelectorAll('.chart').length")
                                .asInt())
                        .isGreaterThan(12);
            }
        }
        browser.click("#theme");
        assertThat(browser.evaluate("document.documentElement.dataset.theme").asString())
                .isEqualTo("light");
    }

    @Test
    void shows_for_each_chart_a_table_of_its_numbers() {
        browser.resize(1_280, 900);
        browser.open(run);
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('figure')].every(f => f.querySelector('details table th')"
                                        + " && f.querySelector('[role=img]').getAttribute('aria-label').length > 10)")
                        .asBoolean())
                .isTrue();
        browser.click("#complexity figure summary");
        assertThat(browser.evaluate("document.querySelector('#complexity figure details').open")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void filters_as_a_person_does() {
        browser.resize(1_280, 900);
        browser.open(run);
        String all = browser.evaluate(STATUS).asString();
        browser.evaluate("document.querySelector('select[name=outcome]').focus()");
        browser.press("ArrowUp");
        assertThat(browser.evaluate("document.querySelector('select[name=outcome]').value")
                        .asString())
                .isNotEqualTo("kept");
        assertThat(browser.evaluate(STATUS).asString()).isNotEqualTo(all);
        browser.click("#search");
        browser.type("what is the lighthouse");
        assertThat(browser.evaluate(STATUS).asString()).isEqualTo("Nothing fits these filters.");
        browser.click(".status button");
        assertThat(browser.evaluate(STATUS).asString()).contains("of").doesNotContain("Nothing");
        browser.click("#search");
        browser.type("kite");
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.detail')].every(d => d.textContent.toLowerCase().includes('kite'))")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shows_examples_of_an_eliminator_at_a_click() {
        browser.resize(1_280, 900);
        browser.open(run);
        browser.click("#truth td button");
        String by = browser.evaluate("document.querySelector('select[name=by]').value")
                .asString();
        assertThat(by).isNotEmpty();
        assertThat(browser.evaluate("document.querySelector('.verdict').textContent")
                        .asString())
                .contains("by " + by);
        assertThat(browser.evaluate("document.activeElement.getAttribute('role')")
                        .asString())
                .isEqualTo("listbox");
    }

    @Test
    void is_gone_through_by_keyboard() throws IOException {
        browser.resize(1_280, 900);
        browser.open(run);
        browser.press("Tab");
        assertThat(browser.evaluate("document.activeElement.className").asString())
                .isEqualTo("skip");
        browser.evaluate("document.querySelector('.list').focus()");
        String first = browser.evaluate("document.querySelector('.detail').textContent")
                .asString();
        browser.press("ArrowDown", "ArrowDown");
        assertThat(browser.evaluate("document.querySelector('.list').getAttribute('aria-activedescendant')")
                        .asString())
                .isEqualTo("option-2");
        assertThat(browser.evaluate("document.querySelector('.detail').textContent")
                        .asString())
                .isNotEqualTo(first);
        browser.press("ArrowRight");
        assertThat(browser.evaluate(STATUS).asString()).startsWith("13\u201324 of");
        browser.press("ArrowLeft");
        assertThat(browser.evaluate(STATUS).asString()).startsWith("1\u201312 of");
    }

    @Test
    void draws_the_box_of_what_is_pointed_at() throws IOException {
        browser.prefer("light");
        browser.resize(1_280, 900);
        browser.open(run);
        browser.pointAt(".objects button");
        assertThat(browser.evaluate("document.querySelector('.photo .box').style.left")
                        .asString())
                .isEqualTo("10%");
        browser.evaluate("document.querySelector('.version li[tabindex]').focus()");
        assertThat(browser.evaluate("document.querySelectorAll('.photo .box.on').length")
                        .asInt())
                .isEqualTo(1);
        browser.evaluate("document.querySelector('#browse').scrollIntoView()");
    }

    @Test
    void shows_agreement_with_people_what_solvers_find_hard_and_why_things_were_eliminated() throws IOException {
        AuditAgreement.Estimate most = new AuditAgreement.Estimate(0.9, 0.8, 0.95);
        AuditAgreement agreement = new AuditAgreement(
                450,
                List.of(new AuditAgreement.Row("judge", "all", 200, 20, 25, 205, most, Optional.of(most))),
                List.of(new AuditAgreement.Quality("all", 220, most)),
                List.of());
        Path page = folder.resolve("measured.html");
        Report.of(measured()).agreement(agreement).write(page);
        browser.resize(1_280, 900);
        browser.open(page);
        assertThat(browser.evaluate("document.querySelector('#truth').textContent")
                        .asString())
                .contains("450 instructions were marked")
                .contains("0.90 (0.80\u20130.95)")
                .contains("Score and difficulty", "rank correlation")
                .contains("Reasons")
                .doesNotContain("Not measured");
        browser.open(run);
        assertThat(browser.evaluate("document.querySelector('#truth').textContent")
                        .asString())
                .contains("no marks of an audit were given", "no solver was asked");
    }

    /** Random samples, in which what scores higher is harder. */
    private static DataSet<EvolvedSample> measured() {
        return () -> RandomSamples.stream(12, 200)
                .map(evolved -> new EvolvedSample(
                        evolved.key(),
                        evolved.sample(),
                        evolved.outcomes().stream()
                                .map(ReportInBrowserTest::measured)
                                .toList()));
    }

    private static Outcome measured(Outcome outcome) {
        if (!(outcome instanceof Outcome.Kept kept) || kept.score().isEmpty()) {
            return outcome;
        }
        double difficulty = kept.score().getAsInt() / 10.0;
        return new Outcome.Kept(
                kept.origin(),
                kept.instruction().toBuilder()
                        .extras(Map.of("difficulty", String.valueOf(difficulty)))
                        .build(),
                kept.score(),
                kept.reason(),
                kept.checks());
    }

    @Test
    void draws_a_thousand_rounds_and_directions_within_reason() throws IOException {
        Sample sample = Sample.builder("s")
                .instructions(List.of(Instruction.of("Why?", "So.")))
                .build();
        SampleKey key = SampleKey.of(sample);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            outcomes.add(new Outcome.Kept(
                    origin(key, i, "direction " + i), Instruction.of("Why?", "So " + i), OptionalInt.of(i % 11), ""));
        }
        Path page = folder.resolve("rounds.html");
        Report.of(DataSet.of(List.of(new EvolvedSample(key, sample, outcomes)))).write(page);
        browser.resize(1_280, 900);
        browser.open(page);
        assertThat(browser.evaluate("document.querySelector('#complexity').textContent")
                        .asString())
                .contains("Of 101 rounds the first and the last ones are drawn");
        browser.screenshot(SCREENSHOTS.resolve("rounds.png"));
    }

    @Test
    void fits_on_paper() throws IOException {
        browser.prefer("dark");
        browser.resize(1_280, 900);
        browser.open(run);
        browser.print(SCREENSHOTS.resolve("printed.pdf"));
        assertThat(SCREENSHOTS.resolve("printed.pdf")).isNotEmptyFile();
        assertThat(browser.evaluate("document.documentElement.dataset.theme").asString())
                .isEqualTo("dark");
        browser.resize(720, 1_000);
        browser.media("print");
        browser.evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(browser.evaluate("document.documentElement.dataset.theme").asString())
                .isEqualTo("light");
        assertThat(browser.evaluate("[...document.querySelectorAll('.scroll, .line')]"
                                + ".filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)"
                                + ".map(e => e.getAttribute('aria-label')).join()")
                        .asString())
                .isEmpty();
        assertThat(browser.evaluate("[...document.querySelectorAll('.bar, .filters, .list, summary, td button')]"
                                + ".filter(e => e.getClientRects().length).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('.chart')].filter(c =>"
                                        + " c.querySelector('canvas').getBoundingClientRect().width > c.clientWidth + 1).length")
                        .asInt())
                .isZero();
        browser.screenshot(SCREENSHOTS.resolve("paper.png"));
        browser.evaluate("dispatchEvent(new Event('afterprint'))");
        browser.media("");
        assertThat(browser.evaluate("document.documentElement.dataset.theme").asString())
                .isEqualTo("dark");
        assertThat(browser.evaluate("document.querySelectorAll('details.printed[open]').length")
                        .asInt())
                .isZero();
    }

    @Test
    void every_control_has_a_name_and_the_count_is_announced() {
        browser.resize(1_280, 900);
        browser.open(run);
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('button, select, input')].filter(e =>"
                                        + " !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length))).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("[...document.querySelectorAll('select')].filter(e =>"
                                + " !(e.getAttribute('aria-label') || (e.labels && e.labels.length))).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("[...document.querySelectorAll('[tabindex=\"0\"]')].filter(e =>"
                                + " !e.getAttribute('role') && !['LI', 'PRE'].includes(e.tagName)).length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.querySelector('[role=status]').getAttribute('aria-live')")
                        .asString())
                .isEqualTo("polite");
        assertThat(browser.evaluate("document.querySelectorAll('[tabindex]').length > 0"
                                + " && [...document.querySelectorAll('[tabindex]')].every(e => +e.tabIndex <= 0)")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void opens_with_nothing_to_show() throws IOException {
        Sample bare = Sample.builder("bare").build();
        for (List<Sample> samples : List.of(List.<Sample>of(), List.of(bare))) {
            Path page = folder.resolve("nothing.html");
            Report.of(DataSet.of(samples)).write(page);
            browser.resize(390, 900);
            browser.open(page);
            browser.screenshot(SCREENSHOTS.resolve("nothing-" + samples.size() + ".png"));
            assertThat(browser.evaluate("document.documentElement.dataset.ready")
                            .asString())
                    .isEqualTo("yes");
            assertThat(browser.evaluate("document.querySelectorAll('section').length")
                            .asInt())
                    .isEqualTo(5);
        }
    }

    @Test
    void shows_hostile_text_as_text() throws IOException {
        String hostile =
                "</script><script>window.hit=1</script><img src=x onerror=\"window.hit=2\"><a href=javascript:hit()>"
                        + "\u202edlrow\u202c \u2028 ${1} {{data}} " + "w".repeat(100_000);
        Instruction instruction = Instruction.builder(hostile, hostile)
                .format(hostile)
                .skills(List.of(hostile))
                .objects(List.of(hostile))
                .build();
        Sample sample = Sample.builder(hostile)
                .image(hostile, ImageSource.none())
                .caption(hostile)
                .instructions(List.of(instruction))
                .build();
        SampleKey key = SampleKey.of(sample);
        List<Outcome> outcomes = List.of(
                new Outcome.Kept(origin(key, 1, hostile), instruction, OptionalInt.of(5), hostile),
                new Outcome.Eliminated(
                        origin(key, 2, hostile), instruction, hostile, hostile, hostile, OptionalInt.empty()),
                new Outcome.Failed(origin(key, 3, hostile), Optional.of(instruction), hostile, hostile));
        Path page = folder.resolve("hostile.html");
        Report.of(DataSet.of(List.of(new EvolvedSample(key, sample, outcomes))))
                .title(hostile)
                .comparedWith(hostile, DataSet.of(List.of(sample)))
                .prompts(Map.of("hash", hostile))
                .write(page);
        for (int width : new int[] {1_280, 390}) {
            browser.resize(width, 900);
            browser.open(page);
            browser.screenshot(SCREENSHOTS.resolve("hostile-" + width + ".png"));
            browser.click(".verdict summary");
            assertThat(browser.evaluate("window.hit === undefined").asBoolean()).isTrue();
            assertThat(browser.evaluate("document.querySelectorAll('img, a[href^=javascript]').length")
                            .asInt())
                    .isZero();
            assertThat(browser.evaluate("document.querySelector('h1').textContent")
                            .asString())
                    .startsWith("</script><script>");
            assertThat(browser.evaluate("document.querySelector('.version.current').textContent")
                            .asString())
                    .contains("<img src=x onerror=");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void is_quick_and_small_with_a_hundred_thousand_instructions() throws IOException {
        Path page = folder.resolve("large.html");
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        long startOfWork = threads.getCurrentThreadCpuTime();
        Analysis analysis = Report.of(illustrated(18_000)).write(page);
        double work = (threads.getCurrentThreadCpuTime() - startOfWork) / 1e9;
        double seconds = (System.nanoTime() - start) / 1e9;
        long instructions = analysis.rounds().stream()
                .mapToLong(Analysis.RoundFigures::instructions)
                .sum();
        browser.resize(1_280, 900);
        browser.open(page);
        double slowest = browser.evaluate("""
                new Promise(async done => {
                  const drawn = () => new Promise(go => requestAnimationFrame(() => setTimeout(go)));
                  let slowest = 0;
                  const search = document.querySelector('#search');
                  for (const select of document.querySelectorAll('.filters select')) {
                    for (const option of select.options) {
                      const start = performance.now();
                      select.value = option.value;
                      select.dispatchEvent(new Event('change', { bubbles: true }));
                      await drawn();
                      slowest = Math.max(slowest, performance.now() - start);
                    }
                    select.value = '';
                  }
                  for (const word of ['d', 'do', 'dog', 'dog cup', '']) {
                    const start = performance.now();
                    search.value = word;
                    search.dispatchEvent(new Event('input', { bubbles: true }));
                    await drawn();
                    slowest = Math.max(slowest, performance.now() - start);
                  }
                  done(slowest);
                })""").asDouble();
        System.out.printf(
                Locale.ROOT,
                "report: %d instructions, written in %.1f s (%.1f s of CPU), %.1f MB, slowest filter %.0f ms%n",
                instructions,
                seconds,
                work,
                Files.size(page) / 1e6,
                slowest);
        assertThat(instructions).isGreaterThanOrEqualTo(100_000);
        // one thread writes, so this is the time on a machine that does nothing else
        assertThat(work).isLessThan(30);
        assertThat(Files.size(page)).isLessThan(15_000_000);
        assertThat(slowest).isLessThan(200);
    }

    private static Outcome.Origin origin(SampleKey key, int round, String text) {
        return new Outcome.Origin(key.instruction(round, 1), key.instruction(round - 1, 1), round, text, "hash", text);
    }

    /** Random samples, each with a photograph of its own that is too large for the page. */
    private static DataSet<EvolvedSample> illustrated(int samples) throws IOException {
        List<ImageSource> images = List.of(picture(0), picture(1), picture(2));
        return () -> RandomSamples.stream(11, samples).map(evolved -> {
            int number = Integer.parseInt(evolved.sample().id().substring("sample-".length()));
            return new EvolvedSample(
                    evolved.key(),
                    evolved.sample().with(b -> b.image("photographs/" + number + ".jpg", images.get(number % 3))),
                    evolved.outcomes());
        });
    }

    private static ImageSource picture(int kind) throws IOException {
        BufferedImage picture =
                new BufferedImage(kind == 1 ? 600 : 960, kind == 1 ? 900 : 640, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, new Color(0x88AACC), 0, picture.getHeight(), new Color(0xDDC8A0)));
        pen.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int i = 0; i < 400; i++) {
            pen.setColor(Color.getHSBColor(i * 0.61f % 1, 0.4f, 0.8f));
            pen.fillOval(i * 97 % picture.getWidth(), i * 59 % picture.getHeight(), 8 + i % 50, 8 + i % 40);
        }
        pen.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", jpeg);
        return ImageSource.bytes(jpeg.toByteArray());
    }
}
