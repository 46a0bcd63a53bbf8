package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.internal.image.PixelScaler;
import io.github.mmevol.core.model.ModelException.UnusableImage;
import io.github.mmevol.core.sample.ImageSource;
import java.awt.Color;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
    private static final int RED = 0xff0000;
    private static final int GREEN = 0x00ff00;
    private static final int BLUE = 0x0000ff;
    private static final int YELLOW = 0xffff00;
    private static final int WHITE = 0xffffff;

    @Nested
    class WhatPassesThrough {

        @ParameterizedTest
        @CsvSource({"jpeg, 1", "jpeg, 10", "png, 1", "png, 10"})
        void a_jpeg_or_png_within_the_longest_side_is_sent_byte_for_byte(String format, int type) {
            byte[] file = file(new BufferedImage(512, 100, type), format);

            EncodedImage encoded = encode(file);

            assertThat(encoded.bytes()).isEqualTo(file);
            assertThat(encoded.mediaType()).isEqualTo("image/" + format);
            assertThat(encoded.width()).isEqualTo(512);
            assertThat(encoded.height()).isEqualTo(100);
            assertThat(encoded.originalWidth()).isEqualTo(512);
            assertThat(encoded.originalHeight()).isEqualTo(100);
        }

        @Test
        void a_jpeg_that_states_it_is_upright_is_sent_byte_for_byte() {
            byte[] file = withOrientation(file(corners(40, 20), "jpeg"), 1, ByteOrder.BIG_ENDIAN);

            assertThat(encode(file).bytes()).isEqualTo(file);
        }

        @Test
        void the_path_of_the_file_is_known_before_anything_is_read(@TempDir Path folder) {
            assertThat(ImageEncoder.ofDefaults()
                            .image(ImageSource.within(folder, "none.jpg"))
                            .path())
                    .isEqualTo("none.jpg");
        }

        @Test
        void a_single_pixel_is_sent_as_it_is() {
            byte[] file = file(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png");

            assertThat(encode(file).bytes()).isEqualTo(file);
        }
    }

    @Nested
    class Scaling {

        @ParameterizedTest
        @CsvSource({
            "1024, 768, 512, 384",
            "768, 1024, 384, 512",
            "513, 512, 512, 511",
            "4000, 3000, 512, 384",
            "3000, 2, 512, 1",
            "2, 3000, 1, 512",
            "1, 3000, 1, 512",
        })
        void brings_the_longest_side_down_and_keeps_the_shape(int width, int height, int newWidth, int newHeight) {
            EncodedImage encoded = encode(file(corners(width, height), "jpeg"));

            assertThat(encoded.mediaType()).isEqualTo("image/jpeg");
            assertThat(encoded.width()).isEqualTo(newWidth);
            assertThat(encoded.height()).isEqualTo(newHeight);
            assertThat(encoded.originalWidth()).isEqualTo(width);
            assertThat(encoded.originalHeight()).isEqualTo(height);
            BufferedImage sent = picture(encoded);
            assertThat(sent.getWidth()).isEqualTo(newWidth);
            assertThat(sent.getHeight()).isEqualTo(newHeight);
        }

        @Test
        void keeps_the_colours_where_they_are() {
            assertCorners(encode(file(corners(2000, 1500), "jpeg")), RED, GREEN, BLUE, YELLOW);
        }

        @Test
        void takes_the_mean_of_what_a_pixel_covers() {
            BufferedImage stripes = new BufferedImage(1024, 1024, BufferedImage.TYPE_INT_RGB);
            for (int x = 0; x < 1024; x++) {
                for (int y = 0; y < 1024; y++) {
                    stripes.setRGB(x, y, (x + y) % 2 == 0 ? WHITE : 0);
                }
            }

            BufferedImage sent = picture(encode(file(stripes, "png")));

            assertThat(new Color(sent.getRGB(200, 200)).getRed()).isCloseTo(128, within(3));
            assertThat(new Color(sent.getRGB(511, 0)).getBlue()).isCloseTo(128, within(3));
        }

        @Test
        void goes_by_the_longest_side_asked_for() {
            ImageEncoder small = ImageEncoder.builder().longestSide(100).build();

            EncodedImage encoded = small.image(ImageSource.bytes(file(corners(400, 200), "png")))
                    .encoded();

            assertThat(encoded.width()).isEqualTo(100);
            assertThat(encoded.height()).isEqualTo(50);
            assertThat(small.toBuilder()
                            .longestSide(50)
                            .build()
                            .image(ImageSource.bytes(file(corners(400, 200), "png")))
                            .encoded()
                            .width())
                    .isEqualTo(50);
        }

        @Test
        void never_scales_up() {
            BufferedImage turned =
                    picture(encode(withOrientation(file(corners(40, 20), "jpeg"), 3, ByteOrder.BIG_ENDIAN)));

            assertThat(turned.getWidth()).isEqualTo(40);
        }
    }

    @Nested
    class Orientation {

        @ParameterizedTest
        @CsvSource({
            "1, RED, GREEN, BLUE, YELLOW",
            "2, GREEN, RED, YELLOW, BLUE",
            "3, YELLOW, BLUE, GREEN, RED",
            "4, BLUE, YELLOW, RED, GREEN",
            "5, RED, BLUE, GREEN, YELLOW",
            "6, BLUE, RED, YELLOW, GREEN",
            "7, YELLOW, GREEN, BLUE, RED",
            "8, GREEN, YELLOW, RED, BLUE",
        })
        void of_all_eight_kinds_is_turned_upright(
                int orientation, String topLeft, String topRight, String bottomLeft, String bottomRight) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                for (int scale : new int[] {1, 10}) {
                    byte[] file = withOrientation(file(corners(80 * scale, 40 * scale), "jpeg"), orientation, order);

                    EncodedImage encoded = encode(file);

                    boolean turned = orientation >= 5;
                    assertThat(encoded.width() > encoded.height()).isEqualTo(!turned);
                    assertThat(encoded.originalWidth()).isEqualTo((turned ? 40 : 80) * scale);
                    assertThat(encoded.originalHeight()).isEqualTo((turned ? 80 : 40) * scale);
                    assertCorners(encoded, rgb(topLeft), rgb(topRight), rgb(bottomLeft), rgb(bottomRight));
                }
            }
        }

        @Test
        void of_a_png_is_turned_upright_too() {
            byte[] file = withChunk(file(corners(80, 40), "png"), "eXIf", tiff(6, ByteOrder.BIG_ENDIAN));

            assertCorners(encode(file), BLUE, RED, YELLOW, GREEN);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 9, 65535})
        void that_makes_no_sense_is_taken_as_upright(int orientation) {
            byte[] file = withOrientation(file(corners(80, 40), "jpeg"), orientation, ByteOrder.BIG_ENDIAN);

            assertThat(encode(file).bytes()).isEqualTo(file);
        }

        @Test
        void in_a_broken_exif_block_is_taken_as_upright() {
            byte[] upright = file(corners(80, 40), "jpeg");
            byte[] tiff = tiff(6, ByteOrder.BIG_ENDIAN);
            for (int length = 0; length < tiff.length - 4; length++) {
                byte[] file = withApp1(upright, Arrays.copyOf(tiff, length));

                assertThat(encode(file).bytes()).isEqualTo(file);
            }
            byte[] farAway = tiff.clone();
            farAway[4] = (byte) 0xff;
            assertThat(encode(withApp1(upright, farAway)).originalWidth()).isEqualTo(80);
        }
    }

    @Nested
    class Colours {

        @Test
        void of_a_palette_come_out_right_and_its_transparency_white() {
            byte[] red = {(byte) 255, 0, 0};
            byte[] green = {0, (byte) 255, 0};
            byte[] blue = {0, 0, (byte) 255};
            IndexColorModel palette = new IndexColorModel(2, 3, red, green, blue, 2);
            BufferedImage picture = new BufferedImage(60, 20, BufferedImage.TYPE_BYTE_INDEXED, palette);
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 60; x++) {
                    picture.getRaster().setSample(x, y, 0, x / 20);
                }
            }

            EncodedImage encoded = encode(file(picture, "png"));

            assertThat(encoded.mediaType()).isEqualTo("image/png");
            BufferedImage sent = picture(encoded);
            assertThat(sent.getRGB(5, 5) & WHITE).isEqualTo(RED);
            assertThat(sent.getRGB(30, 5) & WHITE).isEqualTo(GREEN);
            assertThat(sent.getRGB(55, 5) & WHITE).isEqualTo(WHITE);
        }

        @Test
        void of_a_gif_come_out_right() {
            EncodedImage encoded = encode(file(corners(700, 300), "gif"));

            assertThat(encoded.mediaType()).isEqualTo("image/png");
            assertCorners(encoded, RED, GREEN, BLUE, YELLOW);
        }

        @ParameterizedTest
        @ValueSource(strings = {"bmp", "tiff"})
        void of_other_formats_come_out_right(String format) {
            EncodedImage encoded = encode(file(corners(700, 300), format));

            assertThat(encoded.mediaType()).isEqualTo("image/jpeg");
            assertCorners(encoded, RED, GREEN, BLUE, YELLOW);
        }

        @Test
        void that_are_half_transparent_are_mixed_with_white() {
            BufferedImage picture = new BufferedImage(60, 20, BufferedImage.TYPE_INT_ARGB);
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 60; x++) {
                    picture.setRGB(x, y, x < 20 ? 0xffff0000 : x < 40 ? 0x80ff0000 : 0x00ff0000);
                }
            }

            EncodedImage encoded = encode(file(picture, "png"));

            assertThat(encoded.mediaType()).isEqualTo("image/jpeg");
            BufferedImage sent = picture(encoded);
            assertNear(sent.getRGB(5, 10), RED);
            assertNear(sent.getRGB(30, 10), 0xff7f7f);
            assertNear(sent.getRGB(55, 10), WHITE);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 20, 100, 128, 200, 255})
        void that_are_grey_keep_their_level(int level) {
            BufferedImage picture = new BufferedImage(1024, 600, BufferedImage.TYPE_BYTE_GRAY);
            Arrays.fill(((java.awt.image.DataBufferByte) picture.getRaster().getDataBuffer()).getData(), (byte) level);

            assertNear(picture(encode(file(picture, "png"))).getRGB(100, 100), level * 0x010101);
            assertNear(picture(encode(file(picture, "jpeg"))).getRGB(100, 100), level * 0x010101);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 20, 100, 128, 200, 255})
        void that_are_grey_with_sixteen_bits_keep_their_level(int level) {
            BufferedImage picture = new BufferedImage(30, 30, BufferedImage.TYPE_USHORT_GRAY);
            for (int i = 0; i < 900; i++) {
                picture.getRaster().setSample(i % 30, i / 30, 0, level * 257);
            }

            EncodedImage encoded = encode(file(picture, "png"));

            assertNear(picture(encoded).getRGB(10, 10), level * 0x010101);
        }

        @Test
        void that_are_grey_and_transparent_are_mixed_with_white() {
            BufferedImage picture = component(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, true, 100, 128);

            assertNear(picture(encode(file(picture, "png"))).getRGB(10, 10), 177 * 0x010101);
        }

        @Test
        void with_sixteen_bits_a_channel_come_out_right() {
            BufferedImage opaque = component(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, false, 65535, 0, 32896);
            BufferedImage half = component(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, true, 65535, 0, 0, 32896);

            assertNear(picture(encode(file(opaque, "png"))).getRGB(10, 10), 0xff0080);
            assertNear(picture(encode(file(half, "png"))).getRGB(10, 10), 0xff7f7f);
        }

        @Test
        void with_one_bit_come_out_right() {
            BufferedImage picture = new BufferedImage(900, 30, BufferedImage.TYPE_BYTE_BINARY);
            for (int i = 0; i < 450 * 30; i++) {
                picture.setRGB(i % 450, i / 450, 0xffffffff);
            }

            BufferedImage sent = picture(encode(file(picture, "png")));

            assertNear(sent.getRGB(10, 10), WHITE);
            assertNear(sent.getRGB(500, 10), 0);
        }

        @Test
        void with_the_standard_profile_or_another_come_out_right() throws IOException {
            byte[] jpeg = file(corners(640, 400), "jpeg");
            byte[] standard = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
            System.arraycopy("IEC sRGB".getBytes(StandardCharsets.ISO_8859_1), 0, standard, 48, 8);
            byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();

            assertCorners(encode(withProfile(jpeg, standard)), RED, GREEN, BLUE, YELLOW);
            assertCorners(encode(withProfile(jpeg, linear)), RED, GREEN, BLUE, YELLOW);
        }

        @Test
        void of_another_colour_space_are_converted() {
            BufferedImage linear = component(ColorSpace.CS_LINEAR_RGB, DataBuffer.TYPE_BYTE, false, 55, 55, 55);

            BufferedImage sent = PixelScaler.scale(linear, 30, 30, 1);

            assertNear(sent.getRGB(10, 10), 128 * 0x010101); // linear 0.216 is sRGB 0.5
        }
    }

    @Nested
    class WhatIsRefused {

        @Test
        void an_image_of_more_pixels_than_allowed_before_anything_is_decoded() {
            byte[] png = file(corners(8, 8), "png");
            ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
            repairChecksum(png, 8);
            byte[] jpeg = file(corners(8, 8), "jpeg");
            int frame = indexOf(jpeg, 0xff, 0xc0);
            ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65000).putShort(frame + 7, (short) 65000);
            byte[] gif = file(corners(8, 8), "gif");
            int descriptor = indexOf(gif, 0x2c, 0, 0, 0, 0, 8, 0, 8, 0);
            ByteBuffer.wrap(gif)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(descriptor + 5, (short) 60000)
                    .putShort(descriptor + 7, (short) 60000);

            assertRefused(png, "100000 x 100000 pixels", "64 megapixels", "maxMegapixels");
            assertRefused(jpeg, "65000 x 65000 pixels", "64 megapixels");
            assertRefused(gif, "60000 x 60000 pixels", "64 megapixels");
        }

        @Test
        void a_jpeg_that_is_cut_off_wherever_that_is() {
            for (int side : new int[] {64, 800}) {
                byte[] file = file(corners(side, side), "jpeg");
                for (int length = 3; length < file.length - 1; length += Math.max(1, file.length / 97)) {
                    assertRefused(Arrays.copyOf(file, length));
                }
                assertRefused(Arrays.copyOf(file, file.length / 2), "the JPEG file is cut off");
            }
        }

        @Test
        void a_png_that_is_cut_off_wherever_that_is() {
            byte[] file = file(corners(64, 64), "png");
            for (int length = 1; length < file.length; length++) {
                assertRefused(Arrays.copyOf(file, length));
            }
        }

        @Test
        void a_png_with_a_flipped_bit() {
            byte[] file = file(corners(64, 64), "png");
            file[file.length - 30] ^= 4;

            assertRefused(file, "wrong checksum in its IDAT chunk");
        }

        @ParameterizedTest
        @ValueSource(strings = {"gif", "bmp", "tiff"})
        void another_format_that_is_cut_off(String format) {
            byte[] file = file(corners(64, 64), format);

            assertRefused(Arrays.copyOf(file, 10));
            assertRefused(Arrays.copyOf(file, 24));
        }

        @Test
        void bytes_at_random_behind_a_good_beginning() {
            java.util.Random random = new java.util.Random(7);
            for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
                byte[] good = file(corners(600, 40), format);
                for (int i = 0; i < 50; i++) {
                    byte[] file = good.clone();
                    for (int n = 0; n < 8; n++) {
                        file[8 + random.nextInt(file.length - 8)] = (byte) random.nextInt(256);
                    }
                    LazyImage image = ImageEncoder.ofDefaults().image(ImageSource.bytes(file));
                    try {
                        assertThat(image.encoded().width()).isPositive();
                    } catch (UnusableImage e) {
                        assertThat(e).hasMessageStartingWith("image ");
                    }
                }
            }
        }

        @Test
        void a_text_file_named_like_an_image(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("notes.jpg"), "hello, this is a letter");

            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(() -> ImageEncoder.ofDefaults()
                            .image(ImageSource.file(file))
                            .encoded())
                    .withMessageContaining("notes.jpg")
                    .withMessageContaining("not an image")
                    .withMessageContaining("hello, this is a");
        }

        @Test
        void a_missing_or_escaping_path(@TempDir Path folder) {
            ImageEncoder encoder = ImageEncoder.ofDefaults();

            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(() -> encoder.image(ImageSource.within(folder, "none.jpg"))
                            .encoded())
                    .withMessageContaining("not found")
                    .withMessageContaining("none.jpg");
            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(() -> encoder.image(ImageSource.within(folder, "../../secret.jpg"))
                            .hash())
                    .withMessageContaining("leaves the image folder");
            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(() -> encoder.image(ImageSource.none()).encoded())
                    .withMessage("the sample has no image");
        }

        @Test
        void an_empty_file_and_one_that_is_too_large() {
            assertRefused(new byte[0], "is empty");
            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(() -> ImageEncoder.builder()
                            .maxFileBytes(100)
                            .build()
                            .image(ImageSource.bytes(file(corners(64, 64), "png")))
                            .hash())
                    .withMessageContaining("more than 100 bytes")
                    .withMessageContaining("maxFileBytes");
        }

        @Test
        void a_webp_or_heic_image_naming_the_remedy() {
            byte[] webp = "RIFF....WEBPVP8 ............".getBytes(StandardCharsets.ISO_8859_1);
            byte[] heic = "\0\0\0\u0018ftypheic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1);

            assertRefused(webp, "WebP", "convert it", "imageio-webp");
            assertRefused(heic, "heic", "convert it");
        }

        @Test
        void a_cmyk_jpeg_naming_the_remedy() {
            byte[] cmyk = file(corners(64, 64), "jpeg");
            int frame = indexOf(cmyk, 0xff, 0xc0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(cmyk, 0, frame + 3);
            out.write(17 + 3); // one more channel
            out.write(cmyk, frame + 4, 5);
            out.write(4);
            out.write(cmyk, frame + 10, 9);
            out.writeBytes(new byte[] {4, 0x11, 1});
            out.write(cmyk, frame + 19, cmyk.length - frame - 19);

            assertRefused(out.toByteArray(), "CMYK", "convert it", "imageio-jpeg");
        }

        @Test
        void options_that_make_no_sense() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageEncoder.builder().longestSide(0))
                    .withMessage("longestSide must be at least 1: 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageEncoder.builder().maxMegapixels(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageEncoder.builder().maxFileBytes(-1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ImageEncoder.builder().decodePermits(0));
        }
    }

    @Nested
    class Laziness {

        @Test
        void the_hash_is_that_of_the_file_and_decodes_nothing() throws Exception {
            byte[] noImage = "no image at all".getBytes(StandardCharsets.UTF_8);
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(noImage);

            LazyImage image = ImageEncoder.ofDefaults().image(ImageSource.bytes(noImage));

            assertThat(image.hash()).isEqualTo(HexFormat.of().formatHex(sha));
        }

        @Test
        void the_file_is_read_once_however_many_threads_ask_and_decoded_once() throws Exception {
            AtomicInteger opened = new AtomicInteger();
            byte[] file = file(corners(1200, 900), "png");
            LazyImage image = ImageEncoder.ofDefaults().image(() -> {
                opened.incrementAndGet();
                return new ByteArrayInputStream(file);
            });
            int threads = 8;
            CountDownLatch start = new CountDownLatch(threads);
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                List<Future<EncodedImage>> asked = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    asked.add(pool.submit(() -> {
                        start.countDown();
                        start.await();
                        image.hash();
                        return image.encoded();
                    }));
                }
                EncodedImage first = asked.get(0).get();
                for (Future<EncodedImage> each : asked) {
                    assertThat(each.get()).isSameAs(first);
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(opened).hasValue(1);
        }

        @Test
        void nothing_is_opened_before_it_is_asked_for() {
            AtomicInteger opened = new AtomicInteger();

            ImageEncoder.ofDefaults().image(() -> {
                opened.incrementAndGet();
                throw new IOException("never");
            });

            assertThat(opened).hasValue(0);
        }

        @Test
        void a_failure_is_remembered_and_thrown_to_each_caller() {
            AtomicInteger opened = new AtomicInteger();
            LazyImage image = ImageEncoder.ofDefaults().image(() -> {
                opened.incrementAndGet();
                throw new IOException("the disk is on fire");
            });

            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(UnusableImage.class)
                        .isThrownBy(image::hash)
                        .withMessage("the disk is on fire");
                assertThatExceptionOfType(UnusableImage.class)
                        .isThrownBy(image::encoded)
                        .withMessage("the disk is on fire");
            }
            assertThat(opened).hasValue(1);
        }

        @Test
        void an_interrupted_read_is_not_remembered() {
            AtomicInteger opened = new AtomicInteger();
            byte[] file = file(corners(8, 8), "png");
            LazyImage image = ImageEncoder.ofDefaults().image(() -> {
                if (opened.incrementAndGet() == 1) {
                    throw new java.nio.channels.ClosedByInterruptException();
                }
                return new ByteArrayInputStream(file);
            });

            assertThatExceptionOfType(ModelException.Interrupted.class).isThrownBy(image::encoded);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(image.encoded().bytes()).isEqualTo(file);
        }

        @Test
        void the_same_file_is_encoded_to_the_same_bytes() {
            byte[] file = file(corners(1000, 700), "jpeg");

            assertThat(encode(file).bytes()).isEqualTo(encode(file).bytes());
        }

        @Test
        void a_source_that_breaks_makes_the_image_unusable() {
            LazyImage image = ImageEncoder.ofDefaults().image(() -> {
                throw new IllegalStateException("no such bucket");
            });

            assertThatExceptionOfType(UnusableImage.class)
                    .isThrownBy(image::encoded)
                    .withMessage("no such bucket");
        }
    }

    private static EncodedImage encode(byte[] file) {
        return ImageEncoder.ofDefaults().image(ImageSource.bytes(file)).encoded();
    }

    private static void assertRefused(byte[] file, String... said) {
        assertThatExceptionOfType(UnusableImage.class)
                .isThrownBy(() -> encode(file))
                .satisfies(e -> {
                    assertThat(e).hasMessageStartingWith("image (" + file.length + " bytes in memory)");
                    Arrays.stream(said).forEach(part -> assertThat(e).hasMessageContaining(part));
                });
    }

    /** Red, green, blue and yellow quarters: top left, top right, bottom left, bottom right. */
    private static BufferedImage corners(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean right = x >= width / 2;
                boolean bottom = y >= height / 2;
                picture.setRGB(x, y, bottom ? (right ? YELLOW : BLUE) : right ? GREEN : RED);
            }
        }
        return picture;
    }

    private static BufferedImage component(int space, int type, boolean alpha, int... pixel) {
        ColorModel model = new ComponentColorModel(ColorSpace.getInstance(space), alpha, false, alpha ? 3 : 1, type);
        BufferedImage picture = new BufferedImage(model, model.createCompatibleWritableRaster(30, 30), false, null);
        for (int i = 0; i < 900; i++) {
            picture.getRaster().setPixel(i % 30, i / 30, pixel);
        }
        return picture;
    }

    private static byte[] file(BufferedImage picture, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(ImageIO.write(picture, format, out)).isTrue();
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BufferedImage picture(EncodedImage encoded) {
        try (InputStream in = new ByteArrayInputStream(encoded.bytes())) {
            return ImageIO.read(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertCorners(EncodedImage encoded, int... colours) {
        BufferedImage sent = picture(encoded);
        int right = sent.getWidth() - 4;
        int bottom = sent.getHeight() - 4;
        assertNear(sent.getRGB(3, 3), colours[0]);
        assertNear(sent.getRGB(right, 3), colours[1]);
        assertNear(sent.getRGB(3, bottom), colours[2]);
        assertNear(sent.getRGB(right, bottom), colours[3]);
    }

    private static void assertNear(int actual, int expected) {
        Color a = new Color(actual);
        Color e = new Color(expected);
        int distance = Math.max(
                Math.abs(a.getRed() - e.getRed()),
                Math.max(Math.abs(a.getGreen() - e.getGreen()), Math.abs(a.getBlue() - e.getBlue())));
        assertThat(distance).as("%s should be near %s", a, e).isLessThanOrEqualTo(16);
    }

    private static int rgb(String name) {
        return switch (name) {
            case "RED" -> RED;
            case "GREEN" -> GREEN;
            case "BLUE" -> BLUE;
            default -> YELLOW;
        };
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation, ByteOrder order) {
        return withApp1(jpeg, tiff(orientation, order));
    }

    private static byte[] withApp1(byte[] jpeg, byte[] tiff) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + tiff.length + 10);
        out.put(jpeg, 0, 2).put((byte) 0xff).put((byte) 0xe1).putShort((short) (tiff.length + 8));
        out.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(tiff).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    private static byte[] withProfile(byte[] jpeg, byte[] profile) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + profile.length + 18);
        out.put(jpeg, 0, 20).put((byte) 0xff).put((byte) 0xe2).putShort((short) (profile.length + 16));
        out.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1)).put(profile);
        return out.put(jpeg, 20, jpeg.length - 20).array();
    }

    /** An EXIF block with two tags, the second of them the orientation. */
    private static byte[] tiff(int orientation, ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(38).order(order);
        out.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
        out.putShort((short) 42).putInt(8).putShort((short) 2);
        out.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(80);
        out.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return out.putInt(0).array();
    }

    private static byte[] withChunk(byte[] png, String type, byte[] body) {
        int afterHeader = 33;
        ByteBuffer out = ByteBuffer.allocate(png.length + body.length + 12);
        out.put(png, 0, afterHeader)
                .putInt(body.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(body);
        out.putInt(0).put(png, afterHeader, png.length - afterHeader);
        repairChecksum(out.array(), afterHeader);
        return out.array();
    }

    private static void repairChecksum(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        CRC32 crc = new CRC32();
        crc.update(png, chunk + 4, length + 4);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) crc.getValue());
    }

    private static int indexOf(byte[] bytes, int... wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int matched = 0;
            while (matched < wanted.length && bytes[i + matched] == (byte) wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return i;
            }
        }
        throw new IllegalArgumentException("not found");
    }
}
