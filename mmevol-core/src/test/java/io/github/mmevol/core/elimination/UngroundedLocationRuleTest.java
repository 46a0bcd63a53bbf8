package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Forms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UngroundedLocationRuleTest {
    private static final Eliminator RULE = Rules.ungroundedLocation(Forms.standard());
    private static final Coffee NO_BOXES = Coffee.precise().with();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The cup stands at [0.400, 0.400, 0.600, 0.600].",
                "The cup (0.40, 0.40, 0.60, 0.60) is white.",
                "\u676f\u5b50\u5728[0.400, 0.400, 0.600, 0.600]\u3002"
            })
    void coordinates_are_rejected_wherever_they_stand(String sentence) {
        assertThat(NO_BOXES.judge(RULE, "What is there?", sentence)).isInstanceOf(Reject.class);
        assertThat(NO_BOXES.judge(RULE, "What is there?", "A cup.", sentence)).isInstanceOf(Reject.class);
        assertThat(NO_BOXES.judge(RULE, sentence + " What is it?", "A cup.")).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Give the bounding box of the cup.",
                "What are the coordinates of the cup?",
                "Where is the cup? Answer with its bounding box.",
                "Locate the cup and return [x1, y1, x2, y2].",
                "Where is the spoon? Give its box with four numbers."
            })
    void so_are_questions_that_demand_them(String question) {
        assertThat(NO_BOXES.judge(RULE, question, "At the right."))
                .isInstanceOfSatisfying(
                        Reject.class, reject -> assertThat(reject.why()).startsWith("coordinates are asked for"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Norm | What coordinates are printed on the map? | 48 N, 11 E
            Norm | What is in the box beside the cup? | Sugar.
            Norm | Give the colour of the box. | Blue.
            Norm | How many boxes stand there? | 4
            Norm | What are the four values of the chart? | 0.10, 0.20, 0.30, 0.40
            Norm | What are the accuracies of the four models? | 0.71, 0.78, 0.82, 0.85
            Norm | What are the accuracies of the four models? | 0.85, 0.78, 0.71, 0.60
            Norm | What are the coordinates of point P in the diagram? | (3, 4)
            Norm | What are the coordinates of the vertex of the parabola? | (1, 2)
            Norm | Which boxes have numbers written on them? | The two boxes at the front.
            completeness_of_response | Can the coordinates of the cup be given exactly? What is missing? | No, there is no scale.
            """)
    void places_in_words_figures_and_other_boxes_are_fine(String format, String question, String answer) {
        assertThat(NO_BOXES.judgeForm(RULE, format, question, answer)).isInstanceOf(Pass.class);
    }

    @Test
    void where_objects_are_annotated_this_rule_has_nothing_to_say() {
        assertThat(Coffee.precise().judge(RULE, "Give the bounding box of the cup.", "[0.1, 0.2, 0.3, 0.4]"))
                .isInstanceOf(Pass.class);
    }
}
