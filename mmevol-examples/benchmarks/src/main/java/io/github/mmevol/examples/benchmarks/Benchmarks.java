package io.github.mmevol.examples.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * Measures what the library costs and prints one Markdown table for each topic: {@code Benchmarks [TOPIC...] [--quick]
 * [--calls=N] [--in-flight=N] [--fixed | --heavy-tailed] [--most=N]}. Without a topic all are measured, which takes more
 * than an hour. What it needs on disk, up to 20 GB for the largest stored run, lies in a temporary folder and is removed at
 * the end.
 */
public final class Benchmarks {
    static final List<Topic> TOPICS = List.of(
            new WallTime(),
            new CpuTime(),
            new MicroTime(),
            new PrefixCache(),
            new NearDuplicateTime(),
            new FileTime(),
            new AnalysisTime(),
            new ResumeTime(),
            new FlatHeap());

    private Benchmarks() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Options options = Options.parse(args);
        List<String> names = TOPICS.stream().map(Topic::name).toList();
        if (!names.containsAll(options.topics())) {
            throw new IllegalArgumentException("topics are " + names + ", not " + options.topics());
        }
        try (Workbench bench = new Workbench(options)) {
            System.out.println(bench.machine() + "\n");
            for (Topic topic : TOPICS) {
                if (options.topics().isEmpty() || options.topics().contains(topic.name())) {
                    System.out.println(topic.measure(bench));
                }
            }
        }
    }
}
