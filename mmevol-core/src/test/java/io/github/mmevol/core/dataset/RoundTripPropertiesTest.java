package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import io.github.mmevol.core.sample.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoundTripPropertiesTest {
    private static final Path IMAGES = Path.of("images");

    @Property(tries = 300)
    void mmevol_json_gives_back_what_was_written(@ForAll("evolvedSamples") List<EvolvedSample> samples)
            throws IOException {
        withFile(file -> {
            Data.write(DataSets.writeMmevolJson(file), samples);
            assertThat(Data.toList(DataSets.reader().images(IMAGES).readEvolved(file)))
                    .isEqualTo(samples);
            assertThat(Data.toList(DataSets.reader().images(IMAGES).read(file)))
                    .isEqualTo(samples.stream().map(EvolvedSample::sample).toList());
        });
    }

    @Property(tries = 300)
    void llava_json_gives_back_question_answer_id_and_image(@ForAll("bareSamples") List<Sample> samples)
            throws IOException {
        withFile(file -> {
            List<EvolvedSample> evolved = samples.stream().map(Data::unevolved).toList();
            Data.write(
                    DataSets.writeLlavaJson(
                            file, TrainingForm.builder().withSeeds().build()),
                    evolved);
            assertThat(Data.toList(DataSets.reader().images(IMAGES).read(file))).isEqualTo(samples);
        });
    }

    @Property(tries = 1000)
    void any_text_is_read_without_a_surprise(@ForAll("almostJson") String text) throws IOException {
        withFile(file -> {
            Files.writeString(file, "{" + text);
            assertThat(Data.read(file).report().samples()).isLessThanOrEqualTo(text.length());
            Files.writeString(file, "[" + text);
            assertThat(Data.read(file).report().samples()).isLessThanOrEqualTo(text.length());
        });
    }

    @Provide
    Arbitrary<String> almostJson() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"",
                        "\n",
                        "\\",
                        "\"id\"",
                        "\"conversations\":",
                        "\"from\":",
                        "\"human\"",
                        "\"value\":",
                        "null",
                        "7",
                        "NaN",
                        " ",
                        "\"det\":",
                        "\"conversations_v0\":[]",
                        "é")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts))
                .filter(text -> text.lines().limit(1).anyMatch(line -> !line.isBlank()));
    }

    @Provide
    Arbitrary<List<EvolvedSample>> evolvedSamples() {
        return Combinators.combine(samples(), survivors().list().ofMaxSize(4))
                .as((sample, survivors) -> {
                    SampleKey key = SampleKey.of(sample);
                    List<Outcome> kept = new ArrayList<>();
                    for (int i = 0; i < survivors.size(); i++) {
                        Survivor s = survivors.get(i);
                        int round = 1 + i * 2 / 3;
                        kept.add(new Outcome.Kept(
                                new Outcome.Origin(
                                        key.instruction(round, i + 1),
                                        s.reason.length() % 2 == 0 ? "" : key.instruction(round - 1, i + 1),
                                        round,
                                        "cognitive",
                                        s.reason,
                                        "m"),
                                s.instruction,
                                s.score < 0 ? OptionalInt.empty() : OptionalInt.of(s.score),
                                s.reason,
                                s.checks));
                    }
                    return new EvolvedSample(key, sample, kept);
                })
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<List<Sample>> bareSamples() {
        Arbitrary<Instruction> instructions =
                Combinators.combine(texts(), texts()).as(Instruction::of);
        return Combinators.combine(
                        texts(), images(), instructions.list().ofMinSize(1).ofMaxSize(3))
                .as((id, image, list) ->
                        image(Sample.builder(id), image).instructions(list).build())
                .list()
                .ofMaxSize(4);
    }

    private record Survivor(Instruction instruction, int score, String reason, List<Check> checks) {}

    private Arbitrary<Survivor> survivors() {
        return Combinators.combine(instructions(), Arbitraries.integers().between(-1, 10), anyText(), checks())
                .as(Survivor::new);
    }

    private Arbitrary<List<Check>> checks() {
        return Combinators.combine(
                        Arbitraries.of("count", "box"),
                        Arbitraries.of(Check.Part.class),
                        anyText(),
                        Arbitraries.of(Check.Result.class),
                        anyText())
                .as(Check::new)
                .list()
                .ofMaxSize(2);
    }

    private Arbitrary<Sample> samples() {
        return Combinators.combine(
                        texts(),
                        images(),
                        anyText(),
                        detections().list().ofMaxSize(3),
                        instructions().list().ofMaxSize(3),
                        Arbitraries.of(AnnotationTrust.class),
                        Arbitraries.integers().between(0, 4000),
                        extras())
                .as((id, image, text, objects, list, trust, size, extras) -> image(Sample.builder(id), image)
                        .caption(text)
                        .topicName(text)
                        .hashId(id)
                        .objects(objects)
                        .instructions(list)
                        .trust(trust)
                        .size(size, size / 2)
                        .extras(extras)
                        .build());
    }

    private static Sample.Builder image(Sample.Builder sample, String image) {
        return sample.image(image, image.isEmpty() ? ImageSource.none() : ImageSource.within(IMAGES, image));
    }

    private Arbitrary<DetectedObject> detections() {
        Arbitrary<Double> share = Arbitraries.doubles().between(0, 0.499).ofScale(6);
        return Combinators.combine(texts(), share, share, share, share, share)
                .as((label, x1, y1, w, h, confidence) -> new DetectedObject(
                        label,
                        new BoundingBox(x1, y1, 0.5 + w, 0.5 + h),
                        confidence < 0.1 ? OptionalDouble.empty() : OptionalDouble.of(confidence)));
    }

    private Arbitrary<Instruction> instructions() {
        Arbitrary<Step> steps = Combinators.combine(anyText(), anyText()).as(Step::new);
        return Combinators.combine(
                        texts(),
                        texts(),
                        steps.list().ofMaxSize(3),
                        texts().list().ofMaxSize(2),
                        Arbitraries.of(Vocabulary.SKILLS).list().ofMaxSize(2),
                        Arbitraries.of("", "Norm", "multi_choice", "of my own"),
                        Arbitraries.of("", "single", "lower left"),
                        extras())
                .as(Instruction::new);
    }

    private Arbitrary<Map<String, String>> extras() {
        Arbitrary<String> names = Arbitraries.of("x", "note", "topic", "Ünknown");
        Arbitrary<String> values = Arbitraries.of(
                "1", "0.10", "-1.5E+30", "null", "true", "\"text\"", "[]", "{\"a\":[1,{\"b\":null}]}", "\"\\u0001\"");
        return Arbitraries.maps(names, values).ofMaxSize(3);
    }

    private static Arbitrary<String> images() {
        return Arbitraries.of("", "a.jpg", "folder/b c.png", "ü.jpeg");
    }

    /** Texts with something to read in them, without blanks at the ends. */
    private static Arbitrary<String> texts() {
        return anyText().map(text -> ("q" + text + "?"));
    }

    private static Arbitrary<String> anyText() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "Wort",
                "\n",
                "\r\n",
                "\t",
                "\"",
                "\\",
                "{",
                "]",
                "\u0000",
                "\u2028",
                "\uFEFF",
                "大",
                "😀",
                "שלום",
                ",",
                " ",
                "```json",
                "https://example.org/?a=1#b",
                "<|end|>");
        return pieces.list().ofMaxSize(8).map(list -> String.join("", list));
    }

    private interface Trial {
        void run(Path file) throws IOException;
    }

    private static void withFile(Trial trial) throws IOException {
        Path folder = Files.createTempDirectory("round-trip");
        Path file = folder.resolve("data.json");
        try {
            trial.run(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
