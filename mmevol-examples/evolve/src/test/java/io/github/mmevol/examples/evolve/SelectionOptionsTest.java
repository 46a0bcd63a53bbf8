package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.model.ImageFingerprint;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class SelectionOptionsTest {
    @TempDir
    private Path folder;

    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private int run(String... args) {
        String[] all = Stream.concat(Stream.of("--out", folder.toString()), Stream.of(args))
                .toArray(String[]::new);
        return EvolveDataset.run(new PrintWriter(console), new PrintWriter(errors), Map.of(), all);
    }

    private List<String> kept() throws IOException {
        return Files.readAllLines(folder.resolve("evolved.jsonl"));
    }

    private List<JsonNode> lostBy(String by) throws IOException {
        return Files.readAllLines(folder.resolve("eliminated.jsonl")).stream()
                .map(DataObject.JSON::readTree)
                .filter(line -> line.path("by").asString().equals(by))
                .toList();
    }

    private JsonNode summary() throws IOException {
        return DataObject.JSON.readTree(Files.readString(folder.resolve("summary.json")));
    }

    @Test
    void a_target_ends_the_run_with_the_first_ones() throws IOException {
        assertThat(run()).isZero();
        List<String> all = kept();

        assertThat(run("--fresh", "--target", "10", "--concurrency", "1")).isZero();

        assertThat(kept()).isEqualTo(all.subList(0, 10));
        assertThat(summary().path("kept").asInt()).isEqualTo(10);
        assertThat(summary().path("stopped_by").asString()).isEmpty();
        assertThat(summary().path("samples").asInt()).isLessThan(8);
        assertThat(console.toString()).doesNotContain("was not reached");
    }

    @Test
    void a_target_that_was_not_reached_is_told_with_the_reason() throws IOException {
        assertThat(run("--target", "1000")).isZero();

        assertThat(console.toString())
                .contains("--target 1000 was not reached: all seeds are used up, " + kept().size() + " instructions");
    }

    @Test
    void a_target_counts_only_what_is_verified_where_that_alone_is_wanted() throws IOException {
        assertThat(run("--verified-only")).isZero();
        List<String> verified = kept();

        assertThat(run("--replay", "--verified-only", "--target", "5")).isZero();

        assertThat(kept()).isEqualTo(verified.subList(0, Math.min(5, verified.size())));
        assertThat(lostBy("verified-only")).isNotEmpty();
    }

    @Test
    void a_replay_takes_another_choice_without_a_call() throws IOException {
        assertThat(run()).isZero();
        List<String> all = kept();

        assertThat(run("--replay", "--balance", "form:2", "--skeleton-cap", "3", "--target", "1000"))
                .isZero();

        assertThat(summary().path("calls").asInt()).isZero();
        assertThat(kept()).hasSizeLessThan(all.size());
        assertThat(lostBy("balance"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("evidence").asString())
                        .isEqualTo(line.path("format").asString()));
        assertThat(summary().path("by_rule").path("balance").asInt())
                .isEqualTo(lostBy("balance").size());
        assertThat(run()).as("the stored run is as it was").isZero();
        assertThat(kept()).isEqualTo(all);
    }

    @Test
    void a_balance_without_a_number_shares_out_the_target() throws IOException {
        assertThat(run("--balance", "direction", "--target", "7")).isZero();

        Map<String, Integer> byDirection = new java.util.TreeMap<>();
        for (String line : kept()) {
            byDirection.merge(DataObject.JSON.readTree(line).path("direction").asString(), 1, Integer::sum);
        }
        assertThat(byDirection.values()).allMatch(count -> count <= 3);
        assertThat(kept()).hasSize(7);
    }

    @Test
    void near_duplicates_about_one_image_are_dropped_unless_they_are_to_be_kept() throws IOException {
        Path seeds = SeedFiles.write(folder.resolve("seeds"), 30, 3);

        assertThat(run("--seeds", seeds.toString())).isZero();
        int dropped = lostBy("near-duplicate").size();
        int some = kept().size();
        assertThat(run("--seeds", seeds.toString(), "--replay", "--near-duplicates", "keep"))
                .isZero();

        assertThat(dropped).isPositive();
        assertThat(kept()).hasSize(some + dropped);
        assertThat(lostBy("near-duplicate")).isEmpty();
    }

    @Test
    void what_evaluations_use_is_eliminated_and_told() throws IOException {
        Path photographs = Files.createDirectories(folder.resolve("bench"));
        assertThat(run()).isZero();
        List<String> all = kept();
        ImageIO.write(
                scaled(ImageIO.read(folder.resolve("bundled/coffee.jpg").toFile()), 0.5),
                "png",
                photographs.resolve("breakfast.png").toFile());
        Path questions = Files.writeString(
                folder.resolve("bench.jsonl"),
                "{\"question\": \"Can the image alone settle whether this cat is male or female? Begin the answer with yes"
                        + " or no and name what is visible or what is not.\", \"answer\": \"No\"}\n");

        assertThat(run("--replay", "--eval-guard", questions.toString(), photographs.toString()))
                .isZero();

        assertThat(lostBy("eval-guard"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.path("image").asString()).isIn("coffee.jpg", "chelsea.jpg"))
                .anySatisfy(line -> assertThat(line.path("image").asString()).isEqualTo("chelsea.jpg"));
        assertThat(all).anyMatch(line -> line.contains("coffee.jpg"));
        assertThat(kept()).isNotEmpty().noneMatch(line -> line.contains("coffee.jpg"));
        assertThat(console.toString())
                .contains("near to 2 questions or images and are eliminated", "breakfast.png", "male or female");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --target 0                   | --target takes a number of at least 1
            --skeleton-cap 0             | --skeleton-cap takes a number of at least 1
            --balance form               | --balance needs a number
            --balance colour:3           | --balance takes score, form, skill or direction
            --balance form:0             | --balance takes score, form, skill or direction
            --balance form:many          | --balance takes score, form, skill or direction
            --near-duplicates some       | --near-duplicates
            --eval-guard missing.jsonl   | cannot read the evaluation file missing.jsonl
            """)
    void what_cannot_be_meant_is_refused_before_anything_is_done(String options, String message) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
        assertThat(folder.resolve("run.db")).doesNotExist();
    }

    @Test
    void photographs_are_told_apart_and_known_again() throws IOException {
        assertThat(run("--limit", "1")).isZero();
        File[] files = folder.resolve("bundled").toFile().listFiles((dir, name) -> name.endsWith(".jpg"));
        assertThat(files).hasSize(8);
        List<ImageFingerprint> prints = new ArrayList<>();
        ImageEncoder images = ImageEncoder.ofDefaults();
        for (File file : files) {
            ImageFingerprint print = images.fingerprint(ImageSource.file(file.toPath()));
            BufferedImage picture = ImageIO.read(file);

            assertThat(prints).noneMatch(print::isNear);
            for (double scale : new double[] {1, 0.75, 0.5, 0.3}) {
                for (float quality : new float[] {0.9f, 0.6f, 0.4f}) {
                    byte[] again = jpeg(scaled(picture, scale), quality);
                    assertThat(images.fingerprint(ImageSource.bytes(again)).isNear(print))
                            .as("%s, scale %s, quality %s", file.getName(), scale, quality)
                            .isTrue();
                }
            }
            prints.add(print);
        }
    }

    private static BufferedImage scaled(BufferedImage picture, double scale) {
        int width = (int) (picture.getWidth() * scale);
        int height = (int) (picture.getHeight() * scale);
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = scaled.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(picture, 0, 0, width, height, null);
        pen.dispose();
        return scaled;
    }

    private static byte[] jpeg(BufferedImage picture, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
