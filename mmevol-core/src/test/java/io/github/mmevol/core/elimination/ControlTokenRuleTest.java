package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.elimination.Verdict.Reject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTokenRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<image>\nWhat is it?",
                "What is it?<IMAGE>",
                "It is a cup.</s>",
                "<s>It is a cup.",
                "It is a cup.<|im_end|>",
                "<|endoftext|>",
                "<|start_header_id|>user",
                "<\uff5cend\u2581of\u2581sentence\uff5c>",
                "[INST] What is it? [/INST]",
                "[inst] What is it?",
                "<<SYS>> be kind <</SYS>>",
                "<start_of_turn>model",
                "<think>hm</think> a cup",
                "### Response: a cup",
                "a\u0000b",
                "a\u0007b",
                "half a pair \ud83d",
                "\ude00 the other half",
            })
    void rejects_wherever_it_stands(String text) {
        Instruction question = Instruction.of(text, "a cup");
        Instruction answer = Instruction.of("What is it?", text);
        Instruction step = Instruction.builder("What is it?", "a cup")
                .steps(List.of(Step.of("Look."), Step.of(text)))
                .build();
        Instruction manipulation = Instruction.builder("What is it?", "a cup")
                .steps(List.of(new Step(text, "Look.")))
                .build();
        for (Instruction evolved : List.of(question, answer, step, manipulation)) {
            assertThat(judge(evolved)).isInstanceOf(Reject.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Is a < b and b > c?",
                "I <3 you | really |> yes",
                "a <| b",
                "<|",
                "The image shows an <img src=\"a.png\"> tag.",
                "x <| y z |> w",
                "[INSTRUCTIONS] on the label",
                "line\r\nbreak\tand tab",
                "\ud83d\ude00 smiles",
                "the <body> of the page",
                "||>",
                "<imagery>",
            })
    void passes(String text) {
        assertThat(judge(Instruction.of(text, text))).isInstanceOf(Pass.class);
    }

    @Test
    void finds_a_token_at_the_end_of_a_very_long_text() {
        assertThat(judge(Instruction.of("What is it?", "<|".repeat(50_000) + "<|x|>")))
                .isInstanceOf(Reject.class);
        assertThat(judge(Instruction.of("What is it?", "<|".repeat(50_000)))).isInstanceOf(Pass.class);
    }

    @Test
    void tells_which_token_it_was() {
        assertThat(judge(Instruction.of("What is it?", "It is a cup.</s>")))
                .isInstanceOfSatisfying(Reject.class, reject -> {
                    assertThat(reject.why()).contains("</s>");
                    assertThat(reject.evidence()).contains("a cup.</s>");
                });
    }

    private static Verdict judge(Instruction evolved) {
        return Candidates.judge(Rules.controlToken(), evolved);
    }
}
