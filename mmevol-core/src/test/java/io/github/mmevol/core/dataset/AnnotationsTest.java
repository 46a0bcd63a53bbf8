package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of our own in exactly COCO's form. */
class AnnotationsTest {
    private static final String IMAGES = """
            "images": [
              {"license": 5, "file_name": "000000000009.jpg", "coco_url": "http://example.org/9", "height": 480,
               "width": 640, "date_captured": "2013-11-19 20:40:11", "id": 9},
              {"license": 5, "file_name": "000000000025.jpg", "height": 426, "width": 640, "id": 25}
            ]""";
    private static final String ANNOTATIONS = """
            "annotations": [
              {"segmentation": [[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], "area": 12000.5, "iscrowd": 0, "image_id": 9,
               "bbox": [64.0, 48.0, 320.0, 240.0], "category_id": 51, "id": 1},
              {"segmentation": {"counts": [1, 2], "size": [480, 640]}, "area": 1, "iscrowd": 1, "image_id": 25,
               "bbox": [0, 0, 640, 426], "category_id": 1, "id": 2},
              {"iscrowd": 0, "image_id": 25, "bbox": [0, 0, 64, 42.6], "category_id": 1, "id": 3},
              {"iscrowd": 0, "image_id": 9, "bbox": [0, 0, 64, 48], "category_id": 999, "id": 4},
              {"iscrowd": 0, "image_id": 77, "bbox": [0, 0, 64, 48], "category_id": 1, "id": 5},
              {"iscrowd": 0, "image_id": 9, "bbox": [10, 10, 0, 0], "category_id": 1, "id": 6}
            ]""";
    private static final String CATEGORIES = """
            "categories": [
              {"supercategory": "person", "id": 1, "name": "person"},
              {"supercategory": "kitchen", "id": 51, "name": "bowl"}
            ]""";
    private static final String INFO = "\"info\": {\"year\": 2017}, \"licenses\": [{\"id\": 5}]";
    private static final String CAPTIONS = "{" + INFO + "," + IMAGES + """
            , "annotations": [
              {"image_id": 9, "id": 661611, "caption": "A tray with food."},
              {"image_id": 9, "id": 661977, "caption": "Four boxes of food.\\n"}
            ]}""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{" + INFO + "," + IMAGES + "," + ANNOTATIONS + "," + CATEGORIES + "}",
                "{" + ANNOTATIONS + "," + CATEGORIES + "," + INFO + "," + IMAGES + "}"
            })
    void coco_instances_become_objects_whatever_stands_first(String coco) throws IOException {
        Path file = Data.file(folder, "instances_val2017.json", coco);
        try (Annotations annotations = Annotations.read(AnnotationTrust.EXHAUSTIVE, file)) {
            Sample bowl = annotations.join(Data.sample("a", "coco/val2017/000000000009.jpg", "Q?"));
            assertThat(bowl.objects()).containsExactly(DetectedObject.of("bowl", new BoundingBox(0.1, 0.1, 0.6, 0.6)));
            assertThat(bowl.width()).isEqualTo(640);
            assertThat(bowl.height()).isEqualTo(480);
            assertThat(annotations.join(Data.sample("b", "000000000009.jpg")).objects())
                    .hasSize(1);
            annotations.join(Data.sample("c", "other.jpg"));
            assertThat(annotations.report()).isEqualTo(new Annotations.Report(2, 2, 1, 3, 1, 1, 1));
        }
    }

    @Test
    void nobody_knows_how_many_a_crowd_has() throws IOException {
        Path file = Data.file(folder, "coco.json", "{" + IMAGES + "," + ANNOTATIONS + "," + CATEGORIES + "}");
        try (Annotations annotations = Annotations.read(AnnotationTrust.EXHAUSTIVE, file)) {
            Sample crowd = annotations.join(Data.sample("a", "000000000025.jpg", "Q?"));
            assertThat(crowd.objects()).containsExactly(DetectedObject.of("person", new BoundingBox(0, 0, 0.1, 0.1)));
            assertThat(crowd.trust()).isEqualTo(AnnotationTrust.PRECISE);
        }
        try (Annotations annotations = Annotations.read(AnnotationTrust.NOISY, file)) {
            assertThat(annotations.join(Data.sample("a", "000000000025.jpg")).trust())
                    .isEqualTo(AnnotationTrust.NOISY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"bbox\": [100, 100, 50, 50], \"category_id\": 51, \"iscrowd\": true",
                "\"bbox\": [620, 100, 60, 60], \"category_id\": 51",
                "\"bbox\": [100, 100, 0, 50], \"category_id\": 51",
                "\"bbox\": [100, 100, 50, 50], \"category_id\": 9",
                "\"bbox\": [100, 100, 1e400, 50], \"category_id\": 51"
            })
    void nobody_knows_how_many_there_are_where_one_cannot_be_used(String second) throws IOException {
        String annotations = "\"annotations\": [{\"image_id\": 9, \"bbox\": [64, 48, 320, 240], \"category_id\": 51}, "
                + "{\"image_id\": 9, " + second + "}]";
        Path file = Data.file(folder, "coco.json", "{" + IMAGES + "," + annotations + "," + CATEGORIES + "}");
        try (Annotations read = Annotations.read(AnnotationTrust.EXHAUSTIVE, file)) {
            Sample bowl = read.join(Data.sample("a", "000000000009.jpg", "How many bowls are there?"));
            assertThat(bowl.objects()).hasSize(1);
            assertThat(bowl.trust()).isEqualTo(AnnotationTrust.PRECISE);
        }
    }

    @Test
    void all_are_known_where_every_annotation_can_be_used() throws IOException {
        String annotations = "\"annotations\": [{\"image_id\": 9, \"bbox\": [64, 48, 320, 240], \"category_id\": 51}, "
                + "{\"image_id\": 12345678901234567890123, \"bbox\": [64, 48, 320, 240], \"category_id\": 51}]";
        Path file = Data.file(folder, "coco.json", "{" + IMAGES + "," + annotations + "," + CATEGORIES + "}");
        Path line = Data.file(
                folder,
                "own.jsonl",
                "{\"image\": \"y.jpg\", \"det\": [{\"label\": \"egg\", \"bbox\": [0, 0, 9, 9]}]}\n");
        try (Annotations read = Annotations.read(AnnotationTrust.EXHAUSTIVE, file, line)) {
            assertThat(read.join(Data.sample("a", "000000000009.jpg", "Q?")).trust())
                    .isEqualTo(AnnotationTrust.EXHAUSTIVE);
            assertThat(read.join(Data.sample("b", "y.jpg", "Q?")).trust()).isEqualTo(AnnotationTrust.PRECISE);
            assertThat(read.report().broken()).isEqualTo(2);
        }
    }

    @Test
    void captions_and_objects_come_from_several_files_gzipped_or_not() throws IOException {
        Path captions = folder.resolve("captions.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(captions))) {
            out.write(CAPTIONS.getBytes(StandardCharsets.UTF_8));
        }
        Path lines = Data.file(
                folder,
                "own.jsonl",
                "{\"image\": \"000000000009.jpg\", \"det\": [{\"label\": \"egg\", \"bbox\": [0, 0, 0.5, 0.5]}]}\n"
                        + "{\"image\": \"x.jpg\", \"caption\": \"An X.\"}\n{\"caption\": \"Whose?\"}\n"
                        + "{\"image\": \"y.jpg\", \"det\": [{\"label\": \"egg\", \"bbox\": [0, 0, 9, 9]}]}\n{oops\n");
        try (Annotations annotations = Annotations.read(AnnotationTrust.PRECISE, captions, lines)) {
            DataSet<Sample> joined = annotations.join(DataSet.of(
                    List.of(Data.sample("a", "000000000009.jpg"), Data.sample("b", "x.jpg"), Data.sample("c", ""))));
            assertThat(Data.toList(joined))
                    .extracting(Sample::caption)
                    .containsExactly("A tray with food. Four boxes of food.", "An X.", "");
            assertThat(Data.toList(joined).get(0).objects())
                    .extracting(DetectedObject::label)
                    .containsExactly("egg");
            assertThat(annotations.report().broken()).isEqualTo(3);
        }
    }

    @Test
    void what_a_sample_has_it_keeps() throws IOException {
        Path file = Data.file(folder, "captions.json", CAPTIONS);
        Sample sample = Data.sample("a", "000000000009.jpg")
                .with(b -> b.caption("Mine.").size(10, 10).trust(AnnotationTrust.NOISY));
        try (Annotations annotations = Annotations.read(AnnotationTrust.EXHAUSTIVE, file)) {
            assertThat(annotations.join(sample)).isEqualTo(sample);
        }
    }

    @Test
    void a_name_that_two_images_share_without_folders_joins_nothing() throws IOException {
        Path file = Data.file(
                folder,
                "own.jsonl",
                "{\"image\": \"a/1.jpg\", \"caption\": \"A.\"}\n{\"image\": \"b/1.jpg\", \"caption\": \"B.\"}\n");
        try (Annotations annotations = Annotations.read(AnnotationTrust.PRECISE, file)) {
            assertThat(annotations.join(Data.sample("a", "b/1.jpg")).caption()).isEqualTo("B.");
            assertThat(annotations.join(Data.sample("a", "c/1.jpg")).caption()).isEmpty();
            assertThat(annotations.report().missed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"images\": [{\"id\": 1,", "no json", "{\"images\": [{\"id\": 1}], \"annotations\": [}]}"})
    void a_file_that_cannot_be_read_is_named(String text) throws IOException {
        Path file = Data.file(folder, "broken.json", text);
        assertThatThrownBy(() -> Annotations.read(AnnotationTrust.PRECISE, file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("broken.json");
    }
}
