package io.github.mmevol.core.manipulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.manipulation.Argument.Boxes;
import io.github.mmevol.core.manipulation.Argument.Expression;
import io.github.mmevol.core.manipulation.Argument.Figure;
import io.github.mmevol.core.manipulation.Argument.Phrase;
import io.github.mmevol.core.manipulation.Argument.Variable;
import io.github.mmevol.core.manipulation.Call.Function;
import io.github.mmevol.core.manipulation.Chain.Flaw;
import io.github.mmevol.core.manipulation.Chain.Flaw.Kind;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grounding_1(the cup)->bbx_1",
                "`grounding_1(the cup)->bbx_1`",
                "**grounding_1(the cup)->bbx_1**",
                "Grounding_1(the cup) -> bbx_1",
                "GROUNDING_1(the cup)→BBX_1",
                "grounding1(the cup)->bbx1",
                "grounding-1(the cup) => bb_x1",
                "grounding\\_1(the cup)->bbx\\_1",
                "grounding_1 (the cup) --> bbox_1",
                "grounding_1(\"the cup\")->bbx_1",
                "grounding_1('the cup')->bbx_1",
                "grounding_1(\u201cthe cup\u201d)->bbx_1",
                "grounding_1(tgt=the cup)->bbx_1",
                "grounding_1(target: 'the cup')->bbx_1",
                "grounding_1(<the cup>)->bbx_1",
                "grounding(the cup)->bbx_1",
                "grounding(the cup)",
                "grounding_1(the cup)",
                "grounding_1(the cup",
                "bbx_1 = grounding_1(the cup)",
                "bbx_1 := grounding(the cup)",
                "Step 1: grounding_1(the cup)->bbx_1.",
                "1. grounding_1(the cup)->bbx_1",
                "grounding_1[the cup]->bbx_1",
                "grounding_1: the cup -> bbx_1",
                "grounding_1 the cup -> bbx_1",
                "grounding\uff08the cup\uff09\u2192bbx_1",
            })
    void every_spelling_of_a_grounding_is_the_same_call(String text) {
        Call call = only(text);

        assertThat(call.function()).isEqualTo(Function.GROUNDING);
        assertThat(call.arguments()).containsExactly(new Phrase("the cup"));
        assertThat(call.results()).containsExactly(new Variable("bbx1"));
        assertThat(call.stated()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            referring_1(bbx_1)->tgt_1 | REFERRING | tgt1
            Refer_2(bbx_1)->tgt_2 | REFERRING | tgt2
            referring(bbx_1) | REFERRING | tgt1
            calculate(bbx_1)->res_1 | CALCULATE | res1
            Calculate_1(bbx_1)->n_1 | CALCULATE | n1
            calculation(bbx_1)->result_1 | CALCULATE | res1
            calc(bbx_1)->count | CALCULATE | count
            OCR_1(bbx_1)->txt_1 | OCR | txt1
            ocr(bbx_1)->text_1 | OCR | txt1
            measure_distance_1(bbx_1)->dist_1 | OTHER | dist1
            """)
    void functions_and_results_are_known_by_any_name(String text, Function function, String result) {
        Call call = only(text);

        assertThat(call.function()).isEqualTo(function);
        assertThat(call.arguments()).containsExactly(new Variable("bbx1"));
        assertThat(call.results()).containsExactly(new Variable(result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bbx_2", "bb_x2", "bbx2", "BBX_2", "bbox2", "box_2", "bbx-2", "'bbx_2'"})
    void every_spelling_of_a_variable_is_the_same_variable(String text) {
        assertThat(only("referring_1(" + text + ")").arguments()).containsExactly(new Variable("bbx2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "None", "none", "null", "NONE "})
    void no_manipulation_is_no_call_and_no_flaw(String text) {
        Chain chain = chain(text);

        assertThat(chain.calls()).isEmpty();
        assertThat(chain.flaws()).isEmpty();
    }

    @Nested
    class Arguments_ {

        @Test
        void boxes_are_boxes() {
            BoundingBox one = new BoundingBox(0.1, 0.2, 0.3, 0.4);
            BoundingBox two = new BoundingBox(0.5, 0.6, 0.7, 0.8);

            assertThat(only("referring_1([0.1, 0.2, 0.3, 0.4])->tgt_1").arguments())
                    .containsExactly(new Boxes(List.of(one)));
            assertThat(only("referring_1(0.1, 0.2, 0.3, 0.4)->tgt_1").arguments())
                    .containsExactly(new Boxes(List.of(one)));
            assertThat(only("referring_1([0.1, 0.2, 0.3, 0.4] and [0.5, 0.6, 0.7, 0.8])->tgt_1")
                            .arguments())
                    .containsExactly(new Boxes(List.of(one, two)));
            assertThat(only("referring_1([[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8]])->tgt_1")
                            .arguments())
                    .containsExactly(new Boxes(List.of(one, two)));
        }

        @Test
        void several_variables_stay_several() {
            assertThat(only("referring_1(bbx_1, bbx_2)->tgt_1").arguments())
                    .containsExactly(new Variable("bbx1"), new Variable("bbx2"));
            assertThat(only("referring_1(bbx_1 and [0.1, 0.2, 0.3, 0.4])->tgt_1")
                            .arguments())
                    .containsExactly(new Variable("bbx1"), new Boxes(List.of(new BoundingBox(0.1, 0.2, 0.3, 0.4))));
        }

        @Test
        void a_phrase_keeps_its_commas_and_brackets() {
            assertThat(only("grounding_1(the cup, on the left (white))->bbx_1").arguments())
                    .containsExactly(new Phrase("the cup, on the left (white)"));
        }

        @Test
        void an_expression_keeps_its_text() {
            assertThat(only("calculate((120 + 95 + 180) / 3)->res_1").arguments())
                    .containsExactly(new Expression("(120 + 95 + 180) / 3"));
            assertThat(only("calculate(count of roofs)->res_1").arguments())
                    .containsExactly(new Expression("count of roofs"));
            assertThat(only("calculate(42)->res_1").arguments()).containsExactly(new Figure(new BigDecimal(42)));
        }

        @Test
        void a_call_inside_another_comes_first_and_its_result_takes_its_place() {
            Chain chain = chain("referring_1(grounding_1(the cup))->tgt_1");

            assertThat(chain.calls())
                    .extracting(Call::function)
                    .containsExactly(Function.GROUNDING, Function.REFERRING);
            assertThat(chain.calls().get(0).results()).containsExactly(new Variable("bbx1"));
            assertThat(chain.calls().get(1).arguments()).containsExactly(new Variable("bbx1"));
            assertThat(chain.flaws()).isEmpty();
        }

        @Test
        void a_call_inside_an_expression_is_taken_out_too() {
            Chain chain = chain("calculate(count(grounding_3(cups)) - 2)->res_1");

            assertThat(chain.calls()).hasSize(2);
            assertThat(chain.calls().get(1).arguments()).containsExactly(new Expression("count(bbx3) - 2"));
        }
    }

    @Nested
    class Results {

        @Test
        void several_variables_may_take_the_results() {
            List<Variable> four =
                    List.of(new Variable("bbx1"), new Variable("bbx2"), new Variable("bbx3"), new Variable("bbx4"));

            assertThat(only("grounding_1(towers)->bbx_1, bbx_2, bbx_3 and bbx_4")
                            .results())
                    .isEqualTo(four);
            assertThat(only("grounding_1(towers)->[bbx_1, bbx_2, bbx_3, bbx_4]").results())
                    .isEqualTo(four);
            assertThat(only("grounding_1(towers)->bbx_1..bbx_4").results()).isEqualTo(four);
        }

        @Test
        void a_value_may_stand_behind_the_arrow() {
            assertThat(only("calculate(240 - 95)->res_1 = 145").stated()).contains(new Figure(new BigDecimal(145)));
            assertThat(only("calculate(240 - 95)->145").stated()).contains(new Figure(new BigDecimal(145)));
            assertThat(only("calculate(240 - 95) = 145").stated()).contains(new Figure(new BigDecimal(145)));
            assertThat(only("OCR_1(sign)->txt_1: 'STOP'").stated()).contains(new Phrase("STOP"));
            assertThat(only("grounding_1(cup)->bbx_1: [0.1, 0.2, 0.3, 0.4]").stated())
                    .contains(new Boxes(List.of(new BoundingBox(0.1, 0.2, 0.3, 0.4))));
            assertThat(only("grounding_1(cup)->[0.1, 0.2, 0.3, 0.4]").results()).containsExactly(new Variable("bbx1"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grounding_1(cup)->bbx_1; referring_1(bbx_1)->tgt_1",
                "grounding_1(cup)->bbx_1, referring_1(bbx_1)->tgt_1",
                "grounding_1(cup)->bbx_1\nreferring_1(bbx_1)->tgt_1",
                "grounding_1(cup)->bbx_1 and referring_1(bbx_1)->tgt_1",
                "grounding_1(cup)->bbx_1->referring_1(bbx_1)->tgt_1",
                "grounding_1(cup)->bbx_1, then referring_1(bbx_1)->tgt_1",
                "grounding_1(cup) + referring_1(bbx_1)",
            })
    void several_calls_in_one_step_are_several(String text) {
        Chain chain = chain(text);

        assertThat(chain.calls()).extracting(Call::function).containsExactly(Function.GROUNDING, Function.REFERRING);
        assertThat(chain.calls().get(0).results()).containsExactly(new Variable("bbx1"));
        assertThat(chain.calls().get(1).results()).containsExactly(new Variable("tgt1"));
        assertThat(chain.flaws()).isEmpty();
    }

    @Nested
    class Flaws_ {

        @Test
        void a_variable_without_a_value_is_undefined() {
            assertThat(chain("grounding_1(cup)->bbx_1", "referring_1(bbx_2)->tgt_1")
                            .flaws())
                    .contains(new Flaw(Kind.UNDEFINED, 1, "bbx2"));
        }

        @Test
        void a_variable_used_too_early_is_out_of_order() {
            assertThat(chain("referring_1(bbx_1)->tgt_1", "grounding_1(cup)->bbx_1")
                            .flaws())
                    .containsExactly(new Flaw(Kind.OUT_OF_ORDER, 0, "bbx1"));
        }

        @Test
        void a_result_that_the_chain_passes_by_dangles() {
            assertThat(chain("grounding_1(cup)->bbx_1", "grounding_2(spoon)->bbx_2", "referring_1(bbx_2)->tgt_1")
                            .flaws())
                    .containsExactly(new Flaw(Kind.DANGLING, 0, "bbx1"));
        }

        @Test
        void nothing_dangles_where_values_are_written_out_or_reasoned_about() {
            assertThat(chain("OCR_1(June)->txt_1", "OCR_2(May)->txt_2", "calculate(240 - 160)->res_1")
                            .flaws())
                    .isEmpty();
            assertThat(chain("grounding_1(cup)->bbx_1", "grounding_2(spoon)->bbx_2", "referring_1(bbx_2)", "None")
                            .flaws())
                    .isEmpty();
        }

        @Test
        void an_invented_function_and_free_words_are_named() {
            assertThat(chain("compare_1(4, 2)->res_2", "zoom into the picture").flaws())
                    .containsExactly(
                            new Flaw(Kind.UNKNOWN_FUNCTION, 0, "compare_1(4, 2)->res_2"),
                            new Flaw(Kind.UNREADABLE, 1, "zoom into the picture"));
        }

        @Test
        void another_name_for_the_same_number_is_found() {
            assertThat(chain("calculate(1 + 2)->n_1", "calculate(res_1 * 2)->res_2")
                            .flaws())
                    .isEmpty();
        }

        @Test
        void a_name_without_its_number_is_found() {
            assertThat(chain("grounding_1(cup)->bbx_1", "referring(bbx)->tgt").flaws())
                    .isEmpty();
        }
    }

    @Nested
    class AnyText {

        @Property(tries = 5_000)
        void is_read_without_a_surprise(@ForAll("pieces") String text) {
            Chain chain = Chain.of(List.of(new Step(text, text), new Step(text, "")));

            assertThat(chain.flaws()).isNotNull();
        }

        @Provide
        Arbitrary<String> pieces() {
            return Arbitraries.oneOf(
                            Arbitraries.strings().ofMaxLength(12),
                            Arbitraries.of(
                                    "grounding_1(",
                                    "referring(",
                                    "OCR",
                                    "calculate(",
                                    ")",
                                    "->",
                                    "\u2192",
                                    "bbx_1",
                                    "bb_x2",
                                    "[0.1, 0.2, 0.3, 0.4]",
                                    "[",
                                    "..",
                                    "=",
                                    ":",
                                    ",",
                                    ";",
                                    "'",
                                    "\"",
                                    "`",
                                    "None",
                                    "and ",
                                    "f_1(",
                                    "\\_",
                                    "99999999999999999999"))
                    .list()
                    .ofMaxSize(20)
                    .map(pieces -> String.join("", pieces));
        }

        @Test
        @Timeout(20)
        void is_read_in_time_linear_in_its_length() {
            for (String piece : List.of(
                    "(",
                    ")",
                    "f(",
                    "grounding(",
                    "grounding_1(a)->",
                    "bbx_1..bbx_9",
                    "[",
                    "->",
                    "=",
                    "a",
                    ",",
                    "'",
                    "\"",
                    "[0.1,",
                    "_",
                    "and ",
                    "calculate(1+",
                    "x(y(",
                    "bbx_1,",
                    ":=")) {
                String hostile = piece.repeat(100_000 / piece.length());
                List<Step> steps = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    steps.add(new Step(piece.repeat(3_900 / piece.length()), ""));
                }
                steps.add(new Step(hostile, hostile));
                assertThat(Duration.ofSeconds(1)).as(piece).isGreaterThan(timeOf(() -> Chain.of(steps)));
            }
        }

        private static Duration timeOf(Runnable work) {
            long start = System.nanoTime();
            work.run();
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static Call only(String manipulation) {
        Chain chain = chain(manipulation);
        assertThat(chain.calls()).as(manipulation).hasSize(1);
        return chain.calls().get(0);
    }

    private static Chain chain(String... manipulations) {
        List<Step> steps = new ArrayList<>();
        for (String manipulation : manipulations) {
            steps.add(new Step(manipulation, "It does something."));
        }
        return Chain.of(steps);
    }
}
