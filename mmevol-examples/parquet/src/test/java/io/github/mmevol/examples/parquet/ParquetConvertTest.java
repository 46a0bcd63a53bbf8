package io.github.mmevol.examples.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB writes what ours reads, and reads what ours writes. */
class ParquetConvertTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
    private static final String HEX = "\\x89\\x50\\x4E\\x47\\x01\\x02\\x03";

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @BeforeEach
    void writeImages() throws IOException {
        Files.createDirectories(folder.resolve("images/sub"));
        Files.write(folder.resolve("images/sub/a.png"), PNG);
    }

    private int run(String... args) throws IOException {
        return ParquetConvert.run(new PrintStream(console, true, StandardCharsets.UTF_8), args);
    }

    private static List<Sample> samples(Path file) {
        try (Stream<Sample> samples = DataSets.read(file).stream()) {
            return samples.toList();
        }
    }

    private void duckDb(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    private String duckDbSays(String sql) throws SQLException {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            StringBuilder all = new StringBuilder();
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
            return all.toString();
        }
    }

    private Path evolved() {
        Path file = folder.resolve("evolved.json");
        try (DataSetWriter.Appender out = DataSets.writeMmevolJson(file).open()) {
            out.append(evolved("a", "sub/a.png"));
            out.append(evolved("b", ""));
            out.commit();
        }
        return file;
    }

    private static EvolvedSample evolved(String id, String image) {
        Sample sample = Sample.builder(id)
                .image(image, ImageSource.none())
                .instructions(List.of(Instruction.of("What?", "It.")))
                .build();
        SampleKey key = SampleKey.of(sample);
        Outcome.Origin origin =
                new Outcome.Origin(key.instruction(1, 1), key.instruction(0, 1), 1, "cognitive", "", "");
        return new EvolvedSample(
                key,
                sample,
                List.of(new Outcome.Kept(
                        origin, Instruction.of("Why \u5927 " + id + "?", "So."), OptionalInt.of(6), "")));
    }

    @Test
    void what_another_wrote_with_conversations_and_bytes_becomes_seeds() throws Exception {
        Path file = folder.resolve("hub.parquet");
        duckDb("COPY (SELECT 7 AS id, {'bytes': '" + HEX + "'::BLOB, 'path': 'x.png'} AS image,"
                + " [{'from': 'human', 'value': '<image>\nWho?'}, {'from': 'gpt', 'value': 'Two.'}] AS conversations"
                + " UNION ALL SELECT 8, NULL, [{'from': 'human', 'value': 'Why?'}, {'from': 'gpt', 'value': 'So.'}]) TO '"
                + file + "' (FORMAT parquet)");
        assertThat(run("in", file.toString(), folder.resolve("out").toString())).isZero();

        List<Sample> samples = samples(folder.resolve("out/seeds.jsonl"));
        assertThat(samples).extracting(Sample::id).containsExactly("7", "8");
        assertThat(samples).extracting(Sample::image).containsExactly("images/000000.png", "");
        assertThat(samples.get(0).instructions()).containsExactly(Instruction.of("Who?", "Two."));
        try (InputStream in = samples.get(0).imageSource().open()) {
            assertThat(in.readAllBytes()).isEqualTo(PNG);
        }
        assertThat(console.toString(StandardCharsets.UTF_8)).startsWith("2 rows, 2 of them samples");
    }

    @Test
    void what_another_wrote_with_messages_and_paths_becomes_seeds() throws Exception {
        Path file = folder.resolve("hub.parquet");
        duckDb("COPY (SELECT [{'bytes': NULL::BLOB, 'path': 'sub/a.png'}] AS images,"
                + " [{'role': 'user', 'content': 'Who?'}, {'role': 'assistant', 'content': 'Two.'}] AS messages) TO '"
                + file
                + "' (FORMAT parquet)");
        assertThat(run("in", file.toString(), folder.resolve("out").toString())).isZero();
        assertThat(samples(folder.resolve("out/seeds.jsonl"))).singleElement().satisfies(sample -> {
            assertThat(sample.image()).isEqualTo("sub/a.png");
            assertThat(sample.instructions()).containsExactly(Instruction.of("Who?", "Two."));
        });
    }

    @Test
    void what_is_written_others_can_read() throws Exception {
        Path file = folder.resolve("out.parquet");
        String images = folder.resolve("images").toString();
        assertThat(run("out", evolved().toString(), images, file.toString())).isZero();

        String from = " FROM '" + file + "'";
        assertThat(duckDbSays("SELECT image.path || ' ' || hex(image.bytes)" + from + " WHERE image IS NOT NULL"))
                .isEqualTo("sub/a.png 89504E47010203\n");
        assertThat(duckDbSays("SELECT messages[1].role || ': ' || messages[1].content" + from + " ORDER BY id"))
                .contains("user: <image>\nWhy \u5927 a?\n", "user: Why \u5927 b?\n");
        assertThat(duckDbSays("SELECT decode(value) FROM parquet_kv_metadata('" + file
                        + "') WHERE decode(key) = 'huggingface'"))
                .contains("\"image\": {\"_type\": \"Image\"}");

        assertThat(run("out", evolved().toString(), images, file.toString(), "paths"))
                .isZero();
        assertThat(duckDbSays("SELECT count(image.bytes) || ' ' || count(image.path)" + from))
                .isEqualTo("0 1\n");
    }

    @Test
    void what_is_written_comes_back_as_seeds() throws Exception {
        Path file = folder.resolve("out.parquet");
        run("out", evolved().toString(), folder.resolve("images").toString(), file.toString());
        assertThat(run("in", file.toString(), folder.resolve("back").toString()))
                .isZero();
        List<Sample> back = samples(folder.resolve("back/seeds.jsonl"));
        assertThat(back)
                .extracting(sample -> sample.instructions().get(0))
                .containsExactly(Instruction.of("Why \u5927 a?", "So."), Instruction.of("Why \u5927 b?", "So."));
        try (InputStream in = back.get(0).imageSource().open()) {
            assertThat(in.readAllBytes()).isEqualTo(PNG);
        }
        assertThat(back.get(1).image()).isEmpty();
    }

    @Test
    void an_image_that_cannot_be_embedded_leaves_no_file() {
        Path file = folder.resolve("out.parquet");
        assertThatThrownBy(() ->
                        run("out", evolved().toString(), folder.resolve("sub").toString(), file.toString()))
                .isInstanceOf(IOException.class);
        assertThat(file).doesNotExist();
        assertThat(folder.resolve("out.parquet.part")).doesNotExist();
    }

    @Test
    void anything_else_is_told_how_to_ask() throws IOException {
        assertThat(run("in")).isEqualTo(2);
        assertThat(console.toString(StandardCharsets.UTF_8)).contains("FILE.parquet");
    }
}
