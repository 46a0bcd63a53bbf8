package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ReplyForm;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestsAreRenderedTest {
    private final PromptCase typical = named("typical");
    private final PromptCase thirdRound = named("third-round");
    private final PromptCase bare = named("bare");

    private static PromptCase named(String name) {
        return Golden.cases().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode data(ModelRequest request) {
        return Json.parse(PrefixPrompt.dataOf(request));
    }

    @Test
    void a_request_has_its_purpose_schema_attempt_and_the_image_last() {
        ModelRequest first = typical.evolve(StandardPrompts.cognitive());
        assertThat(first.purpose()).isEqualTo("evolve:cognitive");
        assertThat(first.attempt()).isZero();
        assertThat(first.replyForm())
                .isEqualTo(ReplyForm.jsonSchema(
                        "evolution", StandardPrompts.cognitive().schema()));
        assertThat(first.parts()).hasSize(2).last().isInstanceOf(ModelRequest.Image.class);
        assertThat(thirdRound.evolve(StandardPrompts.cognitive()).attempt()).isEqualTo(1);
    }

    @Test
    void a_judges_request_can_leave_the_image_out() {
        ModelRequest seeing =
                typical.judge(JudgePrompt.of(StandardPrompts.COGNITIVE, true), StandardPrompts.cognitive());
        assertThat(seeing.purpose()).isEqualTo("judge");
        assertThat(seeing.parts()).last().isInstanceOf(ModelRequest.Image.class);
        ModelRequest blind =
                typical.judge(JudgePrompt.of(StandardPrompts.COGNITIVE, false), StandardPrompts.cognitive());
        assertThat(blind.parts()).hasOnlyElementsOfType(ModelRequest.Text.class);
        assertThat(blind.system()).doesNotContain("trust the image").contains("without the image");
    }

    @Test
    void the_recap_has_three_lines_and_ends_the_text() {
        for (PrefixPrompt prompt : StandardPrompts.all()) {
            String text = typical.evolve(prompt).text();
            String recap = text.substring(text.indexOf("\nRecap:\n") + 8);
            assertThat(recap.lines()).hasSize(3);
            assertThat(recap)
                    .contains(
                            "q1, q2",
                            prompt.system()
                                    .lines()
                                    .filter(line -> line.startsWith("Aim: "))
                                    .findFirst()
                                    .orElseThrow());
        }
    }

    @Test
    void what_is_not_annotated_is_left_out() {
        JsonNode data = data(bare.evolve(StandardPrompts.perceptual()));
        assertThat(data.propertyNames()).containsExactly("instructions");
        assertThat(data.get("instructions").get(0).propertyNames())
                .containsExactly("id", "question", "answer", "format");
        assertThat(bare.evolve(StandardPrompts.perceptual()).text()).contains("No objects are listed for this image");
    }

    @Test
    void a_box_of_a_listed_object_is_shown_by_its_id_and_another_one_as_it_is() {
        assertThat(data(typical.evolve(StandardPrompts.cognitive()))
                        .at("/instructions/0/steps/0/description")
                        .stringValue())
                .isEqualTo("The tool lies at {o2}.");
        assertThat(data(thirdRound.evolve(StandardPrompts.perceptual()))
                        .at("/instructions/0/already_asked/1")
                        .stringValue())
                .contains("A) {o1} B) {o2} C) [0.500, 0.500, 0.900, 0.900]");
    }

    @Test
    void the_perceptual_direction_is_told_what_the_line_has_asked() {
        JsonNode instructions =
                data(thirdRound.evolve(StandardPrompts.perceptual())).get("instructions");
        assertThat(instructions.get(0).get("already_asked").get(0).stringValue())
                .isEqualTo("What floats in the harbour?");
        assertThat(instructions.get(1).has("already_asked")).isFalse();
    }

    @Test
    void a_mosaic_tells_its_part_in_the_canonical_spelling() {
        assertThat(data(thirdRound.evolve(StandardPrompts.cognitive()))
                        .at("/instructions/0/image_position")
                        .stringValue())
                .isEqualTo("top left");
    }

    @Test
    void asking_again_lists_the_asked_instructions_alone_with_what_was_wrong() {
        JsonNode data = data(thirdRound.evolve(StandardPrompts.interactive()));
        assertThat(data.get("instructions")
                        .valueStream()
                        .map(node -> node.get("id").stringValue()))
                .containsExactly("q1", "q3");
        assertThat(data.at("/repair/0/problem").stringValue()).startsWith("{o7} names no object");
        assertThat(data.at("/repair/1/problem").stringValue()).isNotBlank();
    }

    @Test
    void asking_again_offers_what_was_offered_before() {
        Round round = Round.of(3, typical.sample());
        for (PrefixPrompt prompt : StandardPrompts.all()) {
            JsonNode first =
                    data(prompt.request(typical.sample(), typical.live(), round).build());
            JsonNode again = data(prompt.request(typical.sample(), typical.live(), Map.of("q2", "wrong"), 1, round)
                    .build());
            assertThat(again.at("/instructions/0")).isEqualTo(first.at("/instructions/1"));
        }
    }

    @Test
    void cues_are_drawn_from_a_pool_by_seed() {
        Set<String> cues = new LinkedHashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            JsonNode data = data(StandardPrompts.cognitive()
                    .request(typical.sample(), typical.live(), Round.of(seed, typical.sample()))
                    .build());
            cues.add(data.at("/instructions/0/cue").stringValue());
        }
        assertThat(cues).hasSizeGreaterThan(5);
    }

    @Test
    void three_forms_are_offered_that_the_sample_can_carry_and_the_line_has_not_had() {
        for (int seed = 0; seed < 50; seed++) {
            Round round = Round.of(seed, thirdRound.sample());
            JsonNode instructions = data(StandardPrompts.interactive()
                            .request(thirdRound.sample(), thirdRound.live(), round)
                            .build())
                    .get("instructions");
            List<String> first = forms(instructions.get(0));
            assertThat(first)
                    .hasSize(4)
                    .doesNotContain("region_selection", "fill_in_the_blank", "text_detection", "text_translation")
                    .endsWith(Forms.MULTIPLE_CHOICE);
            assertThat(forms(instructions.get(1))).hasSize(3).doesNotContain(Forms.MULTIPLE_CHOICE);
        }
    }

    @Test
    void forms_with_boxes_need_objects_and_forms_with_text_a_hint_at_text() {
        Set<String> offered = new LinkedHashSet<>();
        IntStream.range(0, 200)
                .forEach(seed -> offered.addAll(forms(data(StandardPrompts.interactive()
                                .request(bare.sample(), bare.live(), Round.of(seed, bare.sample()))
                                .build())
                        .at("/instructions/0"))));
        assertThat(offered)
                .hasSize(13)
                .doesNotContain("region_selection", "object_region_matching", "text_detection", "text_translation");
        assertThat(FormChoice.hintsAtText(typical.sample(), typical.live())).isTrue();
        assertThat(FormChoice.hintsAtText(thirdRound.sample(), thirdRound.live()))
                .isFalse();
        assertThat(FormChoice.hintsAtText(
                        Sample.builder("s").caption("A shop under a neon sign.").build(), List.of()))
                .isTrue();
    }

    @Test
    void every_offered_form_but_the_fallback_is_explained_in_the_message() {
        ModelRequest request = typical.evolve(StandardPrompts.interactive());
        for (String form : forms(data(request).at("/instructions/0"))) {
            String task = Forms.standard().find(form).orElseThrow().task();
            assertThat(form.equals(Forms.MULTIPLE_CHOICE) ? request.system() : request.text())
                    .contains("`" + form + "`")
                    .contains(task);
        }
    }

    private static List<String> forms(JsonNode instruction) {
        return instruction
                .get("allowed_forms")
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }

    @Test
    void a_persona_stands_in_the_data_and_not_in_the_static_text() {
        PrefixPrompt prompt = Prompts.personas();
        ModelRequest request = typical.evolve(prompt);
        String persona = data(request).get("persona").stringValue();
        assertThat(persona).containsAnyOf("train driver", "nurse");
        assertThat(prompt.system()).doesNotContain("train driver", "nurse");
    }

    @Test
    void a_direction_of_ones_own_needs_its_criterion_alone() {
        PrefixPrompt prompt = PrefixPromptBuilder.forDirection(Prompts.SAFETY).build();
        assertThat(prompt.system())
                .contains("Aim: Rewrite the instruction so that this holds: " + Prompts.SAFETY.criterion())
                .contains("This example is taken from another direction");
        assertThat(prompt.request(typical.sample(), typical.live(), Round.of(1, typical.sample()))
                        .build()
                        .purpose())
                .isEqualTo("evolve:safety");
    }

    @Test
    void an_example_of_ones_own_takes_the_place_of_the_borrowed_one() {
        Sample scene = Sample.builder("x").caption("A lock gate, half open.").build();
        PrefixPrompt prompt = PrefixPromptBuilder.forDirection(Prompts.SAFETY)
                .example(scene, Instruction.of("What is open?", "The gate."), withSteps("Who could fall in?", 1))
                .badExample("Is water wet?", "Yes.", "nobody has to look.")
                .build();
        assertThat(prompt.system())
                .contains("Imagined scene: A lock gate, half open.", "Is water wet?")
                .doesNotContain("another direction", "dog sleeps");
        assertThatThrownBy(
                        () -> PrefixPromptBuilder.forDirection(Prompts.SAFETY).badExample("a", "b", "c"))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void an_example_without_steps_or_with_too_many_is_refused(int steps) {
        assertThatThrownBy(() -> example(withSteps("Who could fall in?", steps)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 6 steps")
                .hasMessageEndingWith("not " + steps);
        assertThat(example(withSteps("Who could fall in?", 6)).build().system()).contains("Who could fall in?");
    }

    @Test
    void an_example_with_a_skill_that_is_none_of_the_prompts_is_refused_when_all_parts_are_known() {
        Instruction evolved = withSteps("Who could fall in?", 1).toBuilder()
                .skills(List.of("Swimming"))
                .build();

        assertThatThrownBy(() -> example(evolved).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'Swimming'")
                .hasMessageContaining("Grounding Ability, ");
        assertThat(example(evolved)
                        .skills(List.of(new Skill("Swimming", "keep afloat")))
                        .build()
                        .system())
                .contains("Swimming");
    }

    @Test
    void a_skill_that_is_named_twice_is_refused() {
        assertThatThrownBy(() -> PrefixPromptBuilder.forDirection(Prompts.SAFETY)
                        .skills(List.of(new Skill("Swimming", "keep afloat"), new Skill("swimming", "cross water"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'swimming' is there twice");
    }

    private static PrefixPromptBuilder example(Instruction evolved) {
        Sample scene = Sample.builder("x").caption("A lock gate, half open.").build();
        return PrefixPromptBuilder.forDirection(Prompts.SAFETY)
                .example(scene, Instruction.of("What is open?", "The gate."), evolved);
    }

    private static Instruction withSteps(String question, int steps) {
        return Instruction.builder(question, "A child.")
                .steps(Collections.nCopies(steps, Step.of("The gate stands open.")))
                .build();
    }

    @Test
    void a_part_of_more_than_one_line_is_refused() {
        assertThatThrownBy(
                        () -> PrefixPromptBuilder.forDirection(Prompts.SAFETY).aim("one\ntwo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aim");
        assertThatThrownBy(
                        () -> PrefixPromptBuilder.forDirection(Prompts.SAFETY).skills(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_hash_changes_with_the_text_and_with_the_schema() {
        String safety = Prompts.safety().hash();
        assertThat(safety).matches("[0-9a-f]{32}").isEqualTo(Prompts.safety().hash());
        assertThat(StandardPrompts.all().stream().map(PrefixPrompt::hash)).doesNotHaveDuplicates();
        assertThat(PrefixPromptBuilder.forDirection(Prompts.SAFETY).build().hash())
                .isNotEqualTo(safety);
        assertThat(JudgePrompt.of(Prompts.SAFETY, false).hash())
                .isNotEqualTo(JudgePrompt.of(Prompts.SAFETY, true).hash());
    }

    @Test
    void a_request_that_no_prompt_made_has_no_data() {
        assertThatThrownBy(() -> PrefixPrompt.dataOf(
                        ModelRequest.builder("x").text("hello").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<sample_data>");
    }

    @Test
    void a_live_instruction_of_a_later_round_shows_its_own_text() {
        LiveInstruction live = thirdRound.live().get(0);
        assertThat(data(thirdRound.evolve(StandardPrompts.cognitive()))
                        .at("/instructions/0/question")
                        .stringValue())
                .isEqualTo(live.instruction().question());
    }
}
