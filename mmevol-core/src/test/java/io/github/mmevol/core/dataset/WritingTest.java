package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class WritingTest {
    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void nameTarget() {
        target = folder.resolve("out.json");
    }

    @Nested
    class Mmevol_json {
        @Test
        void has_the_seeds_and_the_survivors_of_each_round_with_score_and_lineage() throws IOException {
            EvolvedSample evolved = Data.evolved();
            Data.write(DataSets.writeMmevolJson(target), evolved);
            JsonNode record = Data.json(target).get(0);
            assertThat(record.propertyNames())
                    .containsExactly(
                            "id",
                            "image",
                            "sample_key",
                            "annotation_trust",
                            "caption",
                            "det",
                            "conversations_v0",
                            "conversations_v1",
                            "conversations_v2",
                            "conversations_v3");
            assertThat(record.get("conversations_v0")).hasSize(2);
            assertThat(record.get("conversations_v1")).hasSize(2);
            assertThat(record.get("conversations_v2")).isEmpty();
            JsonNode last = record.get("conversations_v3").get(0);
            assertThat(last.propertyNames())
                    .containsExactly(
                            "objects",
                            "skills",
                            "format",
                            "question",
                            "steps",
                            "image_position",
                            "answer",
                            "score",
                            "id",
                            "parent_id",
                            "direction",
                            "reason",
                            "prompt_hash",
                            "model",
                            "verification",
                            "checks");
            assertThat(last.get("score").intValue()).isEqualTo(7);
            assertThat(last.get("parent_id").stringValue())
                    .isEqualTo(evolved.key().instruction(1, 1));
        }

        @Test
        void has_every_sample_also_one_of_which_nothing_was_kept() throws IOException {
            Data.write(
                    DataSets.writeMmevolJson(target), Data.unevolved(Data.sample("a", "a.jpg", "Q?")), Data.evolved());
            assertThat(Data.json(target)).hasSize(2);
            assertThat(Data.json(target).get(0).has("conversations_v1")).isFalse();
        }

        @Test
        void keeps_the_key_of_a_repeated_record() {
            Sample sample = Data.sample("a", "", "Q?");
            EvolvedSample second = new EvolvedSample(SampleKey.of(sample).occurrence(2), sample, List.of());
            Data.write(DataSets.writeMmevolJson(target), Data.unevolved(sample), second);
            assertThat(Data.toList(DataSets.readEvolved(target))).containsExactly(Data.unevolved(sample), second);
        }

        @Test
        void can_serve_as_seeds_again() {
            EvolvedSample evolved = Data.evolved();
            Data.write(DataSets.writeMmevolJson(target), evolved);
            List<Sample> seeds =
                    Data.toList(DataSets.reader().images(Path.of("images")).read(target));
            assertThat(seeds).containsExactly(evolved.sample());
        }

        @Test
        void prefers_its_own_fields_where_extras_name_the_same() throws IOException {
            Sample sample = Data.sample("a", "a.jpg", "Q?").with(b -> b.extras(Map.of("det", "7", "id", "8")));
            Data.write(DataSets.writeMmevolJson(target), Data.unevolved(sample));
            JsonNode record = Data.json(target).get(0);
            assertThat(record.get("det").isArray()).isTrue();
            assertThat(record.get("id").toString()).isEqualTo("\"a\"");
        }
    }

    @Nested
    class Json_lines {
        private static final List<String> KEYS = List.of(
                "id",
                "parent_id",
                "sample_id",
                "image",
                "round",
                "direction",
                "question",
                "answer",
                "steps",
                "objects",
                "skills",
                "format",
                "image_position",
                "score",
                "reason",
                "prompt_hash",
                "model");

        private static final List<String> KEPT_KEYS = Stream.concat(
                        KEYS.stream(), Stream.of("verification", "checks", "objects_grounded", "objects_unseen"))
                .toList();

        @Test
        void have_a_line_for_each_kept_instruction_with_exactly_these_keys() throws IOException {
            EvolvedSample evolved = Data.evolved();
            Data.write(DataSets.writeJsonl(target), evolved);
            List<JsonNode> lines = Data.lines(target);
            assertThat(lines)
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line.propertyNames()).containsExactlyElementsOf(KEPT_KEYS));
            assertThat(lines.get(2).get("id").stringValue())
                    .isEqualTo(evolved.key().instruction(3, 1));
            assertThat(lines.get(2).get("sample_id").stringValue()).isEqualTo("s1");
            assertThat(lines.get(2).get("round").intValue()).isEqualTo(3);
            assertThat(lines.get(2).get("model").stringValue()).isEqualTo("model-x");
        }

        @Test
        void have_a_null_where_there_is_no_score() throws IOException {
            Sample sample = Data.sample("a", "a.jpg", "Q?");
            SampleKey key = SampleKey.of(sample);
            Outcome.Kept unscored = new Outcome.Kept(
                    Data.origin(key, 1, 1, key.instruction(0, 1)), Instruction.of("R?", "A."), OptionalInt.empty(), "");
            Data.write(DataSets.writeJsonl(target), new EvolvedSample(key, sample, List.of(unscored)));
            assertThat(Data.lines(target).get(0).get("score").isNull()).isTrue();
        }

        @Test
        void of_what_was_lost_say_by_whom_and_why_with_one_type_for_each_key() throws IOException {
            Data.write(DataSets.writeEliminatedJsonl(target), Data.evolved());
            List<JsonNode> lines = Data.lines(target);
            assertThat(lines).hasSize(3).allSatisfy(line -> {
                assertThat(List.copyOf(line.propertyNames()).subList(0, KEYS.size()))
                        .isEqualTo(KEYS);
                assertThat(List.copyOf(line.propertyNames()).subList(KEYS.size(), KEYS.size() + 4))
                        .containsExactly("outcome", "by", "why", "evidence");
                assertThat(line.get("score").isNull() || line.get("score").isInt())
                        .isTrue();
                assertThat(line.get("question").isString()).isTrue();
                assertThat(line.get("steps").isArray()).isTrue();
            });
            assertThat(lines)
                    .extracting(line -> line.get("outcome").stringValue())
                    .containsExactly("eliminated", "failed", "failed");
            assertThat(lines)
                    .extracting(line -> line.get("by").stringValue())
                    .containsExactly("judge", "refusal", "judge");
            assertThat(lines)
                    .extracting(line -> line.get("question").stringValue())
                    .containsExactly("Worse?", "", "Unjudged?");
            assertThat(lines.get(0).get("evidence").stringValue()).isEqualTo("same words");
        }
    }

    @Nested
    class The_file {
        @Test
        void appears_whole_on_commit_and_not_before() throws IOException {
            try (DataSetWriter.Appender out = DataSets.writeJsonl(target).open()) {
                out.append(Data.evolved());
                out.flush();
                assertThat(target).doesNotExist();
                out.commit();
                assertThat(Data.lines(target)).hasSize(3);
            }
            assertThat(folder).isDirectoryContaining(target::equals).isDirectoryNotContaining(p -> !p.equals(target));
        }

        @Test
        void stays_as_it_was_without_a_commit() throws IOException {
            Files.writeString(target, "old");
            try (DataSetWriter.Appender out = DataSets.writeMmevolJson(target).open()) {
                out.append(Data.evolved());
            }
            assertThat(target).hasContent("old");
            assertThat(folder).isDirectoryNotContaining(p -> !p.equals(target));
        }

        @Test
        void replaces_an_older_one_and_what_a_killed_run_left() throws IOException {
            Files.writeString(target, "old");
            Files.writeString(folder.resolve("out.json.part"), "left behind ".repeat(1000));
            Data.write(DataSets.writeMmevolJson(target));
            assertThat(target).hasContent("[]\n");
            assertThat(folder).isDirectoryNotContaining(p -> !p.equals(target));
        }

        @Test
        void is_the_same_for_the_same_samples_with_line_feeds_only() throws IOException {
            Path second = folder.resolve("second.json");
            for (Path file : List.of(target, second)) {
                Data.write(DataSets.writeMmevolJson(file), Data.evolved(), Data.evolved());
            }
            assertThat(target).hasSameBinaryContentAs(second);
            assertThat(Files.readString(target))
                    .doesNotContain("\r")
                    .startsWith("[\n{")
                    .contains("},\n{")
                    .endsWith("}\n]\n");
        }

        @Test
        void gets_the_folders_it_needs() {
            Path deep = folder.resolve("a/b/out.jsonl");
            Data.write(DataSets.writeJsonl(deep), Data.evolved());
            assertThat(deep).isRegularFile();
        }

        @Test
        void may_be_read_while_it_is_replaced() {
            Data.write(DataSets.writeMmevolJson(target), Data.evolved());
            DataSet<EvolvedSample> data = DataSets.readEvolved(target);
            try (DataSetWriter.Appender out = DataSets.writeMmevolJson(target).open();
                    var samples = data.stream()) {
                samples.forEach(out::append);
                out.commit();
            }
            assertThat(Data.toList(data)).hasSize(1);
        }

        @Test
        void is_written_by_one_writer_at_a_time() {
            DataSetWriter writer = DataSets.writeJsonl(target);
            try (DataSetWriter.Appender out = writer.open()) {
                assertThatThrownBy(writer::open)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining(target.toString())
                        .hasMessageContaining("already");
                out.append(Data.evolved());
                out.commit();
            }
            assertThat(target).isNotEmptyFile();
        }

        @Test
        void cannot_be_a_folder() {
            assertThatThrownBy(() -> DataSets.writeJsonl(folder).open())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("folder");
        }

        @Test
        void is_not_committed_after_a_failure() throws IOException {
            try (DataSetWriter.Appender out = DataSets.writeJsonl(target).open()) {
                Files.createDirectories(target.resolve("in-the-way"));
                assertThatThrownBy(out::commit)
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("cannot write the data file " + target);
                assertThatThrownBy(out::commit)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("not whole");
            }
            assertThat(folder.resolve("out.json.part")).doesNotExist();
        }

        @Test
        void is_written_by_an_interrupted_thread_too() throws IOException {
            Thread.currentThread().interrupt();
            try {
                Data.write(DataSets.writeJsonl(target), Data.evolved());
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(Data.lines(target)).hasSize(3);
        }

        @Test
        void takes_nothing_after_commit_or_close() {
            DataSetWriter.Appender out = DataSets.writeJsonl(target).open();
            out.commit();
            assertThatThrownBy(() -> out.append(Data.evolved())).isInstanceOf(IllegalStateException.class);
            out.close();
            out.close();
            assertThatThrownBy(out::commit).isInstanceOf(IllegalStateException.class);
            assertThat(target).isEmptyFile();
        }
    }

    @Nested
    class Two_writers_as_one {
        private final DataSetWriter both = () -> DataSets.writeMmevolJson(target)
                .and(DataSets.writeJsonl(folder.resolve("out.jsonl")))
                .open();

        @Test
        void write_both() throws IOException {
            Data.write(both, Data.evolved());
            assertThat(Data.json(target)).hasSize(1);
            assertThat(Data.lines(folder.resolve("out.jsonl"))).hasSize(3);
        }

        @Test
        void leave_nothing_without_a_commit() {
            try (DataSetWriter.Appender out = both.open()) {
                out.append(Data.evolved());
            }
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void leave_nothing_where_one_cannot_be_opened() {
            DataSetWriter half = DataSets.writeMmevolJson(target).and(DataSets.writeJsonl(folder));
            assertThatThrownBy(half::open).isInstanceOf(UncheckedIOException.class);
            assertThat(folder).isEmptyDirectory();
        }
    }
}
