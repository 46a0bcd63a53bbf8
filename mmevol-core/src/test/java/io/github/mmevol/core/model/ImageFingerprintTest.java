package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.Scene;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ImageFingerprintTest {
    private static final ImageEncoder IMAGES = ImageEncoder.ofDefaults();

    @Test
    void a_picture_in_another_size_quality_or_format_is_the_same() {
        for (int number = 0; number < 30; number++) {
            Scene scene = new Scene(number);
            ImageFingerprint original = print(scene.jpeg());

            assertThat(List.of(
                            scene.jpeg(1, 0.5f),
                            scene.jpeg(0.5, 0.8f),
                            scene.jpeg(3, 0.75f),
                            scene.png(1),
                            scene.png(0.6)))
                    .as("scene %d", number)
                    .allSatisfy(file -> {
                        assertThat(print(file).fileHash()).isNotEqualTo(original.fileHash());
                        assertThat(print(file).isNear(original)).isTrue();
                    });
        }
    }

    @Test
    void two_pictures_are_not_the_same() {
        List<ImageFingerprint> prints = IntStream.range(0, 100)
                .mapToObj(number -> print(new Scene(number).jpeg()))
                .toList();

        for (int i = 0; i < prints.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(prints.get(i).isNear(prints.get(j)))
                        .as("%d, %d", i, j)
                        .isFalse();
            }
        }
    }

    @Test
    void a_small_picture_has_a_look_too() {
        ImageFingerprint small = print(new Scene(1).png(0.08));

        assertThat(small.look()).isPresent();
        assertThat(small.isNear(print(new Scene(1).png(0.09)))).isTrue();
        assertThat(print(new Scene(1).png(0.005)).look()).as("a single pixel").isEmpty();
    }

    @Test
    void pictures_without_contrast_are_known_by_their_files_alone() throws IOException {
        ImageFingerprint grey = print(flat(128));
        ImageFingerprint lightGrey = print(flat(200));

        assertThat(grey.look()).isEmpty();
        assertThat(grey.isNear(lightGrey)).isFalse();
        assertThat(grey.isNear(print(flat(128)))).isTrue();
    }

    @Test
    void a_file_that_is_no_picture_is_known_by_its_bytes_alone() {
        ImageFingerprint text = print("no picture".getBytes(StandardCharsets.UTF_8));

        assertThat(text.look()).isEmpty();
        assertThat(text.isNear(print("no picture".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(text.isNear(print("another one".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
    }

    @Test
    void a_file_that_is_missing_has_no_fingerprint() {
        assertThatThrownBy(() -> IMAGES.fingerprint(ImageSource.file(Path.of("missing.jpg"))))
                .isInstanceOf(ModelException.UnusableImage.class)
                .hasMessageContaining("missing.jpg");
    }

    @Test
    void looks_are_near_up_to_six_bits() {
        ImageFingerprint one = new ImageFingerprint("a", OptionalLong.of(0));

        assertThat(one.isNear(new ImageFingerprint("b", OptionalLong.of(0b111111))))
                .isTrue();
        assertThat(one.isNear(new ImageFingerprint("b", OptionalLong.of(0b1111111))))
                .isFalse();
        assertThat(one.isNear(new ImageFingerprint("b", OptionalLong.empty()))).isFalse();
    }

    @Test
    void copies_of_the_bundled_photographs_are_near_and_others_are_far() throws IOException {
        List<Path> photographs = photographs();
        assertThat(photographs).hasSize(8);
        List<ImageFingerprint> prints = new ArrayList<>();
        for (Path photograph : photographs) {
            BufferedImage picture = ImageIO.read(photograph.toFile());
            ImageFingerprint original = print(Files.readAllBytes(photograph));
            for (double size : new double[] {0.1, 0.2, 0.33, 0.5, 0.75, 1, 1.5, 2}) {
                assertThat(distance(original, print(copy(picture, 0, size))))
                        .as("%s in size %s", photograph, size)
                        .isLessThanOrEqualTo(ImageFingerprint.NEAR);
            }
            assertThat(distance(original, print(copy(picture, 0.01, 1))))
                    .as("%s, cut", photograph)
                    .isLessThanOrEqualTo(ImageFingerprint.NEAR);
            for (ImageFingerprint other : prints) {
                assertThat(distance(original, other))
                        .as("%s and another", photograph)
                        .isGreaterThan(3 * ImageFingerprint.NEAR);
            }
            prints.add(original);
        }
    }

    private static List<Path> photographs() throws IOException {
        Path bundled = Path.of("../mmevol-examples/evolve/src/main/resources/bundled");
        try (Stream<Path> files = Files.list(bundled)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }

    private static int distance(ImageFingerprint one, ImageFingerprint other) {
        return Long.bitCount(one.look().orElseThrow() ^ other.look().orElseThrow());
    }

    /** The picture as a JPEG in another size, so much of each side cut off. */
    private static byte[] copy(BufferedImage picture, double cut, double size) throws IOException {
        int left = (int) (cut * picture.getWidth());
        int top = (int) (cut * picture.getHeight());
        BufferedImage part =
                picture.getSubimage(left, top, picture.getWidth() - 2 * left, picture.getHeight() - 2 * top);
        BufferedImage copy = new BufferedImage(
                (int) (size * part.getWidth()), (int) (size * part.getHeight()), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(part, 0, 0, copy.getWidth(), copy.getHeight(), null);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(copy, "jpeg", bytes);
        return bytes.toByteArray();
    }

    private static byte[] flat(int grey) throws IOException {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.getRaster().setSample(x, y, 0, grey + (x * y) % 2);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", bytes);
        return bytes.toByteArray();
    }

    private static ImageFingerprint print(byte[] file) {
        return IMAGES.fingerprint(ImageSource.bytes(file));
    }
}
