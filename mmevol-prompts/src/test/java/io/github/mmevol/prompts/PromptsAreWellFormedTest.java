package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The lint of all prompts. */
class PromptsAreWellFormedTest {
    private static final Pattern BACKTICKED = Pattern.compile("`([^`]+)`");
    private static final Pattern OBJECT_ID = Pattern.compile("\\{o(\\d+)}");
    private static final List<String> EVOLUTION_HEADINGS = List.of(
            "Role and task",
            "What you receive",
            "This direction",
            "Skills and manipulations",
            "Hard rules",
            "Reply",
            "Worked example");
    private static final List<String> JUDGE_HEADINGS = List.of(
            "Role and task",
            "What you receive",
            "This direction",
            "Order of judgement",
            "Score",
            "Hard rules",
            "Reply",
            "Worked example");

    @Test
    void every_system_text_has_1100_to_1800_tokens() {
        Prompts.systems()
                .forEach((name, system) -> assertThat(Prompts.TOKENS.countTokensOrdinary(system))
                        .as(name)
                        .isBetween(1_100, 1_800));
    }

    @Test
    void sections_stand_in_their_order() {
        Prompts.evolutions().forEach((name, prompt) -> {
            List<String> expected = new ArrayList<>(EVOLUTION_HEADINGS);
            if (name.equals("persona")) {
                expected.add("Persona");
            }
            assertThat(headings(prompt.system())).as(name).isEqualTo(expected);
        });
        Prompts.judges()
                .forEach((name, judge) ->
                        assertThat(headings(judge.system())).as(name).isEqualTo(JUDGE_HEADINGS));
    }

    private static List<String> headings(String system) {
        return system.lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3).replaceFirst(":.*", ""))
                .toList();
    }

    @Test
    void there_are_at_most_nine_hard_rules_and_each_says_what_to_do() {
        Prompts.systems().forEach((name, system) -> {
            List<String> rules = section(system, "Hard rules")
                    .lines()
                    .filter(line -> line.matches("\\d+\\. .*"))
                    .toList();
            assertThat(rules).as(name).hasSizeBetween(1, 9);
            assertThat(rules).as(name).noneMatch(rule -> rule.matches("\\d+\\. (Do not|Don't|Never|Avoid|No) .*"));
        });
    }

    @Test
    void nothing_is_shouted() {
        Set<String> fine = Set.of("JSON", "OCR", "A", "B", "C", "D", "I", "OCR_1");
        Prompts.systems().forEach((name, system) -> {
            Matcher capitals = Pattern.compile("\\b[A-Z][A-Z_0-9]*\\b").matcher(system);
            while (capitals.find()) {
                assertThat(fine).as(name).contains(capitals.group());
            }
            assertThat(system).as(name).doesNotContain("!", "IMPORTANT", "**");
        });
    }

    @Test
    void only_fields_of_the_schema_and_of_the_data_are_named() {
        Set<String> known = new LinkedHashSet<>(List.of("None", "Norm", "complex reasoning", "{o3}"));
        fieldNames(Json.parse(StandardPrompts.cognitive().schema()), known);
        fieldNames(Json.parse(JudgePrompt.of(StandardPrompts.COGNITIVE, true).schema()), known);
        Golden.cases().forEach(one -> {
            StandardPrompts.all()
                    .forEach(prompt -> fieldNames(Json.parse(PrefixPrompt.dataOf(one.evolve(prompt))), known));
            fieldNames(Json.parse(PrefixPrompt.dataOf(one.evolve(Prompts.personas()))), known);
            fieldNames(
                    Json.parse(PrefixPrompt.dataOf(
                            one.judge(JudgePrompt.of(StandardPrompts.PERCEPTUAL, true), StandardPrompts.perceptual()))),
                    known);
        });
        Forms.standard().all().forEach(form -> known.add(form.id()));
        Manipulation.standard().forEach(manipulation -> known.add(manipulation.call()));
        known.add("measure_1(bbx_1)->len_1");
        known.add("o3 brown dog [0.560, 0.820, 0.800, 0.950]");
        Prompts.systems().forEach((name, system) -> {
            Matcher named = BACKTICKED.matcher(system);
            while (named.find()) {
                assertThat(known).as(name).contains(named.group(1));
            }
        });
    }

    private static void fieldNames(JsonNode node, Set<String> names) {
        node.properties().forEach(field -> {
            names.add(field.getKey());
            fieldNames(field.getValue(), names);
        });
        if (node.isArray()) {
            node.forEach(item -> fieldNames(item, names));
        }
    }

    @Test
    void skeletons_have_the_fields_and_types_of_their_schemas() {
        Prompts.evolutions()
                .forEach((name, prompt) -> skeleton(Json.parse(prompt.schema()), skeletonOf(prompt.system())));
        Prompts.judges().forEach((name, judge) -> skeleton(Json.parse(judge.schema()), skeletonOf(judge.system())));
    }

    private static JsonNode skeletonOf(String system) {
        String line = section(system, "Reply")
                .lines()
                .filter(text -> text.startsWith("{"))
                .findFirst()
                .orElseThrow();
        return Json.parse(line);
    }

    private static void skeleton(JsonNode schema, JsonNode skeleton) {
        if (skeleton.isObject()) {
            assertThat(skeleton.propertyNames())
                    .containsExactlyElementsOf(schema.get("properties").propertyNames());
            skeleton.properties()
                    .forEach(field -> skeleton(schema.get("properties").get(field.getKey()), field.getValue()));
        } else if (skeleton.isArray()) {
            assertThat(skeleton.size()).isEqualTo(1);
            skeleton(schema.get("items"), skeleton.get(0));
        } else if (schema.has("enum") && schema.get("type").stringValue().equals("string")) {
            assertThat(skeleton.stringValue().split(", | or "))
                    .containsExactlyElementsOf(
                            schema.get("enum").valueStream().map(JsonNode::stringValue).toList());
        } else {
            JsonNode type = schema.get("type");
            boolean nullable = type.isArray();
            assertThat(skeleton.stringValue())
                    .startsWith((nullable ? type.get(0) : type).stringValue() + (nullable ? ", or null" : ""));
        }
    }

    @Test
    void strict_modes_take_the_schemas() {
        Prompts.evolutions()
                .forEach((name, prompt) -> assertThat(SchemaCheck.notStrict(Json.parse(prompt.schema())))
                        .as(name)
                        .isEmpty());
        Prompts.judges()
                .forEach((name, judge) -> assertThat(SchemaCheck.notStrict(Json.parse(judge.schema())))
                        .as(name)
                        .isEmpty());
    }

    @Test
    void worked_examples_reply_as_their_schema_says() {
        StandardPrompts.all().forEach(prompt -> {
            String reply = prompt.example().reply();
            assertThat(SchemaCheck.problems(Json.parse(prompt.schema()), Json.parse(reply)))
                    .isEmpty();
            assertThat(prompt.system()).contains("\nReply: " + reply + "\n");
        });
        Prompts.judges().forEach((name, judge) -> {
            String reply = judge.example().reply();
            assertThat(SchemaCheck.problems(Json.parse(judge.schema()), Json.parse(reply)))
                    .as(name)
                    .isEmpty();
            assertThat(judge.system()).as(name).contains("\nReply: " + reply + "\n");
        });
    }

    @Test
    void a_declined_item_is_as_the_schema_says() {
        String declined =
                "{\"instructions\":[{\"id\":\"q1\",\"question\":null,\"steps\":[],\"answer\":\"\",\"objects\":[],"
                        + "\"skills\":[],\"format\":\"\"}]}";
        assertThat(SchemaCheck.problems(Json.parse(StandardPrompts.interactive().schema()), Json.parse(declined)))
                .isEmpty();
    }

    @Test
    void worked_examples_keep_the_rules_that_can_be_counted() {
        StandardPrompts.all().forEach(prompt -> {
            WorkedExample example = prompt.example();
            Instruction evolved = example.evolved();
            assertThat(evolved.steps()).hasSizeBetween(1, 6);
            assertThat(evolved.steps())
                    .allMatch(step -> step.description().strip().endsWith("."));
            assertThat(evolved.question().split(" ")).hasSizeLessThanOrEqualTo(100);
            assertThat(evolved.answer().split(" ")).hasSizeLessThanOrEqualTo(150);
            assertThat(Skill.standard().stream().map(Skill::name)).containsAll(evolved.skills());
            Matcher ids = OBJECT_ID.matcher(evolved.question() + evolved.answer() + evolved.steps());
            while (ids.find()) {
                assertThat(Integer.parseInt(ids.group(1)))
                        .isBetween(1, example.scene().objects().size());
            }
            assertThat(evolved.steps().stream().map(Step::manipulation)).noneMatch(text -> text.contains("{"));
        });
    }

    @Test
    void a_cognitive_example_ends_with_its_cue_and_an_interactive_one_takes_an_allowed_form() {
        assertThat(StandardPrompts.cognitive().system()).contains("\"cue\":\"Explain how you reach your answer.\"");
        assertThat(StandardPrompts.interactive().system())
                .contains("\"allowed_forms\":[\"rationales_generation\",\"region_selection\"");
    }

    @Test
    void evolver_and_judge_are_told_the_same_criterion() {
        for (PrefixPrompt prompt : StandardPrompts.all()) {
            String criterion = prompt.direction().criterion();
            assertThat(prompt.system()).contains(criterion);
            assertThat(JudgePrompt.of(prompt.direction(), true).system()).contains("Improved means: " + criterion);
        }
    }

    @Test
    void leak_phrases_stand_in_their_prompt_and_are_too_long_to_stand_elsewhere_by_chance() {
        Prompts.evolutions().forEach((name, prompt) -> {
            List<String> sentences = prompt.info().leakPhrases().stream()
                    .filter(phrase -> phrase.contains(" "))
                    .toList();
            assertThat(sentences).as(name).isNotEmpty();
            sentences.forEach(phrase -> assertThat(prompt.system()).as(name).contains(phrase.replace("\"", "\\\"")));
        });
        assertThat(StandardPrompts.perceptual().info().leakPhrases())
                .contains(MarketStall.PERCEPTUAL_EXAMPLE.evolved().question())
                .doesNotContain(
                        MarketStall.PERCEPTUAL_EXAMPLE.parent().instruction().question());
    }

    @Test
    void no_text_holds_a_mark_that_a_server_could_take_for_its_own() {
        Prompts.systems()
                .forEach((name, system) -> assertThat(system)
                        .as(name)
                        .doesNotContain("<image>", "<|", "[INST]", "</s>", "<s>", "\t", "\r"));
    }

    static String section(String system, String heading) {
        int start = system.indexOf("## " + heading);
        int end = system.indexOf("\n## ", start + 1);
        return system.substring(start, end < 0 ? system.length() : end);
    }
}
