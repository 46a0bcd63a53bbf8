package io.github.mmevol.core.elimination;

import static io.github.mmevol.core.elimination.Coffee.CUP;
import static io.github.mmevol.core.elimination.Coffee.JUG;
import static io.github.mmevol.core.elimination.Coffee.SPOON;
import static io.github.mmevol.core.elimination.Coffee.checks;
import static io.github.mmevol.core.elimination.Coffee.object;
import static io.github.mmevol.core.elimination.Coffee.results;
import static io.github.mmevol.core.sample.Check.Result.CONFIRMED;
import static io.github.mmevol.core.sample.Check.Result.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxRuleTest {
    private static final Eliminator RULE = Rules.box(Forms.standard(), LabelMatcher.english());
    private static final String QUESTION = "What is there?";

    @ParameterizedTest
    @EnumSource(AnnotationTrust.class)
    void an_invented_box_is_rejected_under_any_trust_and_wherever_it_stands(AnnotationTrust trust) {
        Coffee coffee = new Coffee(trust, Coffee.precise().objects());
        String invented = "The dog is at [0.800, 0.300, 0.950, 0.900].";

        for (Verdict verdict : List.of(
                coffee.judge(RULE, QUESTION, invented),
                coffee.judge(RULE, QUESTION, "A dog.", invented),
                coffee.judge(RULE, invented + " What does it do?", "It sleeps."),
                coffee.judge(RULE, QUESTION, "A dog.", "grounding_1(dog)->[0.800, 0.300, 0.950, 0.900] | There."),
                coffee.judge(RULE, QUESTION, "\u72d7\u5728[0.800, 0.300, 0.950, 0.900]\u3002"))) {
            assertThat(verdict).isInstanceOfSatisfying(Reject.class, reject -> {
                assertThat(reject.why())
                        .isEqualTo("the box is invented: it is none of the annotated ones and not made of them:"
                                + " [0.800, 0.300, 0.950, 0.900]");
                assertThat(reject.evidence()).startsWith("nearest: ");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0.600, 0.400, 0.400, 0.600]",
                "[0.400, 0.600, 0.600, 0.400]",
                "[0.400, 0.400, 0.400, 0.600]",
                "[-0.100, 0.400, 0.600, 0.600]",
                "[0.400, 0.400, 0.600, 1.200]",
                "[160, 160, 240, 240]",
                "[400, 400, 600, 600]"
            })
    void four_numbers_that_are_no_box_are_rejected_behind_a_noun(String box) {
        assertThat(Coffee.noisy().judge(RULE, QUESTION, "The cup is at " + box + "."))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0.400, 0.400, 0.600, 0.600]",
                "[0.4, 0.4, 0.6, 0.6]",
                "[0.40,0.40,0.60,0.60]",
                "(0.400, 0.400, 0.600, 0.600)",
                "[0.4 0.4 0.6 0.6]",
                "[ 0.4  0.4\t0.6 0.6 ]",
                "[ 0.4 , 0.4\t, 0.6,0.6 ]",
                "0.400, 0.400, 0.600, 0.600"
            })
    void a_given_box_is_confirmed_in_every_spelling_and_rounding(String box) {
        assertThat(checks(Coffee.precise().judge(RULE, QUESTION, "The cup is at " + box + ".")))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.result()).isEqualTo(CONFIRMED);
                    assertThat(check.evidence()).isEqualTo("cup " + CUP);
                });
        assertThat(results(Coffee.noisy().judge(RULE, QUESTION, "The cup is at " + box + ".")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0.100, 0.050, 0.880, 0.120]", // all lamps
                "[0.400, 0.500, 0.600, 0.600]", // cup and saucer overlap
                "[0.000, 0.000, 1.000, 1.000]" // the whole image
            })
    void unions_and_intersections_of_given_boxes_and_the_whole_image_are_derived(String box) {
        assertThat(results(Coffee.precise().judge(RULE, QUESTION, "Something is at " + box + ".")))
                .containsExactly(UNDECIDED);
    }

    @Test
    void a_box_inside_a_given_one_is_derived_where_that_is_named_in_the_same_step_or_the_one_before() {
        String rim = "[0.420, 0.400, 0.580, 0.430]";

        assertThat(results(Coffee.precise().judge(RULE, QUESTION, "A rim.", "The rim of the cup is at " + rim + ".")))
                .containsExactly(UNDECIDED);
        assertThat(results(Coffee.precise()
                        .judge(RULE, QUESTION, "A rim.", "Find the cup.", "Its rim is at " + rim + ".")))
                .containsExactly(UNDECIDED);
        assertThat(results(Coffee.precise()
                        .judge(RULE, QUESTION, "A rim.", "It stands at " + CUP + ".", "The rim is at " + rim + ".")))
                .containsExactly(CONFIRMED, UNDECIDED);
        assertThat(Coffee.precise()
                        .judge(
                                RULE,
                                QUESTION,
                                "A rim.",
                                "Find the cup.",
                                "Look closely.",
                                "The rim is at " + rim + "."))
                .isInstanceOf(Reject.class);
    }

    @Test
    void of_a_box_in_the_question_any_step_may_tell_what_it_is_a_part_of() {
        String question = "What colour is the region [0.420, 0.400, 0.580, 0.430]?";

        assertThat(results(Coffee.precise().judge(RULE, question, "White.", "Look closely.", "It is the cup's rim.")))
                .containsExactly(UNDECIDED);
        assertThat(Coffee.precise().judge(RULE, question, "White.", "Look closely."))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Give the cup's box as x, y, width, height. | [0.400, 0.400, 0.200, 0.200]
            Convert the cup's box to centre format. | [0.500, 0.500, 0.200, 0.200]
            Give the cup's box with a margin of 0.05. | [0.350, 0.350, 0.650, 0.650]
            Give the box of the cup in the mirrored picture of it. | [0.300, 0.400, 0.500, 0.600]
            Give the box of the gap behind the jug. | [0.250, 0.300, 0.400, 0.650]
            Which box holds nothing but table? | [0.020, 0.720, 0.340, 0.990]
            Give the box of the left part of the picture. | [0.00, 0.00, 0.50, 1.00]
            Give the box of the lower right part. | [0.5, 0.5, 1, 1]
            Give the box of the middle part. | [0.333, 0.333, 0.667, 0.667]
            """)
    void a_box_that_is_to_be_worked_out_is_not_invented(String question, String answer) {
        assertThat(results(Coffee.precise().judge(RULE, question, answer))).containsExactly(UNDECIDED);
    }

    @Test
    void a_box_by_width_and_height_is_none_where_its_corners_are_asked_for_or_its_figures_are_others() {
        assertThat(Coffee.precise().judge(RULE, "Give the cup's box.", "[0.400, 0.400, 0.200, 0.200]"))
                .isInstanceOf(Reject.class);
        assertThat(Coffee.precise().judge(RULE, "Give the cup's box by width and height.", "[0.7, 0.7, 0.2, 0.3]"))
                .isInstanceOf(Reject.class);
    }

    @Test
    void shares_that_are_asked_for_are_no_box() {
        assertThat(checks(Coffee.precise()
                        .judge(RULE, "What is the RGB colour of the cup as shares?", "[0.92, 0.90, 0.88, 1.00]")))
                .isEmpty();
    }

    @Test
    void a_derived_box_may_be_written_again_later() {
        String rim = "[0.420, 0.400, 0.580, 0.430]";

        assertThat(results(Coffee.precise()
                        .judge(RULE, QUESTION, "It is " + rim, "The rim of the cup is at " + rim + ".", "It shines.")))
                .containsExactly(UNDECIDED, UNDECIDED);
    }

    @Test
    void inside_a_box_of_nearly_the_whole_image_is_no_place() {
        Coffee table = Coffee.precise().with(object("table", 0, 0, 1, 0.95));

        assertThat(table.judge(RULE, QUESTION, "The table has a scratch at [0.800, 0.300, 0.950, 0.900]."))
                .isInstanceOf(Reject.class);
    }

    @Test
    void a_box_near_a_given_one_is_replaced_and_counted() {
        Instruction evolved = Instruction.builder("What is at [0.410, 0.410, 0.610, 0.600]?", "The cup.")
                .steps(List.of(
                        new Step("referring_1((0.410, 0.390, 0.600, 0.600))->tgt_1", "A cup."),
                        new Step("grounding_1(cup)->bbx_1", "The cup is at [0.39, 0.38, 0.60, 0.60].")))
                .build();
        Round round = mock();
        Candidate candidate = Candidates.of(evolved);
        Candidate onCoffee = new Candidate(
                candidate.id(),
                Coffee.precise().sample(),
                candidate.parent(),
                evolved,
                candidate.direction(),
                1,
                candidate.prompt());

        Verdict verdict = RULE.judge(List.of(onCoffee), round).get(0);

        verify(round, times(3)).count("box-snapped");
        assertThat(results(verdict)).containsExactly(CONFIRMED, CONFIRMED, CONFIRMED);
        Instruction revised = verdict.revised().orElseThrow();
        assertThat(revised.question()).isEqualTo("What is at " + CUP + "?");
        assertThat(revised.answer()).isEqualTo("The cup.");
        assertThat(revised.steps())
                .containsExactly(
                        new Step("referring_1(" + CUP + ")->tgt_1", "A cup."),
                        new Step("grounding_1(cup)->bbx_1", "The cup is at " + CUP + "."));
    }

    @Test
    void a_box_near_one_of_another_label_is_not_replaced() {
        String nearCup = "[0.420, 0.420, 0.620, 0.600]";

        assertThat(Coffee.precise().judge(RULE, QUESTION, "The jug is at " + nearCup + "."))
                .isInstanceOf(Reject.class);
        assertThat(Coffee.precise()
                        .judge(RULE, QUESTION, "The cup is at " + nearCup + ".")
                        .revised())
                .isPresent();
    }

    @Test
    void a_region_that_is_denied_on_purpose_need_not_be_given() {
        String region = "Does the region [0.800, 0.300, 0.950, 0.900] hold the cup?";

        assertThat(results(Coffee.precise().judgeForm(RULE, "object_region_matching", region, "No, bare table.")))
                .containsExactly(UNDECIDED);
        assertThat(Coffee.precise().judgeForm(RULE, "object_region_matching", region, "Yes."))
                .isInstanceOf(Reject.class);
        assertThat(Coffee.precise()
                        .judgeForm(
                                RULE,
                                "region_selection",
                                "Which region holds the cup? A) " + CUP + " B) " + JUG
                                        + " C) [0.800, 0.300, 0.950, 0.900]",
                                "A"))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The values are [120, 95, 180, 210].",
                "The bars read [10, 20, 30, 40].",
                "The prices (0.99, 1.49, 1.99, 2.49) stand on the sign.",
                "The sequence [1, 2, 3, 4] is printed on the card.",
                "In 2019, 2020, 2021, 2022 it rained.",
                "The shares are 0.40, 0.30, 0.20, 0.10.",
                "They take (0.25, 0.25, 0.25, 0.25) of it.",
                "The RGB colour is [0.90, 0.50, 0.10, 1.00].",
                "The ratios [0.5, 0.4, 0.8, 0.9] are listed in the table.",
                "The largest is max(0.10, 0.20, 0.30, 0.40) = 0.40.",
                "The jug is wide: 0.250 - 0.100 = 0.150.",
                "Its centre is (0.500, 0.500).",
                "Call +1 555 0123, extension 12, 34, 56, 78.",
                "It shows the score 3, 2, 1, 0.",
                "The y-axis shows 0.20, 0.40, 0.60, 0.80.",
                "0.71, 0.78, 0.82, 0.85",
                "From left to right they are 0.85, 0.78, 0.71, 0.60."
            })
    void figures_are_no_boxes(String sentence) {
        assertThat(Coffee.exhaustive().judge(RULE, "What does the chart show?", sentence, sentence))
                .isInstanceOfSatisfying(
                        Pass.class, pass -> assertThat(pass.checks()).isEmpty());
        assertThat(Coffee.exhaustive()
                        .judge(RULE, "What does it show?", "Much.", "calculate(0.25 + 0.15, 0.1, 0.2, 0.3) | So."))
                .isInstanceOf(Pass.class);
    }

    @Test
    void four_numbers_alone_are_a_box_where_one_is_asked_for_or_told() {
        assertThat(Coffee.precise().judge(RULE, "Where is the spoon?", "0.110, 0.220, 0.330, 0.440"))
                .isInstanceOf(Reject.class);
        assertThat(Coffee.precise().judge(RULE, "What shines?", "The spoon in 0.110, 0.220, 0.330, 0.440"))
                .isInstanceOf(Reject.class);
    }

    @Test
    void every_box_of_a_row_is_looked_at() {
        assertThat(results(Coffee.precise().judge(RULE, QUESTION, "They are at " + CUP + " and " + SPOON + ".")))
                .containsExactly(CONFIRMED, CONFIRMED);
        assertThat(results(Coffee.precise().judge(RULE, QUESTION, "They are at [" + CUP + ", " + SPOON + "].")))
                .containsExactly(CONFIRMED, CONFIRMED);
    }

    @Test
    void a_sample_without_boxes_is_another_rules_matter() {
        assertThat(Coffee.precise().with().judge(RULE, QUESTION, "At [0.1, 0.2, 0.3, 0.4]."))
                .isInstanceOf(Pass.class);
    }
}
