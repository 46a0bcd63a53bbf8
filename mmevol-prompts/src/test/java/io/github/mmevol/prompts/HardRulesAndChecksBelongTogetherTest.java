package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.sample.Forms;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No rule that nothing checks, and no check that no sentence asks for. */
class HardRulesAndChecksBelongTogetherTest {
    /** Each check with the sentence of the prompts that asks for what it enforces. */
    private static final Map<String, String> SENTENCES = new LinkedHashMap<>();

    static {
        SENTENCES.put(Rules.form().name(), "Ask a question that the data does not hold yet.");
        SENTENCES.put(Rules.duplicate().name(), "Ask a question that the data does not hold yet.");
        SENTENCES.put(Rules.controlToken().name(), "free of Markdown, tags and control tokens");
        SENTENCES.put(Rules.refusal(Forms.standard()).name(), "Excuses have no place in an answer.");
        SENTENCES.put(
                Rules.promptLeak().name(),
                "talk about this task (\"the previous question\", \"the given caption\") out");
        SENTENCES.put(Rules.answerShape(Forms.standard()).name(), "the question says so (\"Answer with one number.\")");
        SENTENCES.put("box", "Write a box only as `{o3}`: the id of a listed object");
        SENTENCES.put("box-label", "the id of a listed object in braces");
        SENTENCES.put("ungrounded-location", "leave coordinates out and ask for none");
        SENTENCES.put("count", "Count only what can be pointed at one by one");
        SENTENCES.put("relation", "can be seen in it: in question, steps and answer alike");
        SENTENCES.put("arithmetic", "check every count and calculation");
        SENTENCES.put("chain", "in the order of solving; each is needed for the answer");
        SENTENCES.put("schema", "Give 1 to 6 steps, one sentence each");
        SENTENCES.put("unknown-box", "Write a box only as `{o3}`");
        SENTENCES.put("judge", "Whatever you state about the image can be seen in it");
    }

    @Test
    void every_hard_rule_names_checks_that_exist() {
        assertThat(HardRule.values()).hasSizeLessThanOrEqualTo(9);
        for (HardRule rule : HardRule.values()) {
            assertThat(rule.checks()).as(rule.name()).isNotEmpty();
            assertThat(SENTENCES.keySet()).as(rule.name()).containsAll(rule.checks());
        }
    }

    @Test
    void every_check_is_asked_for_by_a_rule_that_names_it() {
        SENTENCES.forEach((check, sentence) -> assertThat(Arrays.stream(HardRule.values())
                        .filter(rule -> rule.text().contains(sentence)))
                .as(check)
                .singleElement()
                .satisfies(rule -> assertThat(rule.checks()).contains(check)));
    }

    @Test
    void every_rule_of_the_core_is_asked_for() {
        assertThat(SENTENCES.keySet()).contains(Rules.all().name().split("\\+"));
    }

    @Test
    void every_evolution_prompt_states_every_rule() {
        Prompts.evolutions().forEach((name, prompt) -> {
            String rules = PromptsAreWellFormedTest.section(prompt.system(), "Hard rules");
            for (HardRule rule : HardRule.values()) {
                assertThat(rules).as(name).contains((rule.ordinal() + 1) + ". " + rule.text() + "\n".strip());
            }
        });
    }

    @Test
    void what_the_judge_enforces_is_asked_of_the_judge() {
        Map<HardRule, String> asked = Map.of(
                HardRule.VISIBLE, "all that question, steps and answer state fits the image",
                HardRule.COUNTS, "counts (count again)",
                HardRule.LANGUAGE, "written in its parent's language");
        for (HardRule rule : HardRule.values()) {
            if (rule.checks().contains("judge")) {
                assertThat(JudgePrompt.of(StandardPrompts.INTERACTIVE, true).system())
                        .contains(asked.get(rule));
            }
        }
    }

    @Test
    void the_example_of_a_broken_rule_names_its_number() {
        assertThat(MarketStall.PERCEPTUAL_BAD.why()).contains("rule " + (HardRule.COUNTS.ordinal() + 1));
    }
}
