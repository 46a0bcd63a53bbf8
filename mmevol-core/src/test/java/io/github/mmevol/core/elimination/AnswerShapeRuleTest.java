package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.AnswerShape;
import io.github.mmevol.core.sample.Form;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerShapeRuleTest {
    private static final String ON_LINES = "What is on the table?\nA. a cup\nB. a plate\nC. a lamp\nD. a vase";

    @Nested
    class Options {

        @ParameterizedTest
        @ValueSource(strings = {"Norm", "", "unheard of"})
        void that_are_not_there_are_named_in_no_form(String form) {
            for (String answer : new String[] {"E", "(F)", "Z."}) {
                assertThat(judge(form, ON_LINES, answer)).as(answer).isInstanceOf(Reject.class);
            }
            for (String answer : new String[] {"D", "(A)", "E is not there.", "a vase"}) {
                assertThat(judge(form, ON_LINES, answer)).as(answer).isInstanceOf(Pass.class);
            }
            assertThat(judge(form, "Which letter is on the cap?", "E")).isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    ON_LINES,
                    "What is on the table?\n(A) a cup\n(B) a plate\n(C) a lamp",
                    "What is on the table? A) a cup B) a plate C) a lamp D) a vase",
                    "What is on the table? (A) a cup, (B) a plate, or (C) a lamp?",
                    "What is on the table: A: a cup; B: a plate; C: a lamp",
                    "What is on the table? a) a cup b) a plate c) a lamp",
                    "What is on the table?\n1. a cup\n2. a plate\n3. a lamp\n",
                    "Which holds the cup? A [0.1, 0.2, 0.3, 0.4], B [0.2, 0.2, 0.3, 0.4], C [0.5, 0.2, 0.6, 0.4]",
                    "Which region holds the cup?\nRegion A: [0.1, 0.2, 0.3, 0.4]\nRegion B: [0.2, 0.2, 0.3, 0.4]\n"
                            + "Region C: [0.5, 0.2, 0.6, 0.4]",
                    "\u684c\u5b50\u4e0a\u6709\u4ec0\u4e48\uff1fA\u3001\u676f\u5b50 B\u3001\u76d8\u5b50 C\u3001\u706f",
                    "**A)** a cup **B)** a plate **C)** a lamp",
                    "A cat sits here. What does it watch?\nA) A bird\nB) A mouse\nC) A dog",
                })
        void are_found_in_every_way_of_writing_them(String question) {
            String label = question.contains("1.") ? "1" : "A";
            assertThat(judge("multi_choice", question, label)).isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Region 1: the cup\\nRegion 2: the plate\\nRegion 3: the lamp | Region 2",
                    "Box 1 [0.1, 0.2, 0.3, 0.4], Box 2 [0.2, 0.2, 0.3, 0.4], Box 3 [0.5, 0.2, 0.6, 0.4] | Box 2",
                    "Box 1 [0.1, 0.2, 0.3, 0.4], Box 2 [0.2, 0.2, 0.3, 0.4], Box 3 [0.5, 0.2, 0.6, 0.4] | "
                            + "Box 2 [0.2, 0.2, 0.3, 0.4]",
                    "**A**: a cup\\n**B**: a plate\\n**C**: a lamp | **B**: a plate",
                    "**Region A**: a cup\\n**Region B**: a plate\\n**Region C**: a lamp | Region B",
                    "A - a cup\\nB - a plate\\nC - a lamp | B - a plate",
                    "A \u2013 a cup\\nB \u2013 a plate\\nC \u2013 a lamp | B",
                    "[A: cup] [B: plate] [C: lamp] | B",
                    "\u2460\u676f \u2461\u76bf \u2462\u706f | \u2461",
                    "\u2460\u676f \u2461\u76bf \u2462\u706f | \u2461\u76bf",
                    "\u2460\u676f \u2461\u76bf \u2462\u706f | 2",
                    "i. a cup\\nii. a plate\\niii. a lamp | ii",
                    "i. a cup\\nii. a plate\\niii. a lamp | (ii) a plate",
                    "(I) a cup (II) a plate (III) a lamp | II",
                    "A. J. K. Rowling\\nB. C. S. Lewis\\nC. J. R. R. Tolkien\\nD. A. A. Milne | B. C. S. Lewis",
                })
        void may_be_labelled_in_rarer_ways(String options, String answer) {
            String question = "Which is it?\n" + options.replace("\\n", "\n");
            for (int i = 0; i < 20; i++) {
                Verdict verdict = Candidates.judge(
                        Rules.answerShape(Forms.standard()),
                        Candidates.of("id" + i, Candidates.form("multi_choice", question, answer)));
                assertThat(verdict).isInstanceOf(Pass.class);
                if (!options.matches("(?s)\\*\\*.*|A .*")) {
                    assertThat(((Pass) verdict).revised()).isEmpty();
                }
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Region 1: the cup\\nRegion 2: the plate\\nRegion 3: the lamp | Region 2: the lamp",
                    "i. a cup\\nii. a plate\\niii. a lamp | ii. a lamp",
                    "A - a cup\\nB - a plate\\nC - a lamp | D",
                    "\u2460\u676f \u2461\u76bf \u2462\u706f | 4",
                    "Read - a cup\\nB - a plate\\nC - a lamp | B",
                    "A-team - a cup, B - a plate, C - a lamp | B",
                    "Where do \u2460 and \u2461 meet? | \u2460",
                    "Louis I. and Louis II. and Louis III. | II",
                })
        void are_held_to_their_labels_in_rarer_ways_too(String options, String answer) {
            assertThat(judge("multi_choice", "Which is it?\n" + options.replace("\\n", "\n"), answer))
                    .isInstanceOf(Reject.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "B",
                    "B.",
                    "(B)",
                    "b",
                    "**B**",
                    "B. a plate",
                    "B) a plate",
                    "(B) a plate",
                    "B: A plate.",
                    "a plate",
                    "A plate.",
                    "The answer is B.",
                    "The correct answer is (B) a plate.",
                    "Answer: B",
                    "Option B",
                    "B, because it is flat.",
                    "B - a plate",
                    "First look at the table. It carries a flat thing. Therefore, the answer is B.",
                    "A is too high and C is too far away, so the correct option is B.",
                    "It must be a plate, as it is flat.",
                    "A plate. It is flat and round.",
                    "The plate.",
                    "Plate",
                    "The plate, as it is flat.",
                    "B. The plate",
                    "The answer is A plate.",
                })
        void accept_an_answer_that_is_one_of_them(String answer) {
            assertThat(judge("multi_choice", ON_LINES, answer)).isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @CsvSource({
            "E, the question has no option E",
            "F. a spoon, the question has no option F",
            "The answer is E., the question has no option E",
            "5, the question has no option 5",
            "a spoon, the answer is none of the options",
            "It is made of glass., the answer is none of the options",
            "Both A and C, the answer names several options",
            "'A, C', the answer names several options",
            "A or C, the answer names several options",
            "Either (A) or (C)., the answer names several options",
            "'Options A, B and C are possible.', the answer names several options",
            "The answer is A or B., the answer names several options",
            "a spoon or the fork, the answer is none of the options",
            "B. the lamp, letter and text of the answer belong to different options",
            "B. a lamp, letter and text of the answer belong to different options",
            "(C) a cup, letter and text of the answer belong to different options",
        })
        void refuse_an_answer_that_is_none_of_them(String answer, String why) {
            assertThat(judge("multi_choice", ON_LINES, answer))
                    .isInstanceOfSatisfying(
                            Reject.class, reject -> assertThat(reject.why()).isEqualTo(why));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "What is on the table?",
                    "What is on the table, a cup, a plate or a lamp?",
                    "What is on the table? A) a cup B) a plate",
                    "What is on the table?\nA. a cup\nB. a cup\nC. a plate",
                    "What is on the table?\nA. a cup\nB. A cup.\nC. a plate\nD. a lamp",
                    "What is on the table? A) B) C)",
                    "Is vitamin A. or vitamin B. in it?",
                    "What is on the table?\n- a cup\n- a plate\n- a lamp",
                    "A plan (A) and a plan (B), which is it?",
                    "What follows A, B, C?",
                })
        void must_be_three_distinct_ones_at_least(String question) {
            assertThat(judge("multi_choice", question, "A")).isInstanceOf(Reject.class);
        }

        @Test
        void may_be_several_where_the_question_asks_for_them_or_one_option_names_them() {
            assertThat(judge("multi_choice", "Which two are red?\nA. a cup\nB. a plate\nC. a lamp", "A and C"))
                    .isInstanceOf(Pass.class);
            assertThat(judge("multi_choice", ON_LINES.replace("D. a vase", "D. Both A and C"), "Both A and C"))
                    .isInstanceOf(Pass.class);
            assertThat(judge("multi_choice", ON_LINES.replace("D. a vase", "D. A and C"), "D, A and C"))
                    .isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @CsvSource({
            "'Which of these are red? Mark every right answer.', 'A, B'",
            "Which of the following are red?, A and C",
            "Which of these are red?, 'A, B and C'",
        })
        void may_be_several_in_other_words_too(String stem, String answer) {
            assertThat(judge("multi_choice", stem + "\nA. a cup\nB. a plate\nC. a lamp", answer))
                    .isInstanceOf(Pass.class);
        }

        @Test
        void may_be_a_price_in_other_words() {
            String question = "Which price is right?\nA) $1.50\nB) $2.50\nC) $3.50\nD) $4.50";

            assertThat(judge("multi_choice", question, "2.50 dollars")).isInstanceOf(Pass.class);
            assertThat(judge("multi_choice", question, "2.60 dollars")).isInstanceOf(Reject.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "What is it?\n| | |\n| --- | --- |\n| A | bowl |\n| B | cup |\n| C | jug |\n| D | knife |",
                    "What is it?\n\u2610 A bowl\n\u2610 B cup\n\u2610 C jug\n\u2610 D knife",
                    "\u0427\u0442\u043e?\n\u0410) \u043c\n\u0411) \u0447\n\u0412) \u043a\n\u0413) \u043d",
                })
        void are_left_undecided_where_lines_bear_letters_in_another_way(String question) {
            assertThat(judge("multi_choice", question, "B"))
                    .isInstanceOfSatisfying(
                            Pass.class, pass -> assertThat(pass.revised()).isEmpty());
        }

        @Test
        void are_demanded_by_every_form_whose_answer_is_an_option_and_by_no_other() {
            for (Form form : Forms.standard().all()) {
                if (form.answerShape() == AnswerShape.OPTION) {
                    assertThat(judge(form.id(), "What is it?", "A")).isInstanceOf(Reject.class);
                }
            }
            assertThat(judge("Norm", "What is it?", "A")).isInstanceOf(Pass.class);
            assertThat(judge("", "What is it?", "A")).isInstanceOf(Pass.class);
            assertThat(judge("depth_order", "What is it?", "A")).isInstanceOf(Pass.class);
            assertThat(judge("multi-choice", "What is it?", "A")).isInstanceOf(Reject.class);
        }

        @Test
        void follow_a_table_of_ones_own() {
            Forms forms = Forms.standard()
                    .with(new Form("odd_one_out", "Ask which is odd.", AnswerShape.OPTION, false, false, true, false));
            Instruction evolved = Candidates.form("odd_one_out", "Which is odd?", "The cup.");

            assertThat(Candidates.judge(Rules.answerShape(forms), evolved)).isInstanceOf(Reject.class);
            assertThat(Candidates.judge(Rules.all(forms), evolved))
                    .isInstanceOfSatisfying(
                            Reject.class, reject -> assertThat(reject.by()).isEqualTo("answer-shape"));
            assertThat(Candidates.judge(Rules.all(), evolved)).isInstanceOf(Pass.class);
        }
    }

    @Nested
    class Blanks {

        @ParameterizedTest
        @CsvSource({
            "The cup is ___ ., white",
            "The cup is __., white",
            "The cup is [blank]., white",
            "The cup is (Blank) and round., white",
            "The cup is ......, white",
            "The cup is \\_\\_\\_., white",
            "\u676f\u5b50\u662f\uff08\uff09\u8272\u7684\u3002, \u767d",
            "\u30d0\u30b9\u306e\u524d\u306b\uff3f\uff3f\uff3f\u304c\u3042\u308b\u3002, \u81ea\u8ee2\u8eca",
            "In front of the bus stands a \u2026 leaning on its stand., bicycle",
            "In front of the bus stands a ----- leaning on its stand., bicycle",
            "The sign reads ___., Wait \u2026 then go",
            "The ___ stands on the ___., 'cup, table'",
            "There are ___ cups., 3",
            "The sign reads ___., Do not lean out of the window while the train is moving",
        })
        void pass_with_a_short_filling(String question, String answer) {
            assertThat(judge("fill_in_the_blank", question, answer)).isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @CsvSource({
            "The cup is white., white",
            "The cup is _ white., white",
            "The cup is ... white., white",
            "What colour is the cup?, white",
            "Which snake_case name is shown?, cup",
            "The cup is ___ ., ___",
            "The cup is ___ ., The cup is ___.",
            "The cup is ___ ., Looking at the picture one can see that the cup which stands on the table is in fact white",
            "[BLANC] is the cup., white",
            "The cup is - ., white",
            "The well-known cup -- of all -- is white., white",
            "Is the cup white\u2026 or not?, white",
        })
        void are_refused_when_missing_or_not_filled(String question, String answer) {
            assertThat(judge("fill_in_the_blank", question, answer)).isInstanceOf(Reject.class);
        }
    }

    @Nested
    class YesOrNo {
        private static final String QUESTION = "Does the whole of this description fit the image?";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Yes",
                    "No.",
                    "yes, it does",
                    "No \u2014 the lamp is off.",
                    "**Yes.** All clauses fit.",
                    "NO! The lamp is off.",
                    "\"Yes\", it fits.",
                    "Answer: no",
                    "The answer is yes.",
                    "Nein, die Lampe ist aus.",
                    "S\u00ed, todo coincide.",
                    "Yes: a cup",
                })
        void pass_when_they_come_first(String answer) {
            assertThat(judge("text_image_matching", QUESTION, answer)).isInstanceOf(Pass.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "It does.",
                    "The lamp is off, so no.",
                    "Nothing fits.",
                    "Not entirely.",
                    "None of it.",
                    "Noon light falls in.",
                    "Yesterday's paper lies there.",
                    "Maybe.",
                    "Yes/No",
                    "Yes or no",
                    "True",
                })
        void are_demanded_of_an_english_answer(String answer) {
            assertThat(judge("text_image_matching", QUESTION, answer)).isInstanceOf(Reject.class);
        }

        @ParameterizedTest
        @CsvSource({
            "\u8fd9\u4e2a\u63cf\u8ff0\u7b26\u5408\u56fe\u7247\u5417\uff1f, \u7b26\u5408\u3002",
            "\u3053\u306e\u6587\u306f\u5408\u3063\u3066\u3044\u307e\u3059\u304b\u3002, \u306f\u3044\u3002",
            "Onko lamppu p\u00e4\u00e4ll\u00e4?, Kyll\u00e4.",
            "Est-ce que la lampe est allum\u00e9e ?, Tout \u00e0 fait.",
        })
        void are_left_undecided_in_other_languages(String question, String answer) {
            assertThat(judge("text_image_matching", question, answer)).isInstanceOf(Pass.class);
        }
    }

    @Nested
    class Counts {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Describe the cup within 5 words. | A tall white cup with a golden rim.",
                    "Describe the cup in no more than five words. | A tall white cup with a golden rim.",
                    "Describe the cup in 5 words or fewer. | A tall white cup with a golden rim.",
                    "Describe the cup in fewer than 8 words. | A tall white cup with a golden rim.",
                    "Describe the cup in exactly three words. | White cup.",
                    "Answer in one word: what is it? | A white cup.",
                    "Describe the cup in at least 10 words. | A white cup.",
                    "Describe the scene in exactly two sentences. | The table carries a plate.",
                    "Describe the scene in one sentence. | The table stands there. Nearby, people wait.",
                    "Write two sentences about the scene. | The table carries a plate of fruit",
                    "List three things on the table. | - a cup\\n- a plate",
                    "List three things on the table. | 1. cup\\n2. plate\\n3. lamp\\n4. vase",
                    "Name two animals in the picture. | A horse",
                    "Look at the table and name three fruits. | Apples and pears",
                    "Please give four reasons. | It is late.",
                    "Answer with two words. | A tall white cup.",
                    "Answer with exactly two words: what is it? | A tall white cup.",
                    "Describe the cup using only three words. | A tall white cup.",
                    "Use just two words to answer. | Cup.",
                    "Look at the picture and describe it in one sentence. | The table stands there. Nearby, people wait.",
                    "List three things on the table. | - cup\\n- plate\\n- lamp\\n- vase",
                    "List three animals and one plant. | - horse\\n- cow",
                })
        void that_are_missed_are_refused(String question, String answer) {
            assertThat(judge("instruction_following", question, answer.replace("\\n", "\n")))
                    .isInstanceOf(Reject.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Describe the cup within 9 words. | A tall white cup with a golden rim.",
                    "Describe the cup within 20 words, using the word 'rim'. | A tall white cup with a golden rim.",
                    "Describe the cup in about 5 words. | A tall white cup with a golden rim.",
                    "Describe the cup in two or three words. | A tall white cup.",
                    "Describe each cup in one word. | White, blue.",
                    "What do the two words on the sign mean? | They forbid leaning out of the window here.",
                    "The sign has two sentences; what do they say? | Keep out.",
                    "Describe the man in one sentence. | Mr. Hill, approx. 1.8 m tall, waits at St. James station.",
                    "Describe the scene in two sentences. | The table is set. It is late.",
                    "Answer in one word, then explain why. | White, as the light shows.",
                    "Describe the cup in exactly three words. | A well-made cup",
                    "List three things on the table. | A cup, a plate and a lamp.",
                    "List three things on the table. | 1. cup\\n2. plate\\n3. lamp",
                    "List three things on the table. | - cup\\n  - white\\n- plate\\n- lamp",
                    "List at least two animals. | - horse\\n- cow\\n- cat",
                    "Name two animals in the picture. | A horse; a small, brown dog",
                    "Which list three metres long hangs here? | The price list.",
                    "What is the name two rows below Ann? | Bob",
                    "Name one thing on the table. | A cup",
                    "Can you identify two-thirds of the pie? | Apples",
                    "What name three letters long is on the badge? | Ann",
                    "List the three objects cup, plate and lamp from nearest to farthest. | Cup \u2192 plate \u2192 lamp",
                    "List the three objects cup, plate and lamp from nearest to farthest. | cup < plate < lamp",
                    "Name the two teams shown on the scoreboard. | Arsenal vs Chelsea",
                    "State the two digits printed on the jersey of the player. | 23",
                    "State the three letters at the start of the licence plate. | KLM",
                    "List the four players' jersey numbers from left to right. | 7 10 4 23",
                    "Provide the two numbers on the scoreboard. | 3:1",
                    "State the three dimensions printed on the box. | 12 \u00d7 8 \u00d7 5 cm",
                    "Give the two times printed at the bottom. | 10:45\u201311:30",
                    "Identify two people in the image and list three things each of them is wearing. | "
                            + "1. Man on the left:\\n- hat\\n- coat\\n- boots\\n"
                            + "2. Woman on the right:\\n- scarf\\n- dress\\n- shoes",
                    "List two vehicles on the road and two things beside it. | - bus\\n- car\\n- sign\\n- light",
                    "Describe the mood in one word and justify your choice. | Calm, for the water is still.",
                    "Describe the mood in one word and support it with two clues. | Calm: the water is still.",
                    "Describe the scene in one sentence and name the largest vehicle. | A busy street. It is the bus there.",
                    "Name the largest vehicle and describe the scene in one sentence. | The bus. The street there is busy.",
                    "Only one word on the sign is written in red. Which word is it? | The word \"DANGER\" is red.",
                    "What does the sign with two words say, and where is it? | It says \"NO SWIMMING\" at the shore.",
                    "What does the sign with only two words say? | It says \"NO SWIMMING\" at the shore.",
                    "Use two words from the poster to write a slogan for the lake. | Discover the silent lake today!",
                    "What is written in two words on the wall? | It says \"NO SWIMMING\" at the shore.",
                    "Describe the sign in one sentence. | It warns \"Keep out there. Danger inside. Private ground.\" in red.",
                })
        void that_are_kept_or_cannot_be_told_pass(String question, String answer) {
            assertThat(judge("instruction_following", question, answer.replace("\\n", "\n")))
                    .isInstanceOf(Pass.class);
        }

        @Test
        void are_made_for_instructions_without_a_form_too() {
            assertThat(judge("", "Describe the cup within 3 words.", "A tall white cup."))
                    .isInstanceOf(Reject.class);
        }
    }

    private static Verdict judge(String format, String question, String answer) {
        return Candidates.judge(Rules.answerShape(Forms.standard()), Candidates.form(format, question, answer));
    }
}
