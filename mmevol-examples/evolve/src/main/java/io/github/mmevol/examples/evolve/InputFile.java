package io.github.mmevol.examples.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a folder, of the user's that a program reads.
 *
 * @param option how it was named
 */
record InputFile(String option, Path path) {

    /** What an option names: nothing where it was not given. */
    static Stream<InputFile> of(String option, @Nullable Path path) {
        return Stream.ofNullable(path).map(file -> new InputFile(option, file));
    }

    /** What an option names that takes several. */
    static Stream<InputFile> all(String option, Collection<Path> paths) {
        return paths.stream().map(file -> new InputFile(option, file));
    }

    /** Whether writing a file, or into a folder, would change it. */
    boolean isWrittenBy(Path output) {
        return Stream.of(output, output.resolveSibling(output.getFileName() + ".part"))
                .anyMatch(this::isIn);
    }

    private boolean isIn(Path output) {
        try {
            return Files.exists(output)
                    && Files.exists(path)
                    && (Files.isSameFile(output, path)
                            || (Files.isDirectory(output) && path.toRealPath().startsWith(output.toRealPath())));
        } catch (IOException e) {
            return output.toAbsolutePath()
                    .normalize()
                    .equals(path.toAbsolutePath().normalize());
        }
    }

    /**
     * Refuses to write what is read.
     *
     * @param outputs all that may be written into the folder, files and folders, by their names
     * @throws IllegalArgumentException if one of the inputs is among them
     */
    static void spare(List<InputFile> inputs, Path folder, Collection<String> outputs) {
        for (String name : outputs) {
            Path output = folder.resolve(name);
            for (InputFile input : inputs) {
                if (input.isWrittenBy(output)) {
                    throw new IllegalArgumentException(input.option() + " " + input.path()
                            + " is a file that this run writes: " + output
                            + ". Nothing was written; give another --out, or move the file out of it.");
                }
            }
        }
    }
}
