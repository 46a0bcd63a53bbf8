package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** How long a report over a data file takes, and what that holds, by number of instructions. */
final class AnalysisTime implements Topic {
    private static final String HEAP = "-Xmx256m";

    @Override
    public String name() {
        return "analysis";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Table table = new Table(
                "A report over a data file by number of instructions, " + HEAP,
                "instructions",
                "file, MB",
                "reading alone, s",
                "report, s",
                "MB/s",
                "CPU, s",
                "held half-way, MB",
                "page, MB",
                "resident, MB");
        for (int instructions : bench.options().sizes()) {
            System.err.println("analysis, " + instructions + " instructions");
            Process process = Jvm.start(
                    AnalysisProcess.class,
                    List.of(HEAP),
                    String.valueOf(instructions),
                    bench.folder().resolve("analysis").toString());
            AnalysisUsage usage = JsonMapper.shared().readValue(Jvm.firstLine(process), AnalysisUsage.class);
            process.waitFor();
            table.row(
                    usage.instructions(),
                    usage.megabytes(),
                    usage.readSeconds(),
                    usage.reportSeconds(),
                    usage.megabytes() / usage.reportSeconds(),
                    usage.reportCpuSeconds(),
                    usage.heldMegabytes(),
                    usage.pageMegabytes(),
                    usage.residentMegabytes());
        }
        return table.note("One thread. Each sample has two seeds and the survivors of three rounds, "
                + AnalysisProcess.PER_SAMPLE
                + " instructions of some fifty words; the page holds figures and 300 samples"
                + " to browse, without images, for there are no files.");
    }
}
