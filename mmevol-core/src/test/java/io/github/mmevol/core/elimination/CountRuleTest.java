package io.github.mmevol.core.elimination;

import static io.github.mmevol.core.elimination.Coffee.checks;
import static io.github.mmevol.core.elimination.Coffee.lamps;
import static io.github.mmevol.core.elimination.Coffee.results;
import static io.github.mmevol.core.sample.Check.Result.CONFIRMED;
import static io.github.mmevol.core.sample.Check.Result.DISPUTED;
import static io.github.mmevol.core.sample.Check.Result.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.LabelMatcher;
import io.github.mmevol.core.sample.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountRuleTest {
    private static final Eliminator RULE = Rules.count(LabelMatcher.english());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many lamps are there? | Two
            How many lamps can be seen in the picture? Answer with one number. | 2
            How many lamps are shown, and what hangs below them? | Two lamps, and nothing hangs below them.
            What is the number of lamps in the image? | There are two lamps.
            How many lamps does the picture show? | Only two.
            How many lamps are there? | None
            How many lamps are there in all? A) two B) three C) four Answer with the letter. | A
            """)
    void fewer_than_the_boxes_cannot_be_right_where_they_are_precise(String question, String answer) {
        assertThat(Coffee.precise().judge(RULE, question, answer)).isInstanceOfSatisfying(Reject.class, reject -> {
            assertThat(reject.why()).contains("there are 3 or more");
            assertThat(reject.evidence()).startsWith("3 boxes: lamp [0.100, 0.050, 0.180, 0.120]");
        });
        assertThat(Coffee.exhaustive().judge(RULE, question, answer)).isInstanceOf(Reject.class);
    }

    @Test
    void more_than_the_boxes_can_be_right_where_others_may_not_be_boxed() {
        assertThat(results(Coffee.precise().judge(RULE, "How many lamps are there?", "4")))
                .containsExactly(UNDECIDED);
        assertThat(Coffee.exhaustive().judge(RULE, "How many lamps are there?", "4"))
                .isInstanceOf(Reject.class);
    }

    @Test
    void the_number_of_boxes_is_confirmed_only_where_all_are_boxed() {
        assertThat(checks(Coffee.exhaustive().judge(RULE, "How many lamps are there?", "three")))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.result()).isEqualTo(CONFIRMED);
                    assertThat(check.part()).isEqualTo(Check.Part.VALUE);
                });
        assertThat(results(Coffee.precise().judge(RULE, "How many lamps are there?", "three")))
                .containsExactly(UNDECIDED);
    }

    @Test
    void a_detectors_boxes_only_dispute() {
        assertThat(results(Coffee.noisy().judge(RULE, "How many lamps are there?", "2")))
                .containsExactly(DISPUTED);
        assertThat(results(Coffee.noisy().judge(RULE, "How many lamps are there?", "3")))
                .containsExactly(UNDECIDED);
    }

    @Test
    void boxes_of_one_thing_count_as_one() {
        Coffee doubled = Coffee.exhaustive()
                .with(
                        Coffee.object("lamp", 0.10, 0.10, 0.30, 0.30),
                        Coffee.object("lamp", 0.10, 0.10, 0.30, 0.31),
                        Coffee.object("lamp", 0.60, 0.10, 0.80, 0.30));

        assertThat(results(doubled.judge(RULE, "How many lamps are there?", "2")))
                .containsExactly(CONFIRMED);
        assertThat(doubled.judge(RULE, "How many lamps are there?", "3")).isInstanceOf(Reject.class);
    }

    @Test
    void a_wider_word_counts_at_least_the_boxes() {
        Coffee people = Coffee.exhaustive()
                .with(
                        Coffee.object("woman", 0.1, 0.1, 0.2, 0.5),
                        Coffee.object("man", 0.3, 0.1, 0.4, 0.5),
                        Coffee.object("man", 0.5, 0.1, 0.6, 0.5));

        assertThat(people.judge(RULE, "How many people are there?", "2")).isInstanceOf(Reject.class);
        assertThat(results(people.judge(RULE, "How many people are there?", "5")))
                .containsExactly(UNDECIDED);
    }

    @Test
    void where_the_question_singles_some_out_there_are_at_most_as_many_as_boxes() {
        assertThat(results(Coffee.precise().judge(RULE, "How many lamps hang above the cup?", "1")))
                .containsExactly(UNDECIDED);
        assertThat(results(Coffee.exhaustive().judge(RULE, "How many lamps hang above the cup?", "1")))
                .containsExactly(UNDECIDED);
        assertThat(Coffee.exhaustive().judge(RULE, "How many lamps hang above the cup?", "4"))
                .isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many red lamps are there?",
                "How many lamps are on the left side of the picture?",
                "How many lamps stand on the table?",
                "How many lamps does the wall show?",
                "How many lamps hang between the jug and the spoon?"
            })
    void which_are_at_most_as_many_where_it_tells_their_looks_or_their_place(String question) {
        assertThat(Coffee.exhaustive().judge(RULE, question, "4")).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many lamps does the price tag offer for 2 euros?",
                "How many lamps are in a set?",
                "How many lamps were there yesterday?",
                "How many lamps are shown on the newspaper's front page?",
                "How many lamps are in the box under the table?",
                "How many lamps to the carton?",
                "How many lamps are a dozen?",
                "How many lamps had she put out in the morning?",
                "How many lamps that cost 2 euros can be bought with 40 euros?",
                "What is the number of lamps that the receipt lists?"
            })
    void but_not_where_it_asks_for_what_need_not_be_in_sight(String question) {
        assertThat(results(Coffee.exhaustive().judge(RULE, question, "20"))).containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many different lamps can be seen? | 2
            How many distinct lamps are shown? | 2
            How many various lamps are shown? | 2
            How many separate lamps are shown? | 2
            How many lamps are shown? | Two kinds.
            How many lamps are shown? | Two different types.
            How many whole lamps are visible? | 2
            How many lamps are whole? | 2
            How many entire lamps are in view? | 2
            How many lamps are clearly visible? | 2
            How many lamps are marked? | 2
            How many lamps does the jug have on board? | 0
            How many people seen in the image do that? | 0
            """)
    void kinds_whole_ones_and_marked_ones_may_be_fewer_than_the_boxes(String question, String answer) {
        Coffee room = Coffee.precise()
                .with(
                        Coffee.object("jug", 0.0, 0.0, 1.0, 0.9),
                        Coffee.object("lamp", 0.1, 0.1, 0.2, 0.2),
                        Coffee.object("lamp", 0.3, 0.1, 0.4, 0.2),
                        Coffee.object("lamp", 0.7, 0.1, 0.8, 0.2),
                        Coffee.object("person", 0.1, 0.5, 0.2, 0.8));

        assertThat(room.judge(RULE, question, answer)).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many lamps are there and what colours are they? | Three, all pink.
            How many lamps are there? | Three, all pink.
            How many lamps are there? | Three. They are pink.
            How many lamps are there? Name their colour. | Three.
            How many lamps are there? A) two B) three, all pink C) four | B
            """)
    void a_number_that_is_only_a_part_of_what_is_asked_and_answered_is_not_verified(String question, String answer) {
        assertThat(Verification.of(checks(Coffee.exhaustive().judge(RULE, question, answer))))
                .isNotEqualTo(Verification.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many lamps are there? | There are three lamps in the picture.
            How many lamps are there? Answer with one number. | 3
            How many lamps are there? A) two B) three C) four Answer with the letter. | B
            How many lamps are marked? | 3
            How many lamps seen in the image do that? | 3
            """)
    void all_that_is_asked_is_verified_where_nothing_is_singled_out(String question, String answer) {
        boolean singled = question.contains("marked") || question.contains("do that");

        assertThat(Verification.of(checks(Coffee.exhaustive().judge(RULE, question, answer))))
                .isEqualTo(singled ? Verification.UNDECIDED : Verification.VERIFIED);
    }

    @Test
    void what_has_its_parts_in_its_own_box_has_them_all() {
        Coffee house = Coffee.precise()
                .with(
                        Coffee.object("house", 0.0, 0.0, 0.6, 0.9),
                        Coffee.object("window", 0.1, 0.1, 0.2, 0.2),
                        Coffee.object("window", 0.3, 0.1, 0.4, 0.2),
                        Coffee.object("window", 0.7, 0.1, 0.8, 0.2));

        assertThat(house.judge(RULE, "How many windows does the house have?", "1"))
                .isInstanceOf(Reject.class);
        assertThat(results(house.judge(RULE, "How many windows does the house have?", "2")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many lamps are there? | At least two
            How many lamps are there? | more than one
            How many lamps are there? | about 2
            How many lamps are there? | Two or three
            How many lamps are there? | 2-4
            How many lamps are there? | Two on the left, one on the right.
            How many lamps are there? | A few.
            How many lamps are there? | Two floor lamps and a table lamp.
            How many lamps are there? | There is a lamp on the left, and two others.
            How many lamps are there, and at what time was it? | At 10:30.
            How many lamps are there, and how tall are they? | Each is 2 metres tall.
            How many lamps are there? | The second one is broken.
            """)
    void an_answer_that_is_no_exact_number_decides_nothing(String question, String answer) {
        assertThat(Coffee.exhaustive().judge(RULE, question, answer)).isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many of the lamps are lit? 2",
                "How many cups of coffee have been drunk? 7",
                "How many more lamps would make it ten? 7",
                "How many lamps would there be if two fell down? 1",
                "Count how many lamps there are, then add four. What is the result? 7",
                "At least how many lamps are needed? 9",
                "How many lamps are usually in a set? 12",
                "How many saucers wide is the table? 4",
                "What is the number of the lamp? 42",
                "A number of lamps hang there. Which year is written on them? 1999",
                "How many lamps and cups are there? 8",
                "How many visitors came in March? 180",
                "How many years old is the cup? 40",
                "How many spoons fit between the cup and the jug, and how many lamps are there? 2",
                "What fraction of the lamps is lit? 2",
                "Which lamp is the second from the left? 2",
                "How many hours are between the two clocks? 2"
            })
    void what_is_no_plain_count_of_a_label_is_left_alone(String text) {
        int end = text.lastIndexOf(' ');

        assertThat(Coffee.exhaustive().judge(RULE, text.substring(0, end), text.substring(end + 1)))
                .isInstanceOf(Pass.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To the left of the cup, how many lamps can be seen?",
                "Looking only at the right side of the cup, how many lamps are visible?",
                "Excluding the lamp on the far right, how many lamps are there?",
                "How many lamps are there? Count only those to the left of the cup.",
                "How many lamps are visible in the image? Do not count the lamp hidden behind the cup.",
                "Besides the lamp on the left, how many lamps are there in the picture?",
                "Near the edge of the table, how many lamps are there?",
                "On the table, how many lamps are there?",
                "In the foreground, how many lamps are there?",
                "After one lamp is taken away, how many lamps are there in the picture?",
                "Including the reflection in the jug, how many lamps can be seen?",
                "Look at the left half of the picture. How many lamps are there?",
                "How many lamps are there? Look at the left half.",
                "How many lamps are there? Treat the cup as a lamp.",
                "There are three lamps. Two are taken away. How many lamps are there?",
                "How many lamps are there once one has been taken away?"
            })
    void what_the_rest_of_the_question_leaves_out_or_puts_in_decides_nothing(String question) {
        for (String answer : new String[] {"2", "3", "4"}) {
            assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer)))
                    .noneMatch(check -> check.result() == CONFIRMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In the image, how many lamps are there?",
                "Looking at this picture closely, how many lamps can you see?",
                "Please tell me how many lamps are shown.",
                "Can you say how many lamps there are?",
                "Count the lamps and give the total number of lamps.",
                "How many lamps are there? Answer with just one number, do not explain.",
                "How many lamps are there? Explain how you know.",
                "How many lamps are there, and which of them is on the left?"
            })
    void a_neutral_lead_or_the_form_of_the_answer_leaves_none_out(String question) {
        assertThat(Coffee.exhaustive().judge(RULE, question, "2")).isInstanceOf(Reject.class);
        assertThat(results(Coffee.exhaustive().judge(RULE, question, "3"))).containsExactly(CONFIRMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many lamps are on a standard lighting rig?",
                "How many lamps does a regulation table carry?",
                "How many lamps are allowed in the room according to the sign?",
                "How many lamps can the table hold?"
            })
    void what_everybody_knows_or_a_sign_says_is_no_count(String question) {
        assertThat(checks(Coffee.exhaustive().judge(RULE, question, "11"))).isEmpty();
    }

    @Test
    void things_of_two_labels_at_one_place_count_as_one() {
        Coffee player = Coffee.precise()
                .with(Coffee.object("man", 0.40, 0.20, 0.60, 0.90), Coffee.object("player", 0.42, 0.22, 0.60, 0.88));

        assertThat(results(player.judge(RULE, "How many people are there?", "1")))
                .containsExactly(UNDECIDED);
        assertThat(player.judge(RULE, "How many people are there?", "0")).isInstanceOf(Reject.class);
    }

    @Test
    void a_label_with_several_meanings_does_not_count_as_one_of_its_kind() {
        Coffee desk = Coffee.exhaustive()
                .with(
                        Coffee.object("cat", 0.1, 0.2, 0.5, 0.7),
                        Coffee.object("mouse", 0.7, 0.6, 0.8, 0.7),
                        Coffee.object("bat", 0.7, 0.1, 0.9, 0.2));

        assertThat(results(desk.judge(RULE, "How many animals are there?", "One")))
                .containsExactly(UNDECIDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wie viele lamp sind im Bild? | 2
            \u56fe\u7247\u91cc\u6709\u591a\u5c11\u4e2alamp\uff1f | 2
            Combien de lamps y a-t-il dans la salle ? | 2
            """)
    void other_languages_are_left_alone(String question, String answer) {
        assertThat(checks(Coffee.exhaustive().judge(RULE, question, answer))).isEmpty();
    }

    @Test
    void a_label_that_names_several_at_once_has_no_number() {
        Coffee grapes = Coffee.exhaustive().with(Coffee.object("grapes", 0.1, 0.1, 0.5, 0.5));

        assertThat(results(grapes.judge(RULE, "How many grapes are there?", "12")))
                .containsExactly(UNDECIDED);
    }

    @Test
    void a_sample_without_boxes_or_with_others_decides_nothing() {
        assertThat(checks(Coffee.exhaustive().with().judge(RULE, "How many lamps are there?", "2")))
                .isEmpty();
        assertThat(checks(Coffee.exhaustive().with(lamps(3)).judge(RULE, "How many dogs are there?", "2")))
                .isEmpty();
    }
}
