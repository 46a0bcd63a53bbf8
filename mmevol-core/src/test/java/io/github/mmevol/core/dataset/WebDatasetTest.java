package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetTest {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2, 3, 4, 5};

    @TempDir
    Path folder;

    private EvolvedSample evolved(int number) throws IOException {
        String name = "im/" + number + ".jpg";
        Files.createDirectories(folder.resolve("images/im"));
        byte[] bytes = JPEG.clone();
        bytes[7] = (byte) number;
        Files.write(folder.resolve("images").resolve(name), bytes);
        Sample sample = Data.sample("s" + number, name, "Q" + number + "?")
                .with(b -> b.image(name, ImageSource.within(folder.resolve("images"), name)));
        return Data.withSurvivor(sample, SampleKey.of(sample), Instruction.of("What " + number + "?", "A."));
    }

    private EvolvedSample evolved(int number, String id) throws IOException {
        Sample sample = evolved(number).sample();
        return new EvolvedSample(
                SampleKey.of(sample),
                sample,
                List.of(new Outcome.Kept(
                        new Outcome.Origin(id, "", 1, "cognitive", "", ""),
                        Instruction.of("What " + number + "?", "A."),
                        OptionalInt.of(5),
                        "")));
    }

    private Path out() {
        return folder.resolve("out");
    }

    @Test
    void what_was_split_off_earlier_stays_until_an_output_without_a_split_is_committed() throws IOException {
        EvolvedSample one = evolved(1);
        for (boolean commit : new boolean[] {false, true}) {
            TrainingForm split = TrainingForm.builder().split(0.999).build();
            Data.write(DataSets.writeWebDataset(out(), split), one);
            try (DataSetWriter.Appender appender =
                    DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()).open()) {
                appender.append(one);
                if (commit) {
                    appender.commit();
                }
            }
            assertThat(archives())
                    .containsExactlyElementsOf(
                            commit ? List.of("mmevol-000000.tar") : List.of("mmevol-eval-000000.tar"));
        }
    }

    @Test
    void records_whose_image_cannot_be_read_are_told_with_an_example_and_never_replace_all() throws IOException {
        EvolvedSample one = evolved(1);
        EvolvedSample two = evolved(2);
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()), one, two);
        byte[] before = Files.readAllBytes(out().resolve("mmevol-000000.tar"));
        Files.delete(folder.resolve("images/im/1.jpg"));
        Files.delete(folder.resolve("images/im/2.jpg"));
        for (DataSetWriter writer : List.of(
                DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()),
                DataSets.writeWebDataset(
                        out(), TrainingForm.builder().split(0.5).build()))) {
            assertThatThrownBy(() -> Data.write(writer, one, two))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("'im/1.jpg' in the image folder " + folder.resolve("images"))
                    .hasMessageContaining("store.imagesFrom(");
            assertThat(out().resolve("mmevol-000000.tar")).hasBinaryContent(before);
        }
        Losses losses = new Losses();
        losses.written();
        losses.unreadable(new IOException("image file not found: 'a.jpg' in the image folder b"));
        losses.requireReadable(out());
        assertThat(losses.told())
                .containsExactly(
                        "1 records left out whose image cannot be read, the first of them: image file not found:"
                                + " 'a.jpg' in the image folder b; tell where the images are");
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void what_is_written_can_be_read_again_with_its_images() throws IOException {
        EvolvedSample one = evolved(1);
        EvolvedSample text = Data.withSurvivor(
                Data.sample("t", "", "Q?"), SampleKey.of(Data.sample("t", "", "Q?")), Instruction.of("Why?", "So."));
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()), one, evolved(2), text);

        assertThat(archives()).containsExactly("mmevol-000000.tar");
        List<Sample> samples = Data.toList(DataSets.read(out()));
        assertThat(samples).extracting(Sample::id).containsExactly("s1", "s2", "t");
        assertThat(samples).extracting(Sample::image).containsExactly("im/1.jpg", "im/2.jpg", "");
        assertThat(samples.get(0).instructions()).containsExactly(Instruction.of("What 1?", "A."));
        assertThat(samples.get(0).extras()).isEmpty();
        try (InputStream in = samples.get(1).imageSource().open()) {
            assertThat(in.readAllBytes()).endsWith(2).hasSize(JPEG.length);
        }
        ImageSource image = samples.get(0).imageSource();
        assertThat(ImageSource.at(image.location())).isEqualTo(image);
    }

    @Test
    void a_large_set_is_cut_into_archives_and_a_smaller_one_takes_the_place_of_all() throws IOException {
        List<EvolvedSample> samples =
                IntStream.range(0, 7).mapToObj(this::unchecked).toList();
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults(), 4_000), samples);
        assertThat(archives()).hasSizeGreaterThan(2);
        assertThat(Data.toList(DataSets.read(out()))).hasSize(7);

        Files.writeString(out().resolve("notes-000009.tar.txt"), "mine");
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()), samples);
        assertThat(archives()).containsExactly("mmevol-000000.tar", "notes-000009.tar.txt");
    }

    @Test
    void a_split_goes_into_archives_of_its_own() throws IOException {
        List<EvolvedSample> samples =
                IntStream.range(0, 40).mapToObj(this::unchecked).toList();
        TrainingForm form = TrainingForm.builder().split(0.3).build();
        Data.write(DataSets.writeWebDataset(out(), form), samples);
        assertThat(archives()).containsExactly("mmevol-000000.tar", "mmevol-eval-000000.tar");
        List<Sample> eval = Data.toList(DataSets.read(out().resolve("mmevol-eval-000000.tar")));
        assertThat(eval).hasSizeBetween(4, 20);
        assertThat(Data.toList(DataSets.read(out().resolve("mmevol-000000.tar"))))
                .hasSize(40 - eval.size())
                .doesNotContainAnyElementsOf(eval);
    }

    @Test
    void ids_that_no_archive_can_hold_as_they_are_get_names_of_their_own() throws IOException {
        List<EvolvedSample> samples = new ArrayList<>();
        for (String id : List.of("a.b", "a_b", "x".repeat(96), "\u00fc".repeat(60), "\ud83d\ude00".repeat(40))) {
            samples.add(evolved(samples.size() + 1, id));
        }
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()), samples.toArray(EvolvedSample[]::new));

        Data.Reading<Sample> reading = Data.read(out());
        assertThat(reading.broken()).isEmpty();
        assertThat(reading.items())
                .extracting(Sample::image)
                .containsExactly("im/1.jpg", "im/2.jpg", "im/3.jpg", "im/4.jpg", "im/5.jpg");
        assertThat(reading.items())
                .allSatisfy(sample -> assertThat(sample.instructions()).hasSize(1));
    }

    @Test
    void an_output_that_is_not_committed_leaves_nothing() throws IOException {
        try (DataSetWriter.Appender out =
                DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()).open()) {
            out.append(evolved(1));
        }
        assertThat(archives()).isEmpty();
    }

    @Test
    void archives_of_others_have_captions_long_names_and_folders() throws IOException {
        String longName = "a-folder-with-a-long-name/".repeat(5) + "000.jpg";
        Path tar = folder.resolve("others.tar");
        try (OutputStream out = Files.newOutputStream(tar)) {
            add(out, "././@LongLink", longName.getBytes(StandardCharsets.UTF_8), 'L');
            add(out, longName.substring(0, 90), JPEG, '0');
            add(out, "././@LongLink", longName.replace("jpg", "txt").getBytes(StandardCharsets.UTF_8), 'L');
            add(out, "x", "A pier.\n".getBytes(StandardCharsets.UTF_8), '0');
            add(out, "folder/", new byte[0], '5');
            add(out, "b.seg.png", JPEG, '0');
            add(out, "b.json", "[]".getBytes(StandardCharsets.UTF_8), '0');
            out.write(new byte[1024]);
        }
        Data.Reading<Sample> reading = Data.read(tar);
        assertThat(reading.items()).singleElement().satisfies(sample -> {
            assertThat(sample.image()).isEqualTo(longName);
            assertThat(sample.caption()).isEqualTo("A pier.");
        });
        assertThat(reading.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.reason()).contains("b.*", "must hold an object, not a list"));
    }

    @Test
    void an_archive_that_is_cut_off_is_told() throws IOException {
        Data.write(DataSets.writeWebDataset(out(), TrainingForm.ofDefaults()), evolved(1), evolved(2));
        Path tar = out().resolve("mmevol-000000.tar");
        byte[] bytes = Files.readAllBytes(tar);
        Files.write(tar, Arrays.copyOf(bytes, 1_800));
        assertThatThrownBy(() -> Data.read(tar))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("mmevol-000000.tar");
    }

    private EvolvedSample unchecked(int number) {
        try {
            return evolved(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(OutputStream out, String name, byte[] bytes, char type) throws IOException {
        byte[] head = TarEntry.head(name, bytes.length);
        int sum = Integer.parseInt(new String(head, 148, 6, StandardCharsets.US_ASCII), 8) - head[156] + type;
        head[156] = (byte) type;
        byte[] digits = String.format("%06o", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, head, 148, 6);
        out.write(head);
        out.write(bytes);
        out.write(new byte[-bytes.length & 511]);
    }
}
