package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The instructions of the open half of the corpus, one after another, each through all rules. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RuleBenchmark {
    private final Eliminator rules = Rules.all();
    private final List<Candidate> candidates = new ArrayList<>();
    private Round round = Round.of(1, Sample.builder("none").build());
    private int next;

    /** Reads the corpus. */
    @Setup
    public void read() throws IOException {
        JsonNode photographs = JsonMapper.shared().readTree(resource("photographs.json"));
        for (String line : resource("open.jsonl").split("\n", -1)) {
            if (!line.isBlank()) {
                candidates.add(candidate(JsonMapper.shared().readTree(line), photographs));
            }
        }
        round = Round.of(1, candidates.get(0).sample());
    }

    /** One instruction. */
    @Benchmark
    public Object verify() {
        next = (next + 1) % candidates.size();
        return rules.judge(List.of(candidates.get(next)), round);
    }

    private static String resource(String file) throws IOException {
        try (InputStream in = RuleBenchmark.class.getResourceAsStream("/corpus/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Candidate candidate(JsonNode line, JsonNode photographs) {
        JsonNode boxes = line.get("boxes");
        if (boxes.isString()) {
            boxes = boxes.stringValue().equals("none")
                    ? JsonMapper.shared().createArrayNode()
                    : photographs.get(line.get("image").stringValue()).get("boxes");
        }
        List<DetectedObject> objects = new ArrayList<>();
        for (JsonNode box : boxes) {
            double[] at = box.get("bbox")
                    .valueStream()
                    .mapToDouble(JsonNode::doubleValue)
                    .toArray();
            objects.add(
                    DetectedObject.of(box.get("label").stringValue(), BoundingBox.clamped(at[0], at[1], at[2], at[3])));
        }
        List<Step> steps = new ArrayList<>();
        for (JsonNode step : line.get("steps")) {
            steps.add(new Step(
                    step.get("manipulation").stringValue(),
                    step.get("description").stringValue()));
        }
        Sample sample = Sample.builder(line.get("id").stringValue())
                .objects(objects)
                .trust(AnnotationTrust.valueOf(line.get("trust").stringValue().toUpperCase(Locale.ROOT)))
                .build();
        Instruction evolved = Instruction.builder(
                        line.get("question").stringValue(), line.get("answer").stringValue())
                .steps(steps)
                .format(line.get("format").stringValue())
                .build();
        LiveInstruction parent = new LiveInstruction(
                "x.0.1", Instruction.of(line.at("/parent/question").stringValue(), ""), List.of());
        return new Candidate(
                "x.1.1",
                sample,
                parent,
                evolved,
                new Direction(line.get("direction").stringValue(), "is better"),
                1,
                PromptInfo.NONE);
    }
}
