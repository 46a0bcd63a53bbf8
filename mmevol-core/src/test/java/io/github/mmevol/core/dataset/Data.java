package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What the tests of this package read and write. */
final class Data {
    private Data() {}

    /** What came of reading a file. */
    record Reading<T>(List<T> items, List<BrokenRecord> broken, ReadReport report) {
        T only() {
            if (items.size() != 1) {
                throw new AssertionError("one item expected: " + this);
            }
            return items.get(0);
        }
    }

    static Reading<Sample> read(Path file) {
        List<BrokenRecord> broken = new ArrayList<>();
        List<ReadReport> reports = new ArrayList<>();
        DataSetReader reader = DataSets.reader().onBroken(broken::add).onEnd(reports::add);
        List<Sample> samples = toList(reader.read(file));
        if (reports.size() != 1) {
            throw new AssertionError("one report expected: " + reports);
        }
        return new Reading<>(samples, broken, reports.get(0));
    }

    static <T> List<T> toList(DataSet<T> data) {
        try (Stream<T> stream = data.stream()) {
            return stream.toList();
        }
    }

    static Path file(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(Data.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static void write(DataSetWriter writer, EvolvedSample... samples) {
        write(writer, List.of(samples));
    }

    static void write(DataSetWriter writer, List<EvolvedSample> samples) {
        try (DataSetWriter.Appender out = writer.open()) {
            samples.forEach(out::append);
            out.commit();
        }
    }

    static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Json::parse).toList();
    }

    static JsonNode json(Path file) throws IOException {
        return Json.parse(Files.readString(file));
    }

    static Sample sample(String id, String image, String... questions) {
        return Sample.builder(id)
                .image(image, image.isEmpty() ? ImageSource.none() : ImageSource.within(Path.of("images"), image))
                .instructions(Stream.of(questions)
                        .map(q -> Instruction.of(q, "Answer to: " + q))
                        .toList())
                .build();
    }

    static EvolvedSample unevolved(Sample sample) {
        return new EvolvedSample(SampleKey.of(sample), sample, List.of());
    }

    /** Two lines: the first survives in rounds 1 and 3, the second in round 1; the rest is eliminated or fails. */
    static EvolvedSample evolved() {
        Sample sample = sample("s1", "a.jpg", "First?", "Second?");
        SampleKey key = SampleKey.of(sample);
        return new EvolvedSample(
                key,
                sample,
                List.of(
                        kept(key, 1, 1, key.instruction(0, 1), "First one?"),
                        kept(key, 1, 2, key.instruction(0, 2), "Second one?"),
                        new Outcome.Eliminated(
                                origin(key, 2, 1, key.instruction(1, 1)),
                                Instruction.of("Worse?", "Yes."),
                                "judge",
                                "not harder",
                                "same words",
                                OptionalInt.of(3)),
                        new Outcome.Failed(
                                origin(key, 2, 2, key.instruction(1, 2)), Optional.empty(), "refusal", "it declined"),
                        kept(key, 3, 1, key.instruction(1, 1), "First three?"),
                        new Outcome.Failed(
                                origin(key, 3, 2, key.instruction(1, 2)),
                                Optional.of(Instruction.of("Unjudged?", "So be it.")),
                                "judge",
                                "no verdict")));
    }

    static Outcome.Kept kept(SampleKey key, int round, int ordinal, String parent, String question) {
        return new Outcome.Kept(
                origin(key, round, ordinal, parent),
                Instruction.of(question, "Answer to: " + question),
                OptionalInt.of(round + 4),
                "better");
    }

    static Outcome.Origin origin(SampleKey key, int round, int ordinal, String parent) {
        return new Outcome.Origin(key.instruction(round, ordinal), parent, round, "cognitive", "abc123", "model-x");
    }

    /** Repeated ids, no image, numeric ids, image tokens and other marks, boxes and halves of characters in every text. */
    static List<EvolvedSample> hostileSamples() {
        List<EvolvedSample> samples = new ArrayList<>();
        samples.add(evolved());
        Sample twin = sample("s1", "a.jpg", "Another?");
        samples.add(withSurvivor(twin, SampleKey.of(twin), Instruction.of("Twin?", "Yes.")));
        samples.add(withSurvivor(twin, SampleKey.of(twin).occurrence(2), Instruction.of("Twin?", "Yes.")));
        Sample blind = sample("9", "", "Blind <image>?").with(b -> b.extras(Map.of("id", "9", "weight", "1")));
        samples.add(withSurvivor(blind, SampleKey.of(blind), Instruction.of("<image>\nStill blind?", "<image> Yes.")));
        Sample hostile = sample("h", "h.jpg", "<image>", "<im<image>age>What \ud83d?", "<image>\nA\n<image>?")
                .with(b -> b.extras(Map.of("weight", "\"heavy\"")));
        samples.add(withSurvivor(
                hostile, SampleKey.of(hostile), Instruction.of("A <image> in between?", "\ude00 <im<image>age>No.")));
        Sample boxed = sample("b", "b.jpg", "Where?").with(b -> b.size(640, 480));
        samples.add(withSurvivor(
                boxed,
                SampleKey.of(boxed),
                Instruction.builder(
                                "What does the <<video>video> tag beside the cup [0.287, 0.045, 0.683, 0.715] say?",
                                "</think> Play.")
                        .steps(List.of(Step.of("Look at the cup (0.287, 0.045, 0.683, 0.715)."), Step.of(" ")))
                        .build()));
        return samples;
    }

    static EvolvedSample withSurvivor(Sample sample, SampleKey key, Instruction instruction) {
        return new EvolvedSample(
                key,
                sample,
                List.of(new Outcome.Kept(
                        origin(key, 1, 1, key.instruction(0, 1)), instruction, OptionalInt.of(5), "")));
    }
}
