package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is written in one form, read, written in another and read again says the same, as far as both can say it. */
class EveryPairOfFormsTest {
    private static final TrainingForm SEEDS = TrainingForm.builder().withSeeds().build();

    @TempDir
    private Path folder;

    /** The forms, and what each can say beside the image, the questions and the answers. */
    private enum Form {
        MMEVOL(true, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                return written(DataSets.writeMmevolJson(to.resolve("mmevol.json")), samples, to.resolve("mmevol.json"));
            }
        },
        MMEVOL_LINES_GZIPPED(true, true) {
            @Override
            Path write(Path to, List<Sample> samples) throws IOException {
                StringBuilder lines = new StringBuilder();
                Data.json(MMEVOL.write(to, samples))
                        .forEach(record -> lines.append(Json.write(record)).append('\n'));
                return gzipped(lines.toString().getBytes(StandardCharsets.UTF_8), to.resolve("mmevol.jsonl.gz"));
            }
        },
        LLAVA(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                Path file = to.resolve("llava.json");
                return written(DataSets.writeLlavaJson(file, SEEDS), samples, file);
            }
        },
        LLAVA_GZIPPED(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) throws IOException {
                return gzipped(Files.readAllBytes(LLAVA.write(to, samples)), to.resolve("llava.json.gz"));
            }
        },
        SHAREGPT(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                return written(DataSets.writeShareGpt(to, SEEDS), samples, to.resolve("sharegpt.json"));
            }
        },
        MESSAGES_TAGS(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                return messages(TrainingForm.Content.TAGS, to, samples);
            }
        },
        MESSAGES_PARTS(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                return messages(TrainingForm.Content.PARTS, to, samples);
            }
        },
        MESSAGES_DATA_URL(false, false) {
            @Override
            Path write(Path to, List<Sample> samples) {
                return messages(TrainingForm.Content.DATA_URL, to, samples);
            }
        },
        WEBDATASET(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) {
                Path archives = to.resolve("archives");
                return written(DataSets.writeWebDataset(archives, SEEDS), samples, archives);
            }
        },
        IMAGE_FOLDER(false, true) {
            @Override
            Path write(Path to, List<Sample> samples) throws IOException {
                StringBuilder lines = new StringBuilder();
                for (Sample sample : samples) {
                    ObjectNode record = Json.object().put("id", sample.id()).put("file_name", sample.image());
                    ArrayNode turns = record.putArray("conversations");
                    sample.instructions().forEach(instruction -> {
                        Records.turn(turns, "human", instruction.question());
                        Records.turn(turns, "gpt", instruction.answer());
                    });
                    lines.append(Json.write(record)).append('\n');
                }
                Files.writeString(to.resolve("metadata.jsonl"), lines);
                return to;
            }
        };

        /** Whether annotations, steps, skills and unknown fields have a place. */
        private final boolean rich;

        /** Whether ids and the images' names have one. */
        private final boolean named;

        Form(boolean rich, boolean named) {
            this.rich = rich;
            this.named = named;
        }

        abstract Path write(Path to, List<Sample> samples) throws IOException;

        boolean holdsImages() {
            return this == MESSAGES_DATA_URL || this == WEBDATASET;
        }

        List<Sample> roundTrip(Path to, Path images, List<Sample> samples) throws IOException {
            Files.createDirectories(to);
            Path file = write(to, samples);
            return Data.toList(DataSets.reader().images(images).read(file));
        }

        private static Path messages(TrainingForm.Content content, Path to, List<Sample> samples) {
            Path file = to.resolve("messages.jsonl");
            TrainingForm form =
                    TrainingForm.builder().withSeeds().content(content).build();
            return written(DataSets.writeMessagesJsonl(file, form), samples, file);
        }

        private static Path written(DataSetWriter writer, List<Sample> samples, Path file) {
            Data.write(writer, samples.stream().map(Data::unevolved).toList());
            return file;
        }

        private static Path gzipped(byte[] bytes, Path file) throws IOException {
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(bytes);
            }
            return file;
        }
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Form.values())
                .flatMap(one -> Arrays.stream(Form.values()).map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void says_the_same(Form one, Form other) throws IOException {
        Path images = images();
        List<Sample> samples = samples(images);
        List<Sample> once = one.roundTrip(folder.resolve("one"), images, samples);
        List<Sample> twice = other.roundTrip(folder.resolve("other"), images, once);

        boolean rich = one.rich && other.rich;
        boolean named = one.named && other.named;
        boolean pictured = one.named || other.holdsImages();
        assertThat(said(twice, rich, named, pictured))
                .usingRecursiveComparison()
                .isEqualTo(said(samples, rich, named, pictured));
    }

    @Test
    void what_a_form_has_no_place_for_is_told_once_with_counts() throws IOException {
        Losses losses = new Losses();
        List<EvolvedSample> evolved =
                samples(images()).stream().map(Data::unevolved).toList();
        Dialogues dialogues = new Dialogues(SEEDS, folder, true, losses);
        evolved.forEach(dialogues::of);
        assertThat(losses.told())
                .containsExactly("its form has no place for 1 steps, 2 skills, 1 objects of instructions,"
                        + " 1 forms of questions, 1 captions, 2 annotated objects, 1 other fields");

        Losses more = new Losses();
        TrainingForm embedded = TrainingForm.builder()
                .withSeeds()
                .answer(TrainingForm.Answer.STEPS)
                .content(TrainingForm.Content.DATA_URL)
                .build();
        Dialogues messages = new Dialogues(embedded, folder, false, more);
        messages.of(evolved.get(1));
        messages.of(evolved.get(2));
        assertThat(more.told()).containsExactly("its form has no place for 2 ids, 1 image names");
    }

    @Test
    void nothing_is_told_where_nothing_is_lost() {
        Losses losses = new Losses();
        Sample plain = Data.sample("a", "a.jpg", "What?");
        new Dialogues(SEEDS, folder, true, losses).of(new EvolvedSample(SampleKey.of(plain), plain, List.of()));
        assertThat(losses.told()).isEmpty();
    }

    private Path images() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images/im"));
        Files.write(images.resolve("1.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 1});
        Files.write(images.resolve("\u5927.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 2, 2});
        return folder.resolve("images");
    }

    private static List<Sample> samples(Path images) {
        Sample rich = Sample.builder("rich")
                .image("im/1.jpg", ImageSource.within(images, "im/1.jpg"))
                .caption("A cup and a jug.")
                .objects(List.of(
                        DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4)),
                        DetectedObject.of("jug", new BoundingBox(0.5, 0.25, 0.75, 1))))
                .trust(AnnotationTrust.NOISY)
                .size(640, 480)
                .topicName("table")
                .extras(Map.of("weight", "0.50"))
                .instructions(List.of(
                        Instruction.builder("Which is larger, \"cup\" or jug?\nSay why.", "The jug.\n\nIt is taller.")
                                .steps(List.of(new Step("grounding_1(cup)->b_1", "Find the cup.")))
                                .skills(List.of("Grounding Ability", "OCR Ability"))
                                .objects(List.of("cup"))
                                .format("reason")
                                .build(),
                        Instruction.of("\u5927\u304d\u3044\uff1f", "\ud83d\ude00")))
                .build();
        Sample plain = Data.sample("plain \u00fc", "im/\u5927.png", "One?", "Two?")
                .with(b -> b.image("im/\u5927.png", ImageSource.within(images, "im/\u5927.png")));
        return List.of(rich, plain, Data.sample("text", "", "Without an image?"));
    }

    /** The samples with nothing but what both forms can say. */
    private static List<Sample> said(List<Sample> samples, boolean rich, boolean named, boolean pictured) {
        return samples.stream()
                .map(sample -> {
                    Sample.Builder said = rich ? sample.toBuilder() : Sample.builder(sample.id());
                    Sample whole = said.image(
                                    named ? sample.image() : sample.image().isEmpty() ? "" : "image",
                                    pictured ? content(sample) : ImageSource.none())
                            .instructions(sample.instructions().stream()
                                    .map(one -> rich ? one : Instruction.of(one.question(), one.answer()))
                                    .toList())
                            .build();
                    return named
                            ? whole
                            : Sample.builder("id")
                                    .image(whole.image(), whole.imageSource())
                                    .instructions(whole.instructions())
                                    .build();
                })
                .toList();
    }

    private static ImageSource content(Sample sample) {
        if (sample.image().isEmpty()) {
            return ImageSource.none();
        }
        try (InputStream in = sample.imageSource().open()) {
            return ImageSource.bytes(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
