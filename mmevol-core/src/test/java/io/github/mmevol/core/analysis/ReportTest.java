package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.StoredReply;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReportTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void writes_the_page_and_beside_it_the_same_numbers_as_json() throws IOException {
        Path page = folder.resolve("new/report.html");
        Analysis analysis =
                Report.of(DataSet.of(RandomSamples.of(1, 50))).title("Fifty").write(page);
        JsonNode json = Json.parse(Files.readString(folder.resolve("new/report.json")));
        assertThat(json).isEqualTo(data(page).get("report"));
        assertThat(json.get("title").asString()).isEqualTo("Fifty");
        assertThat(json.at("/figures/samples").asLong()).isEqualTo(50);
        assertThat(json.at("/figures/kept").asLong()).isEqualTo(analysis.kept());
        assertThat(json.at("/figures/rounds/1/skills/count").asLong())
                .isEqualTo(analysis.round(1).skills().count());
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_table_of_the_caller_s_own_stands_in_page_and_json() throws IOException {
        Path page = folder.resolve("report.html");
        Report report = Report.of(DataSet.of(RandomSamples.of(1, 3)));
        report.table("Arms", List.of("arm", "score"), List.of(List.of("none", ""), List.of("</script>", "6.5")))
                .write(page);
        assertThat(data(page).at("/report/tables"))
                .isEqualTo(Json.parse("[{\"title\": \"Arms\", \"columns\": [\"arm\", \"score\"],"
                        + " \"rows\": [[\"none\", \"\"], [\"</script>\", \"6.5\"]]}]"));
        assertThatThrownBy(() -> report.table("Arms", List.of("arm", "score"), List.of(List.of("none"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 cells");
    }

    @Test
    void writes_the_same_bytes_for_the_same_data() throws IOException {
        Report report = Report.of(DataSet.of(RandomSamples.of(2, 60)));
        report.write(folder.resolve("a.html"));
        report.write(folder.resolve("b.html"));
        assertThat(folder.resolve("a.html")).hasSameBinaryContentAs(folder.resolve("b.html"));
    }

    @Test
    void lets_no_text_out_of_the_block_of_data() throws IOException {
        String hostile =
                "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> & \u2028 \u2029 \u202e \ud83d";
        Sample sample = Sample.builder(hostile)
                .caption(hostile)
                .image(hostile, ImageSource.none())
                .instructions(List.of(Instruction.builder(hostile, hostile)
                        .format(hostile)
                        .skills(List.of(hostile))
                        .objects(List.of(hostile))
                        .build()))
                .build();
        Path page = folder.resolve("report.html");
        Report.of(DataSet.of(List.of(sample)))
                .title(hostile)
                .prompts(Map.of("hash", hostile))
                .comparedWith(hostile, DataSet.of(List.of(sample)))
                .write(page);
        String html = Files.readString(page);
        Matcher block = DATA.matcher(html);
        assertThat(block.find()).isTrue();
        assertThat(block.group(1)).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        Path harmless = folder.resolve("harmless.html");
        Report.of(DataSet.of(List.of())).write(harmless);
        assertThat(html.substring(0, block.start(1)) + html.substring(block.end(1)))
                .isEqualTo(DATA.matcher(Files.readString(harmless))
                        .replaceFirst("<script type=\"application/json\" id=\"data\"></script>"));
        assertThat(data(page).at("/gallery/0/caption").asString()).isEqualTo(hostile);
    }

    @Test
    void allows_its_own_scripts_and_styles_alone() throws IOException {
        Path page = folder.resolve("report.html");
        Report.of(DataSet.of(RandomSamples.of(3, 3))).write(page);
        assertThat(Files.readString(page))
                .containsPattern("content=\"default-src 'none'; script-src 'sha256-[^ ]+' 'sha256-[^ ]+';"
                        + " style-src 'sha256-[^ ]+'; img-src data:; base-uri 'none'; form-action 'none'\"")
                .doesNotContain("{{");
    }

    @Test
    void cuts_what_is_huge_and_says_so() throws IOException {
        String huge = "x".repeat(100_000);
        Instruction instruction = Instruction.of(huge, huge);
        Path page = folder.resolve("report.html");
        Report.of(DataSet.of(List.of(Sample.builder("s")
                        .caption(huge)
                        .instructions(List.of(instruction, instruction, instruction))
                        .build())))
                .write(page);
        assertThat(data(page).at("/gallery/0/caption").asString()).endsWith("x \u2026 (100000 characters)");
        assertThat(Json.write(data(page).get("gallery")).length()).isLessThan(50_000);
    }

    @Test
    void shows_small_copies_of_images_and_does_without_broken_ones() throws IOException {
        BufferedImage large = new BufferedImage(1_600, 900, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(large, "jpeg", jpeg);
        Sample good = Sample.builder("good")
                .image("good.jpg", ImageSource.bytes(jpeg.toByteArray()))
                .build();
        Sample broken = Sample.builder("broken")
                .image("broken.jpg", ImageSource.bytes(new byte[] {1, 2, 3}))
                .build();
        Path page = folder.resolve("report.html");
        Report.of(DataSet.of(List.of(good, broken))).write(page);
        assertThat(data(page).at("/gallery/0/thumbnail").asString()).startsWith("data:image/jpeg;base64,");
        assertThat(data(page).at("/gallery/1").has("thumbnail")).isFalse();
    }

    @Test
    void draws_a_gallery_of_the_wanted_size_in_which_every_eliminator_occurs() throws IOException {
        Path page = folder.resolve("report.html");
        Analysis analysis =
                Report.of(DataSet.of(RandomSamples.of(4, 3_000))).gallery(60).write(page);
        JsonNode gallery = data(page).get("gallery");
        assertThat(gallery.size()).isEqualTo(60);
        for (Analysis.Cell cell : analysis.cells()) {
            cell.eliminatedBy()
                    .keySet()
                    .forEach(by -> assertThat(Json.write(gallery)).contains("\"by\":\"" + by + "\""));
        }
        assertThatThrownBy(() -> Report.of(RunStore.inMemory()).gallery(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tells_what_was_paid_for_and_why_a_run_stopped() throws IOException {
        Account account = new Account(List.of(
                new Account.Line("judge", "m", 4, 1, 5, new TokenUsage(100, 40, 20, 0), Duration.ofSeconds(8))));
        Path page = folder.resolve("report.html");
        Report.of(RunStore.inMemory())
                .account(account)
                .ran(Duration.ofMinutes(2), "the budget")
                .write(page);
        JsonNode run = data(page).at("/report/run");
        assertThat(run.get("calls").asLong()).isEqualTo(4);
        assertThat(run.get("cached_tokens").asLong()).isEqualTo(40);
        assertThat(run.at("/account/0/mean_seconds").asDouble()).isEqualTo(2);
        assertThat(run.get("seconds").asDouble()).isEqualTo(120);
        assertThat(run.get("stopped_by").asString()).isEqualTo("the budget");
        assertThat(run.has("cost")).isFalse();
    }

    @Test
    void a_store_alone_tells_calls_tokens_cost_and_why_it_stopped() throws IOException {
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        Sample sample = RandomSamples.of(6, 1).get(0).sample();
        try (RunStore.Session session = store.open()) {
            ModelResponse response = ModelResponse.of("text").withUsage(new TokenUsage(1_000_000, 400_000, 20_000, 0));
            session.claim(SampleKey.of(sample), 0, sample)
                    .orElseThrow()
                    .putReply(new StoredReply("r", 1, "judge", "m", response, 1, Duration.ofSeconds(2)));
            session.ended("the budget");
        }
        Path page = folder.resolve("report.html");
        Report.of(store).write(page);
        JsonNode run = data(page).at("/report/run");
        assertThat(run.get("calls").asLong()).isEqualTo(1);
        assertThat(run.get("prompt_tokens").asLong()).isEqualTo(1_000_000);
        assertThat(run.get("cached_tokens").asLong()).isEqualTo(400_000);
        assertThat(run.get("stopped_by").asString()).isEqualTo("the budget");
        assertThat(run.has("cost")).isFalse();

        Report.of(store).prices(PriceTable.none().with("m", "1", "0.5", "10")).write(page);
        assertThat(new BigDecimal(data(page).at("/report/run/cost").asString())).isEqualByComparingTo("1.0");
        assertThat(data(page).at("/report/run/account/0/purpose").asString()).isEqualTo("judge");
    }

    @Test
    void a_data_set_has_no_calls_to_tell_of() throws IOException {
        Path page = folder.resolve("report.html");
        Report.of(DataSet.of(RandomSamples.of(1, 5))).write(page);
        assertThat(data(page).at("/report/run")).isEqualTo(Json.object());
    }

    @Test
    void is_written_while_a_run_holds_the_store() throws IOException {
        Path page = folder.resolve("report.html");
        RunStore running = JdbcRunStore.sqlite(folder.resolve("run.db"));
        Sample sample = RandomSamples.of(6, 1).get(0).sample();
        try (RunStore.Session session = running.open()) {
            RunStore.Claim claim =
                    session.claim(SampleKey.of(sample), 0, sample).orElseThrow();
            assertThat(claim.rounds()).isEmpty();
            Analysis analysis =
                    Report.of(JdbcRunStore.sqlite(folder.resolve("run.db"))).write(page);
            assertThat(analysis.samples())
                    .isEqualTo(data(page).at("/report/figures/samples").asLong());
        }
        assertThat(page).exists();
    }

    @Test
    void is_one_of_nothing_before_a_run_begins() throws IOException {
        Path page = folder.resolve("report.html");
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        for (RunStore same : List.of(store, store.imagesIn(folder))) {
            assertThat(Report.of(same).write(page).samples()).isZero();
            assertThat(data(page).at("/report/figures/samples").asLong()).isZero();
        }
        assertThat(Analysis.of(store).kept()).isZero();
        assertThat(folder.resolve("run.db")).doesNotExist();
    }

    @Test
    @SuppressWarnings("NullAway")
    void says_what_is_missing() {
        assertThatThrownBy(() -> Report.of((RunStore) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("store");
    }

    @Test
    void tells_how_far_people_agree_where_they_were_asked() throws IOException {
        AuditAgreement.Estimate nine = new AuditAgreement.Estimate(0.9, 0.8, 0.95);
        AuditAgreement agreement = new AuditAgreement(
                20,
                List.of(new AuditAgreement.Row("judge", "all", 8, 1, 1, 10, nine, Optional.empty())),
                List.of(new AuditAgreement.Quality("all", 9, nine)),
                List.of());
        Path page = folder.resolve("report.html");
        Report.of(RunStore.inMemory()).write(page);
        assertThat(data(page).get("report").has("audit")).isFalse();
        Report.of(RunStore.inMemory()).agreement(agreement).write(page);
        JsonNode audit = data(page).at("/report/audit");
        assertThat(audit.get("marked").asInt()).isEqualTo(20);
        assertThat(audit.at("/eliminators/0/accuracy/low").asDouble()).isEqualTo(0.8);
        assertThat(audit.at("/eliminators/0").has("kappa")).isFalse();
        assertThat(audit.at("/kept/0/good/value").asDouble()).isEqualTo(0.9);
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher block = DATA.matcher(Files.readString(page));
        assertThat(block.find()).isTrue();
        return Json.parse(block.group(1));
    }
}
