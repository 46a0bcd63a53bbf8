package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.TrainingForm.Answer;
import io.github.mmevol.core.dataset.TrainingForm.Boxes;
import io.github.mmevol.core.dataset.TrainingForm.Content;
import io.github.mmevol.core.dataset.TrainingForm.ImagePaths;
import io.github.mmevol.core.dataset.TrainingForm.Turns;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TrainingFormsTest {
    private static final String BOX = "[0.287, 0.045, 0.683, 0.715]";

    @TempDir
    Path folder;

    static Stream<TrainingForm.Builder> everyForm() {
        List<TrainingForm.Builder> forms = new ArrayList<>();
        for (Turns turns : Turns.values()) {
            for (Answer answer : Answer.values()) {
                for (Boxes boxes : Boxes.values()) {
                    forms.add(TrainingForm.builder()
                            .withSeeds()
                            .turns(turns)
                            .answer(answer)
                            .boxes(boxes));
                }
            }
        }
        return forms.stream();
    }

    @ParameterizedTest
    @MethodSource("everyForm")
    void every_trainer_can_load_its_file(TrainingForm.Builder builder) throws IOException {
        List<EvolvedSample> samples = Data.hostileSamples();
        TrainingForm form = builder.build();
        Path tags = folder.resolve("tags.jsonl");
        Path parts = folder.resolve("parts.jsonl");
        Data.write(
                DataSets.writeLlavaJson(folder.resolve("llava.json"), form)
                        .and(DataSets.writeShareGpt(folder, form))
                        .and(DataSets.writeMessagesJsonl(tags, form))
                        .and(DataSets.writeMessagesJsonl(
                                parts, builder.content(Content.PARTS).build())),
                samples);
        List<JsonNode> llava = Trainers.llava(folder.resolve("llava.json"));
        assertThat(llava).hasSizeGreaterThan(5);
        assertThat(ids(Trainers.llamaFactory(folder, "mmevol"))).isEqualTo(ids(llava));
        assertThat(ids(Trainers.swift(tags))).isEqualTo(ids(llava));
        assertThat(ids(Trainers.trl(parts))).isEqualTo(ids(llava));
    }

    @Test
    void openai_gets_the_bytes_of_each_image() throws IOException {
        Files.write(folder.resolve("a.png"), png(8, 4));
        List<EvolvedSample> samples = List.of(
                about(photograph("a.png"), Instruction.of("What?", "A.")),
                about(photograph("missing.png"), Instruction.of("What?", "B.")),
                about(Data.sample("t", "", "Q?"), Instruction.of("Why?", "C.")));
        Path file = folder.resolve("messages.jsonl");
        Data.write(
                DataSets.writeMessagesJsonl(
                        file, TrainingForm.builder().content(Content.DATA_URL).build()),
                samples);
        List<JsonNode> records = Trainers.openAi(file);
        assertThat(records).hasSize(2);
        assertThat(records.get(0).toString()).contains("data:image/png;base64,iVBOR");
        assertThat(records.get(1).toString()).doesNotContain("image");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            THOUSAND | The cup [0.287, 0.045, 0.683, 0.715] is red.  | The cup [287, 45, 683, 715] is red.
            PIXELS   | The cup [0.287, 0.045, 0.683, 0.715] is red.  | The cup [184, 22, 437, 343] is red.
            NONE     | The cup [0.287, 0.045, 0.683, 0.715] is red.  | The cup is red.
            UNIT     | The cup [0.287, 0.045, 0.683, 0.715] is red.  | The cup [0.287, 0.045, 0.683, 0.715] is red.
            THOUSAND | At (0.5, .5, 1.0, 1), no doubt.               | At (500, 500, 1000, 1000), no doubt.
            THOUSAND | [[0.1,0.2,0.3,0.4], [0, 0, 1, 1]]             | [[100, 200, 300, 400], [0, 0, 1000, 1000]]
            THOUSAND | It is [0.10 0.20 0.30 0.40].                  | It is [100, 200, 300, 400].
            THOUSAND | 0.10, 0.20, 0.30, 0.40.                       | 100, 200, 300, 400.
            THOUSAND | Sizes 0.10, 0.20, 0.30, 0.40, 0.50 occur.     | Sizes 0.10, 0.20, 0.30, 0.40, 0.50 occur.
            THOUSAND | No box: [0.5, 0.2, 0.3, 0.4], (0, 0, 1, 1).   | No box: [0.5, 0.2, 0.3, 0.4], (0, 0, 1, 1).
            THOUSAND | A share of 0.396 of the image [0, 0, 1, 0.50] | A share of 0.396 of the image [0, 0, 1000, 500]
            NONE     | The cup (0.1, 0.2, 0.3, 0.4) and the jug [0.2, 0.3, 0.4, 0.5] touch. | The cup and the jug touch.
            """)
    void boxes_are_written_as_wanted(Boxes boxes, String answer, String written) throws IOException {
        assertThat(answers(boxes, "What is it?", answer)).containsExactly(written);
        assertThat(answers(boxes, answer + " Which?", "Yes.")).containsExactly("Yes.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            THOUSAND | How wide is it?        | The box [0.287, 0.045, 0.683, 0.715] is 0.683 - 0.287 = 0.396 wide.
            NONE     | Give its bounding box. | Cup [0.287, 0.045, 0.683, 0.715]
            NONE     | What is this?          | It is at [0.287, 0.045, 0.683, 0.715].
            NONE     | What is this?          | [0.287, 0.045, 0.683, 0.715]
            NONE     | How wide is it?        | The cup [0.287, 0.045, 0.683, 0.715] is 0.683 - 0.287 = 0.396 wide.
            """)
    void what_would_be_wrong_without_its_box_is_left_out(Boxes boxes, String question, String answer)
            throws IOException {
        assertThat(answers(boxes, question, answer)).isEmpty();
    }

    @Test
    void pixels_are_those_of_the_file_where_the_sample_does_not_know_them() throws IOException {
        Files.write(folder.resolve("a.png"), png(200, 100));
        Instruction instruction = Instruction.of("Where?", BOX);
        assertThat(answers(about(photograph("a.png"), instruction), Boxes.PIXELS))
                .containsExactly("[57, 5, 137, 72]");
        assertThat(answers(about(photograph("missing.png"), instruction), Boxes.PIXELS))
                .isEmpty();
    }

    @Test
    void steps_stand_before_the_answer_as_wanted() throws IOException {
        Instruction two = Instruction.builder("Q?", "Five.")
                .steps(List.of(new Step("count(cups)->n_1", "Count the cups " + BOX + "."), Step.of("Add one.")))
                .build();
        EvolvedSample sample = about(Data.sample("a", "a.jpg", "Q?"), two);
        assertThat(answers(sample, TrainingForm.builder().answer(Answer.STEPS).boxes(Boxes.THOUSAND)))
                .containsExactly("1. Count the cups [287, 45, 683, 715].\n2. Add one.\n\nFive.");
        assertThat(answers(sample, TrainingForm.builder().answer(Answer.THINK)))
                .containsExactly("<think>\n1. Count the cups " + BOX + ".\n2. Add one.\n</think>\n\nFive.");
        assertThat(answers(Data.evolved(), TrainingForm.builder().answer(Answer.THINK)))
                .contains("Answer to: First one?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            The woman at B faces the camera.                     | The woman faces the camera.
            The cup (B) is red, the jug (at B) is not.           | The cup is red, the jug is not.
            The pupils at B and B are ovals, and so on.          | The pupils are ovals, and so on.
            The tallest bar is the last one, at B.               | The tallest bar is the last one.
            The eyes are higher up, at B and at B.               | The eyes are higher up.
            One bloom, at B, is sharp.                           | One bloom is sharp.
            Lamps stand near the ground, for example at B and B. | Lamps stand near the ground.
            The spoon in the region B is clean.                  | The spoon is clean.
            The word "Play" at B, B and B is white.              | The word "Play" is white.
            The cat fills the picture at B, but it is small.     | The cat fills the picture, but it is small.
            The cups B, B and B touch.                           | The cups touch.
            The cat fills the picture at B, but only its head is shown. | The cat fills the picture, but only its head is shown.
            The leaf at B has only soft outlines.                | The leaf has only soft outlines.
            No dog is here. The cat at B sleeps.                 | No dog is here. The cat sleeps.
            The cat at B sleeps. No dog is here.                 | The cat sleeps. No dog is here.
            The cup B is red, but the cup B has no handle.       | The cup is red, but the cup has no handle.
            The left cup B is not the right cup C.               | The left cup is not the right cup.
            """)
    void without_boxes_a_step_goes_on_as_the_sentence_around_its_box(String step, String written) throws IOException {
        assertThat(steps(Boxes.NONE, boxed(step), "Count.")).containsExactly("1. " + written + "\n2. Count.\n\nFive.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The patch is at B.",
                "The left eye is at B and the right eye at B.",
                "It lies in the region: it is at B.",
                "The tower stands at B.",
                "The nose is the wider part of B.",
                "At B a cup stands.",
                "Look at B.",
                "Zoom in at B.",
                "It reaches from B to B.",
                "The region B holds a cup, 0.683 - 0.287 = 0.396 wide.",
                "B",
                "There is nothing in B.",
                "There is no cup (at B).",
                "The cup at B isn't red.",
                "The cup at B isn\u2019t red.",
                "The only cup at B is red.",
                "No dog appears in B; the dog appears in C.",
                "No dog sleeps in B; the dog sleeps in C.",
                "The dog appears in B.",
                "It is the one at B, not the one at C.",
                "It is the cup B, not the cup C.",
                "The cup at B is red. The cup at C is blue.",
                "The sign is not at B but at C.",
                "Both B and C hold cups.",
                "What B contains is a cup.",
                "I compare B and C.",
                "Grounding the dog gives B.",
            })
    void without_boxes_an_answer_goes_without_all_its_steps_where_one_is_no_sentence(String step) throws IOException {
        assertThat(steps(Boxes.NONE, boxed(step), "That makes five.")).containsExactly("Five.");
        assertThat(steps(Boxes.UNIT, boxed(step), "That makes five."))
                .singleElement()
                .asString()
                .contains(BOX);
    }

    @Test
    void answers_that_go_without_their_steps_are_counted() {
        Losses losses = new Losses();
        TrainingForm form =
                TrainingForm.builder().answer(Answer.THINK).boxes(Boxes.NONE).build();
        Dialogues dialogues = new Dialogues(form, folder, true, losses);
        for (String step : List.of("It stands at " + BOX + ".", "The cup at " + BOX + " is red.")) {
            dialogues.of(about(Data.sample("a", "a.jpg", "Q?"), stepped(step, "Count.")));
        }
        assertThat(losses.told())
                .contains("1 answers written without their steps, which are no sentences without their boxes");
    }

    @Test
    void a_question_keeps_its_place_or_is_left_out() throws IOException {
        assertThat(answers(Boxes.NONE, "What is the thing at " + BOX + "?", "A cup."))
                .isEmpty();
    }

    @Test
    void single_turns_are_records_of_their_own() throws IOException {
        assertThat(write(List.of(Data.evolved()), TrainingForm.builder().turns(Turns.SINGLE)))
                .hasSize(3)
                .allSatisfy(record -> assertThat(record.get("messages")).hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({"AS_IS,sub/a.jpg", "RELATIVE,../images/sub/a.jpg"})
    void images_are_named_as_wanted(ImagePaths paths, String name) throws IOException {
        assertThat(image(paths)).isEqualTo(name);
    }

    @Test
    void images_can_be_named_absolutely() throws IOException {
        assertThat(image(ImagePaths.ABSOLUTE))
                .isEqualTo(folder.resolve("images/sub/a.jpg").toAbsolutePath().toString());
    }

    @Test
    void images_that_are_named_absolutely_are_found_by_a_reader_that_is_told_their_folder() throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        Files.write(images.resolve("a.png"), png(8, 4));
        Sample sample =
                Data.sample("a", "a.png", "Q?").with(b -> b.image("a.png", ImageSource.within(images, "a.png")));
        Path file = folder.resolve("out/llava.json");
        TrainingForm form =
                TrainingForm.builder().imagePaths(ImagePaths.ABSOLUTE).build();
        Data.write(DataSets.writeLlavaJson(file, form), about(sample, Instruction.of("What?", "A.")));

        for (Path declared : List.of(images, folder)) {
            Sample read =
                    Data.toList(DataSets.reader().images(declared).read(file)).get(0);
            try (InputStream in = read.imageSource().open()) {
                assertThat(in.readAllBytes()).isEqualTo(png(8, 4));
            }
        }
        assertThatThrownBy(() -> Data.read(file).only().imageSource().open())
                .hasMessageContaining("declare the folder with --images / DataSetReader.images(folder)");
    }

    @Test
    void a_split_keeps_all_about_an_image_together_in_every_form() throws IOException {
        List<EvolvedSample> samples = IntStream.range(0, 2_000)
                .mapToObj(i -> about(Data.sample("s" + i, i / 2 + ".jpg", "Q" + i), Instruction.of("What?", "A" + i)))
                .toList();
        TrainingForm.Builder form = TrainingForm.builder().split(0.1);
        Data.write(
                DataSets.writeLlavaJson(folder.resolve("llava.json"), form.build())
                        .and(DataSets.writeShareGpt(folder, form.build())),
                samples);
        List<JsonNode> train = Trainers.llava(folder.resolve("llava.json"));
        List<JsonNode> eval = Trainers.llava(folder.resolve("llava-eval.json"));
        assertThat(train.size() + eval.size()).isEqualTo(2_000);
        assertThat(eval).hasSizeBetween(150, 250);
        assertThat(eval.stream().map(record -> record.get("image")).distinct()).hasSize(eval.size() / 2);
        assertThat(ids(Trainers.llamaFactory(folder, "mmevol"))).isEqualTo(ids(train));
        assertThat(ids(Trainers.llamaFactory(folder, "mmevol_eval"))).isEqualTo(ids(eval));
    }

    @Test
    void a_share_must_leave_something_to_train_on() {
        assertThatThrownBy(() -> TrainingForm.builder().split(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TrainingForm.builder().split(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void entries_of_others_stay_in_the_dataset_info() throws IOException {
        Path info =
                Data.file(folder, "dataset_info.json", "{\"mine\": {\"file_name\": \"m.json\"}, \"mmevol_eval\": 1}");
        Data.write(DataSets.writeShareGpt(folder, TrainingForm.ofDefaults()), Data.evolved());
        assertThat(Data.json(info).propertyNames()).containsExactly("mine", "mmevol");
    }

    @Test
    void a_dataset_info_that_cannot_be_added_to_is_left_alone_and_nothing_is_written() throws IOException {
        Path info = Data.file(folder, "dataset_info.json", "[]");
        assertThatThrownBy(() -> DataSets.writeShareGpt(folder, TrainingForm.ofDefaults())
                        .open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("dataset_info.json");
        assertThat(Files.readString(info)).isEqualTo("[]");
        assertThat(folder.resolve("sharegpt.json")).doesNotExist();
    }

    private String image(ImagePaths paths) throws IOException {
        Sample sample = Data.sample("a", "sub/a.jpg", "Q?")
                .with(b -> b.image("sub/a.jpg", ImageSource.within(folder.resolve("images"), "sub/a.jpg")));
        return write(
                        List.of(about(sample, Instruction.of("What?", "A."))),
                        TrainingForm.builder().imagePaths(paths))
                .get(0)
                .get("images")
                .get(0)
                .stringValue();
    }

    private List<String> answers(Boxes boxes, String question, String answer) throws IOException {
        Sample sample = Data.sample("a", "a.jpg", "Q?").with(b -> b.size(640, 480));
        return answers(about(sample, Instruction.of(question, answer)), boxes);
    }

    private List<String> steps(Boxes boxes, String... steps) throws IOException {
        return answers(
                about(Data.sample("a", "a.jpg", "Q?"), stepped(steps)),
                TrainingForm.builder().answer(Answer.STEPS).boxes(boxes));
    }

    private static String boxed(String step) {
        return step.replaceAll("\\bB\\b", BOX).replaceAll("\\bC\\b", "[0.700, 0.100, 0.900, 0.300]");
    }

    private static Instruction stepped(String... steps) {
        return Instruction.builder("Q?", "Five.")
                .steps(Stream.of(steps).map(Step::of).toList())
                .build();
    }

    private List<String> answers(EvolvedSample sample, Boxes boxes) throws IOException {
        return answers(sample, TrainingForm.builder().boxes(boxes));
    }

    private List<String> answers(EvolvedSample sample, TrainingForm.Builder form) throws IOException {
        return write(List.of(sample), form).stream()
                .flatMap(record -> record.get("messages").valueStream())
                .filter(message -> message.get("role").stringValue().equals("assistant"))
                .map(message -> message.get("content").stringValue())
                .toList();
    }

    private List<JsonNode> write(List<EvolvedSample> samples, TrainingForm.Builder form) throws IOException {
        Path file = folder.resolve("out").resolve("messages.jsonl");
        Data.write(DataSets.writeMessagesJsonl(file, form.build()), samples);
        return Trainers.swift(file);
    }

    private static List<String> ids(List<JsonNode> records) {
        return records.stream().map(record -> record.get("id").stringValue()).toList();
    }

    private Sample photograph(String name) {
        return Data.sample(name, name, "Q?").with(b -> b.image(name, ImageSource.within(folder, name)));
    }

    private static EvolvedSample about(Sample sample, Instruction instruction) {
        return Data.withSurvivor(sample, SampleKey.of(sample), instruction);
    }

    private static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
