package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ImagesInMemoryTest {
    private static final byte[] ONE = {1, 2, 3};
    private static final byte[] OTHER = {4, 5};

    @TempDir
    Path base;

    private Path images;
    private Path llava;

    @BeforeEach
    void name_the_places() {
        images = base.resolve("out/images");
        llava = base.resolve("out/llava.json");
    }

    private static EvolvedSample evolved(String id, String name, byte[] bytes) {
        Sample sample = Sample.builder(id).image(name, ImageSource.bytes(bytes)).build();
        return Data.withSurvivor(sample, SampleKey.of(sample), Instruction.of("What?", "That."));
    }

    private DataSetWriter withImages() {
        return DataSets.writeLlavaJson(llava).withImagesIn(images);
    }

    @Test
    void are_written_where_the_files_that_name_them_are_read_with_them() throws IOException {
        Data.write(
                withImages(), evolved("a", "sub/a.png", ONE), evolved("b", "", OTHER), evolved("c", "sub/a.png", ONE));

        List<Sample> read = Data.toList(DataSets.reader().images(images).read(llava));
        assertThat(read).extracting(Sample::id).containsExactly("a", "b", "c");
        assertThat(read.get(0).imageSource().open().readAllBytes()).isEqualTo(ONE);
        assertThat(read.get(1).imageSource().open().readAllBytes()).isEqualTo(OTHER);
        assertThat(images.resolve("sub")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void are_files_to_the_writer() throws IOException {
        TrainingForm relative = TrainingForm.builder()
                .imagePaths(TrainingForm.ImagePaths.RELATIVE)
                .build();
        Data.write(DataSets.writeLlavaJson(llava, relative).withImagesIn(images), evolved("a", "a.png", ONE));

        assertThat(Data.json(llava).get(0).get("image").asString()).isEqualTo("images/a.png");
    }

    @Test
    void keep_the_sample_s_key() throws IOException {
        EvolvedSample evolved = evolved("a", "a.png", ONE);
        Path file = base.resolve("evolved.json");
        Data.write(DataSets.writeMmevolJson(file).withImagesIn(images), evolved);

        assertThat(Data.json(file).get(0).get("sample_key").asString())
                .isEqualTo(evolved.key().value());
    }

    @Test
    void are_not_written_again_where_they_stand() throws IOException {
        Data.write(withImages(), evolved("a", "a.png", ONE));
        FileTime before = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(images.resolve("a.png"), before);
        Data.write(withImages(), evolved("a", "a.png", ONE));
        assertThat(Files.getLastModifiedTime(images.resolve("a.png"))).isEqualTo(before);

        Data.write(withImages(), evolved("a", "a.png", OTHER));
        assertThat(images.resolve("a.png")).hasBinaryContent(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out.png", "a/../../out.png", "/tmp/mmevol-out.png", "link/new/out.png", "."})
    void are_never_written_outside_the_folder(String name) throws IOException {
        Path outside = Files.createDirectories(base.resolve("outside"));
        Files.createDirectories(images);
        Files.createSymbolicLink(images.resolve("link"), outside);
        Losses losses = new Losses();
        write(losses, evolved("a", name, ONE));

        assertThat(losses.told())
                .containsExactly("1 samples whose image is not written, as its name leads out of the folder");
        assertThat(outside).isEmptyDirectory();
        assertThat(base.resolve("out/out.png")).doesNotExist();
        assertThat(Path.of("/tmp/mmevol-out.png")).doesNotExist();
    }

    @Test
    void with_the_name_of_another_one_are_told_and_the_first_one_stays() throws IOException {
        Losses losses = new Losses();
        write(losses, evolved("a", "a.png", ONE), evolved("b", "a.png", OTHER), evolved("c", "./a.png", OTHER));

        assertThat(losses.told())
                .containsExactly("2 samples whose image is not written, as another image has its name");
        assertThat(images.resolve("a.png")).hasBinaryContent(ONE);
    }

    private void write(Losses losses, EvolvedSample... samples) {
        Data.write(() -> new WrittenImages(DataSets.writeLlavaJson(llava), images).open(losses), samples);
    }

    @Test
    void that_are_in_no_file_are_told_where_records_name_them() {
        Losses losses = new Losses();
        Sample sample = evolved("a", "a.png", ONE).sample();
        losses.named(sample, 2);
        losses.named(sample, 0);
        losses.named(Data.sample("b", "b.jpg"), 1);

        assertThat(losses.told()).singleElement().asString().startsWith("2 records name an image that is in memory");
    }

    @Test
    void without_a_name_are_in_the_files_for_trainers_too() throws IOException {
        Data.write(withImages(), evolved("a", "", ONE));
        JsonNode record = Data.json(llava).get(0);
        assertThat(record.get("image").asString()).isEqualTo("039058c6f2c0cb49");
        assertThat(record.at("/conversations/0/value").asString()).startsWith("<image>");
    }

    @Test
    @SuppressWarnings("NullAway")
    void need_a_folder() {
        DataSetWriter writer = DataSets.writeLlavaJson(llava);
        assertThatNullPointerException()
                .isThrownBy(() -> writer.withImagesIn(null))
                .withMessage("folder");
        assertThatNullPointerException().isThrownBy(() -> writer.and(null)).withMessage("other");
        assertThatNullPointerException().isThrownBy(() -> DataSets.read(null)).withMessage("file");
    }
}
