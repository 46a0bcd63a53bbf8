package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Evolution;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.model.ModelClient;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.ModelRequest;
import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A sample with five objects and two instructions in one call: evolved in each direction, and judged. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PromptBenchmark {
    private final ModelException noReply = new ModelException.Timeout("no reply is wanted");
    private static final int SEED = 42;

    /** A direction, or the judge. */
    @Param({"perceptual", "cognitive", "interactive", "judge"})
    public String prompt = "";

    private Sample sample = Sample.builder("none").build();
    private Round round = Round.of(SEED, sample);
    private final List<LiveInstruction> live = new ArrayList<>();
    private Work render = () -> "";
    private Work whole = () -> "";

    /** The work on one call with a client. */
    @FunctionalInterface
    private interface Work {
        Object run();
    }

    /** Makes the sample, and renders once to have a reply. */
    @Setup
    public void prepare() throws IOException {
        sample = sample();
        round = Round.of(SEED, sample);
        SampleKey key = SampleKey.of(sample);
        for (int i = 0; i < sample.instructions().size(); i++) {
            live.add(new LiveInstruction(
                    key.instruction(0, i + 1), sample.instructions().get(i), List.of()));
        }
        List<ModelRequest> asked = new ArrayList<>();
        work(request -> {
                    asked.add(request);
                    throw noReply;
                })
                .run();
        ModelResponse reply = StoreProcess.reply(asked.get(0));
        render = work(request -> {
            throw noReply;
        });
        whole = work(request -> reply);
    }

    private static Sample sample() throws IOException {
        Path seeds = Files.createTempFile("prompt-benchmark", ".jsonl");
        Seeds.write(seeds, 1, 1);
        try (Stream<Sample> samples = DataSets.read(seeds).stream()) {
            ImageSource image = ImageSource.bytes(Photographs.jpeg(512, 384, 0));
            return samples.findFirst().orElseThrow().with(same -> same.image("0.jpg", image));
        } finally {
            Files.delete(seeds);
        }
    }

    private Work work(ModelClient client) {
        if (prompt.equals("judge")) {
            List<Candidate> candidates = candidates();
            Judge judge = Judge.with(client);
            return () -> judge.judge(candidates, round);
        }
        Evolver evolver = evolver(prompt, client);
        return () -> evolver.evolve(sample, live, round);
    }

    private static Evolver evolver(String direction, ModelClient client) {
        return Directions.all(client).stream()
                .filter(evolver -> evolver.direction().name().equals(direction))
                .findFirst()
                .orElseThrow();
    }

    /** What the cognitive direction makes of the sample. */
    private List<Candidate> candidates() {
        Evolver evolver = evolver("cognitive", StoreProcess::reply);
        Evolution evolution = evolver.evolve(sample, live, round);
        List<Candidate> candidates = new ArrayList<>();
        for (LiveInstruction parent : live) {
            Evolution.Child child = evolution.child(parent.id()).orElseThrow();
            candidates.add(new Candidate(
                    SampleKey.of(sample).instruction(1, candidates.size() + 1),
                    sample,
                    parent,
                    child.instruction(),
                    evolver.direction(),
                    1,
                    child.prompt()));
        }
        return candidates;
    }

    /** The prompt alone. */
    @Benchmark
    public Object render() {
        return render.run();
    }

    /** The prompt, and the reply read. */
    @Benchmark
    public Object whole() {
        return whole.run();
    }
}
