package io.github.mmevol.core.manipulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mmevol.core.manipulation.Findings.Contradiction;
import io.github.mmevol.core.manipulation.Value.Certainty;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Check.Part;
import io.github.mmevol.core.sample.Check.Result;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManipulationRuntimeTest {
    private static final BoundingBox LEFT = new BoundingBox(0.0, 0.5, 0.5, 1.0);
    private static final BoundingBox RIGHT = new BoundingBox(0.5, 0.5, 1.0, 1.0);
    private static final BoundingBox TOP = new BoundingBox(0.0, 0.0, 1.0, 0.25);

    @Nested
    class Counts {

        @ParameterizedTest
        @EnumSource(AnnotationTrust.class)
        void fewer_than_there_are_boxes_is_ruled_out_unless_a_detector_drew_them(AnnotationTrust trust) {
            Findings findings = run(trust, counting("There is one cup.", "1"));

            assertThat(findings.contradictions().isEmpty()).isEqualTo(trust == AnnotationTrust.NOISY);
        }

        @ParameterizedTest
        @EnumSource(AnnotationTrust.class)
        void more_than_there_are_boxes_is_ruled_out_only_where_every_instance_is_boxed(AnnotationTrust trust) {
            Findings findings = run(trust, counting("There are three cups.", "3"));

            assertThat(findings.contradictions().isEmpty()).isEqualTo(trust != AnnotationTrust.EXHAUSTIVE);
        }

        @Test
        void the_number_of_boxes_is_the_value_asked_for_where_every_instance_is_boxed() {
            Findings findings = run(AnnotationTrust.EXHAUSTIVE, counting("There are two cups.", "2"));

            assertThat(findings.contradictions()).isEmpty();
            assertThat(findings.checks())
                    .contains(new Check("chain", Part.VALUE, "2", Result.CONFIRMED, "2 distinct boxes"));
            assertThat(findings.checks()).allMatch(check -> check.result() == Result.CONFIRMED);
        }

        @Test
        void the_number_of_boxes_is_undecided_where_more_may_exist() {
            Findings findings = run(AnnotationTrust.PRECISE, counting("There are two cups.", "Two"));

            assertThat(findings.checks())
                    .contains(new Check(
                            "chain", Part.VALUE, "Two", Result.UNDECIDED, "2 distinct boxes, there may be more"));
        }

        @Test
        void boxes_of_one_label_that_nearly_coincide_count_as_one() {
            Sample doubled = sample(AnnotationTrust.EXHAUSTIVE)
                    .with(s -> s.objects(List.of(
                            DetectedObject.of("cup", LEFT),
                            DetectedObject.of("cup", new BoundingBox(0.0, 0.51, 0.5, 1.0)),
                            DetectedObject.of("cup", RIGHT))));

            assertThat(ManipulationRuntime.ofDefaults()
                            .execute(doubled, counting("There are two cups.", "2"))
                            .findings()
                            .contradictions())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "One of them is white.",
                    "There is one white cup.",
                    "On the left there is one.",
                    "One cup stands on the table.",
                    "About one cup is there.",
                    "The first one is white.",
                    "It is 1:30.",
                    "That leaves 1 of 2.",
                    "Find the one cup.",
                    "It shows these three cups.",
                })
        void a_number_that_may_be_about_some_of_them_decides_nothing(String description) {
            assertThat(run(AnnotationTrust.EXHAUSTIVE, counting(description, "They differ."))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void a_phrase_with_a_modifier_or_an_unlabelled_noun_is_undecided() {
            for (String phrase : List.of("white cups", "cups on the left", "saucers", "gizmos", "\u676f\u5b50")) {
                Findings findings = run(
                        AnnotationTrust.EXHAUSTIVE,
                        instruction(
                                "How many?",
                                "9",
                                "grounding_1(" + phrase + ")->bbx_1",
                                "They are there.",
                                "calculate(count(bbx_1))->res_1",
                                "There are 9."));

                assertThat(findings.contradictions()).as(phrase).isEmpty();
                assertThat(findings.checks()).as(phrase).allMatch(check -> check.result() == Result.UNDECIDED);
            }
        }

        @Test
        void a_step_that_goes_on_with_some_of_the_boxes_decides_nothing_about_all() {
            assertThat(run(
                                    AnnotationTrust.PRECISE,
                                    instruction(
                                            "How many?",
                                            "1",
                                            "grounding_1(cups)->bbx_1",
                                            "The white one is at [0.000, 0.500, 0.500, 1.000].",
                                            "calculate(count(bbx_1))->res_1",
                                            "The count is 1."))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void a_step_may_mean_those_that_the_question_asks_for() {
            assertThat(run(
                                    AnnotationTrust.EXHAUSTIVE,
                                    instruction(
                                            "How many cups stand on the left?",
                                            "1",
                                            "grounding_1(cups)->bbx_1",
                                            "One cup.",
                                            "calculate(count(bbx_1))->res_1",
                                            "One."))
                            .contradictions())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "How many cups are there? Do not count the one at the back.",
                    "How many cups are there? Consider the left half.",
                    "Besides the one at the back, how many cups are there?",
                })
        void a_question_that_leaves_some_out_elsewhere_is_not_about_all(String question) {
            for (String answer : List.of("1", "2")) {
                Findings findings = run(
                        AnnotationTrust.EXHAUSTIVE,
                        instruction(
                                question,
                                answer,
                                "grounding_1(cups)->bbx_1",
                                "The cups are found.",
                                "calculate(count(bbx_1))->res_1",
                                "There is one cup."));

                assertThat(findings.contradictions()).isEmpty();
                assertThat(findings.checks())
                        .noneMatch(check -> check.part() == Part.VALUE && check.result() == Result.CONFIRMED);
            }
        }

        @Test
        void another_number_than_the_steps_list_boxes_is_ruled_out() {
            String[] steps = {
                "grounding_1(white cups)->bbx_1",
                "They are at [0.000, 0.500, 0.500, 1.000] and [0.500, 0.500, 1.000, 1.000].",
                "calculate(count(bbx_1))->res_1",
                "The count is 3."
            };

            assertThat(run(AnnotationTrust.NOISY, instruction("How many are white?", "3", steps))
                            .contradictions())
                    .extracting(Contradiction::evidence)
                    .containsExactly("2 boxes that the steps list");
            steps[1] =
                    "Two of them are at [0.000, 0.500, 0.500, 1.000] and [0.500, 0.500, 1.000, 1.000], among others.";
            assertThat(run(AnnotationTrust.NOISY, instruction("How many are white?", "3", steps))
                            .contradictions())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "One cup is at [0.000, 0.500, 0.500, 1.000], the other at [0.500, 0.500, 1.000, 1.000].",
                    "One cup stands at the left, another at the right.",
                    "One cup is at [0.000, 0.500, 0.500, 1.000] and one more at the right."
                })
        void a_number_that_others_follow_counts_only_the_first_of_them(String description) {
            assertThat(run(
                                    AnnotationTrust.EXHAUSTIVE,
                                    instruction(
                                            "Which cup is fuller?",
                                            "The left one.",
                                            "grounding_1(cups)->bbx_1",
                                            description))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void a_number_that_other_things_follow_is_a_count() {
            assertThat(run(
                                    AnnotationTrust.EXHAUSTIVE,
                                    instruction(
                                            "What is on the table?",
                                            "Crockery.",
                                            "grounding_1(cups)->bbx_1",
                                            "There are 3 cups, and 1 plate."))
                            .contradictions())
                    .hasSize(1);
        }

        @Test
        void a_wider_word_counts_at_least_its_kinds() {
            assertThat(run(
                                    AnnotationTrust.EXHAUSTIVE,
                                    instruction(
                                            "How many drinking vessels?",
                                            "5",
                                            "calculate(count of drinking vessels)->res_1",
                                            "There are 5 drinking vessels."))
                            .contradictions())
                    .isEmpty();
            assertThat(run(
                                    AnnotationTrust.EXHAUSTIVE,
                                    instruction(
                                            "How many drinking vessels?",
                                            "1",
                                            "calculate(count of drinking vessels)->res_1",
                                            "There is 1 drinking vessel."))
                            .contradictions())
                    .extracting(Contradiction::evidence)
                    .containsOnly("2 distinct boxes");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "calculate(count(bbx_1))->res_1",
                    "calculate(bbx_1)->res_1",
                    "calculate(number of cups)->n_1",
                    "calculate(count of bbx_1)",
                    "calculate(len(bbx_1))",
                    "calculate(\"count(cups)\")->res_1",
                    "calculate(count(grounding_1(cups)))->res_1",
                    "Calculate(Count(bbx1)) = 3",
                })
        void every_way_to_count_counts(String call) {
            Findings findings = run(
                    AnnotationTrust.EXHAUSTIVE,
                    instruction(
                            "What is there?",
                            "Cups.",
                            "grounding_1(cups)->bbx_1",
                            "Cups.",
                            call,
                            "There are three cups."));

            assertThat(findings.contradictions()).hasSize(1);
        }
    }

    @Nested
    class Calculations {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                calculate(240 - 95)->res_1 | The difference is 145.
                calculate((120 + 95 + 180) / 3)->res_1 | Their sum is 395, so the mean is about 131.7.
                calculate(5 / 8)->res_1 | Five of eight are orange, which is 62.5 percent.
                calculate(max(25, 85, 30, 80))->res_1 | The largest is 85, option B.
                calculate(sum of 120, 95 and 180)->res_1 | Together they make 395.
                calculate(difference between 240 and 95)->res_1 | The gap is 145.
                calculate(mean([120, 95, 180]))->res_1 | The mean is 131.67.
                calculate(round(395 / 3))->res_1 | That is 132.
                calculate(abs(95 - 240))->res_1 | That is 145.
                calculate(240 - 95 = 145)->res_1 | It follows from the chart.
                calculate(240 - 95)->145 | It follows from the chart.
                """)
        void a_right_result_is_confirmed(String call, String description) {
            Findings findings = run(AnnotationTrust.NOISY, instruction("What is it?", "See above.", call, description));

            assertThat(findings.contradictions()).isEmpty();
            if (!call.contains("= 145")) {
                assertThat(findings.checks()).extracting(Check::result).containsExactly(Result.CONFIRMED);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                calculate(240 - 95)->res_1 | The difference is 155.
                calculate((120 + 95 + 180) / 3)->res_1 | Their sum is 405, so the mean is 135.
                calculate(0.687 - 0.526)->res_1 | The distance is 0.174.
                calculate(max(25, 85, 30, 80))->res_1 | The largest is 95.
                calculate(sum of 120, 95 and 180)->res_1 | Together they make 405.
                calculate(240 - 95)->155 | It follows from the chart.
                calculate(240 - 95)->res_1 = 155 | It follows from the chart.
                """)
        void a_wrong_result_is_ruled_out_under_any_trust(String call, String description) {
            Findings findings = run(AnnotationTrust.NOISY, instruction("What is it?", "See above.", call, description));

            assertThat(findings.contradictions()).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                calculate(120 + 95)->res_1 | January is 120 and February is 95.
                calculate(90 / 60)->res_1 | That is 1 hour 30 minutes.
                calculate(90 / 60)->res_1 | That is one and a half hours.
                calculate(3 * 12)->res_1 | That makes three dozen.
                calculate(240 / 120)->res_1 | The ratio is 2 to 1.
                calculate(1 - 5 / 8)->res_1 | The rest is 3 of 8.
                calculate(2 / 3)->res_1 | That is 66 %.
                calculate(240 - 95)->res_1 | June has more.
                calculate(the overall brightness)->res_1 | It is 7.
                calculate(distance between bbx_1 and bbx_2)->res_1 | It is 0.4.
                """)
        void what_can_be_read_in_another_way_is_undecided(String call, String description) {
            Findings findings = run(AnnotationTrust.NOISY, instruction("What is it?", "See above.", call, description));

            assertThat(findings.contradictions()).isEmpty();
        }

        @Test
        void what_earlier_steps_state_goes_into_a_formula() {
            Findings findings = run(
                    AnnotationTrust.NOISY,
                    instruction(
                            "What is the mean?",
                            "167.5",
                            "ocr_1(values above the bars)->text_1",
                            "The values are [120, 95, 180, 210, 160, 240].",
                            "calculate(sum(text_1))->n_1",
                            "The sum is 1005.",
                            "calculate(n_1 / 6)->n_2",
                            "That is 187.5 for each month."));

            assertThat(findings.contradictions())
                    .extracting(Contradiction::evidence)
                    .containsExactly("167.5");
            assertThat(findings.checks())
                    .contains(new Check(
                            "chain", Part.STEP, "calculate(sum(text_1))->n_1", Result.CONFIRMED, "worked out: 1005"));
        }
    }

    @Nested
    class Answers {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                How many visits? | 145
                How many visits? | 145 visits
                How many visits? | One hundred and forty-five
                How many visits? | 240 - 95 = 145, so June leads by 145 visits.
                How many visits? A) 95 B) 145 C) 155 | B
                Which share? | 14500 %
                Which month? | June
                How many visits? | More than 100
                How many visits? | 240 for June and 95 for February
                How many visits? | 95
                """)
        void an_answer_that_may_be_what_the_chain_ends_in_passes(String question, String answer) {
            assertThat(run(AnnotationTrust.PRECISE, subtracting(question, answer))
                            .contradictions())
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                How many visits? | 155
                How many visits? | 155 visits
                How many visits? | One hundred and fifty-five
                How many visits more does June have? | June has 155 visits more than February, which is much.
                By how many do they differ? A) 85 visits B) 145 visits C) 155 visits | C
                \u5dee\u591a\u5c11\uff1f | \u4e00\u767e\u4e94\u5341\u4e94
                """)
        void an_answer_that_gives_another_number_is_ruled_out(String question, String answer) {
            assertThat(run(AnnotationTrust.PRECISE, subtracting(question, answer))
                            .contradictions())
                    .extracting(Contradiction::why)
                    .containsExactly("the answer gives another value: the chain ends in 145");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                How much more is that in euros, if the chart is in thousands? | 1430 - 765 | The difference is 665. | 665,000 euros
                What is the total, to the nearest hundred? | 4000 + 987 | The sum is 4,987. | 5,000
                How long are both together, in hours? | 45 + 30 | Both last 75 minutes. | 1.25 hours
                How much do three stamps cost? | 3 * 25 | They cost 75 cents. | $0.75
                How much longer is it? | 40 - 10 | It is 30 inches longer. | 2.5 feet
                How many cups are there, and do they outnumber the plates? | 2 - 1 | Compare both. | There are 4 cups, so they do.
                What share of the fruits are apples? | 5 / 8 | That is 62.5 %. | Five eighths
                What share of the fruits are apples? | 5 / 8 | That is 62.5 %. | 5 of 8
                What share of the fruits are apples? | 5 / 8 | That is 62.5 %. | Five of the eight.
                What share of the fruits are apples? | 3 / 5 | That is 0.6. | 3 out of 5
                What share of the fruits are apples? | 3 / 5 | That is 0.6. | Three fifths.
                How much is it? | 0.5 * 3 | It is $1.50. | A dollar fifty
                How much is it? | 0.5 * 3 | It is £1.50. | One pound fifty
                """)
        void an_answer_that_goes_on_from_the_last_number_is_left_alone(
                String question, String formula, String description, String answer) {
            assertThat(run(
                                    AnnotationTrust.PRECISE,
                                    instruction(question, answer, "calculate(" + formula + ")->res_1", description))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void an_answer_may_take_from_steps_without_a_number_what_it_gives() {
            String question = "How many regions are below the average?";
            String[] steps = {
                "calculate((1250 + 980 + 770) / 3)->res_1",
                "The average is 1,000.",
                "None",
                "South and West are below it."
            };

            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "Two", steps))
                            .contradictions())
                    .isEmpty();
            steps[3] = "That makes 3 in all.";
            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "Two", steps))
                            .contradictions())
                    .hasSize(1);
        }

        @Test
        void a_number_rounded_wrongly_is_ruled_out() {
            String[] steps = {"calculate(4000 + 987)->res_1", "The sum is 4,987."};

            assertThat(run(AnnotationTrust.PRECISE, instruction("What is the total, rounded?", "4,900", steps))
                            .contradictions())
                    .hasSize(1);
        }

        @Test
        void another_option_than_the_chain_ends_in_is_ruled_out() {
            String question = "In which month did the visits fall? A) March B) April C) May D) June";
            String[] steps = {"calculate(160 - 210)->res_1", "The change is -50.", "None", "So it was May, option C."};

            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "A", steps))
                            .contradictions())
                    .hasSize(1);
            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "C) May", steps))
                            .contradictions())
                    .isEmpty();
            steps[3] = "Option A shows a rise, as does option B. June is the last month.";
            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "C", steps))
                            .contradictions())
                    .isEmpty();
            steps[3] = "So it is not option A.";
            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "C", steps))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void yes_under_a_chain_that_ends_in_no_is_ruled_out() {
            String[] steps = {"calculate(180 - 135)->res_1", "That is 45.", "None", "So the answer is no."};

            assertThat(run(AnnotationTrust.PRECISE, instruction("Is it below?", "Yes, it is.", steps))
                            .contradictions())
                    .hasSize(1);
            assertThat(run(AnnotationTrust.PRECISE, instruction("Is it below?", "No.", steps))
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void a_box_far_from_the_one_that_was_grounded_is_ruled_out() {
            String question =
                    "Which region holds the plate? A) [0.500, 0.500, 1.000, 1.000] B) [0.000, 0.000, 1.000, 0.250]"
                            + " C) [0.000, 0.500, 0.500, 1.000]";
            String[] steps = {"grounding_1(plate)->bbx_1", "The plate is at [0.000, 0.000, 1.000, 0.250]."};

            assertThat(run(AnnotationTrust.PRECISE, instruction(question, "A", steps))
                            .contradictions())
                    .hasSize(1);
            Findings right = run(AnnotationTrust.PRECISE, instruction(question, "B", steps));
            assertThat(right.contradictions()).isEmpty();
            assertThat(right.checks())
                    .anyMatch(check -> check.part() == Part.VALUE && check.result() == Result.CONFIRMED);
        }
    }

    @Nested
    class Tools {

        @Test
        void referring_keeps_the_region_twice_as_large(@TempDir Path folder) throws IOException {
            ManipulationRuntime runtime =
                    ManipulationRuntime.builder().crops(folder).build();

            runtime.execute(
                    sample(AnnotationTrust.PRECISE),
                    instruction("?", "!", "referring_1([0.500, 0.500, 1.000, 1.000])->tgt_1", "It is blue."));

            List<Path> kept = files(folder);
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).getFileName().toString()).endsWith("-0.500-0.500-1.000-1.000.png");
            BufferedImage crop = ImageIO.read(kept.get(0).toFile());
            assertThat(crop.getWidth()).isEqualTo(40);
            assertThat(crop.getHeight()).isEqualTo(20);
            assertThat(new Color(crop.getRGB(20, 10))).isEqualTo(Color.BLUE);
        }

        @Test
        void a_region_that_cannot_be_cut_out_is_undecided(@TempDir Path folder) {
            Sample without = sample(AnnotationTrust.PRECISE).with(s -> s.image("", ImageSource.none()));
            Findings findings = ManipulationRuntime.builder()
                    .crops(folder)
                    .build()
                    .execute(without, instruction("?", "!", "referring_1(" + LEFT + ")->tgt_1", "It is red."))
                    .findings();

            assertThat(findings.checks()).isNotEmpty().allMatch(check -> check.result() == Result.UNDECIDED);
        }

        @Test
        void what_is_read_otherwise_is_disputed_and_never_more() {
            ManipulationRuntime runtime = ManipulationRuntime.builder()
                    .ocr(picture -> List.of("MUSEUM", "open 9-17"))
                    .build();
            String[] steps = {"grounding_1(plate)->bbx_1", "There.", "OCR_1(bbx_1)->txt_1", "It reads 'LIBRARY'."};

            Findings otherwise = runtime.execute(sample(AnnotationTrust.PRECISE), instruction("?", "!", steps))
                    .findings();
            steps[3] = "It reads 'Museum'.";
            Findings alike = runtime.execute(sample(AnnotationTrust.PRECISE), instruction("?", "!", steps))
                    .findings();

            assertThat(otherwise.contradictions()).isEmpty();
            assertThat(otherwise.checks())
                    .contains(new Check("chain", Part.STEP, "LIBRARY", Result.DISPUTED, "ocr reads: MUSEUM|open 9-17"));
            assertThat(alike.checks())
                    .contains(new Check("chain", Part.STEP, "Museum", Result.CONFIRMED, "ocr reads: MUSEUM|open 9-17"));
        }

        @Test
        void the_reader_sees_the_region_and_a_little_around_it_enlarged() {
            List<BufferedImage> seen = new ArrayList<>();
            ManipulationRuntime runtime = ManipulationRuntime.builder()
                    .ocr(picture -> {
                        seen.add(picture);
                        return List.of();
                    })
                    .build();

            runtime.execute(
                    sample(AnnotationTrust.PRECISE), instruction("?", "!", "OCR_1(plate)->txt_1", "It reads 'A'."));

            assertThat(seen).hasSize(1);
            assertThat(seen.get(0).getWidth()).isEqualTo(80);
            assertThat(seen.get(0).getHeight()).isEqualTo(12);
        }

        @Test
        void a_share_is_no_wrong_result_of_a_call_that_goes_on_to_its_percentage() {
            String call = "calculate((240 - 160) / 160 * 100)->res_1";

            assertThat(ManipulationRuntime.ofDefaults()
                            .execute(
                                    sample(AnnotationTrust.PRECISE),
                                    instruction("?", "50", call, "(240 - 160) / 160 = 0.5."))
                            .findings()
                            .contradictions())
                    .isEmpty();
            assertThat(ManipulationRuntime.ofDefaults()
                            .execute(sample(AnnotationTrust.PRECISE), instruction("?", "50", call, "The share is 0.6."))
                            .findings()
                            .contradictions())
                    .hasSize(1);
        }

        @Test
        void an_invented_function_gets_a_tool_in_any_spelling() {
            ManipulationRuntime runtime = ManipulationRuntime.builder()
                    .tool(
                            "measure_distance",
                            (call, given, scene) ->
                                    Optional.of(new Value.Amount(new BigDecimal("0.25"), Certainty.EXACT)))
                    .build();

            Execution execution = runtime.execute(
                    sample(AnnotationTrust.PRECISE),
                    instruction("?", "!", "MeasureDistance_1([0.000, 0.500, 0.500, 1.000])->dist_1", "It is 0.35."));

            assertThat(execution.values())
                    .containsEntry("dist1", new Value.Amount(new BigDecimal("0.25"), Certainty.EXACT));
            assertThat(execution.findings().contradictions()).hasSize(1);
            assertThat(runtime.settings()).isEqualTo("chain, tools measuredistance");
        }

        @Test
        void a_tool_takes_the_place_of_a_default() {
            ManipulationRuntime runtime = ManipulationRuntime.builder()
                    .tool(
                            "Grounding",
                            (call, given, scene) ->
                                    Optional.of(new Value.Boxes(List.of(LEFT, RIGHT, TOP), Certainty.EXACT)))
                    .build();

            assertThat(runtime.execute(
                                    sample(AnnotationTrust.NOISY),
                                    instruction("?", "!", "grounding_1(cups)->bbx_1", "There are two cups."))
                            .findings()
                            .contradictions())
                    .hasSize(1);
        }

        @Test
        void a_tool_that_fails_decides_nothing() {
            ManipulationRuntime runtime = ManipulationRuntime.builder()
                    .tool("grounding", (call, given, scene) -> {
                        throw new IllegalStateException("no detector");
                    })
                    .build();

            assertThat(runtime.execute(sample(AnnotationTrust.PRECISE), counting("There is one cup.", "They differ."))
                            .findings()
                            .contradictions())
                    .isEmpty();
        }

        @Test
        void the_labels_are_matched_by_whoever_is_given() {
            LabelMatcher german = (phrase, label) -> phrase.equals("Tassen") && label.equals("cup")
                    ? LabelMatcher.Relation.SAME
                    : LabelMatcher.Relation.UNKNOWN;
            ManipulationRuntime runtime =
                    ManipulationRuntime.builder().labels(german).build();

            Execution execution = runtime.toBuilder()
                    .build()
                    .execute(sample(AnnotationTrust.EXHAUSTIVE), instruction("?", "!", "grounding_1(Tassen)", "Da."));

            assertThat(execution.values())
                    .containsEntry("bbx1", new Value.Boxes(List.of(LEFT, RIGHT), Certainty.EXACT));
        }

        @Test
        void a_tool_needs_a_name() {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> ManipulationRuntime.builder().tool("_1", (call, given, scene) -> Optional.empty()));
        }
    }

    @Test
    void flaws_are_undecided_and_never_more() {
        Findings findings = run(
                AnnotationTrust.PRECISE,
                instruction(
                        "?", "!", "referring_1(bbx_7)->tgt_1", "It is red.", "compare_1(4, 2)->res_2", "4 is more."));

        assertThat(findings.contradictions()).isEmpty();
        assertThat(findings.checks())
                .contains(
                        new Check("chain", Part.STEP, "bbx7", Result.UNDECIDED, "nothing gives it a value"),
                        new Check(
                                "chain",
                                Part.STEP,
                                "compare_1(4, 2)->res_2",
                                Result.UNDECIDED,
                                "there is no such function"));
    }

    @Test
    void an_instruction_without_a_chain_comes_back_with_nothing() {
        Execution execution = ManipulationRuntime.ofDefaults()
                .execute(sample(AnnotationTrust.EXHAUSTIVE), Instruction.of("How many cups?", "7"));

        assertThat(execution.findings()).isEqualTo(new Findings(List.of(), List.of()));
        assertThat(execution.values()).isEmpty();
    }

    @Test
    void the_default_is_named_for_what_it_is() {
        assertThat(ManipulationRuntime.ofDefaults().settings()).isEqualTo("chain");
        assertThat(ManipulationRuntime.builder()
                        .ocr(picture -> List.of())
                        .build()
                        .settings())
                .isEqualTo("chain, text read by ocr");
    }

    private static Instruction counting(String description, String answer) {
        return instruction(
                "How many cups are there in the picture?",
                answer,
                "grounding_1(cups)->bbx_1",
                "The cups are found.",
                "calculate(count(bbx_1))->res_1",
                description);
    }

    private static Instruction subtracting(String question, String answer) {
        return instruction(
                question,
                answer,
                "OCR_1(values)->txt_1",
                "They read 240 and 95.",
                "calculate(240 - 95)->res_1",
                "240 - 95 = 145.");
    }

    private static Instruction instruction(String question, String answer, String... steps) {
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < steps.length; i += 2) {
            all.add(new Step(steps[i], steps[i + 1]));
        }
        return Instruction.builder(question, answer).steps(all).build();
    }

    private static Findings run(AnnotationTrust trust, Instruction instruction) {
        return ManipulationRuntime.ofDefaults()
                .execute(sample(trust), instruction)
                .findings();
    }

    private static Sample sample(AnnotationTrust trust) {
        return Sample.builder("table")
                .image("table.png", ImageSource.bytes(picture()))
                .objects(List.of(
                        DetectedObject.of("cup", LEFT),
                        DetectedObject.of("cup", RIGHT),
                        DetectedObject.of("plate", TOP)))
                .trust(trust)
                .build();
    }

    /** 40 x 20 pixels, blue at the lower right, white elsewhere. */
    private static byte[] picture() {
        BufferedImage picture = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 40, 20);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(20, 10, 20, 10);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
