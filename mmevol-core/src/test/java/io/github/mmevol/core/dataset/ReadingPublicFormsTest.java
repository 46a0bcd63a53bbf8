package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.TrainingForm.Content;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of our own in exactly the form that public data sets and trainers have. */
class ReadingPublicFormsTest {
    private static final String LLAVA_INSTRUCT = """
            [
              {
                "id": "000000033471",
                "image": "coco/train2017/000000033471.jpg",
                "conversations": [
                  {"from": "human", "value": "<image>\\nWhat are the colours of the bus in the image?"},
                  {"from": "gpt", "value": "White and red."},
                  {"from": "human", "value": "Is the bus moving or parked?"},
                  {"from": "gpt", "value": "It is moving."}
                ]
              },
              {
                "id": "wgByO4Y_0",
                "model": "",
                "conversations": [
                  {"from": "human", "value": "Name three primes."},
                  {"from": "gpt", "value": "2, 3 and 5."}
                ]
              }
            ]
            """;
    private static final String SHAREGPT4V = """
            [{"id": "000000000009", "image": "coco/train2017/000000000009.jpg", "conversations": [
              {"from": "human", "value": "What do you see happening in this image?\\n<image>"},
              {"from": "gpt", "value": "A tray with food in four boxes."}]}]
            """;
    private static final String LLAMA_FACTORY = """
            [{"messages": [
                {"role": "user", "content": "<image>Who are they?"}, {"role": "assistant", "content": "Two players."},
                {"role": "user", "content": "What are they doing?"}, {"role": "assistant", "content": "They celebrate."}],
              "images": ["mllm_demo_data/1.jpg"]}]
            """;
    private static final String SHAREGPT_TAGS = """
            [{"conversations": [{"from": "human", "value": "<image>Who?"}, {"from": "gpt", "value": "Two players."}],
              "images": ["1.jpg"], "system": "Be brief."}]
            """;
    private static final String TRL =
            "{\"images\": [\"1.jpg\"], \"messages\": [{\"role\": \"user\", \"content\": [{\"type\":"
                    + " \"image\", \"text\": null}, {\"type\": \"text\", \"text\": \"Who?\"}]}, {\"role\": \"assistant\", \"content\":"
                    + " [{\"type\": \"text\", \"text\": \"Two players.\"}]}]}\n";
    private static final String OPENAI =
            "{\"messages\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\":"
                    + " \"user\", \"content\": [{\"type\": \"text\", \"text\": \"Who?\"}, {\"type\": \"image_url\", \"image_url\":"
                    + " {\"url\": \"data:image/png;base64,AQID\"}}]}, {\"role\": \"assistant\", \"content\": \"Two players.\"}]}\n";

    @TempDir
    Path folder;

    @Test
    void llava_instruct_has_several_turns_and_records_of_text_alone() throws IOException {
        Data.Reading<Sample> reading = Data.read(Data.file(folder, "llava.json", LLAVA_INSTRUCT));
        assertThat(reading.broken()).isEmpty();
        assertThat(reading.report().withoutImage()).isEqualTo(1);
        assertThat(reading.items().get(0).instructions())
                .extracting(Instruction::question)
                .containsExactly("What are the colours of the bus in the image?", "Is the bus moving or parked?");
        assertThat(reading.items().get(1).image()).isEmpty();
    }

    @Test
    void text_alone_passes_into_the_training_files_on_wish() throws IOException {
        List<EvolvedSample> samples = Data.read(Data.file(folder, "llava.json", LLAVA_INSTRUCT)).items().stream()
                .map(Data::unevolved)
                .toList();
        Path file = folder.resolve("out.json");
        Data.write(DataSets.writeLlavaJson(file), samples);
        assertThat(Trainers.llava(file)).isEmpty();
        Data.write(
                DataSets.writeLlavaJson(
                        file, TrainingForm.builder().withTextOnly().build()),
                samples);
        assertThat(Trainers.llava(file))
                .singleElement()
                .satisfies(record -> assertThat(record.toString())
                        .contains("Name three primes.")
                        .contains("wgByO4Y_0"));
    }

    @Test
    void text_alone_comes_back_from_every_form() throws IOException {
        EvolvedSample text = Data.unevolved(Data.sample("t", "", "Name three primes."));
        TrainingForm form = TrainingForm.builder().withTextOnly().split(0.5).build();
        Path archives = folder.resolve("archives");
        Data.write(
                DataSets.writeMmevolJson(folder.resolve("evolved.json"))
                        .and(DataSets.writeLlavaJson(folder.resolve("llava.json"), form))
                        .and(DataSets.writeShareGpt(folder, form))
                        .and(DataSets.writeMessagesJsonl(folder.resolve("messages.jsonl"), form))
                        .and(DataSets.writeWebDataset(archives, form)),
                text);
        for (String name : List.of("llava", "sharegpt", "messages")) {
            String ending = name.equals("messages") ? ".jsonl" : ".json";
            List<Sample> read = new ArrayList<>();
            read.addAll(Data.read(folder.resolve(name + ending)).items());
            read.addAll(Data.read(folder.resolve(name + "-eval" + ending)).items());
            assertThat(read).as(name).singleElement().satisfies(ReadingPublicFormsTest::isTextAlone);
        }
        isTextAlone(Data.read(folder.resolve("evolved.json")).only());
        isTextAlone(Data.read(archives).only());
    }

    private static void isTextAlone(Sample sample) {
        assertThat(sample.image()).isEmpty();
        assertThat(sample.imageSource()).isEqualTo(ImageSource.none());
        assertThat(sample.instructions())
                .containsExactly(Instruction.of("Name three primes.", "Answer to: Name three primes."));
    }

    @Test
    void a_lone_description_becomes_the_caption_on_wish() throws IOException {
        Path file = Data.file(folder, "sharegpt4v.json", SHAREGPT4V);
        assertThat(Data.read(file).only().instructions()).hasSize(1);
        List<ReadReport> reports = new ArrayList<>();
        Sample sample = Data.toList(DataSets.reader()
                        .captionsFromDescriptions()
                        .onEnd(reports::add)
                        .read(file))
                .get(0);
        assertThat(sample.caption()).isEqualTo("A tray with food in four boxes.");
        assertThat(sample.instructions()).isEmpty();
        assertThat(reports).extracting(ReadReport::captions).containsExactly(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Describe this image in detail.",
                "What do you see happening in this image?",
                "Can you describe the main features of this image for me?",
                "What's happening in the scene?",
                "Offer a succinct explanation of the picture presented.",
                "Render a clear and concise summary of the photo.",
                "Relay a brief, clear account of the picture shown.",
                "Write a terse but informative summary of the picture.",
                "Provide a one-sentence caption for the provided image.",
                "Walk through the important details of the image",
                "Characterize the image using a well-detailed description",
                "Explain the various aspects of the image before you",
                "Break down the elements of the image in a detailed manner"
            })
    void questions_of_caption_data_sets_are_known(String question) {
        assertThat(Descriptions.asksFor(question)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Describe the dog in the image.",
                "What colour does the image show?",
                "What is the man in this image doing?",
                "How many details are there?",
                "Is this image real?",
                "Describe it.",
                ""
            })
    void questions_about_something_are_no_descriptions(String question) {
        assertThat(Descriptions.asksFor(question)).isFalse();
    }

    @Test
    void llama_factory_names_the_image_in_a_list() throws IOException {
        Sample sample =
                Data.read(Data.file(folder, "mllm_demo.json", LLAMA_FACTORY)).only();
        assertThat(sample.image()).isEqualTo("mllm_demo_data/1.jpg");
        assertThat(sample.imageSource()).isEqualTo(ImageSource.within(folder, "mllm_demo_data/1.jpg"));
        assertThat(sample.instructions())
                .containsExactly(
                        Instruction.of("Who are they?", "Two players."),
                        Instruction.of("What are they doing?", "They celebrate."));
        assertThat(sample.extras()).isEmpty();
    }

    @Test
    void the_other_names_for_roles_and_texts_are_known() throws IOException {
        Sample sample =
                Data.read(Data.file(folder, "sharegpt.json", SHAREGPT_TAGS)).only();
        assertThat(sample.image()).isEqualTo("1.jpg");
        assertThat(sample.instructions()).containsExactly(Instruction.of("Who?", "Two players."));
        assertThat(sample.extras()).containsOnlyKeys("system");
    }

    @Test
    void trl_has_parts() throws IOException {
        Sample sample = Data.read(Data.file(folder, "trl.jsonl", TRL)).only();
        assertThat(sample.image()).isEqualTo("1.jpg");
        assertThat(sample.instructions()).containsExactly(Instruction.of("Who?", "Two players."));
    }

    @Test
    void openai_has_the_image_s_bytes_in_a_part() throws IOException {
        Sample sample = Data.read(Data.file(folder, "openai.jsonl", OPENAI)).only();
        assertThat(sample.imageSource()).isEqualTo(ImageSource.bytes(new byte[] {1, 2, 3}));
        assertThat(sample.image()).isEqualTo("039058c6f2c0cb49.png");
        assertThat(sample.instructions()).containsExactly(Instruction.of("Who?", "Two players."));
        assertThat(sample.extras()).containsEntry("system_turns", "[\"Be brief.\"]");
    }

    @Test
    void a_bad_data_url_or_a_second_image_breaks_the_record_alone() throws IOException {
        Data.Reading<Sample> reading = Data.read(Data.file(
                folder,
                "mixed.jsonl",
                OPENAI.replace("base64,AQID", "nothing") + TRL.replace("[\"1.jpg\"]", "[\"1.jpg\", \"2.jpg\"]") + TRL));
        assertThat(reading.items()).hasSize(1);
        assertThat(reading.broken()).extracting(BrokenRecord::field).containsExactly("images", "images");
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAVA_INSTRUCT, SHAREGPT4V, LLAMA_FACTORY, SHAREGPT_TAGS, TRL, OPENAI})
    void gzip_of_it_is_read_as_well(String text) throws IOException {
        Path plain = Data.file(folder, "plain", text);
        Path packed = folder.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Data.read(packed).items())
                .isEqualTo(Data.read(plain).items())
                .isNotEmpty();
    }

    @Test
    void a_gzip_file_that_is_cut_off_is_told() throws IOException {
        Path packed = folder.resolve("packed");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(LLAVA_INSTRUCT.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> Data.read(packed))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("packed");
    }

    @Test
    void an_image_folder_has_metadata() throws IOException {
        Data.file(folder, "metadata.jsonl", "{\"file_name\": \"sub/1.jpg\", \"text\": \"A pier.\", \"year\": 1999}\n");
        Sample sample = Data.read(folder).only();
        assertThat(sample)
                .isEqualTo(Sample.builder("sub/1.jpg")
                        .image("sub/1.jpg", ImageSource.within(folder, "sub/1.jpg"))
                        .caption("A pier.")
                        .extras(Map.of("year", "1999"))
                        .build());
    }

    @Test
    void a_folder_of_photographs_is_a_data_set_in_the_order_of_their_names() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        for (String name : List.of("c.PNG", "b/2.jpg", "a.webp", "notes.txt")) {
            Data.file(folder, name, "");
        }
        assertThat(Data.read(folder).items()).extracting(Sample::image).containsExactly("a.webp", "b/2.jpg", "c.PNG");
    }

    @Test
    void a_folder_without_images_is_told() {
        assertThatThrownBy(() -> Data.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("neither metadata.jsonl nor images");
    }

    @ParameterizedTest
    @EnumSource(
            value = Content.class,
            names = {"TAGS", "PARTS"})
    void what_is_written_as_messages_can_be_read_again(Content content) {
        Path file = folder.resolve("messages.jsonl");
        Sample sample = Data.sample("a", "a.jpg", "One?", "Two?");
        Sample text = Data.sample("b", "", "Three?");
        Data.write(
                DataSets.writeMessagesJsonl(
                        file,
                        TrainingForm.builder().withSeeds().content(content).build()),
                Data.unevolved(sample),
                Data.unevolved(text));
        assertThat(Data.toList(DataSets.reader().images(Path.of("images")).read(file)))
                .containsExactly(sample, text);
    }
}
