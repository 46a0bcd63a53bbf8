package io.github.mmevol.core.elimination;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.Verdict.Pass;
import io.github.mmevol.core.sample.Forms;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionOrderTest {
    private static final Eliminator RULE = Rules.answerShape(Forms.standard());
    private static final List<String> TEXTS = List.of("a cup", "a plate", "a lamp", "a vase");

    /** Ways to write the options; %s stands for each text in turn. */
    static List<String> layouts() {
        return List.of(
                "What is on the table?\nA. %s\nB. %s\nC. %s\nD. %s",
                "What is on the table?\n(A) %s\n(B) %s\n(C) %s\n(D) %s\nAnswer with the letter only.",
                "What is on the table? A) %s B) %s C) %s D) %s",
                "What is on the table? A) %s, B) %s, C) %s, D) %s",
                "What is on the table? (A) %s, (B) %s, (C) %s, or (D) %s?",
                "What is on the table: A: %s; B: %s; C: %s; D: %s. Answer with A, B, C or D.",
                "What is on the table? A. %s. B. %s. C. %s. D. %s.",
                "Answer with A, B, C, or D. What is on the table?\n\nA) %s\nB) %s\nC) %s\nD) %s\n",
                "A cat watches. What is on the table?\nOption A: %s\nOption B: %s\nOption C: %s\nOption D: %s",
                "\u684c\u5b50\u4e0a\u6709\u4ec0\u4e48\uff1f\nA\u3001%s\nB\u3001%s\nC\u3001%s\nD\u3001%s");
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void spreads_the_right_letter_evenly_over_a_thousand_ids(String layout) {
        Map<Character, Integer> letters = new TreeMap<>();
        for (int i = 0; i < 1_000; i++) {
            Instruction evolved = judged("sample" + i + ".1.1", instruction(layout, TEXTS, "A", List.of()));
            letters.merge(evolved.answer().charAt(0), 1, Integer::sum);
        }
        assertThat(letters.keySet()).containsExactly('A', 'B', 'C', 'D');
        assertThat(letters.values()).allMatch(count -> count > 200 && count < 300);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keeps_question_answer_and_steps_consistent_for_every_order(String layout) {
        for (int right = 0; right < 4; right++) {
            String letter = letter(right);
            String text = TEXTS.get(right);
            String wrong = letter((right + 1) % 4);
            String wrongText = TEXTS.get((right + 1) % 4);
            List<String> answers = List.of(
                    letter,
                    letter + ". " + text,
                    "(" + letter + ") " + text,
                    "The answer is " + letter + ".",
                    "Option " + wrong + " is not there, so the correct answer is " + letter + ".");
            for (int i = 0; i < 60; i++) {
                List<Step> steps = List.of(
                        new Step("grounding_1(option " + letter + ")->bbx_1", "Find option " + letter + "."),
                        Step.of(wrong + " is wrong, as nothing of the kind is there."),
                        Step.of("A cup would be round; (" + letter + ") and (" + wrong + ") differ."));
                Instruction before = instruction(layout, TEXTS, answers.get(i % answers.size()), steps);

                Instruction after = judged("id" + i, before);

                List<String> texts = texts(after.question());
                assertThat(texts).containsExactlyInAnyOrderElementsOf(TEXTS);
                assertThat(after.question()).isEqualTo(layout.formatted(texts.toArray()));
                String newLetter = letter(texts.indexOf(text));
                String newWrong = letter(texts.indexOf(wrongText));
                assertThat(after.answer())
                        .isEqualTo(
                                switch (i % answers.size()) {
                                    case 0 -> newLetter;
                                    case 1 -> newLetter + ". " + text;
                                    case 2 -> "(" + newLetter + ") " + text;
                                    case 3 -> "The answer is " + newLetter + ".";
                                    default ->
                                        "Option " + newWrong + " is not there, so the correct answer is " + newLetter
                                                + ".";
                                });
                assertThat(after.steps())
                        .containsExactly(
                                new Step(
                                        "grounding_1(option " + newLetter + ")->bbx_1",
                                        "Find option " + newLetter + "."),
                                Step.of(newWrong + " is wrong, as nothing of the kind is there."),
                                Step.of("A cup would be round; (" + newLetter + ") and (" + newWrong + ") differ."));
            }
        }
    }

    @Test
    void spreads_boxes_too() {
        List<String> boxes =
                List.of("[0.100, 0.200, 0.300, 0.400]", "[0.200, 0.200, 0.300, 0.400]", "[0.500, 0.100, 0.600, 0.400]");
        for (String layout : List.of(
                "Which region holds the cup? A %s, B %s, C %s",
                "Which region holds the cup?\nA: %s\nB: %s\nC: %s",
                "Which region holds the cup? Region A: %s; Region B: %s; Region C: %s.")) {
            Map<String, Integer> letters = new TreeMap<>();
            for (int i = 0; i < 300; i++) {
                Instruction before = Candidates.form("region_selection", layout.formatted(boxes.toArray()), "C");
                Instruction after = judged("id" + i, before);
                int place = after.answer().charAt(0) - 'A';
                assertThat(texts(after.question()).get(place)).isEqualTo(boxes.get(2));
                letters.merge(after.answer(), 1, Integer::sum);
            }
            assertThat(letters.values()).hasSize(3).allMatch(count -> count > 70);
        }
    }

    @Test
    void depends_on_the_id_alone() {
        Instruction instruction = instruction(layouts().get(0), TEXTS, "B", List.of());

        assertThat(judged("x.1.1", instruction)).isEqualTo(judged("x.1.1", instruction));
        assertThat(judged("4.1.1", instruction).question())
                .isEqualTo("What is on the table?\nA. a plate\nB. a lamp\nC. a vase\nD. a cup");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How many?\nA. 1\nB. 2\nC. 3\nD. 4",
                "How many?\nA. one\nB. two\nC. three\nD. four",
                "How far?\nA. 20 m\nB. 10 m\nC. 5 m\nD. 2.5 m",
                "When?\nA. 8:15\nB. 9:30\nC. 11:00\nD. 14:20",
                "What?\nA. a cup\nB. a plate\nC. a lamp\nD. none of the above",
                "What?\nA. a cup\nB. a plate\nC. both A and B\nD. a lamp",
                "What?\nA. a cup\nB. a plate\nC. all of these\nD. a lamp",
                "What?\nA. a cup\nB. a plate\nC. a lamp\nD. It cannot be told",
                "What?\nA. a cup\nB. a plate\nC. a lamp\nD. I cannot tell",
                "What?\nA. a cup\nB. a plate\nC. a lamp\nD. None",
                "What?\nA. a cup\nB. a plate\nC. a lamp\nD. Impossible to say",
                "Was?\nA. eine Tasse\nB. ein Teller\nC. eine Lampe\nD. keines der genannten",
                "Quoi ?\nA. une tasse\nB. une assiette\nC. une lampe\nD. Aucune de ces r\u00e9ponses",
                "\u4f55\uff1f\nA. \u8336\u7897\nB. \u76bf\nC. \u30e9\u30f3\u30d7\n"
                        + "D. \u4e0a\u8a18\u306e\u3044\u305a\u308c\u3067\u3082\u306a\u3044",
                "What?\nA. a cup\nB. a plate\nC. vitamin C\nD. a lamp",
                "Is A smaller than option B?\nA. a cup\nB. a plate\nC. a lamp\nD. a vase",
                "What is the first option?\nA. a cup\nB. a plate\nC. a lamp\nD. a vase",
                "What? A) a cup B) a plate C) a lamp D) a vase Answer with the letter",
                "What? A. a cup B. a plate C. a lamp D. St. Peter's vase",
                "What?\n**A.** a cup\n**B.** a plate\n**C.** a lamp\n**D.** a vase",
                "What?\n- A. a cup\n- B. a plate\n- C. a lamp\n- D. a vase",
                "What? (Options: A: a cup, B: a plate, C: a lamp, D: a vase)",
                "What?\na) a cup\nb) a plate\nc) a lamp\nd) a vase",
                "What? A) a cup, B) a plate; C) a lamp, D) a vase",
                "What?\nA) a cup,\nB) a plate,\nC) a lamp,\nD) a vase?",
            })
    void stays_where_the_options_are_bound_to_their_place_or_cannot_be_cut_out(String question) {
        for (int i = 0; i < 50; i++) {
            Instruction before = Candidates.form("multi_choice", question, "B");
            assertThat(judged("id" + i, before)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B, for the jersey shows a C.",
                "The first option.",
                "B, as vitamin C is yellow.",
                "B; the last two choices are too small.",
                "B, while the latter is round.",
                "Options A to C are wrong, but B is nearest.",
                "B. Exit D leads out.",
            })
    void stays_where_a_letter_in_the_answer_may_be_something_else(String answer) {
        for (int i = 0; i < 50; i++) {
            Instruction before = instruction(layouts().get(0), TEXTS, answer, List.of());
            assertThat(judged("id" + i, before)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Look at the gate marked C.",
                "The second option is out.",
                "Compare A-D.",
                "Read 'B' from the wall.",
                "Plan B is on the desk.",
            })
    void stays_where_a_letter_in_a_step_may_be_something_else(String step) {
        for (int i = 0; i < 50; i++) {
            Instruction before = instruction(layouts().get(0), TEXTS, "B", List.of(Step.of(step)));
            assertThat(judged("id" + i, before)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A cup is round, thus B.",
                "Options A, C and D are not there.",
                "Neither A nor C is there, so choose B.",
                "A: no. B: yes.",
                "The text ABC is on the wall.",
                "Rule out (A), (C) and (D).",
            })
    void renames_in_a_step_or_stays_but_never_mixes(String text) {
        for (int i = 0; i < 50; i++) {
            Instruction before = instruction(layouts().get(0), TEXTS, "B", List.of(Step.of(text)));
            Instruction after = judged("id" + i, before);
            List<String> texts = texts(after.question());
            assertThat(texts.get(after.answer().charAt(0) - 'A')).isEqualTo("a plate");
            if (!text.contains("thus")) {
                String step = after.steps().get(0).description();
                assertThat(named(step, texts)).isEqualTo(named(text, TEXTS));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B, since the first is too large.",
                "It is a plate: option 2.",
                "It is the second from the top.",
                "Only the 2nd entry fits.",
                "The next-to-last is a lamp, which stands elsewhere.",
                "The upper two are too big; the lower ones too.",
                "The top two stand elsewhere.",
                "The two above are too small.",
                "It is a plate, the choice directly below the cup.",
                "Above the lamp in the list stands the plate.",
                "It is a plate, so the answer is b.",
                "It is a plate, so b is right.",
                "Antwort b) stimmt.",
                "Es ist die zweite.",
                "La respuesta es la segunda.",
                "C'est le deuxi\u00e8me choix.",
                "\u7b2c\u4e8c\u4e2a\u9009\u9879\u662f\u5bf9\u7684\u3002",
                "\u6b63\u786e\u7684\u662f\u9009\u98792\u3002",
            })
    void stays_where_a_step_or_the_answer_names_an_option_by_its_place(String text) {
        for (int i = 0; i < 50; i++) {
            Instruction inStep = instruction(layouts().get(0), TEXTS, "B", List.of(Step.of(text)));
            assertThat(judged("id" + i, inStep)).isEqualTo(inStep);
            Instruction inAnswer = instruction(layouts().get(0), TEXTS, "B. a plate. " + text, List.of());
            assertThat(judged("id" + i, inAnswer)).isEqualTo(inAnswer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is it? The options are ordered from cold to hot.\nA) ice\nB) water\nC) steam\nD) fire",
                "What?\nA) ice\nB) water\nC) steam\nD) fire\nGive the letter, and the one before it in the alphabet.",
                "Which?\nA) the cup\nB) the lamp\nC) the two above\nD) a knife",
                "Which?\nA) the cup\nB) the lamp\nC) a knife\nD) the one above is meant",
            })
    void stays_where_the_question_speaks_of_the_order(String question) {
        for (int i = 0; i < 50; i++) {
            Instruction before = Candidates.form("multi_choice", question, "B");
            assertThat(judged("id" + i, before)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "First, look at the table.",
                "The first shelf and the second largest jug are empty, the upper left corner too.",
                "The first lamp post stands before the house, above the sink, over it, after a bend.",
                "It is on the menu of the day, and a cup is below the lamp.",
                "The top of the shelf is bare.",
            })
    void is_free_where_a_step_tells_of_places_in_the_image(String step) {
        long moved = IntStream.range(0, 50)
                .filter(i -> {
                    Instruction before = instruction(layouts().get(0), TEXTS, "B", List.of(Step.of(step)));
                    return !judged("id" + i, before).equals(before);
                })
                .count();
        assertThat(moved).isGreaterThan(30);
    }

    /** Ways of writing options that begin with the article; its capital stands right behind each label. */
    static List<String> articleLayouts() {
        return List.of(
                "What is next to the bus? (A) %s (B) %s (C) %s (D) %s",
                "What is next to the bus?\nA) %s\nB) %s\nC) %s\nD) %s",
                "What is next to the bus?\nA. %s\nB. %s\nC. %s\nD. %s");
    }

    @ParameterizedTest
    @MethodSource("articleLayouts")
    void keeps_the_article_behind_a_label(String layout) {
        List<String> texts = List.of("A fire truck", "A double-decker bus", "A tram", "A delivery van");
        for (int right = 0; right < 4; right++) {
            String text = texts.get(right);
            String letter = letter(right);
            for (String answer : List.of(
                    "(%s) %s",
                    "%s) %s",
                    "%s. %s",
                    "%s: %s",
                    "%s, %s",
                    "**%s) %s**.",
                    "The correct answer is **%s) %s**.",
                    "The answer is (%s) %s.")) {
                for (int i = 0; i < 20; i++) {
                    Step step = Step.of("It matches option " + letter + ") " + text + ".");
                    Instruction before = instruction(layout, texts, answer.formatted(letter, text), List.of(step));

                    Instruction after = judged("id" + i, before);

                    String question = after.question();
                    assertThat(question)
                            .isEqualTo(layout.formatted(texts.stream()
                                    .sorted(Comparator.comparing(question::indexOf))
                                    .toArray()));
                    long place = texts.stream()
                            .filter(other -> question.indexOf(other) < question.indexOf(text))
                            .count();
                    assertThat(after.answer()).isEqualTo(answer.formatted(letter((int) place), text));
                    assertThat(after.steps().get(0).description())
                            .isEqualTo("It matches option " + letter((int) place) + ") " + text + ".");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A incorrectly claims that the dog is on a leash, so A can be ruled out.",
                "A mentions a leash that is not there; the right answer is B.",
                "A claimed that there is a leash.",
                "A will not do.",
                "A can stands next to the lamp.",
                "Statement A is false because the dog is free.",
                "Statement A shows nothing of the kind.",
                "Point A lies higher.",
                "Image A mentions a leash.",
                "The right one is A plate of clay, thus B.",
                "The answer is A plate.",
                "Choose A plate, not a cup.",
                "B, A plate of clay.",
                "The largest slice is the one labeled C, with 40%.",
                "The largest slice is the one labelled A, with 40%.",
                "The plan names it Area C.",
                "Box A holds cups.",
                "Region D of the map is green.",
                "Antwort A ist falsch.",
                "A est faux.",
            })
    void stays_where_a_capital_may_be_the_article_or_a_letter_in_the_image(String text) {
        for (int i = 0; i < 50; i++) {
            Instruction inStep = instruction(layouts().get(0), TEXTS, "B", List.of(Step.of(text)));
            assertThat(judged("id" + i, inStep)).isEqualTo(inStep);
            Instruction inAnswer = instruction(layouts().get(0), TEXTS, "B. " + text, List.of());
            assertThat(judged("id" + i, inAnswer)).isEqualTo(inAnswer);
        }
    }

    @Test
    void renames_regions_where_the_options_are_regions() {
        for (String question : List.of(
                "Where is the cup?\nA. [0.1, 0.2, 0.3, 0.4]\nB. [0.2, 0.2, 0.3, 0.4]\nC. [0.5, 0.2, 0.6, 0.4]",
                "Where is the cup?\nRegion A: upper left\nRegion B: lower left\nRegion C: upper right")) {
            Instruction before = Instruction.builder(question, "Region A")
                    .format("region_selection")
                    .steps(List.of(Step.of("Region A holds the cup, box B and area C hold none.")))
                    .build();
            for (int i = 0; i < 20; i++) {
                Instruction after = judged("id" + i, before);
                String step = after.steps().get(0).description();
                assertThat(step).startsWith(after.answer() + " holds the cup, box ");
                assertThat(after.equals(before)).isEqualTo(after.question().equals(question));
            }
        }
    }

    /** The text with the letters of options replaced by what they stand for, those of one list in order. */
    private static List<String> named(String text, List<String> texts) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            boolean alone = (i == 0 || !Character.isLetter(text.charAt(i - 1)))
                    && (i + 1 == text.length() || !Character.isLetter(text.charAt(i + 1)));
            if (alone && text.charAt(i) >= 'A' && text.charAt(i) <= 'D') {
                named.add(texts.get(text.charAt(i) - 'A'));
            }
        }
        return named;
    }

    private static Instruction judged(String id, Instruction evolved) {
        Verdict verdict = Candidates.judge(RULE, Candidates.of(id, evolved));
        assertThat(verdict).isInstanceOf(Pass.class);
        Optional<Instruction> revised = ((Pass) verdict).revised();
        revised.ifPresent(r -> assertThat(r).isNotEqualTo(evolved));
        return revised.orElse(evolved);
    }

    private static Instruction instruction(String layout, List<String> texts, String answer, List<Step> steps) {
        return Instruction.builder(layout.formatted(texts.toArray()), answer)
                .format("multi_choice")
                .steps(steps)
                .build();
    }

    private static List<String> texts(String question) {
        List<String> known = new ArrayList<>(TEXTS);
        known.addAll(List.of(
                "[0.100, 0.200, 0.300, 0.400]", "[0.200, 0.200, 0.300, 0.400]", "[0.500, 0.100, 0.600, 0.400]"));
        return known.stream()
                .filter(question::contains)
                .sorted(Comparator.comparing(question::indexOf))
                .toList();
    }

    private static String letter(int index) {
        return String.valueOf((char) ('A' + index));
    }
}
