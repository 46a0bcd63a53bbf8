package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.LiveInstruction;
import io.github.mmevol.core.evolution.PromptInfo;
import io.github.mmevol.core.evolution.Round;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.sample.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Looks at seed instructions as if they had been evolved, and tells what is wrong with them. */
final class SeedCheck {
    private static final int EXAMPLES = 5;
    private static final LiveInstruction NOTHING = new LiveInstruction("", Instruction.of("", ""), List.of());
    private static final Direction NONE = new Direction("seed", "is a seed");

    /** What is wrong with an instruction: of which sample, on which line, the n-th of it. */
    private record Wrong(Sample sample, long line, int number, Instruction instruction, Verdict.Reject verdict) {}

    private final Eliminator rules;
    private final Map<String, Integer> byRule = new TreeMap<>();
    private final Map<String, Integer> disputed = new TreeMap<>();
    private final Map<String, List<Wrong>> examples = new TreeMap<>();
    private final Map<Verification, Integer> marks = new EnumMap<>(Verification.class);
    private int samples;
    private int instructions;

    SeedCheck(Eliminator rules) {
        this.rules = rules;
    }

    /**
     * Reads all samples and looks at their instructions.
     *
     * @param line the line of the sample that the stream gave last
     */
    SeedCheck check(DataSet<Sample> seeds, LongSupplier line) {
        try (Stream<Sample> stream = seeds.stream()) {
            stream.forEach(sample -> check(sample, line.getAsLong()));
        }
        return this;
    }

    private void check(Sample sample, long line) {
        samples++;
        SampleKey key = SampleKey.of(sample);
        Round round = Round.of(0, sample);
        for (int i = 0; i < sample.instructions().size(); i++) {
            instructions++;
            Instruction seed = sample.instructions().get(i);
            Sample before = sample.toBuilder()
                    .instructions(sample.instructions().subList(0, i))
                    .build();
            Candidate candidate =
                    new Candidate(key.instruction(0, i + 1), before, NOTHING, seed, NONE, 0, PromptInfo.NONE);
            Verdict verdict = rules.judge(List.of(candidate), round).get(0);
            if (verdict instanceof Verdict.Reject reject) {
                byRule.merge(reject.by(), 1, Integer::sum);
                List<Wrong> first = examples.computeIfAbsent(reject.by(), rule -> new ArrayList<>());
                if (first.size() < EXAMPLES) {
                    first.add(new Wrong(sample, line, i + 1, seed, reject));
                }
            } else if (verdict instanceof Verdict.Pass pass) {
                marks.merge(Verification.of(pass.checks()), 1, Integer::sum);
                pass.checks().stream()
                        .filter(check -> check.result() == Check.Result.DISPUTED)
                        .forEach(check -> disputed.merge(check.by(), 1, Integer::sum));
            }
        }
    }

    private int wrong() {
        return byRule.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Writes and prints what was found.
     *
     * @param read what was read of the files
     */
    void tell(Path file, Collection<ReadReport> read, PrintWriter console) throws IOException {
        write(file, read.stream().mapToLong(ReadReport::broken).sum());
        print(console);
        console.println("\nWritten to " + file + ".");
    }

    private void write(Path file, long broken) throws IOException {
        ObjectNode json = DataObject.JSON.createObjectNode();
        json.put("samples", samples).put("broken_records", broken);
        json.put("instructions", instructions).put("wrong", wrong());
        for (Verification mark : Verification.values()) {
            json.put(mark.name().toLowerCase(Locale.ROOT), marks.getOrDefault(mark, 0));
        }
        byRule.forEach(json.putObject("wrong_by_rule")::put);
        disputed.forEach(json.putObject("disputed_by_rule")::put);
        ObjectNode shown = json.putObject("examples");
        examples.forEach((rule, wrongs) -> {
            ArrayNode list = shown.putArray(rule);
            for (Wrong wrong : wrongs) {
                list.addObject()
                        .put("sample_id", wrong.sample().id())
                        .put("line", wrong.line())
                        .put("instruction", wrong.number())
                        .put("question", wrong.instruction().question())
                        .put("answer", wrong.instruction().answer())
                        .put("why", wrong.verdict().why())
                        .put("evidence", wrong.verdict().evidence());
            }
        });
        Files.createDirectories(file.toAbsolutePath().getParent());
        DataObject.write(file, json);
    }

    private void print(PrintWriter console) {
        console.println("Checked " + instructions + " seed instructions of " + samples + " samples: " + wrong()
                + " wrong. No model was called.");
        byRule.forEach((rule, count) -> {
            console.printf(Locale.ROOT, "%n%d by %s, for example:%n", count, rule);
            for (Wrong wrong : examples.getOrDefault(rule, List.of())) {
                console.println(
                        "  line " + wrong.line() + ", sample " + wrong.sample().id() + ", instruction " + wrong.number()
                                + ": " + wrong.instruction().question());
                console.println("     " + wrong.verdict().why());
            }
        });
    }
}
