package io.github.mmevol.examples.benchmarks;

import io.github.mmevol.core.model.ImageEncoder;
import io.github.mmevol.core.sample.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** How long it takes to find near-duplicates, and what that holds, by number of instructions. */
final class NearDuplicateTime implements Topic {
    private static final String HEAP = "-Xmx1600m";
    private static final int INSTRUCTIONS_PER_IMAGE = 6;

    @Override
    public String name() {
        return "duplicates";
    }

    @Override
    public Table measure(Workbench bench) throws IOException, InterruptedException {
        Table table = new Table(
                "Near-duplicates by number of instructions, " + HEAP,
                "instructions",
                "images",
                "s",
                "microseconds each",
                "made to repeat",
                "dropped",
                "files looked at",
                "held, MB",
                "held, bytes each kept",
                "resident, MB");
        for (int instructions : bench.options().sizes()) {
            for (int images : List.of(instructions / INSTRUCTIONS_PER_IMAGE, Workbench.IMAGES)) {
                System.err.println("near-duplicates, " + instructions + " instructions, " + images + " images");
                Process process = Jvm.start(
                        SelectionProcess.class, List.of(HEAP), String.valueOf(instructions), String.valueOf(images));
                SelectionUsage usage = JsonMapper.shared().readValue(Jvm.firstLine(process), SelectionUsage.class);
                process.waitFor();
                table.row(
                        instructions,
                        images,
                        usage.seconds(),
                        usage.seconds() * 1e6 / instructions,
                        usage.repeated(),
                        usage.dropped(),
                        usage.looked(),
                        usage.heldMegabytes(),
                        usage.heldMegabytes() * 1048576 / (instructions - usage.dropped()),
                        usage.residentMegabytes());
            }
        }
        return table.note(
                "One thread. Instructions of some fifty words, in random order of images; the making of them is not"
                        + String.format(
                                Locale.ROOT,
                                " in the time. There are no files here; looking at one takes %.1f ms more (JPEG, 512 x 384).",
                                lookMillis(bench.folder().resolve("looks"))));
    }

    private static double lookMillis(Path folder) throws IOException {
        Photographs.write(folder, Workbench.IMAGES);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        ImageEncoder encoder = ImageEncoder.ofDefaults();
        long start = 0;
        for (int i = 0; i < 20 * files.size(); i++) {
            if (i == 10 * files.size()) {
                start = System.nanoTime();
            }
            encoder.fingerprint(ImageSource.file(files.get(i % files.size())));
        }
        return (System.nanoTime() - start) / 1e6 / (10 * files.size());
    }
}
