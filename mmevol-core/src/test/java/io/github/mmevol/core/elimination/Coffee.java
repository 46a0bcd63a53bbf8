package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.AnnotationTrust;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Step;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table with a cup on a saucer, a spoon to the right of the cup, a jug with a handle at the left, and three lamps above:
 * what the rules about boxes are asked of.
 */
record Coffee(AnnotationTrust trust, List<DetectedObject> objects) {
    static final String CUP = "[0.400, 0.400, 0.600, 0.600]";
    static final String SAUCER = "[0.350, 0.500, 0.750, 0.700]";
    static final String SPOON = "[0.640, 0.450, 0.700, 0.650]";
    static final String JUG = "[0.100, 0.300, 0.250, 0.650]";
    static final String HANDLE = "[0.100, 0.400, 0.140, 0.550]";

    private static final List<DetectedObject> ALL = List.of(
            object("cup", 0.400, 0.400, 0.600, 0.600),
            object("saucer", 0.350, 0.500, 0.750, 0.700),
            object("spoon", 0.640, 0.450, 0.700, 0.650),
            object("jug", 0.100, 0.300, 0.250, 0.650),
            object("jug handle", 0.100, 0.400, 0.140, 0.550),
            object("lamp", 0.100, 0.050, 0.180, 0.120),
            object("lamp", 0.450, 0.050, 0.530, 0.120),
            object("lamp", 0.800, 0.050, 0.880, 0.120));

    static Coffee precise() {
        return new Coffee(AnnotationTrust.PRECISE, ALL);
    }

    static Coffee exhaustive() {
        return new Coffee(AnnotationTrust.EXHAUSTIVE, ALL);
    }

    static Coffee noisy() {
        return new Coffee(AnnotationTrust.NOISY, ALL);
    }

    Coffee with(DetectedObject... others) {
        return new Coffee(trust, List.of(others));
    }

    static DetectedObject object(String label, double x1, double y1, double x2, double y2) {
        return DetectedObject.of(label, new BoundingBox(x1, y1, x2, y2));
    }

    /** A verdict on an instruction of the form {@code Norm}. */
    Verdict judge(Eliminator rule, String question, String answer, String... steps) {
        return judgeForm(rule, "Norm", question, answer, steps);
    }

    /**
     * A verdict on an instruction.
     *
     * @param steps a step each; what stands before a bar is its manipulation
     */
    Verdict judgeForm(Eliminator rule, String format, String question, String answer, String... steps) {
        Instruction evolved = Instruction.builder(question, answer)
                .format(format)
                .steps(List.of(steps).stream().map(Coffee::step).toList())
                .build();
        Sample sample = sample();
        Candidate candidate = new Candidate(
                "abc.1.1",
                sample,
                new LiveInstruction("abc.0.1", Candidates.PARENT, List.of()),
                evolved,
                new Direction("cognitive", "is better"),
                1,
                PromptInfo.NONE);
        return rule.judge(List.of(candidate), Round.of(1, sample)).get(0);
    }

    Sample sample() {
        return Sample.builder("coffee").objects(objects).trust(trust).build();
    }

    private static Step step(String text) {
        int bar = text.indexOf(" | ");
        return bar < 0 ? Step.of(text) : new Step(text.substring(0, bar), text.substring(bar + 3));
    }

    static List<Check> checks(Verdict verdict) {
        return ((Verdict.Pass) verdict).checks();
    }

    /** The results of a verdict's checks, in order; one for each claim. */
    static List<Check.Result> results(Verdict verdict) {
        return checks(verdict).stream().map(Check::result).toList();
    }

    /** Lamps in a row, as many as wanted. */
    static DetectedObject[] lamps(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> object("lamp", 0.05 * i, 0.05, 0.05 * i + 0.03, 0.12))
                .toArray(DetectedObject[]::new);
    }
}
