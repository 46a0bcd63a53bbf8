package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLeakRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unlike the given question, what is the cup made of?",
                "As in the ORIGINAL\nquestion, look at the cup.",
                "In contrast to the previous question, count the lamps.",
                "This evolved instruction asks for the lamp.",
                "According to the provided caption, what is it?",
                "Use the bounding box list to find the cup.",
                "Which of the given bounding boxes holds the cup?",
                "As the caption provided says, it is a cup.",
                "This is the rewritten question: what is it?",
                "Worked example: the BLUE lighthouse stands left.",
                "I reply with one\nJSON  object.",
                "Where is {o3}?",
                "Find {q12} first.",
                "What is left of o3?",
                "Compare (o1) with (o2).",
                "As q1 asks, the cup is white.",
            })
    void rejects_wherever_it_stands(String text) {
        assertThat(judge(Instruction.of(text, "a cup"))).isInstanceOf(Reject.class);
        assertThat(judge(Instruction.of("What is it?", text))).isInstanceOf(Reject.class);
        assertThat(judge(Instruction.builder("What is it?", "a cup")
                        .steps(List.of(Step.of(text)))
                        .build()))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What did the man in the previous row say?",
                "Given the shadows, what time of day is it?",
                "The given name on the badge is Ann.",
                "Which original painting hangs here?",
                "How did sales in Q1 compare with Q2?",
                "How high is the O3 level on the display?",
                "The seat number is 4o1b.",
                "Type-o1 batteries, and the file a/o1 are shown.",
                "What does the note \"see the previous question\" refer to?",
                "The slide is titled \u201cThe original question\u201d.",
                "What does 'the given question' on the board mean?",
                "The plate reads \"o3\".",
                "The legend is rewritten in gold.",
                "The species evolved versions of the wing.",
                "Write {name} on the form.",
                "Is the first question on the sheet answered?",
                "The caption under the picture says Hello.",
                "The caption provided under the photograph names the lake.",
                "What does the caption provided beside the picture say?",
                "Which of the given bounding boxes holds the oven? A) [0.1, 0.2, 0.3, 0.4] B) [0.4, 0.2, 0.6, 0.4]",
                "What is located inside the given bounding box [0.750, 0.400, 0.950, 0.800]?",
                "Does the provided bounding box (0.750, 0.400, 0.950, 0.800) enclose the oven?",
            })
    void passes(String text) {
        assertThat(judge(Instruction.of(text, text))).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            Does the given caption "A dog on a sofa" fit? | No, the given caption is wrong: a cat lies there.
            A student gave the caption "A dog on a sofa". Grade the provided caption. | The provided caption is wrong.
            Mark the cat in the given bounding box format [x1, y1, x2, y2]. | [0.350, 0.400, 0.500, 0.580]
            Answer both: (q1) What is on the sofa? (q2) What is on the table? | (q1) a cat (q2) three books
            User: What is it? Assistant: A cat. User: And what is above the previous question's object? | A lamp.
            """)
    void passes_what_speaks_of_the_question_itself(String question, String answer) {
        assertThat(judge(Instruction.of(question, answer))).isInstanceOf(Pass.class);
        assertThat(judge(Instruction.of("Compare (q1) with (q2) by the previous question.", answer)))
                .isInstanceOf(Reject.class);
    }

    @Test
    void rejects_the_variables_of_the_steps_in_question_and_answer_but_not_in_the_steps() {
        Step step = new Step("grounding_1(the cup)->bbx_1", "Look at bbx_1 closely.");

        assertThat(judge(Instruction.builder("What is it?", "a cup")
                        .steps(List.of(step))
                        .build()))
                .isInstanceOf(Pass.class);
        assertThat(judge(Instruction.of("What is in bbx_1?", "a cup"))).isInstanceOf(Reject.class);
        assertThat(judge(Instruction.of("What is it?", "It is res_2."))).isInstanceOf(Reject.class);
    }

    @Test
    void rejects_an_id_in_a_manipulation() {
        assertThat(judge(Instruction.builder("What is it?", "a cup")
                        .steps(List.of(new Step("referring_1({o2})->tgt_1", "Zoom in.")))
                        .build()))
                .isInstanceOf(Reject.class);
    }

    @Test
    void passes_what_the_caption_or_the_parent_says_too() {
        Instruction parent = Instruction.of("What does the robot o3 carry?", "A box.");
        Candidate candidate = Candidates.of(
                "abc.1.1", Instruction.of("Where is the robot o3 going?", "To the door."), parent, List.of());

        assertThat(Candidates.judge(Rules.promptLeak(), candidate)).isInstanceOf(Pass.class);
    }

    @Test
    void finds_a_phrase_at_the_end_of_a_very_long_text() {
        for (String piece : List.of("'", "\"", "{o", "o1o", "the given questio ", "\u201e")) {
            assertThat(judge(Instruction.of("What is it?", piece.repeat(100_000 / piece.length()))))
                    .isInstanceOf(Pass.class);
        }
        assertThat(judge(Instruction.of("What is it?", "x ".repeat(50_000) + "the given question")))
                .isInstanceOf(Reject.class);
    }

    private static Verdict judge(Instruction evolved) {
        return Candidates.judge(Rules.promptLeak(), evolved);
    }
}
