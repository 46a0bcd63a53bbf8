package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicateRuleTest {
    private static final Instruction WEARING = Instruction.of(
            "What is the woman wearing?", "She is wearing an orange pressure suit with a wide dark neck ring.");
    private static final Instruction HANDLE =
            Instruction.of("Where does the handle of the cup point?", "To the lower left.");

    @Test
    void rejects_its_parent_in_nearly_the_same_words() {
        Instruction again = Instruction.of(
                "What is the woman wearing in this image?",
                "The woman is wearing an orange pressure suit with a wide dark neck ring.");

        assertThat(judge(again, WEARING)).isInstanceOfSatisfying(Reject.class, reject -> {
            assertThat(reject.why()).isEqualTo("it says again what its parent says");
            assertThat(reject.evidence()).isEqualTo(WEARING.question());
        });
    }

    @Test
    void rejects_an_earlier_round_of_its_line() {
        Instruction again = Instruction.of("Where in the picture does the cup's handle point?", "Up.");
        Instruction first = Instruction.of("Where does the cup's handle point in the picture?", "Up.");

        assertThat(judge(again, WEARING, first))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.why())
                                .isEqualTo("it says again what an earlier round of its line says"));
    }

    @Test
    void rejects_the_later_one_of_two_candidates_that_say_the_same() {
        List<Verdict> verdicts = judge(
                candidate(1, Instruction.of("How many lamps can be seen?", "There are three lamps."), WEARING),
                candidate(
                        2,
                        Instruction.of("How many lamps are visible in the image?", "There are three lamps."),
                        HANDLE));

        assertThat(verdicts.get(0)).isInstanceOf(Pass.class);
        assertThat(verdicts.get(1))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.why())
                                .isEqualTo("it says again what another candidate of this round says"));
    }

    @Test
    void rejects_what_another_line_of_its_sample_says() {
        Instruction again =
                Instruction.of("Where does the handle of the cup point to in the image?", "To the lower left.");
        Instruction other = Instruction.of("Is there a plate?", "Yes.");
        Instruction earlierOfOther = Instruction.of("Where does the handle of the cup point to?", "To the lower left.");

        List<Verdict> verdicts = judge(
                candidate(1, again, WEARING),
                candidate(2, Instruction.of("Which is larger, cup or plate?", "The plate."), other, earlierOfOther));

        assertThat(verdicts.get(0))
                .isInstanceOfSatisfying(
                        Reject.class,
                        reject -> assertThat(reject.why())
                                .isEqualTo("it says again what another line of its sample says"));
        assertThat(verdicts.get(1)).isInstanceOf(Pass.class);
    }

    @Test
    void rejects_a_seed_of_its_sample_whose_line_is_not_asked_about() {
        Sample sample = Candidates.SAMPLE.with(b -> b.instructions(List.of(WEARING, HANDLE)));
        Candidate candidate = new Candidate(
                "abc.1.1",
                sample,
                new LiveInstruction("abc.0.1", WEARING, List.of()),
                Instruction.of("Where does the handle of the cup point?", "To the lower left."),
                new Direction("up", "more"),
                1,
                PromptInfo.NONE);

        assertThat(judge(candidate).get(0)).isInstanceOf(Reject.class);
    }

    @Test
    void options_in_another_order_are_the_same_options() {
        Instruction parent = Instruction.of(
                "Which kind of picture is this? A) a studio portrait B) a frame from a space walk C) a snapshot in the"
                        + " street. Answer with the letter.",
                "A");
        Instruction again = Instruction.of(
                "Which kind of picture is this?\n(A) a snapshot in the street\n(B) a studio portrait\n(C) a frame from a"
                        + " space walk\nAnswer with the letter.",
                "(B)");

        assertThat(judge(again, parent)).isInstanceOf(Reject.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Where is the cup? | On the left. | Where is the spoon? | On the left.
            Which region holds the man? A) [0.452, 0.365, 0.795, 1.000] B) [0.497, 0.272, 0.634, 0.361] C) [0.804, 0.228, \
            0.845, 0.375] Answer with the letter. | A | Which region holds the tripod? A) [0.452, 0.365, 0.795, 1.000] B) \
            [0.497, 0.272, 0.634, 0.361] C) [0.804, 0.228, 0.845, 0.375] Answer with the letter. | C
            Does the region [0.512, 0.755, 0.650, 0.888] hold an eye? Begin the answer with Yes or No. | Yes. | Does the \
            region [0.212, 0.355, 0.350, 0.488] hold an eye? Begin the answer with Yes or No. | Yes.
            Imagine that you stand where the camera stands and look at the table in the middle of the room. What lies to the \
            left of the blue cup? Answer in one short sentence. | A spoon lies there. | Imagine that you stand where the \
            camera stands and look at the table in the middle of the room. What lies to the right of the blue cup? Answer in \
            one short sentence. | A spoon lies there.
            Which of the people wears a hat? Begin with where the person stands, then name the colour of the hat and say what \
            it is made of as far as can be told. | The man on the left. | Which of the people wears a hat and a scarf? Begin \
            with where the person stands, then name the colour of the hat and say what it is made of as far as can be told. \
            | The man on the left.
            What is on the table? | A cup. | What is on the table beside the lamp? | A cup.
            桌子上有什么？ | 一个杯子。 | 椅子上有什么？ | 一个杯子。
            """)
    void passes_one_template_about_two_things_and_questions_with_a_further_condition(
            String question, String answer, String otherQuestion, String otherAnswer) {
        Instruction one = Instruction.of(question, answer);
        Instruction other = Instruction.of(otherQuestion, otherAnswer);

        assertThat(judge(other, one)).isInstanceOf(Pass.class);
        assertThat(judge(candidate(1, one, WEARING), candidate(2, other, HANDLE)))
                .allMatch(Pass.class::isInstance);
    }

    @Test
    void passes_the_same_about_another_part_of_a_mosaic() {
        Instruction topLeft = WEARING.toBuilder().imagePosition("top left").build();
        Instruction lowerRight =
                WEARING.toBuilder().imagePosition("lower right").build();

        assertThat(judge(lowerRight, topLeft)).isInstanceOf(Pass.class);
        assertThat(judge(
                        topLeft, topLeft.toBuilder().imagePosition("upper-left").build()))
                .isInstanceOf(Reject.class);
    }

    @Test
    void what_another_rule_rejected_is_nothing_to_be_compared_with() {
        Instruction refused = Instruction.of("How many lamps hang there?", "I'm sorry, but I can't help with that.");

        List<Verdict> verdicts =
                Rules.all().judge(List.of(candidate(1, refused, WEARING), candidate(2, refused, HANDLE)), round());

        assertThat(verdicts).extracting(verdict -> ((Reject) verdict).by()).containsExactly("refusal", "refusal");
    }

    private static Verdict judge(Instruction evolved, Instruction parent, Instruction... ancestors) {
        return judge(candidate(1, evolved, parent, ancestors)).get(0);
    }

    private static List<Verdict> judge(Candidate... candidates) {
        return Rules.duplicate().judge(new ArrayList<>(List.of(candidates)), round());
    }

    private static Round round() {
        return Round.of(1, Candidates.SAMPLE);
    }

    private static Candidate candidate(int ordinal, Instruction evolved, Instruction parent, Instruction... ancestors) {
        return Candidates.of("abc.3." + ordinal, evolved, parent, List.of(ancestors));
    }
}
