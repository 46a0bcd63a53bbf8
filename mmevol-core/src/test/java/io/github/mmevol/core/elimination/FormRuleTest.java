package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormRuleTest {

    @ParameterizedTest
    @CsvSource({
        "'', Red., there is no question",
        "'  ', Red., there is no question",
        "What colour is it?, '', there is no answer",
        "What colour is it?, ' ', there is no answer",
        "???, Red., the question holds no word",
        "What colour is it?, what colour is it, the answer repeats the question",
        "What stands on the table?, A cup., it is its parent again",
        "what stands  on the TABLE, a cup, it is its parent again",
        "'What stands, on the table?!', 'A cup', it is its parent again",
        "What stands on the table?, A white cup with a handle., it asks its parent's question again",
    })
    void rejects(String question, String answer, String why) {
        assertThat(judge(Instruction.of(question, answer)))
                .isInstanceOfSatisfying(
                        Reject.class, reject -> assertThat(reject.why()).isEqualTo(why));
    }

    @ParameterizedTest
    @CsvSource({
        "What stands on the table beside the lamp?, A cup.",
        "What stands on the tables?, Cups.",
        "Which sign stands on the key?, ?",
        "What is left of the cup?, A plate.",
        "Is the cup < 10 cm?, No",
        "\u684c\u5b50\u4e0a\u6709\u4ec0\u4e48\uff1f, \u676f\u5b50",
        "\u0645\u0627 \u0647\u0630\u0627\u061f, \u0643\u0648\u0628",
        "How many?, 3",
        "What does the sign say?, STOP",
        "What stands on the table? A) a cup B) a plate C) a lamp, A",
    })
    void passes(String question, String answer) {
        assertThat(judge(Instruction.of(question, answer))).isInstanceOf(Pass.class);
    }

    @Test
    void rejects_what_is_longer_than_its_bound() {
        String word = "word ";
        assertThat(judge(Instruction.of(word.repeat(400), "yes"))).isInstanceOf(Pass.class);
        assertThat(judge(Instruction.of(word.repeat(401), "yes"))).isInstanceOf(Reject.class);
        assertThat(judge(Instruction.of("Why?", word.repeat(800)))).isInstanceOf(Pass.class);
        assertThat(judge(Instruction.of("Why?", word.repeat(801)))).isInstanceOf(Reject.class);
        assertThat(judge(withSteps(6, "look"))).isInstanceOf(Pass.class);
        assertThat(judge(withSteps(7, "look"))).isInstanceOf(Reject.class);
        assertThat(judge(withSteps(1, word.repeat(200)))).isInstanceOf(Pass.class);
        assertThat(judge(withSteps(1, word.repeat(201)))).isInstanceOf(Reject.class);
    }

    @Test
    void rejects_a_question_that_an_ancestor_asked() {
        Instruction seed = Instruction.of("How many cups are there?", "Two.");
        Instruction evolved = Instruction.of("How many cups are there", "There are two of them.");

        Verdict verdict =
                Candidates.judge(Rules.form(), Candidates.of("abc.2.1", evolved, Candidates.PARENT, List.of(seed)));

        assertThat(verdict).isInstanceOfSatisfying(Reject.class, reject -> {
            assertThat(reject.why()).contains("earlier round");
            assertThat(reject.evidence()).isEqualTo(seed.question());
        });
    }

    @Test
    void passes_the_same_question_about_another_part_of_a_mosaic() {
        Instruction evolved = Instruction.builder(Candidates.PARENT.question(), "A vase.")
                .imagePosition("top left")
                .build();

        assertThat(judge(evolved)).isInstanceOf(Pass.class);
    }

    @Test
    void passes_an_ancestors_answer_to_another_question() {
        Instruction evolved = Instruction.of("Which vessel can be drunk from?", "A cup.");

        assertThat(judge(evolved)).isInstanceOf(Pass.class);
    }

    private static Instruction withSteps(int count, String description) {
        return Instruction.builder("Why is it there?", "To drink.")
                .steps(Collections.nCopies(count, Step.of(description)))
                .build();
    }

    private static Verdict judge(Instruction evolved) {
        return Candidates.judge(Rules.form(), evolved);
    }
}
