package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.elimination.Rules;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.Verification;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one arm of an ablation gave.
 *
 * @param samples what came of the samples
 * @param calls how many model calls it took
 * @param tokens how many tokens these took
 * @param cost what they cost; empty if nobody gave prices
 */
record AblationArm(String name, List<EvolvedSample> samples, long calls, long tokens, Optional<BigDecimal> cost) {
    static final List<String> COLUMNS = List.of(
            "arm", "calls", "tokens", "cost", "instructions", "skills", "steps", "forms", "score", "verified", "wrong");

    /** Looks at every arm's instructions alike, also where they were not eliminated by it. */
    private static final Eliminator RULES = Rules.all();

    private static final LiveInstruction NOTHING = new LiveInstruction("", Instruction.of("", ""), List.of());
    private static final Direction NONE = new Direction("any", "is an instruction");

    static AblationArm of(String name, List<EvolvedSample> samples, RunReport report) {
        return new AblationArm(
                name,
                samples,
                report.calls(),
                report.usage().total(),
                report.account().cost());
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
        return new AblationArm(name, samples.stream().map(pass::select).toList(), calls, tokens, cost);
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
        figures.put("arm", name).put("calls", calls).put("tokens", tokens);
        cost.ifPresent(amount -> figures.put("cost", amount.setScale(4, RoundingMode.HALF_UP)));
        figures.put("instructions", instructions());
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
        List<Verdict> verdicts = verdicts();
        put(figures, "verified", share(verdicts, AblationArm::isVerified));
        put(figures, "wrong", share(verdicts, Verdict.Reject.class::isInstance));
        return figures;
    }

    /** The cells of a row in the comparison; empty for what is not known. */
    static List<String> row(ObjectNode figures) {
        return COLUMNS.stream().map(column -> figures.path(column).asString("")).toList();
    }

    /** What the rules say of each instruction by itself. */
    private List<Verdict> verdicts() {
        List<Verdict> verdicts = new ArrayList<>();
        for (EvolvedSample evolved : samples) {
            Sample sample = evolved.sample().toBuilder().instructions(List.of()).build();
            for (Outcome.Kept kept : evolved.kept()) {
                Candidate candidate = new Candidate(
                        kept.origin().id(), sample, NOTHING, kept.instruction(), NONE, 0, PromptInfo.NONE);
                verdicts.addAll(RULES.judge(List.of(candidate), Round.of(0, sample)));
            }
        }
        return verdicts;
    }

    private static boolean isVerified(Verdict verdict) {
        return verdict instanceof Verdict.Pass pass && Verification.of(pass.checks()) == Verification.VERIFIED;
    }

    private static OptionalDouble share(List<Verdict> verdicts, Predicate<Verdict> predicate) {
        return verdicts.stream()
                .mapToDouble(verdict -> predicate.test(verdict) ? 1 : 0)
                .average();
    }

    private OptionalDouble mean(ToDoubleFunction<Instruction> measure) {
        return kept().map(Outcome.Kept::instruction).mapToDouble(measure).average();
    }

    private static void put(ObjectNode figures, String name, OptionalDouble value) {
        value.ifPresent(number -> figures.put(name, Math.round(number * 100) / 100.0));
    }
}
