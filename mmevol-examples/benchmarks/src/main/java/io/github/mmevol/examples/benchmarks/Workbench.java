package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What topics measure with: a folder with seeds and images, a model server in a process of its own, the recorded calls of one
 * run of the pipeline, and arms in fresh JVMs. Each is made when it is first needed; an arm runs once for each load, however
 * many topics want its figures.
 */
final class Workbench implements AutoCloseable {
    static final int IMAGES = 64;
    private static final String HEAP = "-Xmx1g";

    /** A measurement's place among those made. */
    private record Key(Load load, String arm) {}

    private final Options options;
    private final Path folder;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Key, Optional<Measurement>> measurements = new HashMap<>();
    private @Nullable Process server;
    private String serverAddress = "";

    Workbench(Options options) throws IOException {
        this.options = options;
        folder = Files.createTempDirectory("mmevol-benchmarks");
    }

    Options options() {
        return options;
    }

    /** A folder for whatever a topic writes; removed at the end. */
    Path folder() {
        return folder;
    }

    /** What all this runs on, and with what the arms are started. */
    String machine() {
        String jvm = options.jvm().isEmpty() ? "" : ", " + String.join(" ", options.jvm());
        return Runtime.getRuntime().availableProcessors() + " cores, "
                + System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + jvm;
    }

    /** The arm's figures under the load, measured now if they were not before; empty if the arm failed. */
    Optional<Measurement> measurement(Load load, String arm) throws IOException, InterruptedException {
        Key key = new Key(load, arm);
        if (!measurements.containsKey(key)) {
            recording();
            try {
                measurements.put(key, Optional.of(run(arm, load, "")));
            } catch (Jvm.EndedException e) {
                System.err.println("  failed: " + e.getMessage());
                measurements.put(key, Optional.empty());
            }
        }
        return measurements.getOrDefault(key, Optional.empty());
    }

    /** The calls of one run of the pipeline. */
    Recording recording() throws IOException, InterruptedException {
        Arm.Task task = new Arm.Task("", folder, 0);
        if (!Files.exists(task.recording())) {
            Photographs.write(task.images(), IMAGES);
            int samples = options.calls() / (PipelineArm.ROUNDS * PipelineArm.CALLS_PER_ROUND);
            Seeds.write(task.seeds(), samples, IMAGES);
            run(
                    "mmevol",
                    new Load(16, new Latency(0, false)),
                    "&record=" + task.recording().getFileName());
            get("/set?millis=0"); // closes the recording
        }
        return Recording.open(task.recording());
    }

    private Measurement run(String arm, Load load, String setting) throws IOException, InterruptedException {
        System.err.println(arm + ", " + load);
        startServer();
        get("/set?millis=" + load.latency().meanMillis() + "&heavy="
                + load.latency().heavyTailed() + setting);
        Path gcLog = folder.resolve("gc.log");
        Files.deleteIfExists(gcLog);
        List<String> jvmArguments = new ArrayList<>(List.of(HEAP, "-Xlog:gc:file=" + gcLog));
        jvmArguments.addAll(options.jvm());
        Process process = Jvm.start(
                ArmProcess.class,
                jvmArguments,
                arm,
                serverAddress + "/v1",
                folder.toString(),
                String.valueOf(load.inFlight()));
        String line = Jvm.firstLine(process);
        process.waitFor();
        ArmUsage usage = JsonMapper.shared().readValue(line, ArmUsage.class);
        Measurement measured = new Measurement(
                usage,
                HeapUsage.of(gcLog, usage.usedHeapMegabytes()),
                JsonMapper.shared().readValue(get("/stats"), ServerStats.class));
        System.err.println("  " + measured);
        return measured;
    }

    private void startServer() throws IOException, InterruptedException {
        if (server == null) {
            server = Jvm.start(
                    ModelServer.class,
                    List.of("-Xmx1g"),
                    folder.resolve("images").toString());
            serverAddress = "http://127.0.0.1:" + Jvm.firstLine(server);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(serverAddress + path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.destroy();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
