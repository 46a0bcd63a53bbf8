package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.internal.text.TextPrint;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NearDuplicatesPropertiesTest {

    @Example
    void of_pairs_just_at_the_threshold_more_than_99_of_100_are_found() {
        Random random = new Random(7);
        int pairs = 0;
        int found = 0;
        while (pairs < 5_000) {
            List<String> words = words(random, 20 + random.nextInt(60));
            List<String> changed = new ArrayList<>(words);
            for (int i = random.nextInt(6); i >= 0; i--) {
                changed.set(random.nextInt(changed.size()), "word" + random.nextInt(5_000));
            }
            TextPrint one = print(words);
            TextPrint other = print(changed);
            double likeness = one.likeness(other);
            if (likeness >= TextPrint.NEAR && likeness < TextPrint.NEAR + 0.05) {
                SeenTexts texts = new SeenTexts();
                texts.add(one, MinHash.bands(one), 3);
                pairs++;
                found += texts.repeated(other, MinHash.bands(other), 3) == 0 ? 1 : 0;
            }
        }
        assertThat(found / (double) pairs).isGreaterThan(0.99);
    }

    @Example
    void few_texts_that_are_far_apart_have_to_be_compared() {
        Random random = new Random(8);
        int common = 0;
        List<long[]> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long[] bands = MinHash.bands(print(words(random, 30)));
            for (long[] other : all) {
                common += Collections.disjoint(boxed(bands), boxed(other)) ? 0 : 1;
            }
            all.add(bands);
        }
        assertThat(common).isLessThan(10);
    }

    @Property(tries = 500)
    void no_exact_repetition_is_ever_missed(@ForAll("instructions") List<Instruction> instructions) {
        List<Instruction> twice = new ArrayList<>(instructions);
        twice.addAll(instructions);

        List<Outcome> outcomes = select(twice).outcomes();

        assertThat(outcomes.subList(instructions.size(), twice.size())).allMatch(Outcome.Eliminated.class::isInstance);
    }

    @Property(tries = 300)
    void what_is_dropped_repeats_what_the_evidence_names_and_all_else_is_kept(
            @ForAll("instructions") List<Instruction> instructions) {
        List<Outcome> outcomes = select(instructions).outcomes();

        Map<String, TextPrint> kept = new HashMap<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Kept survivor) {
                kept.put(survivor.origin().id(), print(survivor.instruction()));
            } else {
                Outcome.Eliminated dropped = (Outcome.Eliminated) outcome;
                assertThat(print(dropped.instruction()).repeats(kept.get(dropped.evidence())))
                        .isTrue();
            }
        }
        assertThat(outcomes).hasSameSizeAs(instructions);
    }

    @Property(tries = 100)
    void the_same_order_gives_the_same_result(@ForAll("instructions") List<Instruction> instructions) {
        assertThat(select(instructions)).isEqualTo(select(instructions));
    }

    /** Texts of few words, so that repetitions are frequent, and texts of any characters. */
    @Provide
    Arbitrary<List<Instruction>> instructions() {
        Arbitrary<String> wordy = Arbitraries.of(
                        "cup", "plate", "the", "red", "lamp", "left", "of", "is", "?", "A)", "B)", "3.5", "杯")
                .list()
                .ofMaxSize(12)
                .map(words -> String.join(" ", words));
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<String> text = Arbitraries.oneOf(wordy, any);
        return Combinators.combine(text, text).as(Instruction::of).list().ofMaxSize(30);
    }

    private static EvolvedSample select(List<Instruction> instructions) {
        Sample sample = Sample.builder("s").build();
        SampleKey key = SampleKey.of(sample);
        List<Outcome> outcomes = new ArrayList<>();
        for (Instruction instruction : instructions) {
            outcomes.add(new Outcome.Kept(
                    Data.origin(key, 1, outcomes.size() + 1, key.instruction(0, 1)),
                    instruction,
                    OptionalInt.empty(),
                    ""));
        }
        return Selection.nearDuplicates().start().select(new EvolvedSample(key, sample, outcomes));
    }

    private static List<String> words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add("word" + random.nextInt(5_000));
        }
        return words;
    }

    /** Of an answer to the same question, so that likeness alone decides. */
    private static TextPrint print(List<String> words) {
        return TextPrint.of("Why?", String.join(" ", words));
    }

    private static TextPrint print(Instruction instruction) {
        return TextPrint.of(instruction.question(), instruction.answer());
    }

    private static List<Long> boxed(long[] values) {
        List<Long> boxed = new ArrayList<>();
        for (long value : values) {
            boxed.add(value);
        }
        return boxed;
    }
}
