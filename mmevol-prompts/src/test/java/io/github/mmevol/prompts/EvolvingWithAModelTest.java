package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.FinishReason;
import io.github.mmevol.core.model.HttpFailure;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.SamplingOptions;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EvolvingWithAModelTest {
    private final List<ModelRequest> requests = new ArrayList<>();

    private static Sample sample(int instructions) {
        return Sample.builder("desk")
                .image("desk.png", ImageSource.bytes(png()))
                .objects(List.of(DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4))))
                .instructions(IntStream.rangeClosed(1, instructions)
                        .mapToObj(i -> Instruction.of("Question " + i + "?", "Answer " + i))
                        .toList())
                .build();
    }

    private static byte[] png() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return png.toByteArray();
    }

    private static List<LiveInstruction> live(Sample sample) {
        List<LiveInstruction> live = new ArrayList<>();
        for (Instruction instruction : sample.instructions()) {
            live.add(new LiveInstruction("k.0." + (live.size() + 1), instruction, List.of()));
        }
        return live;
    }

    /** A client that answers the n-th request by the n-th function, and all further ones by the last. */
    @SafeVarargs
    private ModelClient answering(Function<ModelRequest, ModelResponse>... answers) {
        return request -> {
            requests.add(request);
            return answers[Math.min(requests.size(), answers.length) - 1].apply(request);
        };
    }

    private static List<String> askedIds(ModelRequest request) {
        List<String> ids = new ArrayList<>();
        JsonNode data = Json.parse(PrefixPrompt.dataOf(request));
        for (JsonNode node : data.path(data.has("pairs") ? "pairs" : "instructions")) {
            ids.add(node.path("id").asString());
        }
        return ids;
    }

    private static String item(String id) {
        return "{\"id\": \"" + id + "\", \"question\": \"New " + id + " about {o1}?\", \"steps\": [{\"manipulation\":"
                + " \"grounding_1(cup)->bbx_1\", \"description\": \"The cup is at {o1}.\"}], \"answer\": \"A cup.\","
                + " \"objects\": [\"cup\"], \"skills\": [\"grounding\"], \"format\": \"Norm\"}";
    }

    private static String verdict(String id) {
        return "{\"id\": \"" + id + "\", \"reason\": \"because\", \"answer_right\": \"yes\", \"needs_image\": \"yes\","
                + " \"well_posed\": \"yes\", \"improved\": \"yes\", \"score\": 6}";
    }

    private static ModelResponse all(ModelRequest request) {
        boolean judging = request.purpose().equals("judge");
        List<String> items = askedIds(request).stream()
                .map(id -> judging ? verdict(id) : item(id))
                .toList();
        return ModelResponse.of(
                "{\"" + (judging ? "verdicts" : "instructions") + "\": [" + String.join(",", items) + "]}");
    }

    private Evolution evolve(Sample sample, ModelClient client) {
        return Directions.perceptual(client).evolve(sample, live(sample), Round.of(1, sample));
    }

    @Nested
    class Evolving {
        @Test
        void boxes_are_expanded_and_skills_spelt_canonically() {
            Evolution evolution = evolve(sample(1), answering(EvolvingWithAModelTest::all));
            Instruction child = evolution.children().get(0).instruction();
            assertThat(child.question()).isEqualTo("New q1 about [0.100, 0.200, 0.300, 0.400]?");
            assertThat(child.skills()).containsExactly("Grounding Ability");
            assertThat(evolution.children().get(0).prompt().hash()).hasSize(32);
        }

        @Test
        void sampling_options_of_ones_own_take_the_place_of_the_defaults_in_requests_and_settings() {
            SamplingOptions cool = SamplingOptions.defaults().withTemperature(0.2);
            ModelClient client = answering(EvolvingWithAModelTest::all);
            List<Evolver> usual = Directions.all(client);
            List<Evolver> cooler = Directions.all(client, cool);
            Sample sample = sample(1);

            usual.get(1).evolve(sample, live(sample), Round.of(1, sample));
            cooler.get(1).evolve(sample, live(sample), Round.of(1, sample));

            assertThat(requests)
                    .extracting(ModelRequest::sampling)
                    .containsExactly(
                            SamplingOptions.defaults().withTemperature(0.7).withMaxTokens(4096), cool);
            assertThat(cooler).extracting(e -> e.direction().name()).containsExactlyElementsOf(Directions.NAMES);
            assertThat(cooler.get(1).settings())
                    .contains("temperature=0.2")
                    .isNotEqualTo(usual.get(1).settings());
        }

        @Test
        void a_call_carries_at_most_five_instructions_and_more_are_split_in_order() {
            Evolution evolution = evolve(sample(12), answering(EvolvingWithAModelTest::all));
            assertThat(requests).extracting(r -> askedIds(r).size()).containsExactly(5, 5, 2);
            assertThat(evolution.children())
                    .extracting(Evolution.Child::parentId)
                    .containsExactlyElementsOf(
                            live(sample(12)).stream().map(LiveInstruction::id).toList());
        }

        @Test
        void a_cut_off_reply_keeps_its_whole_items_and_only_the_missing_ones_are_asked_for_again() {
            String cut = "{\"instructions\": [" + item("q1") + ", " + item("q2") + ", {\"id\": \"q3\", \"questi";
            Evolution evolution = evolve(
                    sample(4),
                    answering(
                            request -> ModelResponse.of(cut).withFinishReason(FinishReason.LENGTH),
                            EvolvingWithAModelTest::all));
            assertThat(requests).hasSize(2);
            assertThat(askedIds(requests.get(1))).containsExactly("q3", "q4");
            assertThat(requests.get(1).attempt()).isEqualTo(1);
            assertThat(requests.get(1).text()).contains("repair");
            assertThat(requests.get(1).system()).isEqualTo(requests.get(0).system());
            assertThat(evolution.children()).hasSize(4);
        }

        @Test
        void a_second_refusal_is_final() {
            Evolution evolution =
                    evolve(sample(2), answering(request -> ModelResponse.of("I'm sorry, but I can't help with that.")));
            assertThat(requests).hasSize(2);
            assertThat(evolution.failures())
                    .hasSize(2)
                    .allSatisfy(f -> assertThat(f.by()).isEqualTo("refusal"));
        }

        @Test
        void a_declined_instruction_is_not_asked_for_again() {
            Evolution evolution = evolve(
                    sample(2),
                    answering(request -> ModelResponse.of("{\"instructions\": [" + item("q1")
                            + ", {\"id\": \"q2\", \"question\": null, \"steps\": [], \"answer\": \"\", \"objects\": [],"
                            + " \"skills\": [], \"format\": \"\"}]}")));
            assertThat(requests).hasSize(1);
            assertThat(evolution.children()).hasSize(1);
            assertThat(evolution.failures().get(0).by()).isEqualTo("declined");
        }

        @Test
        void an_unknown_box_is_told_and_asked_for_again() {
            String wrong = "{\"instructions\": [" + item("q1").replace("{o1}", "{o7}") + "]}";
            Evolution evolution =
                    evolve(sample(1), answering(request -> ModelResponse.of(wrong), EvolvingWithAModelTest::all));
            assertThat(PrefixPrompt.dataOf(requests.get(1))).contains("o7");
            assertThat(evolution.children()).hasSize(1);
        }

        @Test
        void a_call_that_fails_costs_its_own_instructions_and_no_others() {
            Evolution evolution = evolve(
                    sample(7),
                    answering(
                            request -> {
                                throw new ModelException.Timeout("no reply in time");
                            },
                            EvolvingWithAModelTest::all));
            assertThat(evolution.failures()).hasSize(5).allSatisfy(f -> {
                assertThat(f.by()).isEqualTo("model");
                assertThat(f.why()).contains("no reply in time");
            });
            assertThat(evolution.children()).hasSize(2);
        }

        @Test
        void what_ends_the_run_passes_through() {
            ModelClient refusing = request -> {
                throw new ModelException.Authentication(
                        new HttpFailure("the key was refused", 401, "", "", Optional.empty()));
            };
            assertThatThrownBy(() -> evolve(sample(1), refusing)).isInstanceOf(ModelException.Authentication.class);
        }
    }

    @Nested
    class Judging {
        private List<Candidate> candidates(int count) {
            Sample sample = sample(count);
            List<Candidate> candidates = new ArrayList<>();
            for (LiveInstruction parent : live(sample)) {
                candidates.add(new Candidate(
                        "k.1." + (candidates.size() + 1),
                        sample,
                        parent,
                        Instruction.of("Evolved " + (candidates.size() + 1) + "?", "Yes."),
                        StandardPrompts.COGNITIVE,
                        1,
                        StandardPrompts.cognitive().info()));
            }
            return candidates;
        }

        private List<Verdict> judge(Judge judge, int count) {
            List<Candidate> candidates = candidates(count);
            return judge.judge(candidates, Round.of(1, candidates.get(0).sample()));
        }

        @Test
        void verdicts_are_matched_by_id_and_never_by_position() {
            String shuffled = "{\"verdicts\": [" + verdict("q3") + ", "
                    + verdict("q1").replace("\"improved\": \"yes\"", "\"improved\": \"no\"") + ", " + verdict("q2")
                    + "]}";
            List<Verdict> verdicts = judge(Judge.with(answering(request -> ModelResponse.of(shuffled))), 3);
            assertThat(verdicts.get(0)).isInstanceOf(Verdict.Reject.class);
            assertThat(verdicts.get(1)).isEqualTo(Verdict.pass(6, "because"));
            assertThat(verdicts.get(2)).isEqualTo(Verdict.pass(6, "because"));
        }

        @Test
        void a_missing_verdict_is_asked_for_again_and_then_fails_that_candidate_alone() {
            String one = "{\"verdicts\": [" + verdict("q2") + "]}";
            List<Verdict> verdicts = judge(
                    Judge.with(answering(
                            request -> ModelResponse.of(one), request -> ModelResponse.of("{\"verdicts\": []}"))),
                    2);
            assertThat(askedIds(requests.get(1))).containsExactly("q1");
            assertThat(verdicts.get(0)).isInstanceOf(Verdict.Fail.class);
            assertThat(verdicts.get(1)).isInstanceOf(Verdict.Pass.class);
        }

        @Test
        void each_of_the_four_questions_alone_eliminates() {
            for (String field : List.of("answer_right", "needs_image", "well_posed", "improved")) {
                String reply = "{\"verdicts\": ["
                        + verdict("q1").replace("\"" + field + "\": \"yes\"", "\"" + field + "\": \"no\"") + "]}";
                Verdict verdict =
                        judge(Judge.with(request -> ModelResponse.of(reply)), 1).get(0);
                assertThat(verdict).as(field).isInstanceOf(Verdict.Reject.class);
            }
        }

        @Test
        void a_score_below_the_least_eliminates_in_the_direction_it_is_set_for() {
            ModelClient six = request -> all(request);
            assertThat(judge(Judge.with(six).minScore(7), 1).get(0)).isInstanceOf(Verdict.Reject.class);
            assertThat(judge(Judge.with(six).minScore(6), 1).get(0)).isInstanceOf(Verdict.Pass.class);
            assertThat(judge(Judge.with(six).minScore("cognitive", 7), 1).get(0))
                    .isInstanceOf(Verdict.Reject.class);
            assertThat(judge(Judge.with(six).minScore("interactive", 7), 1).get(0))
                    .isInstanceOf(Verdict.Pass.class);
        }

        private static final Check LEFT =
                new Check("relation", Check.Part.ANSWER, "left of the cup", Check.Result.DISPUTED, "cup; spoon");
        private static final Check THREE =
                new Check("count", Check.Part.VALUE, "three", Check.Result.DISPUTED, "2 boxes");
        private static final Check FOURTH =
                new Check("box", Check.Part.STEP, "[0, 0, 1, 1]", Check.Result.CONFIRMED, "table");

        private Verdict settle(Check dispute, String... replies) {
            List<Function<ModelRequest, ModelResponse>> answers = new ArrayList<>();
            for (String settled : replies) {
                answers.add(request -> ModelResponse.of("{\"verdicts\": ["
                        + verdict("q1").replace("\"answer_right\"", "\"settled\": " + settled + ", \"answer_right\"")
                        + "]}"));
            }
            ModelClient client = request -> {
                requests.add(request);
                return answers.get(Math.min(requests.size(), answers.size()) - 1)
                        .apply(request);
            };
            Candidate candidate = candidates(1).get(0).withChecks(List.of(FOURTH, dispute));
            return Judge.with(client)
                    .judge(List.of(candidate), Round.of(1, candidate.sample()))
                    .get(0);
        }

        @Test
        void a_dispute_is_shown_to_the_judge_who_settles_it() {
            Verdict verdict = settle(LEFT, "[{\"id\": \"d1\", \"right\": \"text\"}]");

            assertThat(PrefixPrompt.dataOf(requests.get(0)))
                    .contains(
                            "\"disputes\":[{\"id\":\"d1\",\"claim\":\"left of the cup\",\"annotations\":\"cup; spoon\"}]");
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Pass.class,
                            pass -> assertThat(pass.checks())
                                    .containsExactly(
                                            LEFT.withResult(Check.Result.SETTLED, "the judge sees what is claimed")));
        }

        @Test
        void where_the_annotation_is_right_the_instruction_is_eliminated() {
            for (Check dispute : List.of(LEFT, THREE)) {
                assertThat(settle(dispute, "[{\"id\": \"d1\", \"right\": \"annotation\"}]"))
                        .isInstanceOfSatisfying(
                                Verdict.Reject.class,
                                reject -> assertThat(reject.why())
                                        .contains(dispute.claim(), dispute.evidence(), "what is annotated"));
            }
        }

        @Test
        void what_cannot_be_told_eliminates_only_where_it_is_asked_for() {
            String cannot = "[{\"id\": \"d1\", \"right\": \"cannot_tell\"}]";

            assertThat(settle(THREE, cannot))
                    .isInstanceOfSatisfying(
                            Verdict.Reject.class,
                            reject -> assertThat(reject.why()).contains("cannot settle"));
            assertThat(settle(LEFT, cannot))
                    .isInstanceOfSatisfying(
                            Verdict.Pass.class,
                            pass -> assertThat(pass.checks())
                                    .containsExactly(LEFT.withResult(Check.Result.UNDECIDED, "cup; spoon")));
        }

        @Test
        void what_the_judge_settled_is_remembered_and_recalled_without_a_call() {
            Candidate candidate = candidates(1).get(0).withChecks(List.of(LEFT, THREE));
            Map<String, String> memory = new HashMap<>();
            String settled =
                    "\"settled\": [{\"id\": \"d1\", \"right\": \"text\"}, {\"id\": \"d2\", \"right\": \"text\"}], \"answer_right\"";
            ModelClient client = answering(request ->
                    ModelResponse.of("{\"verdicts\": [" + verdict("q1").replace("\"answer_right\"", settled) + "]}"));

            List<Verdict> first = Judge.with(client).judge(List.of(candidate), remembering(candidate, memory));
            List<Verdict> again = Judge.with(client).judge(List.of(candidate), remembering(candidate, memory));

            assertThat(requests).hasSize(1);
            assertThat(again).isEqualTo(first);
            assertThat(((Verdict.Pass) again.get(0)).checks())
                    .extracting(Check::result)
                    .containsExactly(Check.Result.SETTLED, Check.Result.SETTLED);
            assertThat(Judge.with(client)
                            .judge(
                                    List.of(candidate.withChecks(
                                            List.of(THREE.withResult(Check.Result.CONFIRMED, "")))),
                                    remembering(candidate, memory)))
                    .as("disputes may be others when a run is replayed")
                    .containsExactly(Verdict.pass(6, "because"));
        }

        private Round remembering(Candidate candidate, Map<String, String> memory) {
            Round round = mock(Round.class, delegatesTo(Round.of(1, candidate.sample())));
            doAnswer(call -> Optional.ofNullable(memory.get(call.<String>getArgument(0))))
                    .when(round)
                    .recall(any());
            doAnswer(call -> memory.put(call.getArgument(0), call.getArgument(1)))
                    .when(round)
                    .remember(any(), any());
            return round;
        }

        @Test
        void a_dispute_that_is_passed_over_is_asked_for_again() {
            Verdict verdict = settle(LEFT, "[]", "[{\"id\": \"d1\", \"right\": \"text\"}]");

            assertThat(requests).hasSize(2);
            assertThat(PrefixPrompt.dataOf(requests.get(1))).contains("has no entry for d1", "\"disputes\"");
            assertThat(requests.get(1).system()).isEqualTo(requests.get(0).system());
            assertThat(verdict).isInstanceOf(Verdict.Pass.class);
            assertThat(settle(LEFT, "[]")).isInstanceOf(Verdict.Fail.class);
        }

        @Test
        void the_judge_sees_the_image_unless_told_otherwise() {
            judge(Judge.with(answering(EvolvingWithAModelTest::all)), 1);
            judge(Judge.with(answering(EvolvingWithAModelTest::all)).withoutImage(), 1);
            assertThat(requests.get(0).parts()).anyMatch(ModelRequest.Image.class::isInstance);
            assertThat(requests.get(1).parts()).noneMatch(ModelRequest.Image.class::isInstance);
        }
    }
}
