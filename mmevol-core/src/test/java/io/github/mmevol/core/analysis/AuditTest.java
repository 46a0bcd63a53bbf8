package io.github.mmevol.core.analysis;

import static io.github.mmevol.core.analysis.Evolutions.eliminated;
import static io.github.mmevol.core.analysis.Evolutions.kept;
import static io.github.mmevol.core.analysis.Evolutions.origin;
import static io.github.mmevol.core.analysis.Evolutions.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AuditTest {
    @TempDir
    Path folder;

    /** Many kept, some eliminated by the judge, a single one by a rare rule. */
    private static List<EvolvedSample> run(int samples) {
        List<EvolvedSample> run = new ArrayList<>();
        for (int i = 0; i < samples; i++) {
            String direction = List.of("perceptual", "cognitive", "interactive").get(i % 3);
            run.add(sample("k" + i, kept("k" + i, 1 + i % 2, direction, 1 + i % 10)));
            if (i % 4 == 0) {
                run.add(sample("j" + i, eliminated("j" + i, 1, direction, "judge")));
            }
        }
        run.add(sample("rare", eliminated("rare", 1, "cognitive", "count")));
        return run;
    }

    private List<AuditMarks.Mark> drawn(Audit audit, List<EvolvedSample> run) {
        audit.write(DataSet.of(run), folder);
        return AuditMarks.read(folder.resolve("audit.csv")).marks();
    }

    private JsonNode data() throws Exception {
        Matcher block = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(folder.resolve("audit.html")));
        assertThat(block.find()).isTrue();
        return Json.parse(block.group(1));
    }

    @Test
    void half_is_kept_and_half_eliminated_and_the_rare_is_among_it() {
        List<AuditMarks.Mark> marks = drawn(Audit.of(60), run(900));

        assertThat(marks).hasSize(60);
        assertThat(marks.stream().filter(AuditMarks.Mark::kept)).hasSize(30);
        assertThat(marks).extracting(AuditMarks.Mark::id).contains("rare.1.1").doesNotHaveDuplicates();
    }

    @Test
    void each_stratum_is_drawn_from_and_its_weights_make_up_its_size() {
        List<EvolvedSample> run = run(900);
        List<AuditMarks.Mark> marks = drawn(Audit.of(120), run);

        Map<AuditItem.Stratum, Long> sizes = run.stream()
                .flatMap(s -> s.outcomes().stream().map(o -> AuditItem.of(s, o).orElseThrow()))
                .collect(Collectors.groupingBy(AuditItem::stratum, Collectors.counting()));
        Map<AuditItem.Stratum, Double> weights = new HashMap<>();
        for (AuditMarks.Mark mark : marks) {
            AuditItem item = run.stream()
                    .flatMap(s ->
                            s.outcomes().stream().map(o -> AuditItem.of(s, o).orElseThrow()))
                    .filter(i -> i.origin().id().equals(mark.id()))
                    .findFirst()
                    .orElseThrow();
            weights.merge(item.stratum(), mark.weight(), Double::sum);
        }
        assertThat(weights.keySet()).isEqualTo(sizes.keySet());
        sizes.forEach((stratum, size) -> assertThat(weights.get(stratum)).isCloseTo(size, within(1e-6)));
    }

    @Test
    void what_is_drawn_depends_on_the_seed_and_not_on_the_order_of_the_samples() {
        List<EvolvedSample> run = run(300);
        List<EvolvedSample> shuffled = new ArrayList<>(run);
        Collections.shuffle(shuffled, new Random(7));

        List<AuditMarks.Mark> marks = drawn(Audit.of(40), run);
        assertThat(drawn(Audit.of(40), shuffled)).isEqualTo(marks);
        assertThat(drawn(Audit.of(40).seed(43), run)).isNotEqualTo(marks);
    }

    @Test
    void a_run_smaller_than_the_audit_is_drawn_whole() {
        List<AuditMarks.Mark> marks = drawn(Audit.of(450), run(20));

        assertThat(marks)
                .hasSize(26)
                .allSatisfy(mark -> assertThat(mark.weight()).isEqualTo(1));
    }

    @Test
    void where_there_are_more_strata_than_places_the_largest_ones_are_drawn_from() {
        List<AuditMarks.Mark> marks = drawn(Audit.of(2), run(900));

        assertThat(marks).hasSize(2);
        assertThat(marks).extracting(AuditMarks.Mark::by).containsExactlyInAnyOrder("", "judge");
    }

    @Test
    void what_is_held_while_drawing_does_not_grow_with_the_run() {
        AuditDraw draw = new AuditDraw(50, 42, Set.of());
        run(30_000).forEach(draw::offer);

        assertThat(draw.held()).isLessThan(2 * 50 * 2 + 100);
        assertThat(draw.items()).hasSize(50);
    }

    @Test
    void failures_and_what_selections_drop_are_not_drawn() {
        Outcome failed = new Outcome.Failed(
                origin("a", 1, "cognitive"), Optional.of(Instruction.of("q", "a")), "judge", "no verdict");
        List<EvolvedSample> run = List.of(
                sample("a", failed),
                sample("b", eliminated("b", 1, "cognitive", "target")),
                sample("c", eliminated("c", 1, "cognitive", "mine")),
                sample("d", eliminated("d", 1, "cognitive", "judge")));

        assertThat(drawn(Audit.of(10), run)).extracting(AuditMarks.Mark::by).containsExactlyInAnyOrder("mine", "judge");
        assertThat(drawn(Audit.of(10).leavingOut(Set.of("mine")), run))
                .extracting(AuditMarks.Mark::by)
                .containsExactlyInAnyOrder("target", "judge");
    }

    @Test
    void the_sheet_shows_the_parent_whether_seed_kept_or_dropped_since() throws Exception {
        Outcome.Origin second = new Outcome.Origin("a.2.1", "a.1.1", 2, "cognitive", "", "");
        drawn(
                Audit.of(10),
                List.of(sample(
                        "a",
                        eliminated("a", 1, "cognitive", "target"),
                        new Outcome.Kept(second, Instruction.of("q2", "a2"), OptionalInt.of(5), ""))));

        assertThat(data().path("items").path(0).path("parent").path("question").asString())
                .isEqualTo("Question a.1?");
        drawn(Audit.of(10), List.of(sample("b", kept("b", 1, "cognitive", 5))));
        assertThat(data().path("items").path(0).path("parent").path("question").asString())
                .isEqualTo("Seed of b?");
    }

    @Test
    void no_text_gets_out_of_its_block_or_into_a_formula() throws Exception {
        String hostile = "</script><script>alert(1)</script> \u2028 \ud800";
        Sample sample = Sample.builder("=1+1")
                .image("=1+1.jpg", ImageSource.none())
                .caption(hostile)
                .build();
        Outcome kept = new Outcome.Kept(
                origin("a", 1, "cognitive"),
                Instruction.of("=HYPERLINK(\"http://127.0.0.1\")", hostile),
                OptionalInt.of(5),
                hostile);
        drawn(Audit.of(10), List.of(new EvolvedSample(new SampleKey("a"), sample, List.of(kept))));

        String page = Files.readString(folder.resolve("audit.html"));
        assertThat(page).doesNotContain("<script>alert").doesNotContain("\u2028");
        assertThat(data().path("items").path(0).path("answer").asString()).isEqualTo(hostile);
        assertThat(Files.readString(folder.resolve("audit.csv")))
                .contains("\"'=HYPERLINK(\"\"http://127.0.0.1\"\")\"")
                .contains(",'=1+1.jpg,");
    }

    @Test
    void an_image_that_cannot_be_used_is_told_and_the_rest_is_shown() throws Exception {
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB), "png", picture);
        Sample seen = Sample.builder("a")
                .image("a.png", ImageSource.bytes(picture.toByteArray()))
                .build();
        drawn(
                Audit.of(10),
                List.of(
                        new EvolvedSample(new SampleKey("a"), seen, List.of(kept("a", 1, "cognitive", 5))),
                        sample("b", kept("b", 1, "cognitive", 5))));

        assertThat(Files.readString(folder.resolve("audit.html"))).containsOnlyOnce("data:image/png;base64,");
        assertThat(data().path("unusable_images").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder("", "the sample has no image");
    }

    @Test
    void nothing_is_written_before_the_output_is_committed() {
        DataSetWriter writer = Audit.of(10).writer(folder.resolve("new"));
        try (DataSetWriter.Appender appender = writer.open()) {
            appender.append(sample("a", kept("a", 1, "cognitive", 5)));
            assertThat(folder).isEmptyDirectory();
            appender.commit();
        }
        assertThat(folder.resolve("new")).isDirectoryContaining("glob:**audit.{html,csv}");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws Exception {
        Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> Audit.of(1).write(DataSet.of(List.of()), folder.resolve("file")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot write the audit " + folder.resolve("file"));
    }

    @Test
    void an_audit_of_nothing_is_refused() {
        assertThatThrownBy(() -> Audit.of(0)).hasMessage("an audit has at least one instruction: 0");
    }
}
