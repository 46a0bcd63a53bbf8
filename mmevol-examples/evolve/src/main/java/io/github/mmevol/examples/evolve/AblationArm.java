package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Verification;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one arm of an ablation gave.
 *
 * @param samples what came of the samples
 * @param calls how many model calls it took
 * @param tokens how many tokens these took
 */
record AblationArm(String name, List<EvolvedSample> samples, long calls, long tokens) {
    static final List<String> COLUMNS =
            List.of("arm", "calls", "tokens", "instructions", "skills", "steps", "forms", "score", "verified");

    static AblationArm of(String name, List<EvolvedSample> samples, RunReport report) {
        return new AblationArm(name, samples, report.calls(), report.usage().total());
    }

    long instructions() {
        return kept().count();
    }

    private Stream<Outcome.Kept> kept() {
        return samples.stream().flatMap(sample -> sample.kept().stream());
    }

    /** The first so many instructions, in the order of the seeds. */
    AblationArm first(long many) {
        Selection.Pass pass = Selection.target(many).start();
        return new AblationArm(name, samples.stream().map(pass::select).toList(), calls, tokens);
    }

    void write(Path folder) {
        DataSetWriter llava = DataSets.writeLlavaJson(folder.resolve(name + ".json"));
        try (DataSetWriter.Appender out = llava.open()) {
            samples.forEach(out::append);
            out.commit();
        }
    }

    /** The figures, in the order of the columns; those that are not known are missing. */
    ObjectNode figures() {
        ObjectNode figures = DataObject.JSON.createObjectNode();
        figures.put("arm", name).put("calls", calls).put("tokens", tokens).put("instructions", instructions());
        put(figures, "skills", mean(instruction -> instruction.skills().size()));
        put(figures, "steps", mean(instruction -> instruction.steps().size()));
        figures.put(
                "forms",
                kept().map(kept -> kept.instruction().format().toLowerCase(Locale.ROOT))
                        .distinct()
                        .count());
        put(
                figures,
                "score",
                kept().filter(kept -> kept.score().isPresent())
                        .mapToInt(kept -> kept.score().getAsInt())
                        .average());
        put(
                figures,
                "verified",
                kept().mapToDouble(kept -> kept.verification() == Verification.VERIFIED ? 1 : 0)
                        .average());
        return figures;
    }

    private OptionalDouble mean(ToDoubleFunction<Instruction> measure) {
        return kept().map(Outcome.Kept::instruction).mapToDouble(measure).average();
    }

    private static void put(ObjectNode figures, String name, OptionalDouble value) {
        value.ifPresent(number -> figures.put(name, Math.round(number * 100) / 100.0));
    }
}
