package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.analysis.Analysis;
import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.BoundingBox;
import io.github.mmevol.core.sample.DetectedObject;
import io.github.mmevol.core.sample.ImageSource;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** A JVM of its own that writes a data file and reports on it; prints one line of JSON, an {@link AnalysisUsage}. */
public final class AnalysisProcess {
    private static final int LINES = 2;
    private static final int ROUNDS = 3;
    /** Instructions of a sample: its seeds and their survivors. */
    static final int PER_SAMPLE = LINES * (1 + ROUNDS);

    private static final List<String> DIRECTIONS = List.of("perceptual", "cognitive", "interactive");

    private AnalysisProcess() {}

    /** Arguments: how many instructions, a folder. */
    public static void main(String[] args) throws IOException {
        int samples = Integer.parseInt(args[0]) / PER_SAMPLE;
        Path folder = Files.createDirectories(Path.of(args[1]));
        Path file = folder.resolve("evolved.json");
        write(samples, file);
        DataSet<EvolvedSample> data = DataSets.readEvolved(file);
        Stopwatch reading = Stopwatch.started();
        try (Stream<EvolvedSample> all = data.stream()) {
            all.forEachOrdered(sample -> {});
        }
        reading.stop();
        double[] held = new double[1];
        Path page = folder.resolve("report.html");
        Stopwatch reporting = Stopwatch.started();
        Analysis analysis =
                Report.of(watched(data, samples / 2, reporting, held)).write(page);
        reporting.stop();
        AnalysisUsage usage = new AnalysisUsage(
                analysis.rounds().stream()
                        .mapToLong(Analysis.RoundFigures::instructions)
                        .sum(),
                Files.size(file) / 1e6,
                reading.wallSeconds(),
                reporting.wallSeconds(),
                reporting.cpuSeconds(),
                held[0],
                Files.size(page) / 1e6,
                Usage.residentMegabytes());
        Files.delete(file);
        System.out.println(JsonMapper.shared().writeValueAsString(usage));
        System.exit(0);
    }

    /** The data; when a certain sample goes by, the heap is looked at, outside of the time. */
    private static DataSet<EvolvedSample> watched(
            DataSet<EvolvedSample> data, int half, Stopwatch reporting, double[] held) {
        return () -> {
            int[] passed = new int[1];
            return data.stream().peek(sample -> {
                if (passed[0]++ == half) {
                    reporting.stop();
                    System.gc();
                    held[0] = Usage.usedHeapMegabytes();
                    reporting.start();
                }
            });
        };
    }

    private static void write(int samples, Path file) {
        SaidTexts texts = new SaidTexts(samples);
        try (DataSetWriter.Appender out = DataSets.writeMmevolJson(file).open()) {
            for (int i = 0; i < samples; i++) {
                out.append(sample(i, texts));
            }
            out.commit();
        }
    }

    private static EvolvedSample sample(int number, SaidTexts texts) {
        List<Instruction> seeds = new ArrayList<>();
        for (int line = 0; line < LINES; line++) {
            seeds.add(texts.next(number));
        }
        Sample sample = Sample.builder("s" + number)
                .image(number + ".jpg", ImageSource.none())
                .caption("Photograph " + number + ": things side by side before a bright wall.")
                .objects(Stream.of("cup", "lamp", "book", "chair", "plant")
                        .map(label ->
                                DetectedObject.of(label, new BoundingBox(0.1, 0.2, 0.5 + number % 7 / 100.0, 0.875)))
                        .toList())
                .instructions(seeds)
                .build();
        SampleKey key = SampleKey.of(sample);
        List<Outcome> outcomes = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (int line = 1; line <= LINES; line++) {
                Outcome.Origin origin = new Outcome.Origin(
                        key.instruction(round, line),
                        key.instruction(round - 1, line),
                        round,
                        DIRECTIONS.get((number + round) % DIRECTIONS.size()),
                        "0123456789abcdef",
                        "model");
                outcomes.add(new Outcome.Kept(
                        origin, texts.next(number), OptionalInt.of((number + round + line) % 10 + 1), "more steps"));
            }
        }
        return new EvolvedSample(key, sample, outcomes);
    }
}
