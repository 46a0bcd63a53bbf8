package io.github.mmevol.examples.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Single parts of the work on one core, by JMH. */
final class MicroTime implements Topic {
    private static final double MEDIAN = 50;

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public Table measure(Workbench bench) {
        boolean quick = bench.options().quick();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ImageBenchmark.class.getName() + "\\..*")
                .include(PromptBenchmark.class.getName() + "\\..*")
                .include(RuleBenchmark.class.getName() + "\\..*")
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(quick ? 1 : 3)
                .warmupIterations(quick ? 1 : 5)
                .measurementIterations(quick ? 1 : 5)
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.seconds(1));
        Table table = new Table("Single parts, warm JVM, one thread", "what", "wall, us", "+- (99.9 %)", "CPU, us");
        Map<String, RunResult> sorted = new TreeMap<>();
        for (RunResult result : run(options)) {
            sorted.put(label(result.getParams()), result);
        }
        sorted.forEach((label, result) -> {
            Result<?> wall = result.getPrimaryResult();
            boolean sampled = result.getParams().getMode() == Mode.SampleTime;
            double typical = sampled ? wall.getStatistics().getPercentile(MEDIAN) : wall.getScore();
            table.row(label, typical, sampled ? "" : wall.getScoreError(), cpuMicros(result));
        });
        return table.note(
                "reencode: 1024 x 768 JPEG to 512 x 384; passThrough: 512 x 384 JPEG. render: a prompt for five"
                        + " objects and two instructions, its client throws a ready-made exception, so the handling of that is in"
                        + " it. whole: the same with a client that returns a fixed reply, which is read; whole less render is"
                        + " about what reading takes. verify: one instruction of the corpus by all rules, the median.");
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) {
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed", e);
        }
    }

    private static String label(BenchmarkParams params) {
        String name = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
        return params.getParamsKeys().stream().map(params::getParam).reduce(name, (a, b) -> a + " " + b);
    }

    private static Object cpuMicros(RunResult result) {
        Result<?> nanos = result.getSecondaryResults().get("nanos");
        Result<?> operations = result.getSecondaryResults().get("operations");
        return nanos == null || operations == null ? "" : (Object) (nanos.getScore() / operations.getScore() / 1000);
    }
}
