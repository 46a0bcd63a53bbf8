package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A JVM of its own for one arm; prints one line of JSON, an {@link ArmUsage}. */
public final class ArmProcess {
    /** The arms by name, what the others are measured by first. */
    static final Map<String, Arm> ARMS = arms();

    private ArmProcess() {}

    private static Map<String, Arm> arms() {
        Map<String, Arm> arms = new LinkedHashMap<>();
        arms.put("bare", new BareArm());
        arms.put("mmevol", new PipelineArm());
        arms.put("langchain4j", new LangChain4jArm());
        arms.put("openai-java", new OpenAiJavaArm());
        return arms;
    }

    /** Arguments: the arm's name, the base URL, the folder, how many calls in flight. */
    public static void main(String[] args) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long calls = arm(args[0]).run(new Arm.Task(args[1], Path.of(args[2]), Integer.parseInt(args[3])));
        double wallSeconds = (System.nanoTime() - start) / 1e9;
        System.out.println(JsonMapper.shared()
                .writeValueAsString(new ArmUsage(wallSeconds, calls, Usage.cpuMillis(), Usage.usedHeapMegabytes())));
        System.exit(0);
    }

    private static Arm arm(String name) {
        Arm arm = ARMS.get(name);
        if (arm == null) {
            throw new IllegalArgumentException("arms are " + ARMS.keySet() + ", not " + name);
        }
        return arm;
    }
}
