package io.github.mmevol.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param topics the names of topics; empty for all
 * @param calls model calls for each measurement
 * @param loads under which load calls are made
 * @param sizes how many seeds, or stored sample-rounds, the runs with a store have
 * @param jvm further arguments for the JVM of every arm
 * @param quick whether all is made short, to try the machinery; the figures are worth nothing then
 */
record Options(List<String> topics, int calls, List<Load> loads, List<Integer> sizes, List<String> jvm, boolean quick) {
    private static final int CALLS = 12_000;
    private static final int QUICK_CALLS = 600;
    private static final List<Load> LOADS = List.of(
            new Load(64, new Latency(500, false)),
            new Load(256, new Latency(500, false)),
            new Load(1000, new Latency(3000, false)),
            new Load(64, new Latency(500, true)),
            new Load(256, new Latency(500, true)),
            new Load(1000, new Latency(3000, true)));
    private static final List<Load> QUICK_LOADS =
            List.of(new Load(16, new Latency(100, false)), new Load(16, new Latency(100, true)));

    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final List<Integer> QUICK_SIZES = List.of(300, 3_000);

    Options {
        topics = List.copyOf(topics);
        loads = List.copyOf(loads);
        sizes = List.copyOf(sizes);
        jvm = List.copyOf(jvm);
    }

    /** @throws IllegalArgumentException if the arguments are not understood */
    static Options parse(String... args) {
        List<String> topics = new ArrayList<>();
        boolean quick = List.of(args).contains("--quick");
        int calls = quick ? QUICK_CALLS : CALLS;
        List<Load> loads = new ArrayList<>(quick ? QUICK_LOADS : LOADS);
        List<String> jvm = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>(quick ? QUICK_SIZES : SIZES);
        for (String arg : args) {
            if (arg.startsWith("--calls=")) {
                calls = number(arg);
            } else if (arg.startsWith("--in-flight=")) {
                int inFlight = number(arg);
                loads.removeIf(load -> load.inFlight() != inFlight);
            } else if (arg.startsWith("--most=")) {
                int most = number(arg);
                sizes.removeIf(size -> size > most);
            } else if (arg.startsWith("--jvm=")) {
                jvm.add(arg.substring(arg.indexOf('=') + 1));
            } else if (arg.equals("--fixed")) {
                loads.removeIf(load -> load.latency().heavyTailed());
            } else if (arg.equals("--heavy-tailed")) {
                loads.removeIf(load -> !load.latency().heavyTailed());
            } else if (!arg.startsWith("--")) {
                topics.add(arg);
            } else if (!arg.equals("--quick")) {
                throw new IllegalArgumentException("there is no option " + arg);
            }
        }
        return new Options(topics, calls, loads, sizes, jvm, quick);
    }

    private static int number(String arg) {
        return Integer.parseInt(arg.substring(arg.indexOf('=') + 1));
    }
}
