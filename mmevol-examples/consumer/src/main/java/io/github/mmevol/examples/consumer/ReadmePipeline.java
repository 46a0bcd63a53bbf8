package io.github.mmevol.examples.consumer;

import static io.github.mmevol.core.elimination.Verdict.pass;
import static io.github.mmevol.core.elimination.Verdict.reject;

import io.github.mmevol.core.analysis.Analysis;
import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.dataset.TrainingForm;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.CallListener;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.RateLimiter;
import io.github.mmevol.core.model.RetryPolicy;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunProgress;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.openai.OpenAiModelClient;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import io.github.mmevol.prompts.PrefixPromptBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** The code of the README, statement for statement; a test holds the two together. */
final class ReadmePipeline {
    private final BinaryOperator<String> ownModel;

    ReadmePipeline(BinaryOperator<String> ownModel) {
        this.ownModel = ownModel;
    }

    static ModelClient openAi(String key) {
        ModelClient model =
                OpenAiModelClient.builder().apiKey(key).model("gpt-4o-mini").build();
        return model;
    }

    static RunReport run(ModelClient model, Path seeds, Path out) {
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Directions.all(model))
                .eliminators(Rules.all(), Judge.with(model))
                .rounds(3)
                .concurrency(64)
                .seed(42)
                .build();

        RunReport report = pipeline.run(DataSets.read(seeds), DataSets.writeJsonl(out));
        return report;
    }

    static List<RunReport> runWithStore(ModelClient model, Path seeds, Path out, Path llava) {
        EvolutionPipeline durable = EvolutionPipeline.builder()
                .evolvers(Directions.all(model))
                .eliminators(Rules.all(), Judge.with(model))
                .store(JdbcRunStore.sqlite(Path.of("run.db")))
                .build();

        RunReport finished = durable.run(DataSets.read(seeds), DataSets.writeJsonl(out));

        RunReport replayed = durable.replay(DataSets.writeLlavaJson(llava));
        return List.of(finished, replayed);
    }

    static EvolutionPipeline selective(ModelClient model) {
        EvolutionPipeline selective = EvolutionPipeline.builder()
                .evolvers(Directions.all(model))
                .eliminators(Rules.all(), Judge.with(model))
                .selections(Selection.verifiedOnly(), Selection.nearDuplicates(), Selection.target(50_000))
                .build();
        return selective;
    }

    static DataSetWriter forTrainers(Path folder, Path file) {
        TrainingForm form = TrainingForm.builder()
                .boxes(TrainingForm.Boxes.THOUSAND)
                .answer(TrainingForm.Answer.THINK)
                .split(0.02)
                .build();

        DataSetWriter files = DataSets.writeShareGpt(folder, form).and(DataSets.writeMessagesJsonl(file, form));

        DataSetWriter whole = files.withImagesIn(folder.resolve("images"));
        return whole;
    }

    static RunReport samplesInCode(EvolutionPipeline pipeline, byte[] png, Path out) {
        Sample sample = Sample.builder("upload-17")
                .image("", ImageSource.bytes(png))
                .instructions(List.of(Instruction.of("What is shown?", "A harbour at dawn.")))
                .build();

        EvolvedSample one = pipeline.evolve(sample);
        if (one.kept().isEmpty()) {
            throw new IllegalStateException("nothing was kept");
        }

        RunReport all = pipeline.run(DataSet.of(List.of(sample)), DataSets.writeJsonl(out));
        return all;
    }

    static double report(RunStore store, PriceTable prices, Path evolved) throws IOException {
        Report.of(store).prices(prices).write(Path.of("report.html"));

        double steps = Analysis.of(DataSets.readEvolved(evolved))
                .round(3)
                .steps()
                .mean()
                .orElse(0);
        return steps;
    }

    static RunProgress.Figures progress(PriceTable prices) {
        ConcurrencyLimiter limiter = ConcurrencyLimiter.adaptive(); // the client's: .concurrencyLimited(limiter)

        RunProgress progress = new RunProgress(prices).watching(limiter).expecting(50_000);

        RunProgress.Figures now = progress.now();
        return now;
    }

    EvolvedSample ownParts(Sample sample) {
        ModelClient mine = request -> ModelResponse.of(askMyModel(request.system(), request.text(), images(request)));

        Eliminator rule =
                Eliminator.each("too-short", c -> c.evolved().question().length() > 20 ? pass() : reject("too short"));
        Eliminator mix = Rules.all().then(rule).then(Judge.with(mine).minScore(5));

        Direction safety =
                new Direction("safety", "the evolved question asks about a visible hazard, and the answer names it.");
        Evolver inspector =
                Directions.custom(PrefixPromptBuilder.forDirection(safety).build(), mine);

        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Directions.all(mine))
                .evolvers(inspector)
                .eliminators(mix)
                .build();
        EvolvedSample one = pipeline.evolve(sample);
        return one;
    }

    List<ModelClient> decorated(ModelClient model, CallListener listener) {
        ModelClient mine = request -> ModelResponse.of(askMyModel(request.system(), request.text(), images(request)));

        ModelClient robust = mine.resilient();

        ModelClient bounded = mine.rateLimited(RateLimiter.builder()
                        .requestsPerMinute(500)
                        .tokensPerMinute(200_000)
                        .build())
                .concurrencyLimited(ConcurrencyLimiter.fixed(32))
                .retrying(RetryPolicy.builder()
                        .maxAttempts(8)
                        .deadline(Duration.ofMinutes(5))
                        .build())
                .withFallback(model)
                .listening(listener);
        return List.of(robust, bounded);
    }

    static Budget budget() {
        Budget budget = Budget.unlimited()
                .maxCalls(100_000)
                .prices(PriceTable.none().withOthers("0.15", "0.075", "0.60"))
                .maxCost("50");
        return budget;
    }

    static List<byte[]> images(ModelRequest request) {
        List<byte[]> images = new ArrayList<>();
        for (ModelRequest.Part part : request.parts()) {
            if (part instanceof ModelRequest.Image image) {
                images.add(image.image().encoded().bytes());
            }
        }
        return images;
    }

    private String askMyModel(String system, String text, List<byte[]> images) {
        if (images.size() > 1) {
            throw new IllegalArgumentException("the model takes one image");
        }
        return ownModel.apply(system, text);
    }
}
