package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** How fast data files are read and written, beside a plain Jackson copy of the same file, and what that holds. */
final class FileTime implements Topic {
    private static final String HEAP = "-Xmx256m";

    @Override
    public String name() {
        return "io";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Table table = new Table(
                "Data files by number of records, " + HEAP,
                "form",
                "records",
                "MB",
                "written, MB/s",
                "read, MB/s",
                "read and written, MB/s",
                "Jackson copy, MB/s",
                "times Jackson",
                "times Jackson by CPU time",
                "held, MB",
                "resident, MB");
        for (int records : bench.options().sizes()) {
            for (String form : FileProcess.FORMS) {
                System.err.println("io, " + form + ", " + records + " records");
                Process process = Jvm.start(
                        FileProcess.class,
                        List.of(HEAP),
                        form,
                        String.valueOf(records),
                        bench.folder().resolve("io").toString());
                FileUsage usage = JsonMapper.shared().readValue(Jvm.firstLine(process), FileUsage.class);
                process.waitFor();
                double both = usage.megabytes() / (usage.writeSeconds() + usage.readSeconds());
                double jackson = usage.megabytes() / usage.jacksonSeconds();
                table.row(
                        form,
                        records,
                        usage.megabytes(),
                        usage.megabytes() / usage.writeSeconds(),
                        usage.megabytes() / usage.readSeconds(),
                        both,
                        jackson,
                        both / jackson,
                        usage.jacksonCpuSeconds() / usage.ownCpuSeconds(),
                        usage.heldMegabytes(),
                        usage.residentMegabytes());
            }
        }
        return table.note(
                "One thread, a process for each line, nothing warmed up. The Jackson copy reads each record as a tree and"
                        + " writes it again; ours makes samples of it, with all their checks, and writes samples. Written files"
                        + " are forced to the disk, Jackson's too. annotations: COCO instances, seven boxes an image, read and"
                        + " joined to as many samples; held is what the index holds.");
    }
}
