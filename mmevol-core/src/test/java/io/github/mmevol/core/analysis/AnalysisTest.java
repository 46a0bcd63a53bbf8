package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysisTest {

    @Test
    void looks_at_seeds_as_round_0() {
        Analysis analysis =
                Analysis.of(DataSet.of(List.of(sample(Instruction.of("What is the dog doing?", "Sleeping.")))));
        assertThat(analysis.rounds()).singleElement().satisfies(seeds -> {
            assertThat(seeds.number()).isZero();
            assertThat(seeds.verbNouns().pairs().byName()).isEqualTo(Map.of("do", 1L));
            assertThat(seeds.skills().count()).isZero();
        });
        assertThat(analysis.cells()).isEmpty();
        assertThatThrownBy(() -> analysis.round(1)).hasMessage("no instruction of round 1");
    }

    @Test
    void takes_nothing_but_samples() {
        assertThatThrownBy(() -> Analysis.of(DataSet.of(List.of("text"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String");
    }

    @Test
    void spells_skills_and_forms_the_canonical_way_before_counting() {
        Instruction one = instruction("multi-choice", "A", "OCR", "text reading");
        Instruction two = instruction("mcq", "B", "OCR Ability");
        Analysis.RoundFigures seeds =
                Analysis.of(DataSet.of(List.of(sample(one, two)))).round(0);
        assertThat(seeds.skillNames().byName()).isEqualTo(Map.of("OCR Ability", 2L));
        assertThat(seeds.skills().max()).isEqualTo(1);
        assertThat(seeds.forms().byName()).isEqualTo(Map.of("multi_choice", 2L));
    }

    @Test
    void finds_the_right_letter_at_the_start_of_an_answer_alone() {
        Analysis.RoundFigures seeds = Analysis.of(DataSet.of(List.of(sample(
                        instruction("multi_choice", "B"),
                        instruction("multi_choice", "(B) the cup"),
                        instruction("multi_choice", "b."),
                        instruction("multi_choice", "**C**"),
                        instruction("multi_choice", "A dog sits there"),
                        instruction("multi_choice", "the cup"),
                        instruction("Norm", "D")))))
                .round(0);
        assertThat(seeds.letters().byName()).isEqualTo(Map.of("B", 3L, "C", 1L));
    }

    @Test
    void counts_yes_and_no_of_forms_that_are_answered_so() {
        Analysis.RoundFigures seeds = Analysis.of(DataSet.of(List.of(sample(
                        instruction("object_region_matching", "Yes."),
                        instruction("text_image_matching", "no, a dog"),
                        instruction("object_region_matching", "None of it"),
                        instruction("Norm", "Yes")))))
                .round(0);
        assertThat(seeds.yesNo().byName()).isEqualTo(Map.of("yes", 1L, "no", 1L));
    }

    @Test
    void bounds_what_is_counted_by_name_and_says_how_much_is_left_over() {
        Counter counter = new Counter();
        IntStream.range(0, Counter.MOST_NAMES + 500).forEach(i -> counter.add("name " + i));
        counter.add("name 7");
        Counts counts = counter.counts();
        assertThat(counts.distinct()).isEqualTo(Counter.MOST_NAMES);
        assertThat(counts.others()).isEqualTo(500);
        assertThat(counts.total()).isEqualTo(Counter.MOST_NAMES + 501);
        assertThat(counts.byName().keySet()).first().isEqualTo("name 7");
    }

    @Test
    void tells_the_fifty_most_frequent_skeletons_of_what_was_kept() {
        Skeletons skeletons = new Skeletons();
        for (int i = 0; i < 30_000; i++) {
            skeletons.add("Is it " + "far ".repeat(1 + i % 60) + "?");
            skeletons.add("Why " + Integer.toString(i, 36).replaceAll("[0-9]", "z") + i % 7 + "?");
            if (i % 10 == 0) {
                skeletons.add("How many cup" + i + "s are on the table?");
            }
        }

        Counts most = skeletons.most();

        assertThat(most.distinct()).isEqualTo(50);
        assertThat(most.byName().entrySet()).first().isEqualTo(Map.entry("how many _ are on the _", 3_000L));
        assertThat(most.total()).isEqualTo(63_000);
        assertThat(Analysis.of(DataSet.of(List.of(RandomSamples.of(5, 40).get(0))))
                        .skeletons()
                        .total())
                .isEqualTo(RandomSamples.of(5, 40).get(0).kept().size());
    }

    @Test
    void measures_entropy_in_bits() {
        assertThat(new Counts(Map.of("a", 2L, "b", 2L, "c", 2L, "d", 2L), 0).entropy())
                .isEqualTo(2);
        assertThat(new Counts(Map.of("a", 9L), 0).entropy()).isZero();
        assertThat(new Counts(Map.of(), 0).entropy()).isZero();
    }

    @Test
    void keeps_exact_bins_up_to_63_and_wide_ones_above() {
        Histogram histogram = new Histogram();
        IntStream.of(-10, 0, 63, 64, 71, 72, 1_000, Integer.MAX_VALUE).forEach(histogram::add);
        Distribution distribution = histogram.distribution();
        assertThat(distribution.bins())
                .startsWith(
                        new Distribution.Bin(-10, -10, 1),
                        new Distribution.Bin(0, 0, 1),
                        new Distribution.Bin(63, 63, 1),
                        new Distribution.Bin(64, 71, 2),
                        new Distribution.Bin(72, 79, 1))
                .allSatisfy(bin -> assertThat(bin.to() - bin.from()).isLessThanOrEqualTo(Math.max(0, bin.from() / 8)));
        assertThat(distribution.max()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> histogram.add(-11)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> distribution.quantile(1.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void draws_the_same_sample_in_whatever_order_items_come() {
        assertThat(sampled(i -> i)).isEqualTo(sampled(i -> 999 - i)).hasSize(10);
    }

    private static List<Integer> sampled(UnaryOperator<Integer> order) {
        BottomSample<Integer> sample = new BottomSample<>(10);
        IntStream.range(0, 1_000).boxed().map(order).forEach(i -> sample.offer("item " + i, () -> i));
        return sample.items();
    }

    @Test
    void counts_what_was_objected_to_without_quotations_brackets_and_numbers() {
        assertThat(Reasons.of("no improvement on its parent; score 3 is below 5: it asks; the same: again"))
                .containsExactly("no improvement on its parent", "score # is below #");
        assertThat(Reasons.of(
                        "the image shows what is annotated (2 cups: [0.1, 0.2]; one (blue)), not what is claimed (3"
                                + " cups); the text echoes \"this; and: that\""))
                .containsExactly("the image shows what is annotated, not what is claimed", "the text echoes \u2026");
        assertThat(Reasons.of(" ; ")).isEmpty();
        SampleKey key = SampleKey.of(sample());
        EvolvedSample evolved = new EvolvedSample(
                key,
                sample(),
                List.of(
                        eliminated(key, 1, "not well posed; no improvement"),
                        eliminated(key, 2, "no improvement: padding")));
        assertThat(Analysis.of(DataSet.of(List.of(evolved))).reasons().byName())
                .isEqualTo(Map.of("judge: not well posed", 1L, "judge: no improvement", 2L));
    }

    @Test
    void sets_scores_beside_what_solvers_find_hard() {
        Analysis.Difficulty difficulty =
                difficulty("2 0.0", "2 0.25", "5 0.5", "9 1.0", "9 0.75", "9 \"nonsense\"", "9 1.5");
        assertThat(difficulty.measured()).isEqualTo(5);
        assertThat(difficulty.byScore())
                .containsExactly(
                        new Analysis.AtScore(2, 2, 0.125),
                        new Analysis.AtScore(5, 1, 0.5),
                        new Analysis.AtScore(9, 2, 0.875));
        // ranks 1.5 1.5 3 4.5 4.5 and 1 2 3 5 4
        assertThat(difficulty.rankCorrelation().orElseThrow()).isCloseTo(9 / Math.sqrt(9.0 * 10), within(1e-9));
        assertThat(difficulty("1 1.0", "10 0.0").rankCorrelation()).hasValue(-1);
        assertThat(difficulty("4 0.5", "4 0.25").rankCorrelation()).isEmpty();
        assertThat(difficulty().measured()).isZero();
    }

    private static Analysis.Difficulty difficulty(String... scoresAndDifficulties) {
        SampleKey key = SampleKey.of(sample());
        List<Outcome> outcomes = new ArrayList<>();
        for (String both : scoresAndDifficulties) {
            String[] parts = both.split(" ");
            Instruction instruction = Instruction.builder("What is it?", "A dog.")
                    .extras(Map.of("difficulty", parts[1]))
                    .build();
            outcomes.add(new Outcome.Kept(
                    origin(key, 1, "cognitive"), instruction, OptionalInt.of(Integer.parseInt(parts[0])), ""));
        }
        return Analysis.of(DataSet.of(List.of(new EvolvedSample(key, sample(), outcomes))))
                .difficulty();
    }

    @Test
    void bounds_rounds_directions_and_names() {
        SampleKey key = SampleKey.of(sample());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            outcomes.add(new Outcome.Kept(
                    origin(key, i, "direction"), Instruction.of("What is it?", "A dog."), OptionalInt.of(3), ""));
            outcomes.add(new Outcome.Failed(origin(key, 1, "direction " + i), Optional.empty(), "x", "y"));
            outcomes.add(new Outcome.Failed(origin(key, 2, "direction"), Optional.empty(), "failure " + i, "y"));
        }
        Analysis analysis = Analysis.of(DataSet.of(List.of(new EvolvedSample(key, sample(), outcomes))));
        assertThat(analysis.rounds().size()).isEqualTo(Analysis.LAST_ROUND);
        assertThat(analysis.round(Analysis.LAST_ROUND).instructions()).isEqualTo(1_000 - Analysis.LAST_ROUND + 1);
        assertThat(analysis.kept()).isEqualTo(1_000);
        assertThat(analysis.cells()).hasSizeLessThan(2 * Analysis.LAST_ROUND + 2);
        assertThat(analysis.cells().stream().mapToLong(Analysis.Cell::attempted).sum())
                .isEqualTo(3_000);
        assertThat(analysis.cells())
                .filteredOn(cell -> cell.direction().equals("others"))
                .singleElement()
                .satisfies(cell -> assertThat(cell.failed()).isEqualTo(901));
        assertThat(analysis.cells())
                .allSatisfy(cell -> assertThat(cell.failedBy()).hasSizeLessThanOrEqualTo(101));
    }

    @Test
    void tells_which_share_the_judge_kept_where_it_is_known_what_was_lost() {
        SampleKey key = SampleKey.of(sample());
        Outcome scored =
                new Outcome.Kept(origin(key, 1, "cognitive"), Instruction.of("Why?", "So."), OptionalInt.of(4), "good");
        Outcome unscored =
                new Outcome.Kept(origin(key, 1, "interactive"), Instruction.of("Why?", "So."), OptionalInt.empty(), "");
        Outcome rejected = eliminated(key, 2, "no improvement");
        assertThat(improved(key, scored, unscored, rejected))
                .containsExactly(OptionalDouble.of(1), OptionalDouble.empty(), OptionalDouble.of(0));
        assertThat(improved(key, scored, unscored)).containsOnly(OptionalDouble.empty());
    }

    private static List<OptionalDouble> improved(SampleKey key, Outcome... outcomes) {
        return Analysis.of(DataSet.of(List.of(new EvolvedSample(key, sample(), List.of(outcomes))))).cells().stream()
                .map(Analysis.Cell::improved)
                .toList();
    }

    private static Outcome eliminated(SampleKey key, int round, String why) {
        return new Outcome.Eliminated(
                origin(key, round, "cognitive"), Instruction.of("Why?", "So."), "judge", why, "", OptionalInt.empty());
    }

    private static Outcome.Origin origin(SampleKey key, int round, String direction) {
        return new Outcome.Origin(
                key.instruction(round, 1), key.instruction(round - 1, 1), round, direction, "hash", "model");
    }

    @Test
    void gives_the_same_figures_for_the_same_data() {
        List<EvolvedSample> samples = RandomSamples.of(5, 40);
        assertThat(Analysis.of(DataSet.of(samples))).isEqualTo(Analysis.of(DataSet.of(samples)));
    }

    private static Sample sample(Instruction... instructions) {
        return Sample.builder("s").instructions(List.of(instructions)).build();
    }

    private static Instruction instruction(String format, String answer, String... skills) {
        return Instruction.builder("What is it?", answer)
                .format(format)
                .skills(List.of(skills))
                .build();
    }
}
