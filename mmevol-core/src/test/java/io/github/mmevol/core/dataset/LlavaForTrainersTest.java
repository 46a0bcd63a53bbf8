package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Reads what we write as LLaVA JSON as strictly as the strictest of trainers. */
class LlavaForTrainersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "seeds", "last", "last seeds", "single", "single last seeds"})
    void every_record_can_be_trained_on(String options) throws IOException {
        write(Data.hostileSamples(), form(options));
        List<JsonNode> records = Trainers.llava(folder.resolve("llava.json"));
        assertThat(records).isNotEmpty();
        assertThat(records.stream().flatMap(record -> record.propertyNames().stream()))
                .containsOnly("id", "sample_id", "image", "conversations");
    }

    @Test
    void the_survivors_of_a_round_share_a_record() throws IOException {
        EvolvedSample evolved = Data.evolved();
        List<JsonNode> records = write(List.of(evolved));
        assertThat(questions(records))
                .containsExactly(List.of("<image>\nFirst one?", "Second one?"), List.of("<image>\nFirst three?"));
        assertThat(records)
                .extracting(record -> record.get("id").stringValue())
                .containsExactly(evolved.key().instruction(1, 1), evolved.key().instruction(3, 1));
        assertThat(records)
                .allSatisfy(record ->
                        assertThat(record.get("sample_id").stringValue()).isEqualTo("s1"));
    }

    @Test
    void seeds_come_in_a_record_of_their_own() throws IOException {
        assertThat(questions(write(List.of(Data.evolved()), form("seeds"))))
                .containsExactly(
                        List.of("<image>\nFirst?", "Second?"),
                        List.of("<image>\nFirst one?", "Second one?"),
                        List.of("<image>\nFirst three?"));
    }

    @Test
    void the_last_of_each_line_stand_together() throws IOException {
        assertThat(questions(write(List.of(Data.evolved()), form("last"))))
                .containsExactly(List.of("<image>\nSecond one?", "First three?"));
    }

    @Test
    void the_last_of_a_line_that_never_survived_is_its_seed() throws IOException {
        Sample sample = Data.sample("a", "a.jpg", "One?", "Two?");
        SampleKey key = SampleKey.of(sample);
        EvolvedSample evolved =
                new EvolvedSample(key, sample, List.of(Data.kept(key, 1, 2, key.instruction(0, 2), "Two again?")));
        assertThat(questions(write(List.of(evolved), form("last seeds"))))
                .containsExactly(List.of("<image>\nOne?", "Two again?"));
        assertThat(questions(write(List.of(evolved), form("last")))).containsExactly(List.of("<image>\nTwo again?"));
    }

    @Test
    void where_the_lineage_is_unknown_rounds_are_never_mixed() throws IOException {
        Sample sample = Data.sample("a", "a.jpg", "One?");
        SampleKey key = SampleKey.of(sample);
        EvolvedSample evolved = new EvolvedSample(
                key, sample, List.of(Data.kept(key, 1, 1, "", "More?"), Data.kept(key, 2, 1, "", "Most?")));
        assertThat(questions(write(List.of(evolved), form("last seeds"))))
                .containsExactly(List.of("<image>\nOne?"), List.of("<image>\nMore?"), List.of("<image>\nMost?"));
    }

    @Test
    void two_of_one_line_in_one_round_get_a_record_each() throws IOException {
        Sample sample = Data.sample("a", "a.jpg", "One?", "Two?");
        SampleKey key = SampleKey.of(sample);
        EvolvedSample evolved = new EvolvedSample(
                key,
                sample,
                List.of(
                        Data.kept(key, 1, 1, key.instruction(0, 1), "More?"),
                        Data.kept(key, 1, 2, key.instruction(1, 1), "Most?"),
                        Data.kept(key, 1, 3, key.instruction(0, 2), "Other?")));
        assertThat(questions(write(List.of(evolved))))
                .containsExactly(List.of("<image>\nMore?", "Other?"), List.of("<image>\nMost?"));
    }

    @Test
    void a_sample_of_which_nothing_was_kept_gives_no_record() throws IOException {
        assertThat(write(List.of(Data.unevolved(Data.sample("a", "a.jpg", "Q?")))))
                .isEmpty();
    }

    @Test
    void reading_it_back_gives_the_sample_s_own_id() throws IOException {
        EvolvedSample evolved = Data.evolved();
        List<JsonNode> records = write(List.of(evolved), form("seeds"));
        assertThat(records).hasSize(3);
        List<Sample> samples =
                Data.toList(DataSets.reader().images(Path.of("images")).read(folder.resolve("llava.json")));
        assertThat(samples.get(0)).isEqualTo(evolved.sample());
        assertThat(samples).extracting(Sample::id).containsOnly("s1");
    }

    @Test
    void a_foreign_sample_id_is_an_unknown_field_like_any_other() throws IOException {
        Path file = Data.file(
                folder,
                "foreign.jsonl",
                "{\"id\": \"x\", \"sample_id\": \"y\", \"conversations\": [{\"from\": \"human\", \"value\": \"Q?\"},"
                        + "{\"from\": \"gpt\", \"value\": \"A\"}]}");
        Sample sample = Data.read(file).only();
        assertThat(sample.id()).isEqualTo("x");
        assertThat(sample.extras()).containsEntry("sample_id", "\"y\"");
    }

    private List<JsonNode> write(List<EvolvedSample> samples) throws IOException {
        return write(samples, TrainingForm.ofDefaults());
    }

    private List<JsonNode> write(List<EvolvedSample> samples, TrainingForm form) throws IOException {
        Path file = folder.resolve("llava.json");
        Data.write(DataSets.writeLlavaJson(file, form), samples);
        return Data.json(file).valueStream().toList();
    }

    private static TrainingForm form(String options) {
        TrainingForm.Builder form = TrainingForm.builder();
        for (String option : options.split(" ")) {
            switch (option) {
                case "seeds" -> form.withSeeds();
                case "last" -> form.lastOfEachLine();
                case "single" -> form.turns(TrainingForm.Turns.SINGLE);
                default -> {}
            }
        }
        return form.build();
    }

    private static List<List<String>> questions(List<JsonNode> records) {
        return records.stream()
                .map(record -> record.get("conversations")
                        .valueStream()
                        .filter(turn -> turn.get("from").stringValue().equals("human"))
                        .map(turn -> turn.get("value").stringValue())
                        .toList())
                .toList();
    }
}
