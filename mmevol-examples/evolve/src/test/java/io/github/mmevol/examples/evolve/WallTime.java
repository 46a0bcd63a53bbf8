package io.github.mmevol.examples.evolve;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Measures how long a run takes beside calls x latency / concurrency, against a server on this machine. Not a test: run
 * its main method with samples, milliseconds of latency and concurrency, for example {@code 500 200 64}.
 */
final class WallTime {
    private WallTime() {}

    public static void main(String[] args) throws IOException {
        int samples = Integer.parseInt(args[0]);
        long latency = Long.parseLong(args[1]);
        int concurrency = Integer.parseInt(args[2]);
        Path folder = Files.createTempDirectory("wall-time");
        Path seeds = SeedFiles.write(folder, samples, 8);
        try (LocalModelServer server = new LocalModelServer(latency, UnaryOperator.identity())) {
            EvolveDataset.run(
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(System.err, true),
                    Map.of(),
                    "--seeds",
                    seeds.toString(),
                    "--out",
                    folder.resolve("out").toString(),
                    "--base-url",
                    server.baseUrl(),
                    "--model",
                    "local",
                    "--concurrency",
                    args[2]);
        }
        JsonNode summary = DataObject.JSON.readTree(Files.readString(folder.resolve("out/summary.json")));
        double floor = summary.path("calls").asLong() * latency / 1000.0 / concurrency;
        double wall = summary.path("wall_seconds").asDouble();
        System.out.printf(
                Locale.ROOT,
                "%d samples, %d calls, floor %.2f s, wall %.2f s, ratio %.3f%n",
                samples,
                summary.path("calls").asLong(),
                floor,
                wall,
                wall / floor);
    }
}
