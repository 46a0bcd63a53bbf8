package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class ReadingOddRecordsTest {
    @TempDir
    Path folder;

    @Nested
    class Of_the_file_of_odd_records {
        private final Path file = Data.resource("odd-records.json");
        private final Data.Reading<Sample> reading = Data.read(file);
        private final List<Sample> samples = reading.items();

        @Test
        void nothing_is_broken_and_everything_odd_is_counted() {
            assertThat(reading.broken()).isEmpty();
            assertThat(reading.report()).isEqualTo(new ReadReport(file, 5, 5, 0, 1, 3, 1, 0));
        }

        @Test
        void an_id_may_repeat_or_be_a_number_or_be_missing() {
            assertThat(samples).extracting(Sample::id).containsExactly("71", "71", "market.png", "chat-1", "chat-2");
        }

        @Test
        void all_fields_of_the_full_record_are_there() {
            Sample pier = samples.get(0);
            assertThat(pier.image()).isEqualTo("harbour/pier.jpg");
            assertThat(pier.imageSource()).isEqualTo(ImageSource.within(file.getParent(), "harbour/pier.jpg"));
            assertThat(pier.caption()).isEqualTo("A pier with two boats.");
            assertThat(pier.topicName()).isEqualTo("ports");
            assertThat(pier.hashId()).isEqualTo("0_harbour_pier.jpg");
            assertThat(pier.width()).isEqualTo(640);
            assertThat(pier.height()).isEqualTo(480);
            assertThat(pier.trust()).isEqualTo(AnnotationTrust.PRECISE);
            assertThat(pier.objects().get(0).confidence()).hasValue(0.87);
            assertThat(pier.objects().get(1).box()).isEqualTo(new BoundingBox(0.5, 0, 1, 0.3));
            Instruction boats = pier.instructions().get(0);
            assertThat(boats.skills())
                    .containsExactly("Grounding Ability", "Calculating Ability", "Relationship Description Ability");
            assertThat(boats.steps()).containsExactly(new Step("grounding_1(boat)->bbx_1", "Find the boats."));
        }

        @Test
        void unknown_fields_are_kept_as_they_stand() {
            assertThat(samples.get(0).extras())
                    .containsOnly(
                            entry("source_url", "\"https://example.org/pier?a=1&b=2\""),
                            entry("licence", "{\"name\":\"CC0\",\"checked\":true,\"factor\":0.10}"),
                            entry("id", "71"));
            assertThat(samples.get(1).instructions().get(0).extras()).containsExactly(entry("difficulty", "3"));
            assertThat(samples.get(4).extras()).containsExactly(entry("conversations_note", "\"kept\""));
        }

        @Test
        void types_that_differ_from_the_usual_ones_are_understood() {
            Sample again = samples.get(1);
            Instruction floats = again.instructions().get(0);
            assertThat(again.caption()).isEqualTo("The same pier again.");
            assertThat(floats.answer()).isEqualTo("a buoy, two boats");
            assertThat(floats.objects()).containsExactly("buoy", "boat");
            assertThat(floats.skills()).containsExactly("OCR Ability", "Existence Ability");
            assertThat(floats.format()).isEqualTo("fill_in_the_blank");
            assertThat(floats.imagePosition()).isEqualTo("top left");
            assertThat(floats.steps()).containsExactly(Step.of("Look at the water."));
        }

        @Test
        void null_means_not_annotated_and_what_has_no_answer_is_left_out() {
            Sample market = samples.get(2);
            assertThat(market.objects()).isEmpty();
            assertThat(market.caption()).isEmpty();
            assertThat(market.trust()).isEqualTo(AnnotationTrust.NOISY);
            assertThat(market.instructions()).extracting(Instruction::answer).containsExactly("4", "No");
            assertThat(market.instructions().get(0).imagePosition()).isEqualTo("left right");
        }

        @Test
        void each_pair_of_turns_is_an_instruction_without_the_image_token() {
            Sample chat = samples.get(3);
            assertThat(chat.instructions())
                    .containsExactly(
                            Instruction.of("What does the dog carry?", "A stick."),
                            Instruction.of("Where does it run?", "Along the beach."));
            assertThat(chat.extras()).containsExactly(entry("system_turns", "[\"You are helpful.\"]"));
        }

        @Test
        void a_record_without_an_image_is_a_sample_without_an_image() {
            Sample chat = samples.get(4);
            assertThat(chat.image()).isEmpty();
            assertThat(chat.imageSource()).isEqualTo(ImageSource.none());
            assertThat(chat.instructions()).containsExactly(Instruction.of("Name a colour.", "Blue."));
        }

        @Test
        void survivors_are_read_where_they_are_asked_for() {
            EvolvedSample pier = Data.toList(DataSets.readEvolved(file)).get(0);
            SampleKey key = SampleKey.of(pier.sample());
            assertThat(pier.key()).isEqualTo(key);
            assertThat(pier.sample()).isEqualTo(samples.get(0));
            Outcome.Kept buoy = pier.kept().get(0);
            assertThat(buoy.score()).hasValue(7);
            assertThat(buoy.origin()).isEqualTo(new Outcome.Origin(key.instruction(1, 1), "", 1, "", "", ""));
            assertThat(buoy.instruction().format()).isEqualTo("multi_choice");
            assertThat(buoy.instruction().steps())
                    .containsExactly(Step.of("Find the buoy."), Step.of("Read its colour."));
        }

        @Test
        void writing_and_reading_it_again_changes_nothing() throws IOException {
            List<EvolvedSample> before = Data.toList(DataSets.readEvolved(file));
            Path copy = folder.resolve("copy.json");
            Data.write(DataSets.writeMmevolJson(copy), before);
            List<EvolvedSample> after =
                    Data.toList(DataSets.reader().images(file.getParent()).readEvolved(copy));
            assertThat(after).isEqualTo(before);
            assertThat(Data.json(copy).get(0).get("id").isNumber()).isTrue();
            assertThat(Data.json(copy).get(0).get("licence").toString()).contains("0.10");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "conversations_v0 | {\"question\": \"Which?\", \"answer\": \"\"} | [0].answer | missing or empty | 1",
                "conversations_v0 | {\"question\": \" \", \"answer\": \"A\"} | [0].question | missing or empty | 1",
                "conversations_v1 | {\"question\": \"Which?\", \"answers\": []} | [0].answers | missing or empty | 1",
                "conversations | {\"from\": \"human\", \"value\": \"Q?\"} | [0] | a question without an answer | 1",
                "conversations | {\"from\": \"human\", \"value\": \"Q?\"}, {\"from\": \"human\", \"value\": \"R?\"},"
                        + " {\"from\": \"gpt\", \"value\": \"A\"} | [0] | a question without an answer | 1",
                "conversations | {\"from\": \"gpt\", \"value\": \"A\"} | [0] | an answer to no question | 1",
                "messages | {\"role\": \"user\", \"content\": \"Q?\"}, {\"role\": \"assistant\", \"content\": \"\"}"
                        + " | [1] | an empty answer | 2",
                "messages | {\"role\": \"user\", \"content\": \"\"}, {\"role\": \"assistant\", \"content\": \"A\"}"
                        + " | [0] | an empty question | 2",
            })
    void what_is_left_out_is_told_with_file_line_id_and_place(
            String field, String items, String place, String what, int turns) throws IOException {
        Path file = Data.file(
                folder,
                "a.jsonl",
                oneLine(llava("Q?", "A.")) + "\n{\"id\": \"b\", \"image\": \"b.jpg\", \"" + field + "\": [" + items
                        + "]}");
        List<BrokenRecord> odd = new ArrayList<>();
        List<ReadReport> reports = new ArrayList<>();
        assertThat(Data.toList(
                        DataSets.reader().onOdd(odd::add).onEnd(reports::add).readEvolved(file)))
                .hasSize(2);
        assertThat(odd.get(0).toString())
                .startsWith(file + ", record 1 (line 2), id 'b', field " + field + place + ": ")
                .contains(what)
                .contains("left out");
        assertThat(reports).containsExactly(new ReadReport(file, 2, 2, 0, 0, turns, 0, 0));
    }

    @Test
    void a_sample_that_loses_all_its_instructions_is_told() throws IOException {
        String none = "{\"id\": \"b\", \"conversations_v0\": [{\"question\": \"Which?\", \"answer\": \"\"}]}";
        String empty = "{\"id\": \"c\", \"conversations_v0\": []}";
        assertThat(odd(oneLine(llava("Q?", "A.")) + "\n" + none + "\n" + empty))
                .extracting(BrokenRecord::line, BrokenRecord::field, BrokenRecord::reason)
                .contains(tuple(2L, "conversations_v0", "no instruction is left of it"))
                .hasSize(2);
    }

    @Test
    void an_id_that_stands_for_two_images_is_told() throws IOException {
        String record = oneLine(llava("Q?", "A."));
        assertThat(odd(record + "\n" + record + "\n" + record.replace("a.jpg", "b.jpg")))
                .singleElement()
                .satisfies(odd -> {
                    assertThat(odd.line()).isEqualTo(3);
                    assertThat(odd.toString()).contains("id 'a', field id: it stood for another image before");
                });
    }

    @Test
    void of_a_kind_of_oddity_the_first_few_are_logged_and_then_their_number() {
        Logger log = mock(Logger.class);
        AtomicLong logged = new AtomicLong(-1);
        for (int reading = 0; reading < 2; reading++) {
            Oddities oddities = new Oddities(Path.of("a.json"), odd -> {}, logged, log);
            for (int i = 0; i < 7; i++) {
                oddities.tell(
                        new RawRecord.Torn(i, i + 1, ""),
                        "b",
                        List.of(new Oddity(Oddity.Kind.LEFT_OUT, "conversations[0]", "left out")));
            }
            oddities.end();
        }
        verify(log, times(5)).warn(eq("Odd record: {}"), any(BrokenRecord.class));
        verify(log)
                .warn("{}: {}", Path.of("a.json"), "7 turns or instructions were left out in all, 5 are logged above");
        verifyNoMoreInteractions(log);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<image>\\nWhat is it?   | What is it?",
                "What is it?\\n<image>   | What is it?",
                "<image>What is it?      | What is it?",
                "What is it? <image>     | What is it?",
                "One.\\n<image>\\nTwo?   | One.\\nTwo?",
                "Does <image> show it?   | Does show it?",
                "<image>\\n<image>\\nBoth? | Both?",
                "Keep   this  spacing?   | Keep   this  spacing?"
            })
    void the_image_token_is_taken_from_wherever_it_stands_in_the_first_human_turn(String value, String question)
            throws IOException {
        assertThat(only(llava(value, "Yes.")).instructions())
                .containsExactly(Instruction.of(question.replace("\\n", "\n"), "Yes."));
    }

    @Test
    void an_image_token_in_any_other_text_is_left_alone() throws IOException {
        Sample sample = only("""
                {"id": "a", "image": "a.jpg", "conversations": [
                {"from": "human", "value": "<image>\\nOne?"}, {"from": "gpt", "value": "See <image>."},
                {"from": "human", "value": "Two <image>?"}, {"from": "gpt", "value": "Two."}]}
                """);
        assertThat(sample.instructions())
                .containsExactly(Instruction.of("One?", "See <image>."), Instruction.of("Two <image>?", "Two."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"A cat.\"",
                "[{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\", \"value\": \"A cat.\"}]",
                "[{\"from\": \"gpt\", \"value\": \"A cat.\"}, {\"from\": \"human\", \"value\": \"Thanks.\"}]",
                "{\"from\": \"gpt\", \"value\": \"A cat.\"}",
                "[\"A cat.\"]"
            })
    void a_caption_is_a_message_pair_or_a_text(String caption) throws IOException {
        assertThat(only(mmevol("\"caption\": " + caption)).caption()).isEqualTo("A cat.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"caption\": []", "\"caption\": \"\"", "\"caption\": null", "\"det\": []"})
    void a_caption_may_be_empty_or_missing(String field) throws IOException {
        assertThat(only(mmevol(field)).caption()).isEmpty();
    }

    @Test
    void each_record_of_a_file_may_have_its_own_form() throws IOException {
        Path file = Data.file(
                folder,
                "mixed.jsonl",
                oneLine(mmevol("\"width\": 3")) + "\r\n\n" + oneLine(llava("Q?", "A.")) + "\r\n");
        assertThat(Data.read(file).items())
                .extracting(sample -> sample.instructions().get(0).question())
                .containsExactly("What?", "Q?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\uFEFF\n \t\r\n", "\n\n", "  "})
    void a_byte_order_mark_and_blank_lines_in_front_do_not_matter(String start) throws IOException {
        assertThat(Data.read(Data.file(folder, "array.json", start + "[" + llava("Q?", "A.") + "]"))
                        .items())
                .hasSize(1);
        Data.Reading<Sample> lines =
                Data.read(Data.file(folder, "lines.jsonl", start + oneLine(llava("Q?", "A.")) + "\n{}"));
        assertThat(lines.items()).hasSize(1);
        assertThat(lines.broken().get(0).line())
                .isEqualTo(2 + start.chars().filter(c -> c == '\n').count());
    }

    @Test
    void where_a_key_stands_twice_the_last_one_counts() throws IOException {
        Sample sample = only(mmevol("\"caption\": \"first\", \"caption\": \"second\", \"x\": 1, \"x\": 2"));
        assertThat(sample.caption()).isEqualTo("second");
        assertThat(sample.extras()).containsExactly(entry("x", "2"));
    }

    @Test
    void a_missing_id_without_an_image_is_made_of_the_position() throws IOException {
        Path file = Data.file(
                folder,
                "a.jsonl",
                oneLine(llava("Q?", "A.")) + "\n"
                        + "{\"conversations\": [{\"from\": \"human\", \"value\": \"Q?\"}, {\"from\": \"gpt\", \"value\": \"A\"}]}");
        assertThat(Data.read(file).items()).extracting(Sample::id).containsExactly("a", "record-1");
    }

    @Test
    void a_box_that_python_wrote_as_not_a_number_costs_its_record_only() throws IOException {
        Data.Reading<Sample> reading = Data.read(Data.file(
                folder,
                "nan.json",
                "[" + mmevol("\"det\": [{\"label\": \"cat\", \"bbox\": [NaN, 0, 1, 1]}]") + ",\n"
                        + mmevol("\"weight\": NaN") + "]"));
        assertThat(reading.items()).hasSize(1);
        assertThat(reading.broken().get(0).field()).isEqualTo("det[0].bbox");
    }

    @Test
    void half_a_surrogate_pair_survives_reading_and_writing() throws IOException {
        Path file = Data.file(folder, "half.json", "[" + llava("What \\ud83d is \\ud83d\\ude00?", "A.") + "]");
        List<EvolvedSample> before = Data.toList(DataSets.readEvolved(file));
        assertThat(before.get(0).sample().instructions().get(0).question()).isEqualTo("What \ud83d is \ud83d\ude00?");
        Path copy = folder.resolve("copy.json");
        Data.write(DataSets.writeMmevolJson(copy), before);
        assertThat(Data.toList(DataSets.readEvolved(copy))).isEqualTo(before);
    }

    @Test
    void a_huge_record_is_read_whole() throws IOException {
        String answer = "long ".repeat(5_000_000).strip();
        assertThat(only(llava("Q?", answer)).instructions().get(0).answer()).isEqualTo(answer);
    }

    @Test
    void a_score_that_is_no_whole_number_up_to_ten_is_kept_as_it_stands() throws IOException {
        Path file = Data.file(
                folder,
                "scores.json",
                "["
                        + mmevol("\"conversations_v2\": [{\"question\": \"Q?\", \"answer\": \"A\", \"score\": 6.5},"
                                + "{\"question\": \"R?\", \"answer\": \"B\", \"score\": 7.0}]")
                        + "]");
        List<EvolvedSample> before = Data.toList(DataSets.readEvolved(file));
        assertThat(before.get(0).kept())
                .extracting(kept -> kept.score().orElse(-1))
                .containsExactly(-1, 7);
        Path copy = folder.resolve("copy.json");
        Data.write(DataSets.writeMmevolJson(copy), before);
        assertThat(Data.json(copy).get(0).at("/conversations_v2/0/score").toString())
                .isEqualTo("6.5");
        assertThat(Data.json(copy).get(0).get("conversations_v1").isEmpty()).isTrue();
        assertThat(Data.toList(DataSets.readEvolved(copy))).isEqualTo(before);
    }

    @Test
    void the_reader_s_settings_hold_where_a_record_says_nothing_itself() throws IOException {
        Path file = Data.file(
                folder, "a.json", "[" + mmevol("\"x\": 1") + "," + mmevol("\"annotation_trust\": \"Precise\"") + "]");
        DataSetReader reader = DataSets.reader().images(Path.of("elsewhere")).trust(AnnotationTrust.EXHAUSTIVE);
        List<Sample> samples = Data.toList(reader.read(file));
        assertThat(samples)
                .extracting(Sample::trust)
                .containsExactly(AnnotationTrust.EXHAUSTIVE, AnnotationTrust.PRECISE);
        assertThat(samples.get(0).imageSource()).isEqualTo(ImageSource.within(Path.of("elsewhere"), "a.jpg"));
    }

    @Test
    void each_stream_reads_anew() throws IOException {
        Path file = Data.file(folder, "a.json", "[" + llava("Q?", "A.") + "]");
        DataSet<Sample> data = DataSets.read(file);
        assertThat(Data.toList(data)).isEqualTo(Data.toList(data)).hasSize(1);
        Data.file(folder, "a.json", "[]");
        assertThat(Data.toList(data)).isEmpty();
    }

    @Test
    void a_list_is_a_data_set_too() {
        Sample sample = Data.sample("a", "a.jpg", "Q?");
        DataSet<Sample> data = DataSet.of(List.of(sample, sample));
        DataSet<Sample> first = () -> data.stream().limit(1);
        assertThat(Data.toList(data)).containsExactly(sample, sample);
        assertThat(Data.toList(first)).containsExactly(sample);
    }

    @Test
    void only_what_is_asked_for_is_read() throws IOException {
        Path file = Data.file(folder, "a.json", "[" + llava("Q?", "A.") + ", " + llava("R?", "A.") + ", oops");
        try (Stream<Sample> stream = DataSets.reader().stopOnBroken().read(file).stream()) {
            assertThat(stream.limit(1)).hasSize(1);
        }
    }

    private List<BrokenRecord> odd(String lines) throws IOException {
        List<BrokenRecord> odd = new ArrayList<>();
        Data.toList(DataSets.reader().onOdd(odd::add).read(Data.file(folder, "a.jsonl", lines)));
        return odd;
    }

    private Sample only(String record) throws IOException {
        return Data.read(Data.file(folder, "one.json", "[" + record + "]")).only();
    }

    private static String mmevol(String field) {
        return "{\"id\": \"a\", \"image\": \"a.jpg\", " + field
                + ", \"conversations_v0\": [{\"question\": \"What?\", \"answer\": \"That.\"}]}";
    }

    private static String llava(String question, String answer) {
        return "{\"id\": \"a\", \"image\": \"a.jpg\", \"conversations\": [{\"from\": \"human\", \"value\": \""
                + question + "\"}, {\"from\": \"gpt\", \"value\": \"" + answer + "\"}]}";
    }

    private static String oneLine(String record) {
        return record.replace("\n", " ");
    }
}
