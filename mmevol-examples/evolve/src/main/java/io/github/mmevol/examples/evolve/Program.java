package io.github.mmevol.examples.evolve;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.UnmatchedArgumentException;

/** How the programs of this module begin and end. */
final class Program {
    private Program() {}

    /** A program that does not exit itself. */
    @FunctionalInterface
    interface Main {
        /** Gives the exit status. */
        int run(PrintWriter out, PrintWriter err, Map<String, String> environment, String... args);
    }

    /** Runs a program on the console and exits with its status. */
    static void exit(Main main, String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = main.run(out, err, System.getenv(), args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    /** A program's command line: what is wrong with the options, or fails, is told in a line, without the whole help. */
    static CommandLine commandLine(Object program, String name, PrintWriter out, PrintWriter err) {
        return new CommandLine(program)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    err.println(name + ": " + CommandWords.of(e));
                    UnmatchedArgumentException.printSuggestions(e, err);
                    err.println("--help lists the options.");
                    return EvolveDataset.BAD_USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    err.println(name + ": " + CommandWords.of(e));
                    return EvolveDataset.BAD_USAGE;
                });
    }
}
