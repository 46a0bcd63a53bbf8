package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.StopSignal;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.openai.BatchRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that sends the calls through the provider's batch interface. */
final class BatchOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--batch",
            arity = "0..1",
            paramLabel = "SECONDS",
            fallbackValue = "60",
            description =
                    "Ask through the provider's batch interface: about half the price (give --price as it is there), up to a"
                            + " day for each of two passes a round. Looks every SECONDS how far it is (60 if left out). Stopped at any moment the same"
                            + " command goes on; requests and replies on their way lie in OUT/batches.")
    private @Nullable Double seconds;

    boolean isGiven() {
        return seconds != null;
    }

    /** Refuses what makes no sense, before anything is paid for. */
    void check(Models models) {
        if (seconds == null) {
            return;
        }
        if (!(seconds > 0 && seconds < 1e9)) {
            throw usage("--batch takes a number of seconds above 0: " + seconds);
        }
        if (models.provider().isEmpty()) {
            throw usage("--batch needs a provider: give --base-url or OPENAI_API_KEY");
        }
    }

    /**
     * Runs a pipeline in passes, and prints what becomes of each batch.
     *
     * @param onBatch what is done when the provider works on something
     * @param onPass what is done when a pass begins
     */
    RunReport run(
            EvolutionPipeline.Builder pipeline,
            DataSet<Sample> samples,
            DataSetWriter writer,
            Models models,
            Path folder,
            StopSignal stop,
            PrintWriter console,
            Runnable onBatch,
            Runnable onPass) {
        Map<String, String> told = new HashMap<>();
        return BatchRunner.over(folder, models.provider().orElseThrow().all())
                .pollEvery(Duration.ofNanos(Math.round((seconds == null ? 60 : seconds) * 1e9)))
                .stopSignal(stop)
                .onStatus(status -> {
                    onBatch.run();
                    String text = text(status);
                    if (!text.equals(told.put(status.batch(), text))) {
                        console.println(text);
                        console.flush();
                    }
                })
                .run(
                        pipeline,
                        () -> {
                            onPass.run();
                            return samples.stream();
                        },
                        writer);
    }

    /** How a run goes on that the batch interface ended. */
    String remedy() {
        return seconds == null
                ? ""
                : "\nWhat was finished is kept. The same command goes on; without --batch the calls are sent one by one.";
    }

    private static String text(BatchRunner.Status status) {
        return "Batch " + status.batch() + ": " + status.state().replace('_', ' ') + ", " + status.completed() + " of "
                + status.requests() + " answered" + (status.failed() == 0 ? "" : ", " + status.failed() + " failed");
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
