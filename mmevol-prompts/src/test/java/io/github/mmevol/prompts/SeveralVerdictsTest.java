package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Judges who are asked together, and one who is asked twice. */
class SeveralVerdictsTest {
    private final Sample sample = Sample.builder("desk")
            .instructions(List.of(Instruction.of("What is on the desk?", "A cup.")))
            .build();
    private final RecordedRound round = RecordedRound.of(1, sample);
    private final List<String> asked = new ArrayList<>();

    private List<Candidate> candidates(int count) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            candidates.add(new Candidate(
                    "k.1." + i,
                    sample,
                    new LiveInstruction("k.0.1", sample.instructions().get(0), List.of()),
                    Instruction.of("What lies beside cup " + i + "?", "A spoon."),
                    StandardPrompts.COGNITIVE,
                    1,
                    StandardPrompts.cognitive().info()));
        }
        return candidates;
    }

    /** A model that says yes to improved where the function does. */
    private ModelClient model(String name, int score, Function<JsonNode, Boolean> improved) {
        return new ModelClient() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public ModelResponse send(ModelRequest request) {
                List<String> verdicts = new ArrayList<>();
                for (JsonNode pair : Json.parse(PrefixPrompt.dataOf(request)).path("pairs")) {
                    asked.add(name + " " + pair.path("id").asString());
                    verdicts.add("{\"id\": " + pair.path("id") + ", \"reason\": \"" + name
                            + " says so\", \"answer_right\": \"yes\", \"needs_image\": \"yes\", \"well_posed\": \"yes\","
                            + " \"improved\": \"" + (improved.apply(pair) ? "yes" : "no") + "\", \"score\": " + score
                            + "}");
                }
                return ModelResponse.of("{\"verdicts\": [" + String.join(", ", verdicts) + "]}");
            }
        };
    }

    private Judge yes(String name, int score) {
        return Judge.with(model(name, score, pair -> true));
    }

    private Judge no(String name, int score) {
        return Judge.with(model(name, score, pair -> false));
    }

    private Judge silent(String name) {
        return Judge.with(new ModelClient() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public ModelResponse send(ModelRequest request) {
                return ModelResponse.of("I would rather not.");
            }
        });
    }

    private Verdict verdict(Eliminator judges) {
        return judges.judge(candidates(1), round).get(0);
    }

    @Nested
    class OfAMajority {
        @Test
        void two_of_three_decide_and_the_third_is_asked_only_where_they_differ() {
            assertThat(verdict(Judge.panel(yes("a", 5), yes("b", 8), no("c", 2))))
                    .isEqualTo(Verdict.pass(5, "a: a says so | b: b says so"));
            assertThat(asked).containsExactly("a q1", "b q1");
            assertThat(round.events).isEmpty();

            assertThat(verdict(Judge.panel(yes("a", 5), no("b", 3), yes("c", 7))))
                    .isEqualTo(Verdict.pass(5, "a: a says so | c: c says so"));
            assertThat(round.events).containsEntry("panel-split", 1);
        }

        @Test
        void what_the_majority_rejects_is_rejected_with_their_words() {
            assertThat(verdict(Judge.panel(no("a", 4), yes("b", 9), no("c", 2))))
                    .isEqualTo(new Verdict.Reject(
                            "",
                            "a: no improvement on its parent: a says so | c: no improvement on its parent: c says so",
                            "",
                            OptionalInt.of(2)));
        }

        @Test
        void as_many_for_as_against_is_against() {
            assertThat(verdict(Judge.panel(yes("a", 5), no("b", 3)))).isInstanceOf(Verdict.Reject.class);
        }

        @Test
        void one_that_gives_no_verdict_does_not_count() {
            assertThat(verdict(Judge.panel(silent("a"), yes("b", 5), silent("c"))))
                    .isInstanceOf(Verdict.Pass.class);
            assertThat(verdict(Judge.panel(silent("a"), silent("b")))).isInstanceOf(Verdict.Fail.class);
        }

        @Test
        void each_candidate_is_decided_by_itself() {
            Judge picky = Judge.with(model(
                    "b", 5, pair -> pair.at("/evolved/question").asString().contains("cup 2")));
            List<Verdict> verdicts = Judge.panel(yes("a", 5), picky, no("c", 5)).judge(candidates(3), round);

            assertThat(verdicts.get(0)).isInstanceOf(Verdict.Reject.class);
            assertThat(verdicts.get(1)).isInstanceOf(Verdict.Pass.class);
            assertThat(verdicts.get(2)).isInstanceOf(Verdict.Reject.class);
            assertThat(asked.stream().filter(who -> who.startsWith("c"))).hasSize(2);
        }

        @Test
        void a_replay_gives_the_same_verdicts_and_asks_nobody() {
            Eliminator panel = Judge.panel(yes("a", 5), no("b", 3), yes("c", 7));
            Verdict first = verdict(panel);

            assertThat(panel.judge(candidates(1), round.replay())).containsExactly(first);
        }
    }

    @Nested
    class OfTheStrictest {
        @Test
        void one_that_objects_is_enough_and_nobody_is_asked_after_him() {
            assertThat(verdict(Judge.strictest(no("a", 4), yes("b", 9)))).isInstanceOf(Verdict.Reject.class);
            assertThat(asked).containsExactly("a q1");
        }

        @Test
        void what_all_pass_has_the_lowest_score() {
            assertThat(((Verdict.Pass) verdict(Judge.strictest(yes("a", 9), yes("b", 4), yes("c", 6)))).score())
                    .hasValue(4);
        }

        @Test
        void without_all_verdicts_nothing_is_kept() {
            assertThat(verdict(Judge.strictest(yes("a", 9), silent("b")))).isInstanceOf(Verdict.Fail.class);
        }
    }

    @Test
    void a_panel_has_several_models() {
        assertThatThrownBy(() -> Judge.panel(yes("a", 5))).hasMessage("a panel has at least two judges");
        assertThatThrownBy(() -> Judge.panel(yes("a", 5), no("a", 3)))
                .hasMessage("two judges of a panel have one model: a, a");
        assertThat(Judge.panel(yes("a", 5), yes("b", 5)).settings()).startsWith("the majority of judge (a");
        assertThat(Judge.panel(yes("a", 5), yes("b", 5)).name()).isEqualTo("judge");
    }

    @Nested
    class OfOneAskedTwice {
        /** Takes whatever stands second for the better one. */
        private final ModelClient biased = model("a", 7, pair -> {
            List<String> fields = new ArrayList<>(pair.propertyNames());
            return fields.indexOf("evolved") > fields.indexOf("parent");
        });

        @Test
        void the_second_time_the_pair_stands_the_other_way_round_and_all_else_is_the_same() {
            assertThat(verdict(yes("a", 7).bothOrders())).isEqualTo(Verdict.pass(7, "a says so"));

            assertThat(round.requests).extracting(ModelRequest::purpose).containsExactly("judge", "judge:swapped");
            assertThat(round.requests.get(1).system())
                    .isEqualTo(round.requests.get(0).system());
            assertThat(Json.parse(PrefixPrompt.dataOf(round.requests.get(0)))
                            .at("/pairs/0")
                            .propertyNames())
                    .containsExactly("id", "parent", "evolved");
            assertThat(Json.parse(PrefixPrompt.dataOf(round.requests.get(1)))
                            .at("/pairs/0")
                            .propertyNames())
                    .containsExactly("id", "evolved", "parent");
            assertThat(round.events).isEmpty();
        }

        @Test
        void a_judge_that_minds_the_order_keeps_nothing_and_is_counted() {
            assertThat(verdict(Judge.with(biased))).isInstanceOf(Verdict.Pass.class);
            assertThat(verdict(Judge.with(biased).bothOrders()))
                    .isEqualTo(
                            new Verdict.Reject("", "no improvement on its parent: a says so", "", OptionalInt.of(7)));
            assertThat(round.events).containsEntry("order-disagreement", 1);
        }

        @Test
        void what_is_rejected_at_first_is_not_asked_about_again() {
            verdict(no("a", 3).bothOrders());

            assertThat(round.requests).hasSize(1);
        }

        @Test
        void a_replay_gives_the_same_verdicts_and_asks_nobody() {
            Judge judge = Judge.with(biased).bothOrders();
            Verdict first = verdict(judge);

            assertThat(judge.judge(candidates(1), round.replay())).containsExactly(first);
            assertThat(judge.settings()).contains("both orders");
        }
    }
}
