package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class InstructionReaderTest {
    private static final String CUP = "[0.287, 0.045, 0.683, 0.715]";
    private static final String PLATE = "[0.100, 0.200, 0.300, 0.400]";
    private static final Sample SAMPLE = Sample.builder("s")
            .objects(List.of(
                    DetectedObject.of("cup", new BoundingBox(0.287, 0.045, 0.683, 0.715)),
                    DetectedObject.of("blue plate", new BoundingBox(0.1, 0.2, 0.3, 0.4))))
            .size(1600, 1200)
            .build();
    private static final Instruction PARENT = Instruction.builder("Old?", "Old.")
            .imagePosition("top left")
            .format("complex reasoning")
            .build();

    private final List<String> counted = new ArrayList<>();

    @Test
    void a_clean_item_becomes_an_instruction() {
        Instruction instruction =
                read("{\"id\": \"q1\", \"question\": \" What is it? \", \"steps\": [{\"manipulation\":"
                        + " \"grounding_1(cup)->bbx_1\", \"description\": \"Find the cup.\"}], \"objects\": [\"cup\"], \"skills\":"
                        + " [\"Grounding Ability\"], \"format\": \"multi_choice\", \"answer\": \"A cup.\\n\", \"image_position\":"
                        + " \"lower right\", \"unknown\": 1}");
        assertThat(instruction)
                .isEqualTo(Instruction.builder("What is it?", "A cup.")
                        .steps(List.of(new Step("grounding_1(cup)->bbx_1", "Find the cup.")))
                        .objects(List.of("cup"))
                        .skills(List.of("Grounding Ability"))
                        .format("multi_choice")
                        .imagePosition("top left")
                        .build());
    }

    @Test
    void missing_lists_are_empty_and_a_missing_format_is_the_default() {
        Instruction instruction = read("{\"question\": \"What?\", \"answer\": \"That.\"}");
        assertThat(instruction.steps()).isEmpty();
        assertThat(instruction.objects()).isEmpty();
        assertThat(instruction.skills()).isEmpty();
        assertThat(instruction.format()).isEqualTo("Norm");
    }

    @Test
    void skills_and_format_get_their_canonical_spelling_and_unknown_ones_stay() {
        Instruction instruction = read("{\"question\": \"a\", \"answer\": \"b\", \"format\": \"Fill in the blank\","
                + " \"skills\": [\"ocr\", \"OCR ability\", \"behaviour prediction\", \"Juggling\"]}");
        assertThat(instruction.format()).isEqualTo("fill_in_the_blank");
        assertThat(instruction.skills()).containsExactly("OCR Ability", "Behavior Prediction Ability", "Juggling");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": null}",
                "{\"question\": \"\", \"answer\": \"x\"}",
                "{\"question\": \" null \"}",
                "{}",
                "{\"id\": \"q1\"}"
            })
    void an_item_without_a_question_is_declined(String json) {
        assertThat(problem(json).by()).isEqualTo("declined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"a\"}",
                "{\"question\": \"a\", \"answer\": null}",
                "{\"question\": \"a\", \"answer\": \" \"}",
                "{\"question\": \"a\", \"answer\": []}",
                "{\"answer\": \"a\"}"
            })
    void half_an_item_is_incomplete(String json) {
        assertThat(problem(json).by()).isEqualTo("incomplete");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "[\"cup\", \"plate\"]; cup, plate",
                "[\"It is red.\", \"It is on the left.\"]; It is red. It is on the left.",
                "3; 3",
                "2.50; 2.50",
                "true; Yes",
                "false; No",
                "[7]; 7",
                "[1, 2, 3]; 1, 2, 3",
                "[1, 2, 3, 4]; [1, 2, 3, 4]",
                "{\"text\": \"the plate\"}; the plate",
                "{\"option\": \"B\", \"text\": \"the plate\"}; |option: B; text: the plate|",
                "\"**B**\"; B",
                "\"**A** or **B**\"; **A** or **B**",
                "\"  x \"; x"
            })
    void an_answer_of_any_type_becomes_text(String answer, String text) {
        assertThat(read("{\"question\": \"a\", \"answer\": " + answer + "}").answer())
                .isEqualTo(text);
    }

    @Test
    void options_in_a_field_of_their_own_join_the_question() {
        String expected = "Which?\nA. red\nB. blue\nC. green";
        String list = "{\"question\": \"Which?\", \"answer\": \"A\", \"options\": ";
        assertThat(read(list + "[\"red\", \"B) blue\", \"C. green\"]}").question())
                .isEqualTo(expected);
        assertThat(read(list + "{\"A\": \"red\", \"B\": \"blue\", \"C\": \"green\"}}")
                        .question())
                .isEqualTo(expected);
        assertThat(
                        read("{\"question\": \"Which? A. red B. blue\", \"answer\": \"A\", \"options\": [\"red\", \"blue\"]}")
                                .question())
                .isEqualTo("Which? A. red B. blue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "How many umbrellas were open in 2019?; {\"A\": \"1\", \"B\": \"2\", \"C\": \"3\"}; A. 1, B. 2, C. 3",
                "How many chairs stand left of table 4?; [\"2\", \"3\", \"4\", \"5\"]; A. 2, B. 3, C. 4, D. 5",
                "What stands beside a car?; [\"A. car\", \"B. bus\", \"C. tram\"]; A. car, B. bus, C. tram",
                "Is it red, blue or green?; [\"(A) red\", \"(B) blue\", \"(C) green\"]; A. red, B. blue, C. green",
                "Which holds? A. red B. blue; [\"red\", \"blue\", \"green\"]; A. red, B. blue, C. green"
            })
    void options_join_the_question_also_where_its_prose_holds_their_words(
            String question, String options, String appended) {
        assertThat(read("{\"question\": \"" + question + "\", \"answer\": \"B\", \"options\": " + options + "}")
                        .question())
                .isEqualTo(question + "\n" + appended.replace(", ", "\n"));
    }

    @Nested
    class Steps {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[\"Find it.\", \" Count it. \"]",
                    "[{\"description\": \"Find it.\"}, {\"manipulation\": null, \"description\": \"Count it.\"}]",
                    "[{\"step\": 1, \"text\": \"Find it.\"}, {\"step\": \"Count it.\"}]",
                    "\"Find it.\\nCount it.\"",
                    "{\"1\": \"Find it.\", \"2\": \"Count it.\"}",
                    "[\"Find it.\", \"\", null, \"Count it.\", {}]"
                })
        void come_as_strings_or_objects(String steps) {
            assertThat(read("{\"question\": \"a\", \"answer\": \"b\", \"steps\": " + steps + "}")
                            .steps())
                    .containsExactly(Step.of("Find it."), Step.of("Count it."));
        }
    }

    @Nested
    class References {
        @ParameterizedTest
        @ValueSource(strings = {"{o1}", "{O1}", "{ o1 }", "{{o1}}", "<o1>", "[o1]", "[{o1}]", "{o01}"})
        void become_the_objects_box_in_every_spelling(String reference) {
            Instruction instruction = read("{\"question\": \"What is in " + reference + "?\", \"answer\": \""
                    + reference
                    + "\", \"steps\": [{\"manipulation\": \"referring_1(" + reference + ")->tgt_1\", \"description\":"
                    + " \"Zoom into " + reference + ".\"}]}");
            assertThat(instruction.question()).isEqualTo("What is in " + CUP + "?");
            assertThat(instruction.answer()).isEqualTo(CUP);
            assertThat(instruction.steps())
                    .containsExactly(new Step("referring_1(" + CUP + ")->tgt_1", "Zoom into " + CUP + "."));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "{o1}{o2}; [0.287, 0.045, 0.683, 0.715] [0.100, 0.200, 0.300, 0.400]",
                    "{o1, o2}; [0.287, 0.045, 0.683, 0.715], [0.100, 0.200, 0.300, 0.400]",
                    "[{o1}, {o2}]; [[0.287, 0.045, 0.683, 0.715], [0.100, 0.200, 0.300, 0.400]]"
                })
        void may_stand_side_by_side(String references, String boxes) {
            assertThat(question(references)).isEqualTo(boxes);
        }

        @Test
        void stand_without_brackets_in_manipulations_alone() {
            Instruction instruction =
                    read("{\"question\": \"Is o1 written on it, or O2?\", \"answer\": \"foo1\", \"steps\":"
                            + " [{\"manipulation\": \"referring_1(o2)->tgt_o1\", \"description\": \"Look at o1.\"}]}");
            assertThat(instruction.question()).isEqualTo("Is o1 written on it, or O2?");
            assertThat(instruction.steps())
                    .containsExactly(new Step("referring_1(" + PLATE + ")->tgt_o1", "Look at o1."));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{o9}", "{o0}", "<o3>", "[o3]", "{o1, o7}"})
        void to_nothing_are_a_problem_that_says_what_is_given(String reference) {
            Reading.Problem<Instruction> problem = problem("{\"question\": \"" + reference + "\", \"answer\": \"b\"}");
            assertThat(problem.by()).isEqualTo("unknown-box");
            assertThat(problem.why()).endsWith("names no object; given are {o1} to {o2}");
        }

        @Test
        void are_a_problem_where_no_objects_are_given() {
            InstructionReader reader = new InstructionReader(Sample.builder("s").build(), 0, 0, counted::add);
            assertThat(reader.read(item("{\"question\": \"{o1}\", \"answer\": \"b\"}"), PARENT, "Norm"))
                    .isEqualTo(Reading.problem("unknown-box", "{o1} refers to an object, but none are given"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{o}",
                    "{oo1}",
                    "{o1",
                    "o1}",
                    "{o12345}",
                    "{one}",
                    "<b>",
                    "{}",
                    "{o1]",
                    "[o1}",
                    "(o1)",
                    "{o1 cup}",
                    "a < b > c",
                    "{o1,}"
                })
        void are_nothing_else(String text) {
            assertThat(question("x" + text + "x")).isEqualTo("x" + text + "x");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "o1; cup", "{o1}; cup", "{O2}; blue plate", "<o1>; cup", "o1 cup; cup", "{o1}: cup; cup",
                            "o1 (cup); cup",
                    "cup {o1}; cup", "cup (o1); cup", "[o1] red cup; red cup", "spoon; spoon", "H2O; H2O", "o; o",
                            "oboe 1; oboe 1"
                })
        void in_object_lists_become_labels(String entry, String label) {
            assertThat(read("{\"question\": \"a\", \"answer\": \"b\", \"objects\": [\"" + entry + "\"]}")
                            .objects())
                    .containsExactly(label);
        }

        @Test
        void in_object_lists_must_name_an_object() {
            assertThat(problem("{\"question\": \"a\", \"answer\": \"b\", \"objects\": [\"o9\"]}")
                            .by())
                    .isEqualTo("unknown-box");
        }

        @Test
        void object_lists_may_be_objects_or_one_string() {
            String start = "{\"question\": \"a\", \"answer\": \"b\", \"objects\": ";
            assertThat(read(start + "[{\"id\": \"o1\", \"label\": \"mug\"}, {\"id\": \"o2\"}]}")
                            .objects())
                    .containsExactly("mug", "blue plate");
            assertThat(read(start + "\"cup, o2\"}").objects()).containsExactly("cup", "blue plate");
        }
    }

    @Nested
    class Coordinates {
        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "[459, 54, 1093, 858]; [0.287, 0.045, 0.683, 0.715]",
                    "[147, 17, 350, 275]; [0.287, 0.044, 0.684, 0.716]",
                    "[287, 45, 683, 715]; [0.287, 0.045, 0.683, 0.715]",
                    "(287, 45, 683, 715); [0.287, 0.045, 0.683, 0.715]",
                    "[287.0,45.2,683,715]; [0.287, 0.045, 0.683, 0.715]",
                    "[100, 200, 300, 400]; [0.100, 0.200, 0.300, 0.400]"
                })
        void on_another_scale_are_converted_where_one_reading_fits_a_box(String written, String box) {
            assertThat(question("What is in " + written + "?")).isEqualTo("What is in " + box + "?");
            assertThat(counted).containsExactly("box-converted");
        }

        @Test
        void are_converted_in_answers_and_steps_too() {
            Instruction instruction = read("{\"question\": \"a\", \"answer\": [287, 45, 683, 715], \"steps\":"
                    + " [{\"manipulation\": \"referring_1([100, 200, 300, 400])->tgt_1\", \"description\": \"See (287, 45,"
                    + " 683, 715).\"}]}");
            assertThat(instruction.answer()).isEqualTo(CUP);
            assertThat(instruction.steps())
                    .containsExactly(new Step("referring_1(" + PLATE + ")->tgt_1", "See " + CUP + "."));
            assertThat(counted).hasSize(3);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[0.287, 0.045, 0.683, 0.715]",
                    "[0.3, 0.05, 0.7, 0.7]",
                    "[0, 0, 1, 1]",
                    "[12, 15, 20, 31]",
                    "[2019, 2020, 2021, 2022]",
                    "[287, 45, 683]",
                    "[287, 45, 683, 715, 3]",
                    "[287, 45, 683, 715)",
                    "[287; 45; 683; 715]",
                    "[-287, 45, 683, 715]",
                    "[683, 715, 287, 45]",
                    "[1.2.3, 45, 683, 715]",
                    "287, 45, 683, 715",
                    "f(1, 2, 3, 4)"
                })
        void that_are_shares_or_data_stay_as_they_are(String text) {
            assertThat(question(text)).isEqualTo(text);
            assertThat(counted).isEmpty();
        }

        @Test
        void that_fit_two_boxes_by_two_readings_stay_as_they_are() {
            Sample sample = SAMPLE.with(b -> b.size(500, 500)
                    .objects(List.of(
                            DetectedObject.of("a", new BoundingBox(0.1, 0.1, 0.2, 0.2)),
                            DetectedObject.of("b", new BoundingBox(0.2, 0.2, 0.4, 0.4)))));
            Reading<Instruction> reading = new InstructionReader(sample, 0, 0, counted::add)
                    .read(item("{\"question\": \"[100, 100, 200, 200]\", \"answer\": \"b\"}"), PARENT, "Norm");
            assertThat(((Reading.Of<Instruction>) reading).value().question()).isEqualTo("[100, 100, 200, 200]");
        }
    }

    private String question(String text) {
        ObjectNode item = Json.object().put("question", text).put("answer", "b");
        return value(item).question();
    }

    private Instruction read(String json) {
        return value(item(json));
    }

    private Instruction value(ObjectNode item) {
        Reading<Instruction> reading = reader().read(item, PARENT, "Norm");
        assertThat(reading).isInstanceOf(Reading.Of.class);
        return ((Reading.Of<Instruction>) reading).value();
    }

    private Reading.Problem<Instruction> problem(String json) {
        Reading<Instruction> reading = reader().read(item(json), PARENT, "Norm");
        assertThat(reading).isInstanceOf(Reading.Problem.class);
        return (Reading.Problem<Instruction>) reading;
    }

    private InstructionReader reader() {
        return new InstructionReader(SAMPLE, 512, 384, counted::add);
    }

    private static ObjectNode item(String json) {
        return (ObjectNode) Json.parse(json);
    }
}
