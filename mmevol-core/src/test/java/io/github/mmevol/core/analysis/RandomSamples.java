package io.github.mmevol.core.analysis;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Samples that were evolved at random, the same for the same seed. */
final class RandomSamples {
    private static final List<String> WORDS = List.of(
            "dog", "Cup", "bench", "lamp", "Straße", "猫", "boat", "sail", "window", "door", "clock", "sign", "hat",
            "kite");
    private static final List<String> SKILLS =
            List.of("OCR Ability", "ocr", "Grounding Ability", "counting", "Existence", "my own skill", " ");
    private static final List<String> FORMS =
            List.of("Norm", "multi_choice", "multi-choice", "object_region_matching", "fill_in_the_blank", "");
    private static final List<String> DIRECTIONS = List.of("perceptual", "cognitive", "interactive");

    private RandomSamples() {}

    static List<EvolvedSample> of(long seed, int samples) {
        return stream(seed, samples).toList();
    }

    /** The same, one after the other. */
    static Stream<EvolvedSample> stream(long seed, int samples) {
        return IntStream.range(0, samples).mapToObj(i -> sample(new Random(seed * 31 + i), i));
    }

    private static EvolvedSample sample(Random random, int number) {
        List<Instruction> seeds = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            seeds.add(instruction(random, random.nextBoolean()));
        }
        Sample sample = Sample.builder("sample-" + number)
                .caption(words(random, 8))
                .objects(List.of(DetectedObject.of(one(random, WORDS), new BoundingBox(0.1, 0.2, 0.5, 0.75))))
                .instructions(seeds)
                .build();
        SampleKey key = SampleKey.of(sample).occurrence(number + 1);
        List<String> live = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            live.add(key.instruction(0, i + 1));
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int round = 1; round <= 3; round++) {
            String direction = one(random, DIRECTIONS);
            for (int i = 0; i < live.size(); i++) {
                Outcome outcome = outcome(
                        random,
                        new Outcome.Origin(
                                key.instruction(round, i + 1),
                                live.get(i),
                                round,
                                direction,
                                "hash-" + direction,
                                "model"));
                outcomes.add(outcome);
                if (outcome instanceof Outcome.Kept) {
                    live.set(i, outcome.origin().id());
                }
            }
        }
        return new EvolvedSample(key, sample, outcomes);
    }

    private static Outcome outcome(Random random, Outcome.Origin origin) {
        Instruction written = instruction(random, false);
        OptionalInt score = random.nextInt(5) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(11));
        return switch (random.nextInt(6)) {
            case 0 -> new Outcome.Eliminated(origin, written, "judge", "no better", "", score);
            case 1 ->
                new Outcome.Eliminated(
                        origin,
                        written,
                        one(random, List.of("form", "refusal")),
                        "why",
                        "evidence",
                        OptionalInt.empty());
            case 2 -> new Outcome.Failed(origin, Optional.empty(), one(random, List.of("empty", "cut-off")), "why");
            default -> new Outcome.Kept(origin, written, score, "fine", checks(random));
        };
    }

    private static List<Check> checks(Random random) {
        List<Check> checks = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            checks.add(new Check(
                    one(random, List.of("grounding", "counting")),
                    one(random, List.of(Check.Part.values())),
                    one(random, WORDS),
                    one(random, List.of(Check.Result.values())),
                    ""));
        }
        return checks;
    }

    private static Instruction instruction(Random random, boolean scored) {
        return Instruction.builder("What is the " + words(random, 1 + random.nextInt(12)) + "?", answer(random))
                .steps(IntStream.range(0, random.nextInt(5))
                        .mapToObj(i -> new Step("grounding_1(the cup)->bbx_1", "At [0.1, 0.2, 0.5, 0.75]."))
                        .toList())
                .objects(IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> one(random, WORDS))
                        .toList())
                .skills(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> one(random, SKILLS))
                        .toList())
                .format(one(random, FORMS))
                .extras(scored ? Map.of("score", String.valueOf(random.nextInt(11))) : Map.of())
                .build();
    }

    private static String answer(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> one(random, List.of("A", "(B) the cup", "C. The dog", "**D**"));
            case 1 -> one(random, List.of("Yes, it is.", "No.", "no"));
            default -> words(random, random.nextInt(60)) + ".";
        };
    }

    private static String words(Random random, int count) {
        return String.join(
                " ", IntStream.range(0, count).mapToObj(i -> one(random, WORDS)).toList());
    }

    private static <T> T one(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
