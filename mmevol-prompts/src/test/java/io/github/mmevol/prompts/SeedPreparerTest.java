package io.github.mmevol.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SeedPreparerTest {
    private static final Instruction WHOLE = Instruction.builder("What is whole?", "This.")
            .steps(List.of(Step.of("Look.")))
            .objects(List.of("this"))
            .skills(List.of("OCR Ability"))
            .build();

    @TempDir
    Path folder;

    private final List<ModelRequest> requests = Collections.synchronizedList(new ArrayList<>());

    /** Writes what is asked for; the judge keeps all but what speaks of a unicorn. */
    private ModelResponse reply(ModelRequest request) {
        requests.add(request);
        JsonNode data = Json.parse(PrefixPrompt.dataOf(request));
        boolean judging = request.purpose().startsWith("judge");
        ObjectNode reply = Json.object();
        ArrayNode items = reply.putArray(judging ? "verdicts" : "instructions");
        for (JsonNode place : data.path(judging ? "pairs" : "instructions")) {
            String id = place.path("id").stringValue();
            if (judging) {
                boolean good = !place.toString().contains("unicorn");
                items.addObject()
                        .put("id", id)
                        .put("reason", "seen")
                        .put("answer_right", good)
                        .put("needs_image", true)
                        .put("well_posed", true)
                        .put("improved", true)
                        .put("score", good ? 6 : 1);
                continue;
            }
            ObjectNode item = items.addObject().put("id", id);
            item.put("question", id.equals("q2") ? "Is there a unicorn?" : "What stands at {o1}?");
            item.putArray("steps")
                    .addObject()
                    .put("manipulation", "grounding_1(cup)->bbx_1")
                    .put("description", "A cup stands at {o1}.");
            item.put("answer", "A cup.");
            item.putArray("objects").add("cup");
            item.putArray("skills").add("grounding");
        }
        return ModelResponse.of(Json.write(reply));
    }

    private static Sample sample(String id, Instruction... instructions) {
        return Sample.builder(id)
                .image(id + ".png", ImageSource.bytes(png()))
                .objects(List.of(DetectedObject.of("cup", new BoundingBox(0.1, 0.2, 0.3, 0.4))))
                .instructions(List.of(instructions))
                .build();
    }

    private RunReport prepare(Sample... samples) {
        ModelClient model = this::reply;
        SeedPreparer preparer = SeedPreparer.with(model);
        return EvolutionPipeline.builder()
                .evolvers(preparer.evolver())
                .eliminators(Judge.with(model))
                .rounds(1)
                .concurrency(1)
                .budget(Budget.unlimited().maxCalls(100))
                .build()
                .run(preparer.places(DataSet.of(List.of(samples))), SeedPreparer.writeSeeds(seeds()));
    }

    private Path seeds() {
        return folder.resolve("seeds.json");
    }

    private List<Sample> read() {
        try (Stream<Sample> samples = DataSets.read(seeds()).stream()) {
            return samples.toList();
        }
    }

    @Test
    void a_photograph_without_instructions_gets_plain_ones_that_the_judge_keeps() {
        RunReport report = prepare(sample("a"));
        assertThat(report.calls()).isEqualTo(2);
        assertThat(read().get(0).instructions()).singleElement().satisfies(seed -> {
            assertThat(seed.question()).isEqualTo("What stands at [0.100, 0.200, 0.300, 0.400]?");
            assertThat(seed.format()).isEqualTo("Norm");
            assertThat(seed.steps()).hasSize(1);
            assertThat(seed.extras()).containsEntry("seed_score", "6");
        });
    }

    @Test
    void question_and_answer_that_are_there_stay_and_what_is_empty_is_filled() {
        prepare(sample("a", Instruction.of("What is hot?", "The tea."), WHOLE));
        List<Instruction> seeds = read().get(0).instructions();
        assertThat(seeds.get(0).question()).isEqualTo("What is hot?");
        assertThat(seeds.get(0).answer()).isEqualTo("The tea.");
        assertThat(seeds.get(0).steps().get(0).description()).contains("[0.100, 0.200, 0.300, 0.400]");
        assertThat(seeds.get(0).objects()).containsExactly("cup");
        assertThat(seeds.get(0).skills()).containsExactly("Grounding Ability");
        assertThat(seeds.get(1).steps()).isEqualTo(WHOLE.steps());
        assertThat(requests.get(0).text()).doesNotContain("What is whole?");
    }

    @Test
    void a_seed_that_the_judge_rejects_stays_and_is_marked() {
        prepare(sample("a", Instruction.of("Where is the unicorn?", "There.")));
        Instruction seed = read().get(0).instructions().get(0);
        assertThat(seed.question()).isEqualTo("Where is the unicorn?");
        assertThat(seed.steps()).isEmpty();
        assertThat(seed.extras().get("seed_problem")).startsWith("\"judge: ");
    }

    @Test
    void what_is_whole_costs_nothing_but_its_score() {
        RunReport report = prepare(sample("a", WHOLE));
        assertThat(report.calls()).isEqualTo(1);
        assertThat(read().get(0).instructions().get(0).extras()).containsKey("seed_score");
    }

    @Test
    void two_to_four_questions_can_be_asked_for() {
        SeedPreparer preparer = SeedPreparer.with(this::reply);
        assertThatThrownBy(() -> preparer.questions(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> preparer.questions(5)).isInstanceOf(IllegalArgumentException.class);
        try (Stream<Sample> samples =
                preparer.questions(4).places(DataSet.of(List.of(sample("a"), sample("b", WHOLE)))).stream()) {
            assertThat(samples)
                    .extracting(sample -> sample.instructions().size())
                    .containsExactly(4, 1);
        }
    }

    @Test
    void the_request_is_the_golden_one() {
        Sample sample = sample(
                "desk", SeedPreparer.PLACE, Instruction.of("What is at [0.100, 0.200, 0.300, 0.400]?", "A cup."));
        Round round = Round.of(7, sample);
        List<LiveInstruction> live = List.of(
                new LiveInstruction("a", sample.instructions().get(0), List.of()),
                new LiveInstruction("b", sample.instructions().get(1), List.of()));
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("q1", "");
        asked.put("q2", "the field \"steps\" is missing");
        Golden.check(
                "user/desk.preparation.txt",
                PreparationPrompt.request(sample, live, asked, 1, round).build().text() + "\n");
    }

    @Test
    void the_static_text_is_as_long_as_the_others() {
        assertThat(Prompts.TOKENS.countTokensOrdinary(PreparationPrompt.system()))
                .isBetween(1_100, 1_800);
    }

    private static byte[] png() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return png.toByteArray();
    }
}
