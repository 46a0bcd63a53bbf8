package io.github.mmevol.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts fresh JVMs of this JVM's kind and class path. */
final class Jvm {
    private Jvm() {}

    /** A process ended before it had said anything. */
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1L;

        private EndedException(int exitCode) {
            super("a process ended without a word, with exit code " + exitCode);
        }
    }

    /** Starts a main class; what it prints as errors appears here, what it prints otherwise has to be read. */
    static Process start(Class<?> main, List<String> jvmArguments, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * The first line that the process prints.
     *
     * @throws EndedException if it ends without any
     */
    static String firstLine(Process process) throws IOException, InterruptedException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        if (line == null) {
            throw new EndedException(process.waitFor());
        }
        return line;
    }
}
