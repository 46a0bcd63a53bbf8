package io.github.mmevol.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapUsageTest {
    @TempDir
    Path folder;

    @Test
    void allocationIsWhatTheHeapGrewByBetweenCollections() throws IOException {
        Path log = Files.writeString(folder.resolve("gc.log"), """
                [0.010s][info][gc] Using G1
                [0.900s][info][gc] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 24M->5M(100M) 3.021ms
                [1.100s][info][gc] GC(1) Concurrent Mark Cycle 9.006ms
                [1.200s][info][gc] GC(1) Pause Remark 40M->30M(100M) 1.100ms
                [1.900s][info][gc] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 80M->12M(100M) 2.001ms
                """);

        HeapUsage usage = HeapUsage.of(log, 20);

        assertThat(usage.allocatedMegabytes()).isEqualTo(24 + 35 + 50 + 8);
        assertThat(usage.peakMegabytes()).isEqualTo(80);
        assertThat(usage.liveMegabytes()).isEqualTo(30);
    }
}
