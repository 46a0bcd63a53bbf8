package io.github.mmevol.core.elimination;

import static io.github.mmevol.core.elimination.Coffee.CUP;
import static io.github.mmevol.core.elimination.Coffee.HANDLE;
import static io.github.mmevol.core.elimination.Coffee.JUG;
import static io.github.mmevol.core.elimination.Coffee.SAUCER;
import static io.github.mmevol.core.elimination.Coffee.SPOON;
import static io.github.mmevol.core.elimination.Coffee.checks;
import static io.github.mmevol.core.elimination.Coffee.object;
import static io.github.mmevol.core.elimination.Coffee.results;
import static io.github.mmevol.core.sample.Check.Result.CONFIRMED;
import static io.github.mmevol.core.sample.Check.Result.DISPUTED;
import static io.github.mmevol.core.sample.Check.Result.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxLabelRuleTest {
    private static final Eliminator RULE = Rules.boxLabel(LabelMatcher.english());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The spoon is at JUG.",
                "Find the spoon at JUG.",
                "The silver spoon (JUG) shines.",
                "spoon JUG",
                "The spoon, JUG, shines.",
                "The spoon lies in the box JUG.",
                "The spoon with bounding box JUG shines.",
                "JUG shows the spoon.",
                "The region JUG holds the spoon.",
                "Look at the spoon at JUG."
            })
    void a_box_of_another_label_is_rejected(String sentence) {
        String written = sentence.replace("JUG", JUG);
        assertThat(Coffee.precise().judge(RULE, "What shines?", "See there.", written))
                .isInstanceOfSatisfying(Reject.class, reject -> {
                    assertThat(reject.why()).contains("spoon but jug: ");
                    assertThat(reject.evidence()).isEqualTo("jug " + JUG);
                });
        assertThat(Coffee.precise().judge(RULE, "What shines?", written)).isInstanceOf(Reject.class);
        assertThat(results(Coffee.noisy().judge(RULE, "What shines?", written))).containsExactly(DISPUTED);
    }

    @Test
    void the_value_of_a_chain_is_held_against_what_was_looked_for() {
        assertThat(Coffee.precise()
                        .judge(RULE, "What shines?", "The spoon.", "grounding_1(spoon)->" + JUG + " | It shines."))
                .isInstanceOf(Reject.class);
        assertThat(results(Coffee.precise()
                        .judge(
                                RULE,
                                "What shines?",
                                "The spoon.",
                                "Grounding_1(the spoon) -> " + SPOON + " | It shines.")))
                .containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The spoon is at SPOON.",
                "The silver spoon is at SPOON.",
                "Here is the spoon (SPOON).",
                "SPOON shows the spoon.",
                "The cutlery is at SPOON."
            })
    void the_labels_own_box_is_confirmed_and_so_is_a_wider_word(String sentence) {
        assertThat(results(Coffee.precise().judge(RULE, "What shines?", sentence.replace("SPOON", SPOON))))
                .containsExactly(CONFIRMED);
        assertThat(results(Coffee.noisy().judge(RULE, "What shines?", sentence.replace("SPOON", SPOON))))
                .containsExactly(UNDECIDED);
    }

    @Test
    void several_boxes_in_a_row_are_one_claim() {
        String lamps = "The lamps are at [0.100, 0.050, 0.180, 0.120], [0.450, 0.050, 0.530, 0.120] and ";

        assertThat(checks(Coffee.precise().judge(RULE, "What shines?", lamps + "[0.800, 0.050, 0.880, 0.120].")))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.result()).isEqualTo(CONFIRMED);
                    assertThat(check.claim()).isEqualTo(lamps + "[0.800, 0.050, 0.880, 0.120]");
                });
        assertThat(Coffee.precise().judge(RULE, "What shines?", lamps + SPOON + "."))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The suit is at JUG.", // no annotated label
                "The spoon next to the jug is at JUG.",
                "The spoon and the jug are at SPOON and JUG.",
                "The jug stands far from the spoon at JUG.",
                "The reflection of the spoon is at JUG.",
                "Next to the spoon at JUG stands something.",
                "Between the cup and the spoon, JUG shows a jug.",
                "Compare the spoon with JUG.",
                "The man by the spoon, by JUG, smiles.",
                "The spoon is not at JUG.",
                "If the spoon were at JUG, it would be hidden.",
                "It is wrong that the spoon is at JUG.",
                "Look at the spoon and JUG.",
                "Region A SPOON holds the spoon, B JUG the jug.",
                "The spoon's neighbour is at JUG.",
                "The jug's handle is at HANDLE.",
                "The handle is at HANDLE."
            })
    void what_is_no_plain_pair_of_a_label_and_a_box_is_left_alone(String sentence) {
        String written = sentence.replace("JUG", JUG).replace("SPOON", SPOON).replace("HANDLE", HANDLE);

        assertThat(results(Coffee.precise().judge(RULE, "What is there?", written)))
                .doesNotContain(DISPUTED);
    }

    @Test
    void a_thing_that_lies_in_the_box_is_loosely_there() {
        Coffee coffee = Coffee.precise().with(object("cup", 0.2, 0.2, 0.8, 0.8), object("coffee", 0.3, 0.3, 0.6, 0.5));

        assertThat(results(coffee.judge(RULE, "What is there?", "The coffee is in [0.200, 0.200, 0.800, 0.800].")))
                .containsExactly(UNDECIDED);
        assertThat(coffee.judge(RULE, "What is there?", "The coffee is at [0.200, 0.200, 0.800, 0.800]."))
                .isInstanceOf(Reject.class);
    }

    @Test
    void two_labels_at_one_place_are_both_right() {
        Coffee vase = Coffee.precise().with(object("vase", 0.2, 0.2, 0.8, 0.8), object("pot", 0.21, 0.2, 0.8, 0.82));

        assertThat(results(vase.judge(RULE, "What is there?", "The pot is at [0.200, 0.200, 0.800, 0.800].")))
                .containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object_region_matching | Does the region JUG hold the spoon? | Yes.
            object_region_matching | Is the spoon in the region JUG? | Yes, it is.
            object_region_matching | Does the region SPOON hold the spoon? | No, it holds a jug.
            region_selection | Which region holds the spoon? A) SPOON B) JUG C) CUP Answer with the letter. | B
            Norm | What is the bounding box of the spoon? | JUG
            Norm | Where in the image is the spoon? Answer with a bounding box. | JUG
            Norm | Locate the spoon. | JUG
            Norm | What object is located in the region JUG? | The spoon.
            Norm | Which object does the region JUG contain? | It contains the spoon.
            Norm | What does the box JUG show? | The box shows a spoon.
            Norm | What is the object in the given bounding box JUG? | spoon
            multi_choice | What is in the region JUG? A) a spoon B) a jug C) a lamp | A
            region_selection | Identify the region that contains the spoon. A) SPOON B) JUG C) CUP | B
            region_selection | Which bounding box corresponds to the spoon? A) SPOON B) JUG C) CUP | B
            region_selection | Select the region with the spoon. A) SPOON B) JUG C) CUP | B
            region_selection | In which of the following regions is the spoon located? A) SPOON B) JUG C) CUP | B
            object_region_matching | Is the object in the region JUG a spoon? | Yes.
            object_region_matching | Does the bounding box JUG correspond to the spoon? | Yes, it does.
            object_region_matching | Can the spoon be found within JUG? | Yes.
            """)
    void the_pair_that_is_asked_for_is_the_value(String format, String question, String answer) {
        assertThat(judge(format, question, answer)).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object_region_matching | Does the region SPOON hold the spoon? | Yes.
            object_region_matching | Is the spoon in the region SPOON? | Yes, it is.
            region_selection | Which region holds the spoon? A) SPOON B) JUG C) CUP Answer with the letter. | A
            Norm | What is the bounding box of the spoon? | SPOON
            Norm | Where in the image is the spoon? Answer with a bounding box. | SPOON
            Norm | What object is located in the region SPOON? | The spoon.
            multi_choice | What is in the region SPOON? A) a spoon B) a jug C) a lamp | A
            region_selection | Identify the region that contains the spoon. A) SPOON B) JUG C) CUP | A
            object_region_matching | Is the object in the region SPOON a spoon? | Yes.
            """)
    void and_is_confirmed_as_such(String format, String question, String answer) {
        assertThat(checks(judge(format, question, answer))).singleElement().satisfies(check -> {
            assertThat(check.part()).isEqualTo(Check.Part.VALUE);
            assertThat(check.result()).isEqualTo(CONFIRMED);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object_region_matching | Is the spoon in the region SPOON made of gold? | Yes.
            object_region_matching | Is the spoon at SPOON a teaspoon? | Yes, it is a teaspoon.
            object_region_matching | Does the region SPOON hold the spoon and a fly? | Yes.
            object_region_matching | Does the region SPOON hold the spoon, bent? | Yes.
            object_region_matching | Is the spoon at SPOON? And is it bent? | Yes, both.
            object_region_matching | Is the spoon at SPOON? | Yes, at JUG.
            object_region_matching | Does the region SPOON hold the spoon? | Yes, and it is bent.
            object_region_matching | Does the region SPOON hold two spoons? | Yes.
            object_region_matching | Does the region SPOON hold the spoons? | Yes.
            object_region_matching | Does the region SPOON hold the whole spoon? | Yes.
            region_selection | Which region holds the spoon that shines? A) SPOON B) JUG C) CUP | A
            region_selection | Which region holds the spoon? A) SPOON B) JUG C) CUP | A, where it shines
            Norm | What is in SPOON? | The spoon. It weighs 40 grams.
            Norm | What is in SPOON, and what is it made of? | The spoon.
            Norm | Give the box of the spoon and say its colour. | SPOON; silver
            Norm | Give the box of the spoon. Is it bent? | SPOON. Yes.
            Norm | Locate the spoon and its owner. | SPOON
            """)
    void a_pair_that_is_only_a_part_of_what_is_asked_and_answered_is_not_verified(
            String format, String question, String answer) {
        assertThat(Verification.of(checks(judge(format, question, answer)))).isNotEqualTo(Verification.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object_region_matching | Does the region CUP mark two cups? | No, just one.
            object_region_matching | Does the region CUP contain the cups? | No, only one cup.
            object_region_matching | Does the region CUP hold the whole cup? | No, its handle sticks out.
            object_region_matching | Does the region CUP hold the entire cup? | No.
            """)
    void a_number_a_plural_and_a_whole_thing_may_be_denied(String format, String question, String answer) {
        assertThat(results(judge(format, question, answer))).containsExactly(UNDECIDED);
    }

    @Test
    void a_bowl_may_be_called_a_dish() {
        Coffee soup = Coffee.precise().with(object("bowl", 0.1, 0.3, 0.25, 0.65), object("dish", 0.5, 0.3, 0.7, 0.65));

        assertThat(results(soup.judge(RULE, "What object is in " + JUG + "?", "A dish.")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object_region_matching | Does the region JUG hold the spoon? | No. It holds the jug.
            object_region_matching | Does the region JUG hold the model of a spoon? | Yes.
            object_region_matching | Does the region SPOON hold the spoon and the cup? | No.
            object_region_matching | Does the region SPOON hold the silver spoon? | No.
            region_selection | Which region holds the thing beside the spoon? A) SPOON B) JUG C) CUP | C
            region_selection | Which region holds the lamp over the cup? A) LAMP B) JUG C) CUP | A
            region_selection | Which region is nearest to the spoon? A) SAUCER B) JUG C) CUP | A
            region_selection | Which of these regions does NOT contain the spoon? A) SPOON B) JUG C) CUP | B
            region_selection | Which region shows something other than a spoon? A) SPOON B) JUG C) CUP | B
            region_selection | Which region lies left of the region that contains the spoon? A) SAUCER B) JUG C) SPOON | B
            region_selection | Select the region with the most spoons. A) SAUCER B) JUG C) CUP | A
            """)
    void a_wrong_region_denied_and_a_thing_described_are_no_contradiction(
            String format, String question, String answer) {
        assertThat(results(judge(format, question, answer))).doesNotContain(DISPUTED, CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Norm | What is the handle in the region JUG turned to? | The spoon.
            Norm | What is next to the object in the region JUG? | The cup.
            Norm | What does the object in the region JUG hold? | The spoon.
            Norm | What colour is the object in the region JUG? | The cup.
            Norm | What does the region SAUCER show? | The cup.
            Norm | What is in the region JUG? | The spoon's reflection.
            Norm | Which object would be in the region JUG if it were swapped with the spoon? | The spoon.
            Norm | Locate the thing beside the spoon. | JUG
            Norm | Locate the spoon. Then give the box of what stands on the left. | JUG
            Norm | Where is the spoon's owner? | JUG
            object_region_matching | Is the object in the region JUG a spoon? | No, it is a jug.
            object_region_matching | Is the object in the region JUG bigger than the spoon? | Yes.
            object_region_matching | Does the bounding box JUG lie left of the spoon? | Yes.
            """)
    void a_question_about_a_box_that_asks_otherwise_decides_nothing(String format, String question, String answer) {
        assertThat(results(judge(format, question, answer))).doesNotContain(DISPUTED, CONFIRMED);
    }

    private static Verdict judge(String format, String question, String answer) {
        return Coffee.precise().judgeForm(RULE, format, withBoxes(question), withBoxes(answer));
    }

    private static String withBoxes(String text) {
        return text.replace("SPOON", SPOON)
                .replace("JUG", JUG)
                .replace("CUP", CUP)
                .replace("SAUCER", SAUCER)
                .replace("LAMP", "[0.450, 0.050, 0.530, 0.120]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Der spoon ist bei JUG zu sehen.", "spoon\u4f4d\u4e8eJUG\u3002"})
    void other_languages_are_left_alone(String sentence) {
        assertThat(checks(Coffee.precise().judge(RULE, sentence, sentence.replace("JUG", JUG))))
                .isEmpty();
    }
}
