package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.sample.Sample;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingBrokenFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"det\": [{\"label\": \"cat\", \"bbox\": [12, 30, 200, 310]}] | det[0].bbox | pixels",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [0.5, 0.2, 0.5, 0.6]}] | det[0].bbox | x1 < x2",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [0.9, 0.2, 0.1, 0.6]}] | det[0].bbox | x1 < x2",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [-0.3, 0.2, 0.5, 0.6]}] | det[0].bbox | shares from 0 to 1",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [0.1, 0.2, 0.5]}] | det[0].bbox | four numbers",
                "\"det\": [{\"label\": \"cat\"}] | det[0].bbox | four numbers",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [0, 0, 1, \"wide\"]}] | det[0].bbox | is no box",
                "\"det\": [{\"label\": \"a\", \"bbox\": [0, 0, 1, 1]}, {\"label\": \" \", \"bbox\": [0, 0, 1, 1]}]"
                        + " | det[1].label | missing",
                "\"det\": [{\"label\": \"cat\", \"bbox\": [0, 0, 1, 1], \"confidence\": 87}] | det[0].confidence | 0..1",
                "\"det\": 7 | det | a list",
                "\"det\": [[0, 0, 1, 1]] | det[0] | label and bbox",
                "\"width\": \"wide\" | width | pixels",
                "\"height\": -3 | height | pixels",
                "\"annotation_trust\": \"blind\" | annotation_trust | exhaustive, precise or noisy",
                "\"image\": [\"a.jpg\", \"b.jpg\"] | image | a record of its own",
                "\"image\": {\"path\": \"a.jpg\"} | image | path",
                "\"conversations_v0\": 3 | conversations_v0 | a list",
                "\"conversations_v0\": \"oops\" | conversations_v0 | it must be a list, not a text",
                "\"conversations_v0\": [[\"Q?\", \"A\"]] | conversations_v0[0] | an object",
                "\"conversations_v0\": [{\"question\": {\"text\": \"Q?\"}, \"answer\": \"A\"}]"
                        + " | conversations_v0[0].question | a text",
                "\"conversations_v0\": [{\"from\": \"narrator\", \"value\": \"x\"}]"
                        + " | conversations_v0[0].from | human, gpt or system"
            })
    void nonsense_is_refused_with_its_place_and_a_remedy(String field, String where, String remedy) throws IOException {
        Path file = Data.file(
                folder,
                "seeds.json",
                "[\n" + good("1") + ",\n{\"id\": 2, \"conversations_v0\": [], " + field + "},\n" + good("3") + "]");
        Data.Reading<Sample> reading = Data.read(file);
        assertThat(reading.items()).extracting(Sample::id).containsExactly("1", "3");
        BrokenRecord broken = reading.broken().get(0);
        assertThat(broken.file()).isEqualTo(file);
        assertThat(broken.index()).isEqualTo(1);
        assertThat(broken.line()).isEqualTo(3);
        assertThat(broken.id()).isEqualTo("2");
        assertThat(broken.field()).isEqualTo(where);
        assertThat(broken.reason()).contains(remedy);
        assertThat(broken.toString()).contains("seeds.json, record 1 (line 3), id '2', field " + where + ": ");
        assertThat(reading.report().records()).isEqualTo(3);
        assertThat(reading.report().broken()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "42",
                "null",
                "\"text\"",
                "[]",
                "{}",
                "{\"id\": \"x\", \"conversation\": []}",
                "{\"id\": {}, \"conversations\": []}",
                "{\"id\": \"x\", \"conversations\": [{\"role\": \"narrator\", \"content\": \"Q?\"}]}",
                "{\"id\": \"x\", \"conversations\": [\"Q?\", \"A\"]}"
            })
    void a_record_with_wrong_content_is_lost_alone(String record) throws IOException {
        Data.Reading<Sample> array =
                Data.read(Data.file(folder, "a.json", "[" + good("1") + "," + record + "," + good("3") + "]"));
        Data.Reading<Sample> lines =
                Data.read(Data.file(folder, "a.jsonl", good("1") + "\n" + record + "\n" + good("3")));
        for (Data.Reading<Sample> reading : List.of(array, lines)) {
            assertThat(reading.items()).extracting(Sample::id).containsExactly("1", "3");
            assertThat(reading.broken())
                    .singleElement()
                    .satisfies(broken -> assertThat(broken.index()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\": 2,", "{'id': 2}", "{} {}", "nonsense", "{\"id\": \"2}", "[1, 2", "}", "\u0000"})
    void a_broken_line_is_lost_alone(String line) throws IOException {
        Data.Reading<Sample> reading =
                Data.read(Data.file(folder, "a.jsonl", good("1") + "\n" + line + "\n" + good("3") + "\n"));
        assertThat(reading.items()).extracting(Sample::id).containsExactly("1", "3");
        assertThat(reading.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.line()).isEqualTo(2));
    }

    @Test
    void what_stands_before_a_syntax_error_in_an_array_is_used_and_the_rest_reported_with_its_place()
            throws IOException {
        Data.Reading<Sample> reading = Data.read(Data.file(
                folder, "a.json", "[" + good("1") + ",\n" + good("2") + ",\n{\"id\": 3, oops},\n" + good("4") + "]"));
        assertThat(reading.items()).extracting(Sample::id).containsExactly("1", "2");
        assertThat(reading.broken()).singleElement().satisfies(broken -> {
            assertThat(broken.index()).isEqualTo(2);
            assertThat(broken.line()).isEqualTo(3);
            assertThat(broken.reason())
                    .contains("line 3, column 1")
                    .contains("are lost")
                    .contains("correct that place");
        });
    }

    @Test
    void a_file_may_be_cut_off_at_any_character_and_loses_what_is_not_whole() throws IOException {
        String text = "[" + good("1") + ",\n" + good("2") + ",\n" + good("3") + "]";
        int whole2 = text.indexOf(good("2")) + good("2").length();
        for (int end = whole2; end < text.length(); end++) {
            boolean third = text.substring(0, end).endsWith("}]}") && end > whole2;
            Data.Reading<Sample> reading = Data.read(Data.file(folder, "cut.json", text.substring(0, end)));
            assertThat(reading.items())
                    .as("cut at %s", end)
                    .extracting(Sample::id)
                    .containsExactlyElementsOf(third ? List.of("1", "2", "3") : List.of("1", "2"));
            assertThat(reading.broken())
                    .as("cut at %s", end)
                    .singleElement()
                    .satisfies(broken -> assertThat(broken.reason()).contains("cut off at line"));
        }
    }

    @Test
    void a_line_may_be_cut_off() throws IOException {
        Data.Reading<Sample> reading = Data.read(
                Data.file(folder, "a.jsonl", good("1") + "\n" + good("2").substring(0, 30)));
        assertThat(reading.items()).hasSize(1);
        assertThat(reading.broken())
                .singleElement()
                .satisfies(broken -> assertThat(broken.reason()).contains("cut off at column"));
    }

    @Test
    void text_behind_the_end_of_an_array_is_reported() throws IOException {
        for (String rest : List.of("[" + good("2") + "]", "oops", "]")) {
            Data.Reading<Sample> reading = Data.read(Data.file(folder, "a.json", "[" + good("1") + "]\n" + rest));
            assertThat(reading.items()).hasSize(1);
            assertThat(reading.broken())
                    .singleElement()
                    .satisfies(broken -> assertThat(broken.reason()).contains("behind the end of the array"));
        }
        assertThat(Data.read(Data.file(folder, "a.json", "[" + good("1") + "]\n\n "))
                        .broken())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"array", "lines"})
    void bytes_that_are_no_text_cost_their_record_only(String layout) throws IOException {
        boolean array = layout.equals("array");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((array ? "[" : "").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 300; i++) {
            String record = good("r" + i).replace("Which?", "Größe und 大きさ 😀?");
            byte[] encoded = record.getBytes(StandardCharsets.UTF_8);
            if (i == 7 || i == 150) {
                encoded[record.indexOf("Gr") + 1] = (byte) 0xFF;
            }
            bytes.writeBytes(encoded);
            bytes.writeBytes((array ? i == 299 ? "]" : ",\n" : "\n").getBytes(StandardCharsets.UTF_8));
        }
        Data.Reading<Sample> reading = Data.read(Files.write(folder.resolve("a.json"), bytes.toByteArray()));
        assertThat(reading.broken()).extracting(BrokenRecord::index).containsExactly(7L, 150L);
        assertThat(reading.broken().get(0).reason()).contains("UTF-8");
        assertThat(reading.items())
                .hasSize(298)
                .allSatisfy(sample ->
                        assertThat(sample.instructions().get(0).question()).isEqualTo("Größe und 大きさ 😀?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n  \n", "[]", "[ ]\n", "\uFEFF"})
    void an_empty_file_is_an_empty_data_set(String text) throws IOException {
        Data.Reading<Sample> reading = Data.read(Data.file(folder, "a.json", text));
        assertThat(reading.items()).isEmpty();
        assertThat(reading.broken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,image,question\n1,a.jpg,Q?", "<html>", "PK\u0003\u0004", "\"a text\"", "7"})
    void a_file_that_is_no_data_file_is_refused_whole(String text) throws IOException {
        Path file = Data.file(folder, "a.json", text);
        assertThatThrownBy(() -> Data.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("no data file");
    }

    @Test
    void a_record_of_several_lines_without_an_array_is_refused_with_a_remedy() throws IOException {
        Path file = Data.file(folder, "a.json", "{\n  \"id\": 1,\n  \"conversations\": []\n}");
        assertThatThrownBy(() -> Data.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("JSON array");
    }

    @Test
    void utf_16_is_named_as_what_it_is() throws IOException {
        Path file = Files.write(folder.resolve("a.json"), "\uFEFF[]".getBytes(StandardCharsets.UTF_16LE));
        assertThatThrownBy(() -> Data.read(file)).hasMessageContaining("UTF-16").hasMessageContaining("a.json");
    }

    @Test
    void a_missing_file_is_named_when_the_stream_is_opened() {
        DataSet<Sample> data = DataSets.read(folder.resolve("none.json"));
        assertThatThrownBy(data::stream)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("no such file");
    }

    @Test
    void a_folder_is_no_data_file() {
        assertThatThrownBy(() -> Data.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void the_reading_stops_at_a_broken_record_where_the_caller_says_so() throws IOException {
        Path file = Data.file(folder, "a.jsonl", good("1") + "\n{}\n" + good("3"));
        List<String> read = new ArrayList<>();
        List<ReadReport> reports = new ArrayList<>();
        DataSet<Sample> data =
                DataSets.reader().stopOnBroken().onEnd(reports::add).read(file);
        try (Stream<Sample> stream = data.stream()) {
            assertThatExceptionOfType(BrokenRecordException.class)
                    .isThrownBy(() -> stream.forEach(sample -> read.add(sample.id())))
                    .satisfies(e -> assertThat(e.broken().index()).isEqualTo(1))
                    .withMessageContaining("a.jsonl, record 1 (line 2)");
        }
        assertThat(read).containsExactly("1");
        assertThat(reports).containsExactly(new ReadReport(file, 2, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void deep_nesting_is_refused_and_not_followed() throws IOException {
        String deep = "{\"id\": 2, \"conversations\": [], \"x\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        Data.Reading<Sample> reading =
                Data.read(Data.file(folder, "a.jsonl", good("1") + "\n" + deep + "\n" + good("3")));
        assertThat(reading.items()).extracting(Sample::id).containsExactly("1", "3");
    }

    private static String good(String id) {
        return "{\"id\": \"" + id + "\", \"image\": \"a.jpg\", \"conversations\": [{\"from\": \"human\", \"value\": "
                + "\"Which?\"}, {\"from\": \"gpt\", \"value\": \"This.\"}]}";
    }

    @Test
    void what_a_listener_throws_is_no_fault_of_the_record() throws IOException {
        Path file = Data.file(folder, "seeds.jsonl", good("1") + "\n");
        DataSet<Sample> samples = DataSets.reader()
                .onSample((sample, line) -> {
                    throw new IllegalStateException("line " + line);
                })
                .read(file);

        assertThatThrownBy(() -> Data.toList(samples))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("line 1");
    }

    @Test
    void a_number_beyond_all_bounds_takes_no_other_record_down() throws IOException {
        for (String bad : List.of(
                good("2").replaceFirst("\\{", "{\"x\": {\"y\": [1e99999999999]}, "),
                good("2").replaceFirst("\\{", "{\"det\": [{\"label\": \"cup\", \"bbox\": [0, 0, 1e400, 1]}], "))) {
            for (String text : List.of(
                    good("1") + "\n" + bad + "\n" + good("3"),
                    "[" + good("1") + ",\n" + bad + ",\n" + good("3") + "]")) {
                Data.Reading<Sample> reading = Data.read(Data.file(folder, "seeds.json", text));
                assertThat(reading.items()).as(text).hasSize(2);
                assertThat(reading.broken()).as(text).hasSize(1);
            }
        }
    }
}
