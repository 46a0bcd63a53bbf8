package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.openai.OpenAiModelClient;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.time.Duration;

/** The whole pipeline: seeds read from a file, three rounds, rules and judge, survivors written to a file. */
final class PipelineArm implements Arm {
    static final int ROUNDS = 3;
    /** A call to evolve and a call to judge. */
    static final int CALLS_PER_ROUND = 2;

    @Override
    public long run(Task task) {
        ModelClient model = OpenAiModelClient.builder()
                .baseUrl(task.baseUrl())
                .model("local")
                .timeout(Duration.ofMinutes(5))
                .build();
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Directions.all(model))
                .eliminators(Rules.all(), Judge.with(model))
                .rounds(ROUNDS)
                .concurrency(task.inFlight())
                .build();
        RunReport report = pipeline.run(
                DataSets.reader().images(task.images()).read(task.seeds()),
                DataSets.writeJsonl(task.folder().resolve("evolved.jsonl")));
        long attempted = ROUNDS * report.seedInstructions();
        if (report.kept() != attempted) {
            throw new IllegalStateException("only " + report.kept() + " of " + attempted + " were kept: " + report);
        }
        return report.calls();
    }
}
