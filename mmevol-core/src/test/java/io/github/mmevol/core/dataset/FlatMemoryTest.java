package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatMemoryTest {
    private static final int RECORDS = 200_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lines", "array"})
    void a_file_larger_than_the_heap_is_read_and_written(String layout) throws Exception {
        Path file = folder.resolve("seeds");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < RECORDS; i++) {
                out.write(layout.equals("lines") ? "" : i == 0 ? "[" : ",");
                out.write("{\"id\": " + i + ", \"image\": \"" + i + ".jpg\", \"conversations\": [{\"from\": \"human\","
                        + " \"value\": \"<image>\\nWhat is to be seen in the picture with this number?\"}, {\"from\": \"gpt\","
                        + " \"value\": \"A long row of lamps along a road that leads over a hill.\"}]}\n");
            }
            out.write(layout.equals("lines") ? "" : "]");
        }
        Path copy = folder.resolve("copy.json");
        assertThat(Files.size(file)).isGreaterThan(2 * 20_000_000);

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx20m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FlatMemoryTest.class.getName(),
                        file.toString(),
                        copy.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("samples=" + RECORDS);
        try (Stream<String> lines = Files.lines(copy)) {
            assertThat(lines.count()).isEqualTo(RECORDS + 2);
        }
    }

    /** Copies the file named first to the one named second. */
    public static void main(String[] files) {
        DataSetReader reader = DataSets.reader().onEnd(System.out::println);
        try (Stream<EvolvedSample> samples = reader.readEvolved(Path.of(files[0])).stream();
                DataSetWriter.Appender out =
                        DataSets.writeMmevolJson(Path.of(files[1])).open()) {
            samples.forEach(out::append);
            out.commit();
        }
    }
}
