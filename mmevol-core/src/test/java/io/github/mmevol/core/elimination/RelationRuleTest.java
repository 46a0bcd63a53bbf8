package io.github.mmevol.core.elimination;

import static io.github.mmevol.core.elimination.Coffee.checks;
import static io.github.mmevol.core.elimination.Coffee.object;
import static io.github.mmevol.core.elimination.Coffee.results;
import static io.github.mmevol.core.sample.Check.Result.CONFIRMED;
import static io.github.mmevol.core.sample.Check.Result.DISPUTED;
import static io.github.mmevol.core.sample.Check.Result.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Verification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelationRuleTest {
    private static final Eliminator RULE = Rules.relation(Forms.standard(), LabelMatcher.english());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The spoon lies to the left of the cup.",
                "The spoon is left of the cup.",
                "The spoon is located slightly to the left of the cup in the picture.",
                "Here the jug stands on the right side of the spoon.",
                "It is morning, and the jug is to the right of the cup.",
                "The jug at [0.100, 0.300, 0.250, 0.650] is big. The cup is left of the jug at [0.100, 0.300, 0.250, 0.650]."
            })
    void a_side_that_the_boxes_contradict_is_rejected_in_answer_and_steps(String sentence) {
        assertThat(Coffee.precise().judge(RULE, "What stands where?", sentence))
                .isInstanceOfSatisfying(Reject.class, reject -> {
                    assertThat(reject.why()).startsWith("the boxes lie the other way round: ");
                    assertThat(reject.evidence()).contains("[0.");
                });
        assertThat(Coffee.precise().judge(RULE, "What stands where?", "See there.", sentence))
                .isInstanceOf(Reject.class);
    }

    @Test
    void above_and_below_are_held_against_the_boxes_too() {
        Coffee shelf = Coffee.precise().with(object("clock", 0.1, 0.1, 0.3, 0.2), object("vase", 0.1, 0.5, 0.3, 0.8));

        assertThat(shelf.judge(RULE, "What is where?", "The clock hangs below the vase."))
                .isInstanceOf(Reject.class);
        assertThat(results(shelf.judge(RULE, "What is where?", "The clock hangs above the vase.")))
                .containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Norm | Is the spoon to the left of the cup? | Yes, it is.
            Norm | Is the spoon to the right of the cup? | No.
            Norm | Is the spoon to the left or to the right of the cup? | Left.
            Norm | On which side of the cup does the spoon lie? | On the left side.
            Norm | On which side of the cup is the spoon? Answer with left or right. | Left
            Norm | Where does the spoon lie, relative to the cup? | To its left.
            Norm | Where is the spoon? | To the left of the cup.
            multi_choice | Where does the spoon lie? A) to the left of the cup B) above the jug C) to the right of the cup D) below the saucer | A
            fill_in_the_blank | The spoon lies to the ___ of the cup. | left
            """)
    void the_side_that_is_asked_for_is_the_value(String format, String question, String answer) {
        assertThat(Coffee.precise().judgeForm(RULE, format, question, answer)).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Norm | Is the spoon to the right of the cup? | Yes, it is.
            Norm | Is the spoon to the left of the cup? | No.
            Norm | Is the spoon to the left or to the right of the cup? | Right.
            Norm | On which side of the cup does the spoon lie? | On the right side.
            Norm | Where does the spoon lie relative to the cup? | To the right of it.
            Norm | Where is the spoon? | To the right of the cup.
            multi_choice | Where does the spoon lie? A) to the left of the cup B) above the jug C) to the right of the cup | C
            fill_in_the_blank | The spoon lies to the ___ of the cup. | right
            """)
    void and_is_confirmed_as_such(String format, String question, String answer) {
        assertThat(checks(Coffee.precise().judgeForm(RULE, format, question, answer)))
                .filteredOn(check -> check.part() == Check.Part.VALUE)
                .extracting(Check::result)
                .containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which statement is true? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            What is the spatial relationship between spoon and cup? A. The spoon is to the right of the cup B. The spoon is to the left of the cup C. The spoon is in the cup | B. The spoon is to the left of the cup
            Where is the spoon relative to the cup? A. To the right B. To the left C. Directly above | B
            Which option is right? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which sentence describes the picture? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B. The spoon is to the left of the cup.
            """)
    void a_chosen_option_that_the_boxes_contradict_is_rejected(String question, String answer) {
        assertThat(Coffee.precise().judgeForm(RULE, "multi_choice", question, answer))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Which statement is NOT true? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which statement is false? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which would be true of the mirrored picture? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            What does the sign say? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            One of these is a lie. Which one? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which sentence needs to be changed to fit the picture? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Two sentences fit, one conflicts with the picture. Which one? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which statement fails? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Spot the hallucination. A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            Which description must be turned down? A. The spoon is to the right of the cup. B. The spoon is to the left of the cup. C. The jug is blue. | B
            """)
    void unless_the_question_asks_for_what_is_not_so(String question, String answer) {
        assertThat(checks(Coffee.precise().judgeForm(RULE, "multi_choice", question, answer)))
                .isEmpty();
    }

    @Test
    void a_chosen_option_that_the_boxes_bear_out_is_not_the_whole_value() {
        String question = "Which statement is true? A. The spoon is to the right of the cup and made of gold."
                + " B. The spoon is to the right of the cup. C. The jug is blue.";

        assertThat(checks(Coffee.precise().judgeForm(RULE, "multi_choice", question, "B")))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.part()).isEqualTo(Check.Part.ANSWER);
                    assertThat(check.result()).isEqualTo(CONFIRMED);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Norm | Is the spoon to the right of the cup and made of gold? | Yes.
            Norm | Is the spoon to the right of the cup or made of gold? | Yes.
            Norm | Is the spoon to the right of the cup? What is it made of? | Yes. Gold.
            Norm | The spoon is made of gold. Is the spoon to the right of the cup? | Yes.
            Norm | Is the golden spoon to the right of the cup? | Yes.
            Norm | Is the spoon standing to the right of the cup? | Yes.
            Norm | Is the spoon slightly to the right of the cup? | Yes.
            Norm | Is the spoon to the right of the cup? | Yes, and it is made of gold.
            Norm | Is the spoon to the right of the cup? | Yes, 20 centimetres.
            Norm | Is the spoon to the right of the cup? | Yes, the cup is to the right of it.
            Norm | Is the spoon to the right of the cup? | Yes, it is to the left.
            Norm | Is the spoon to the left or to the right of the cup, and what is it made of? | To the right, and it is made of gold.
            Norm | Where is the spoon relative to the cup? | To the right, 20 centimetres away.
            Norm | Where is the golden spoon relative to the cup? | To the right.
            Norm | Where is the spoon, and what is it made of? | To the right of the cup; it is made of gold.
            Norm | On which side of the cup does the spoon lie, and what is it made of? | To the right, gold.
            multi_choice | Where is the spoon relative to the cup? A) to the right, made of gold B) to the left C) to the right, made of tin | A
            multi_choice | Where is the spoon relative to the cup? A) to the right B) to the left C) above | A, since it is made of gold
            fill_in_the_blank | The spoon lies to the right of the cup and ___. | shines
            fill_in_the_blank | The spoon lies to the right of the cup, whose colour is ___. | white
            fill_in_the_blank | The spoon has ___ spots. The spoon lies to the right of the cup. | 5
            fill_in_the_blank | The ___ spoon lies to the right of the cup. | golden
            fill_in_the_blank | The spoon is ___ to the right of the cup. | standing
            fill_in_the_blank | The spoon is to the right of the cup and to the ___ of the saucer. | right
            """)
    void a_side_that_is_only_a_part_of_what_is_asked_and_answered_is_not_verified(
            String format, String question, String answer) {
        for (Coffee coffee : List.of(Coffee.precise(), Coffee.exhaustive())) {
            List<Check> checks = checks(coffee.judgeForm(RULE, format, question, answer));

            assertThat(Verification.of(checks)).isNotEqualTo(Verification.VERIFIED);
        }
        assertThat(results(Coffee.exhaustive().judgeForm(RULE, format, question, answer)))
                .as("it is not left alone")
                .contains(CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is the jug directly to the left of the cup? | No, a knife lies between them.
            Is the jug immediately left of the cup? | No. Between them lies a knife.
            Is the jug far to the left of the cup? | No, it stands close to it.
            Is the jug exactly to the left of the cup? | No, it is also a bit higher.
            Is the jug lying to the left of the cup? | No, it stands there.
            Is the jug placed to the left of the cup? | No, it hangs there.
            """)
    void a_no_to_a_posture_a_manner_or_a_degree_denies_no_side(String question, String answer) {
        assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer))).isEmpty();
    }

    @Test
    void a_denied_above_may_mean_right_over_and_is_at_most_disputed() {
        Coffee shelf = Coffee.precise().with(object("clock", 0.1, 0.1, 0.3, 0.2), object("vase", 0.1, 0.5, 0.3, 0.8));

        assertThat(results(shelf.judge(RULE, "Is the clock above the vase?", "No, it hangs farther back.")))
                .containsExactly(DISPUTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Where is the jug relative to the cup? | Right next to the cup.
            Where is the jug relative to the cup? | It stands right beside it.
            Where is the jug relative to the cup? | Right across the table.
            Where is the jug relative to the cup? | It stands right behind the cup.
            Where is the spoon relative to the cup? | Left in front of the cup, on the table.
            Where is the spoon relative to the cup? | It was left behind the cup.
            Where is the spoon relative to the cup? | It has just left the cup.
            Where is the spoon relative to the cup? | The cup is to the left of the spoon.
            Is the spoon to the left or to the right of the cup? | The cup is on its left.
            """)
    void a_left_or_right_that_is_not_the_side_of_the_thing_decides_nothing(String question, String answer) {
        assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer)))
                .noneMatch(check -> check.part() == Check.Part.VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Left.",
                "**Left**",
                "To the left",
                "On the left, beside the jug.",
                "It lies on its left side.",
                "The spoon is left of the cup.",
                "The left side",
                "It lies to the left and nearer to the edge of the table."
            })
    void however_a_side_is_given_it_is_read(String answer) {
        assertThat(Coffee.precise().judge(RULE, "Where is the spoon relative to the cup?", answer))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No, it lies on the other side. | Clause 2: the spoon lies to the left of the cup. Not right.
            No, it lies on the other side. | Clause 2 reads that the spoon lies to the left of the cup.
            No. Clause 2, the spoon lies to the left of the cup, fails. | Both clauses are looked at.
            No: the spoon lies to the left of the cup - contradicted by the image. | Both clauses are looked at.
            """)
    void a_clause_that_is_only_taken_up_from_the_question_is_no_statement(String answer, String step) {
        String question = "\"The jug is blue, the spoon lies to the left of the cup.\" Does it match?";

        assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer, step)))
                .isEmpty();
    }

    @Test
    void but_is_one_where_the_answer_is_yes() {
        String question = "\"The jug is blue, the spoon lies to the left of the cup.\" Does it match?";

        assertThat(Coffee.precise().judge(RULE, question, "Yes, the spoon lies to the left of the cup."))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write a false statement about the picture.",
                "Find the mistake in this caption: \"The spoon lies right of the jug's cup.\"",
                "Write a quiz of three statements with the solutions.",
                "Suggest a better arrangement of the things.",
                "Tell a lie about the spoon."
            })
    void a_question_for_what_is_not_so_decides_nothing(String question) {
        assertThat(checks(Coffee.exhaustive().judge(RULE, question, "The spoon is to the left of the cup.")))
                .isEmpty();
    }

    @Test
    void true_or_false_asks_for_what_is_so() {
        assertThat(Coffee.precise()
                        .judge(
                                RULE,
                                "True or false: the spoon is to the left of the cup.",
                                "True, the spoon is to the left of the cup."))
                .isInstanceOf(Reject.class);
    }

    @Test
    void what_is_stated_beside_the_value_is_confirmed_where_it_stands() {
        assertThat(checks(Coffee.precise()
                        .judge(RULE, "What shines?", "The spoon.", "The spoon lies to the right of the cup.")))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.part()).isEqualTo(Check.Part.STEP);
                    assertThat(check.claim()).isEqualTo("The spoon lies to the right of the cup");
                    assertThat(check.result()).isEqualTo(CONFIRMED);
                });
    }

    @Test
    void boxes_that_overlap_or_lie_close_by_decide_nothing() {
        assertThat(results(Coffee.precise().judge(RULE, "Where?", "The saucer is to the left of the cup.")))
                .containsExactly(UNDECIDED);
        Coffee close = Coffee.precise().with(object("cup", 0.30, 0.1, 0.40, 0.2), object("jug", 0.34, 0.5, 0.44, 0.6));
        assertThat(results(close.judge(RULE, "Where?", "The jug is to the left of the cup.")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The lamp is to the left of the cup.",
                "The lamps hang to the left of the cup.",
                "The spoon is larger than the cup.",
                "The spoon lies in front of the cup.",
                "The spoon is nearer than the cup."
            })
    void things_boxed_twice_depth_and_size_are_marked_as_undecided(String sentence) {
        assertThat(results(Coffee.exhaustive().judge(RULE, "What is where?", sentence)))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The silver spoon lies to the left of the cup.",
                "A spoon lies to the left of the cup.",
                "The spoon to the left of the cup is made of silver."
            })
    void what_may_mean_another_thing_is_disputed_unless_all_are_boxed(String sentence) {
        assertThat(results(Coffee.precise().judge(RULE, "What is where?", sentence)))
                .containsExactly(DISPUTED);
        assertThat(Coffee.exhaustive().judge(RULE, "What is where?", sentence)).isInstanceOf(Reject.class);
    }

    @Test
    void a_no_may_deny_what_is_said_of_the_thing_and_only_disputes() {
        assertThat(results(Coffee.exhaustive()
                        .judge(RULE, "Is the golden spoon to the right of the cup?", "No, the one there is silver.")))
                .containsExactly(DISPUTED);
    }

    @Test
    void a_detectors_boxes_only_dispute() {
        assertThat(results(Coffee.noisy().judge(RULE, "What is where?", "The spoon is to the left of the cup.")))
                .containsExactly(DISPUTED);
        assertThat(results(Coffee.noisy().judge(RULE, "What is where?", "The spoon is to the right of the cup.")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The handle of the jug is to the right of the spoon's shadow.",
                "The reflection in the spoon is to the left of the cup.",
                "The rim of the spoon, to the left of the cup's handle, shines.",
                "Seen from the guest's side, the spoon is to the left of the cup.",
                "From her own perspective the spoon is to the left of the cup.",
                "If the picture were mirrored, the spoon would be to the left of the cup.",
                "The spoon is not to the left of the cup.",
                "Some would say that the spoon is to the left of the cup.",
                "Option A says that the spoon is to the left of the cup.",
                "A. The spoon is to the left of the cup.",
                "A) The spoon is to the left of the cup.",
                "The spoon is to the left of the cup. That is false.",
                "Is the spoon to the left of the cup?",
                "The quoted line \"the spoon is to the left of the cup\" fails.",
                "Light falls on the left of the cup.",
                "Put the spoon to the left of the cup.",
                "The spoon lies on its left.",
                "The thing on the spoon lies to the left of the cup.",
                "Moving from the spoon to the left of the cup, one sees the jug.",
                "The spoon is to the left of the cup and saucer that stand in the mirror."
            })
    void what_is_no_plain_statement_about_two_labels_is_left_alone(String sentence) {
        assertThat(checks(Coffee.precise().judge(RULE, "What is where?", sentence)))
                .noneMatch(check -> check.result() == CONFIRMED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Is the spoon to the left of the cup and made of wood? | No.
            From the sitter's viewpoint, is the spoon to the left of the cup? | Yes.
            On which side of her cup does the woman hold the spoon? | Left
            Does this fit: "The spoon lies to the left of the cup"? | No.
            What lies to the left of the cup? | The jug.
            Which of them is left of the cup, the spoon or the jug? | The jug.
            """)
    void a_question_that_asks_more_or_otherwise_is_left_alone(String question, String answer) {
        assertThat(checks(Coffee.precise().judge(RULE, question, answer))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If the image is flipped horizontally, on which side of the cup does the spoon appear?",
                "After rotating the picture by 180 degrees, where is the spoon relative to the cup?",
                "Suppose the spoon is put beside the jug. On which side of the cup is it then?",
                "Imagine that cup and spoon are swapped. Is the spoon to the left or to the right of the cup?",
                "With the picture mirrored, where does the spoon lie relative to the cup?",
                "Once the spoon has been moved, on which side of the cup is the spoon?",
                "From behind the cup, on which side of the cup is the spoon?",
                "With the picture turned upside down, where does the spoon lie relative to the cup?",
                "As seen from the other side of the table, where is the spoon relative to the cup?",
                "Seen from the back of the table, where is the spoon relative to the cup?",
                "For somebody on the bench, is the spoon to the left or to the right of the cup?",
                "A cook stands on the far side of the table. For him, where is the spoon relative to the cup?",
                "You sit opposite the photographer. Where does the spoon lie relative to the cup?",
                "You look across the table. Where does the spoon lie relative to the cup?",
                "Walk around the table. Where does the spoon lie relative to the cup?",
                "Turn the photo by 180 degrees. Where does the spoon lie relative to the cup?",
                "A cook moves the spoon past the cup. Where does the spoon lie relative to the cup?",
                "As the guest sits, is the spoon to the left or to the right of the cup?"
            })
    void a_picture_that_is_only_supposed_decides_nothing(String question) {
        for (String side : new String[] {"left", "right"}) {
            String answer = "The spoon is to the " + side + " of the cup.";
            assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer, answer)))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wo liegt der spoon? | Der spoon liegt links von der cup.
            \u52fa\u5b50\u5728\u54ea\u91cc\uff1f | spoon\u5728cup\u7684\u5de6\u8fb9\u3002
            """)
    void other_languages_are_left_alone(String question, String answer) {
        assertThat(checks(Coffee.precise().judge(RULE, question, answer))).isEmpty();
    }

    @Test
    void absent_things_and_samples_without_boxes_decide_nothing() {
        assertThat(checks(Coffee.precise().judge(RULE, "Where?", "The dog lies to the left of the cup.")))
                .isEmpty();
        assertThat(Coffee.precise().with().judge(RULE, "Where?", "The spoon is left of the cup."))
                .isInstanceOf(Pass.class);
    }
}
