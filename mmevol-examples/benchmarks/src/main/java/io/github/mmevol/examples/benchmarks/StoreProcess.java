package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JVM of its own for a run that is kept in an SQLite file, over a model that answers at once; prints one line of JSON, a
 * {@link StoreUsage}.
 */
public final class StoreProcess {
    static final int ROUNDS = 3;
    static final int IN_FLIGHT = 256;

    private StoreProcess() {}

    /** Arguments: the folder that holds {@code images}, the seed file, the store's file. */
    public static void main(String[] args) {
        long start = System.nanoTime();
        Path folder = Path.of(args[0]);
        AtomicLong firstCall = new AtomicLong();
        ModelClient model = request -> {
            firstCall.compareAndSet(0, System.nanoTime() - start);
            return reply(request);
        };
        EvolutionPipeline pipeline = EvolutionPipeline.builder()
                .evolvers(Directions.all(model))
                .eliminators(Rules.all(), Judge.with(model))
                .rounds(ROUNDS)
                .concurrency(IN_FLIGHT)
                .store(JdbcRunStore.sqlite(Path.of(args[2])))
                .build();
        RunReport report = pipeline.run(
                DataSets.reader().images(folder.resolve("images")).read(Path.of(args[1])),
                DataSets.writeJsonl(folder.resolve("evolved.jsonl")));
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        System.out.println(JsonMapper.shared()
                .writeValueAsString(new StoreUsage(
                        wallSeconds,
                        firstCall.get() / 1e9,
                        report.calls(),
                        report.resumedRounds(),
                        Usage.cpuMillis(),
                        Usage.usedHeapMegabytes(),
                        Usage.residentMegabytes())));
        System.exit(0);
    }

    /** What the model server would say, without the way there. */
    static ModelResponse reply(ModelRequest request) {
        byte[] body = JsonMapper.shared().writeValueAsString(request.text()).getBytes(StandardCharsets.UTF_8);
        return ModelResponse.of(JsonMapper.shared()
                .readTree(Reply.to(body, 0, body.length))
                .at("/choices/0/message/content")
                .asString());
    }
}
