package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.EncodedImage;
import io.github.mmevol.core.model.ImageTokens;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.Estimate;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.Pilot;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Estimates, compared with what whole runs of the real prompts against the rule-made stand-in then take. */
@Timeout(300)
class EstimatesHoldTest {
    private static final int SAMPLES = 100;
    private static final ImageTokens IMAGES = ImageTokens.tiles(85, 170).lowUpTo(512, 85);
    private static final Budget BUDGET = Budget.unlimited()
            .prices(PriceTable.none().with("evolver", "0.15", "0.075", "0.60").with("judge", "2.50", "1.25", "10.00"));

    @TempDir
    private Path folder;

    private final O200kTokens tokens = new O200kTokens();
    private final Map<String, Long> systems = new ConcurrentHashMap<>();
    private final AtomicLong imageTokens = new AtomicLong();
    private DataSet<Sample> seeds = DataSet.of(List.of());

    @BeforeEach
    void write() throws IOException {
        seeds = DataSets.read(SeedFiles.write(folder, SAMPLES, 5));
    }

    /** The stand-in, with the tokens that a model of the 4o class would tell; some replies are cut off and asked for again. */
    private ModelClient standIn(double cutOff) {
        RuleMadeClient rules = new RuleMadeClient();
        return request -> {
            ModelResponse response = rules.send(request);
            String text = response.text();
            if (request.attempt() == 0 && new Random(request.text().hashCode()).nextDouble() < cutOff) {
                text = text.substring(0, text.length() / 3);
            }
            long images = images(request);
            imageTokens.addAndGet(images);
            long prompt =
                    systems.computeIfAbsent(request.system(), tokens::count) + tokens.count(request.text()) + images;
            return new ModelResponse(
                    text, response.finishReason(), new TokenUsage(prompt, 0, tokens.count(text), 0), response.model());
        };
    }

    private static long images(ModelRequest request) {
        long sum = 0;
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Image shown) {
                EncodedImage image = shown.image().encoded();
                sum += IMAGES.of(image.width(), image.height());
            }
        }
        return sum;
    }

    private EvolutionPipeline pipeline(ModelClient model, long seed) {
        return EvolutionPipeline.builder()
                .evolvers(Directions.all(model.named("evolver")))
                .eliminators(Rules.all(), Judge.with(model.named("judge")))
                .budget(BUDGET)
                .seed(seed)
                .build();
    }

    private static int held(Estimate estimate, RunReport real) {
        return (estimate.calls().holds(real.calls()) ? 1 : 0)
                + (estimate.promptTokens().holds(real.usage().prompt()) ? 1 : 0)
                + (estimate.completionTokens().holds(real.usage().completion()) ? 1 : 0)
                + (estimate.cost().orElseThrow().holds(real.account().cost().orElseThrow()) ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void counting_alone_holds_what_the_run_takes(double cutOff) {
        ModelClient model = standIn(cutOff);
        RunReport real = pipeline(model, 42).run(seeds, new Highlights());
        double imageShare = (double) imageTokens.get() / real.usage().prompt();

        for (Pilot pilot : new Pilot[] {Pilot.none(), Pilot.none().text(tokens)}) {
            Estimate estimate = pipeline(model, 42).estimate(seeds, pilot.images(IMAGES));
            assertThat(held(estimate, real))
                    .as(estimate + "\n" + real.account())
                    .isEqualTo(4);
            assertThat((double) estimate.promptTokens().expected()
                            / real.usage().prompt())
                    .isBetween(0.9, 1.1);
            assertThat(estimate.imageShareOfPrompt()).isBetween(0.85 * imageShare, 1.15 * imageShare);
            assertThat(estimate.imageShareOfCost().orElseThrow()).isPositive().isLessThan(imageShare);
        }
    }

    @Test
    void a_pilot_of_twenty_holds_what_the_run_takes_in_nine_of_ten_draws() {
        int draws = 10;
        int held = 0;
        for (int seed = 0; seed < draws; seed++) {
            ModelClient model = standIn(0.05);
            RunReport real = pipeline(model, seed).run(seeds, new Highlights());
            Estimate estimate =
                    pipeline(model, seed).estimate(seeds, Pilot.samples(20).images(IMAGES));
            held += held(estimate, real);
        }
        assertThat(held).isGreaterThanOrEqualTo((int) Math.ceil(4 * draws * 0.9));
    }
}
