package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BlindAndSolverTest {
    private static final Instruction OPTIONS = Instruction.of(
            "What stands on the desk? A) a cup B) a lamp C) a shoe D) a bottle. Answer with the letter.", "B");
    private static final Instruction YES = Instruction.of("Is the lamp switched on?", "Yes, it shines.");
    private static final Instruction NUMBER = Instruction.of("How many lamps are there?", "Three lamps.");
    private static final Instruction FREE = Instruction.of(
            "Why is the lamp on?",
            "It is dark outside the window, and the papers on the desk are being read at the moment.");

    private final Sample sample = Sample.builder("desk")
            .image("desk.png", ImageSource.none())
            .caption("A desk.")
            .build();
    private final RecordedRound round = RecordedRound.of(1, sample);

    private Candidate candidate(Instruction evolved) {
        return candidate("k.1.1", evolved);
    }

    private Candidate candidate(String id, Instruction evolved) {
        return new Candidate(
                id,
                sample,
                new LiveInstruction("k.0.1", Instruction.of("What is there?", "A desk."), List.of()),
                evolved,
                StandardPrompts.COGNITIVE,
                1,
                StandardPrompts.cognitive().info());
    }

    /** A model that answers each question by the function. */
    private static ModelClient answering(Function<String, String> answers) {
        return request -> {
            List<String> items = new ArrayList<>();
            for (JsonNode question : Json.parse(PrefixPrompt.dataOf(request)).path("questions")) {
                String answer = answers.apply(question.path("question").asString());
                items.add("{\"id\": " + question.path("id") + ", \"reason\": \"so\", \"answer\": "
                        + Json.write(Json.object().stringNode(answer)) + "}");
            }
            return ModelResponse.of("{\"answers\": [" + String.join(", ", items) + "]}");
        };
    }

    /** Knows the lamp wherever it stands. */
    private static String lamp(String question) {
        return String.valueOf(question.charAt(question.indexOf(") a lamp") - 1));
    }

    private Verdict blind(BlindTest test, Instruction evolved) {
        return test.judge(List.of(candidate(evolved)), round).get(0);
    }

    private static BlindTest whole(Function<String, String> answers) {
        return BlindTest.with(answering(answers)).share(1);
    }

    private static String rate(Verdict verdict) {
        return verdict.revised().map(i -> i.extras().get("blind_rate")).orElse("none");
    }

    @Nested
    class WithoutTheImage {
        @Test
        void each_try_is_a_call_of_its_own_without_image_caption_and_objects() {
            blind(whole(BlindAndSolverTest::lamp), OPTIONS);

            assertThat(round.requests).hasSize(3).allSatisfy(request -> {
                assertThat(request.purpose()).isEqualTo("blind");
                assertThat(request.parts()).noneMatch(ModelRequest.Image.class::isInstance);
                assertThat(request.text()).doesNotContain("A desk.");
                assertThat(request.system()).isEqualTo(round.requests.get(0).system());
            });
            assertThat(new HashSet<>(
                            round.requests.stream().map(ModelRequest::text).toList()))
                    .hasSize(3);
        }

        @Test
        void options_change_places_so_that_a_letter_alone_wins_nothing() {
            assertThat(rate(blind(whole(BlindAndSolverTest::lamp).tries(12), OPTIONS)))
                    .isEqualTo("1.0");
            double letter = Double.parseDouble(rate(blind(whole(question -> "B").tries(12), OPTIONS)));
            assertThat(letter).isLessThan(0.5);
        }

        @Test
        void the_rate_is_what_goes_beyond_chance() {
            int[] asked = {0};
            Verdict verdict = blind(
                    whole(question -> asked[0]++ % 2 == 0 ? lamp(question) : "cannot be told")
                            .tries(4),
                    OPTIONS);

            assertThat(rate(verdict)).isEqualTo("0.333"); // (1/2 - 1/4) / (1 - 1/4)
        }

        @Test
        void a_yes_or_no_question_is_right_only_with_its_negation() {
            assertThat(rate(blind(whole(question -> "yes"), YES))).isEqualTo("0.0");
            assertThat(rate(blind(whole(question -> question.startsWith("Is \"no\"") ? "No." : "Yes."), YES)))
                    .isEqualTo("1.0");
            assertThat(round.requests.get(0).text()).contains("Is \\\"no\\\" the right answer to this question?");
        }

        @Test
        void a_long_answer_is_left_undecided_and_costs_nothing() {
            assertThat(blind(whole(question -> "because"), FREE)).isEqualTo(Verdict.pass());
            assertThat(round.requests).isEmpty();
            assertThat(round.events).containsEntry("blind-undecided", 1);
        }

        @Test
        void exempt_forms_are_not_tested() {
            Instruction creative =
                    OPTIONS.toBuilder().format("creative-content-generation").build();

            assertThat(blind(whole(BlindAndSolverTest::lamp), creative)).isEqualTo(Verdict.pass());
            assertThat(round.events).isEmpty();
            assertThat(rate(blind(whole(BlindAndSolverTest::lamp).exempt(Set.of()), creative)))
                    .isEqualTo("1.0");
        }

        @Test
        void it_eliminates_only_when_told_to_and_only_what_guessing_hardly_does() {
            assertThat(blind(whole(BlindAndSolverTest::lamp), OPTIONS)).isInstanceOf(Verdict.Pass.class);
            assertThat(blind(whole(BlindAndSolverTest::lamp).eliminating(), OPTIONS))
                    .isInstanceOfSatisfying(Verdict.Reject.class, reject -> {
                        assertThat(reject.why()).isEqualTo("it is answered without the image");
                        assertThat(reject.evidence()).isEqualTo("3 of 3 tries right, 0.25 by chance; 'B' x3");
                        assertThat(rate(reject)).isEqualTo("1.0");
                    });
            // two right of two by a half each: guessing does that in one case of four
            assertThat(blind(
                            whole(q -> q.startsWith("Is \"no\"") ? "no" : "yes")
                                    .tries(2)
                                    .eliminating(),
                            YES))
                    .isInstanceOf(Verdict.Pass.class);
        }

        @Test
        void a_share_is_drawn_by_the_seed() {
            BlindTest test =
                    BlindTest.with(answering(BlindAndSolverTest::lamp)).tries(1).share(0.3);
            List<Candidate> many = new ArrayList<>();
            for (int i = 1; i <= 400; i++) {
                many.add(candidate("k.1." + i, OPTIONS));
            }
            List<Verdict> verdicts = test.judge(many, round);

            assertThat(verdicts.stream().filter(v -> v.revised().isPresent()).count())
                    .isBetween(90L, 150L);
            assertThat(test.judge(many, RecordedRound.of(1, sample))).isEqualTo(verdicts);
            assertThat(test.judge(many, RecordedRound.of(2, sample))).isNotEqualTo(verdicts);
        }

        @Test
        void several_candidates_share_a_call() {
            whole(question -> question.contains(") a lamp") ? lamp(question) : "3")
                    .judge(List.of(candidate("k.1.1", OPTIONS), candidate("k.1.2", NUMBER)), round);

            assertThat(round.requests).hasSize(3);
        }

        @Test
        void without_replies_it_passes_and_counts() {
            BlindTest test =
                    BlindTest.with(request -> ModelResponse.of("Sorry.")).share(1);

            assertThat(blind(test, OPTIONS)).isEqualTo(Verdict.pass());
            assertThat(round.events).containsEntry("blind-failed", 1);
        }

        @Test
        void a_replay_has_the_same_rate_and_asks_nobody() {
            BlindTest test = whole(BlindAndSolverTest::lamp);
            Verdict first = blind(test, OPTIONS);

            assertThat(test.judge(List.of(candidate(OPTIONS)), round.replay())).containsExactly(first);
        }
    }

    @Nested
    class OfASolver {
        private Verdict solve(Function<String, String> answers, Instruction evolved) {
            return SolverTest.with(answering(answers))
                    .judge(List.of(candidate(evolved)), round)
                    .get(0);
        }

        @Test
        void the_difficulty_is_the_share_of_other_answers() {
            int[] asked = {0};
            Verdict verdict = solve(question -> asked[0]++ == 0 ? "2" : "3", NUMBER);

            assertThat(verdict.revised().orElseThrow().extras()).containsEntry("difficulty", "0.25");
            assertThat(((Verdict.Pass) verdict).checks()).isEmpty();
        }

        @Test
        void an_answer_that_nobody_agrees_with_is_disputed() {
            Verdict verdict = solve(question -> "two", NUMBER);

            assertThat(verdict.revised().orElseThrow().extras()).containsEntry("difficulty", "1.0");
            assertThat(((Verdict.Pass) verdict).checks())
                    .containsExactly(new Check(
                            "solver",
                            Check.Part.VALUE,
                            "Three lamps.",
                            Check.Result.DISPUTED,
                            "none of 4 tries agrees: 'two' x4"));
        }

        @Test
        void yes_or_no_stands_alone_here() {
            assertThat(solve(question -> "Yes", YES).revised().orElseThrow().extras())
                    .containsEntry("difficulty", "0.0");
            assertThat(round.requests).hasSize(4);
        }

        @Test
        void the_solver_is_shown_the_image_and_told_the_part_of_a_mosaic() throws Exception {
            Instruction part = NUMBER.toBuilder().imagePosition("upper left").build();
            ModelRequest request = AnswerPrompt.SOLVER
                    .request(List.of("How many?"), Map.of("q1", ""), 0, 1, round)
                    .build();
            assertThat(request.parts()).last().isInstanceOf(ModelRequest.Image.class);
            List<String> seen = new ArrayList<>();
            solve(
                    question -> {
                        seen.add(question);
                        return "3";
                    },
                    part);

            assertThat(seen).contains("About the picture at the top left: How many lamps are there?");
        }

        @Test
        void settings_are_checked() {
            SolverTest test = SolverTest.with(answering(question -> "3"));
            assertThatThrownBy(() -> test.tries(0)).hasMessage("there is at least one try: 0");
            assertThatThrownBy(() -> test.share(0)).hasMessage("a share lies above 0 and up to 1: 0.0");
            assertThat(test.tries(2).settings()).contains("2 tries").isNotEqualTo(test.settings());
        }
    }

    @Nested
    class Comparing {
        private String match(Instruction instruction, String reply) {
            Answerable answerable = Answerable.of(instruction).orElseThrow();
            return answerable
                    .match(new Answerable.Shown(instruction.question(), List.of(), false), reply)
                    .name();
        }

        private String match(String answer, String reply) {
            return match(Instruction.of("What is it?", answer), reply);
        }

        @Test
        void letters_numbers_and_yes_or_no_exactly() {
            assertThat(match(OPTIONS, "(B) a lamp")).isEqualTo("SAME");
            assertThat(match(OPTIONS, "a lamp")).isEqualTo("SAME");
            assertThat(match(OPTIONS, "C")).isEqualTo("OTHER");
            assertThat(match(YES, "yes")).isEqualTo("SAME");
            assertThat(match(YES, "**No**, it is off")).isEqualTo("OTHER");
            assertThat(match("3", "three")).isEqualTo("SAME");
            assertThat(match("Three lamps.", "3.0")).isEqualTo("SAME");
            assertThat(match("1,250", "1250")).isEqualTo("SAME");
            assertThat(match("2,5 m", "2.5")).isEqualTo("SAME");
            assertThat(match("twenty-one", "21")).isEqualTo("SAME");
            assertThat(match("3", "4")).isEqualTo("OTHER");
            assertThat(match("3", "3 or 4")).isEqualTo("UNDECIDED");
        }

        @Test
        void boxes_by_their_overlap() {
            assertThat(match("[0.100, 0.100, 0.500, 0.500]", "at [0.12, 0.1, 0.5, 0.48]"))
                    .isEqualTo("SAME");
            assertThat(match("[0.100, 0.100, 0.500, 0.500]", "[0.5, 0.5, 0.9, 0.9]"))
                    .isEqualTo("OTHER");
            assertThat(match("[0.100, 0.100, 0.500, 0.500]", "on the left")).isEqualTo("UNDECIDED");
            assertThat(match("[0.1, 0.1, 0.5, 0.5]", "[0.1, 0.1, 0.5, 0.5], [0.6, 0.6, 0.9, 0.9]"))
                    .isEqualTo("OTHER");
        }

        @Test
        void few_words_leniently() {
            assertThat(match("A red cup.", "the red cup")).isEqualTo("SAME");
            assertThat(match("red", "It is red and shiny.")).isEqualTo("SAME");
            assertThat(match("red", "blue")).isEqualTo("OTHER");
            assertThat(match("red", "not red")).isEqualTo("UNDECIDED");
            assertThat(match("red and blue", "red")).isEqualTo("UNDECIDED");
            assertThat(match("\u84dd\u8272", "\u84dd\u8272\u3002")).isEqualTo("SAME");
        }

        @Test
        void what_is_free_text_is_not_compared() {
            assertThat(Answerable.of(FREE)).isEmpty();
            assertThat(Answerable.of(Instruction.of("What now?", ""))).isEmpty();
        }

        @Test
        void what_begins_with_no_need_not_be_a_no() {
            assertThat(Answerable.of(Instruction.of("Who is it?", "No one"))
                            .orElseThrow()
                            .kind())
                    .isEqualTo(Answerable.Kind.WORDS);
        }

        @Test
        void options_bound_to_their_places_stay() {
            Instruction bound = Instruction.of("Which? A) a cup B) a lamp C) none of the above D) a shoe", "B");

            assertThat(Answerable.of(bound).orElseThrow().shown(new Random(1)).from())
                    .isEmpty();
        }

        @Test
        void guessing_is_a_binomial() {
            AnswerTries.Result result = new AnswerTries.Result(5, 3, 0.5, Map.of());

            assertThat(result.probability()).isCloseTo(0.5, within(1e-12));
            assertThat(new AnswerTries.Result(3, 3, 0.25, Map.of()).probability())
                    .isCloseTo(1.0 / 64, within(1e-12));
        }
    }
}
