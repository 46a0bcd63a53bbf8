package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class ProgramTest {
    @Command
    private static final class ReadOnlyFolder implements Callable<Integer> {
        @Override
        public Integer call() throws AccessDeniedException {
            throw new AccessDeniedException("out/bundled");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_with_the_reason() {
        StringWriter errors = new StringWriter();
        int status = Program.commandLine(
                        new ReadOnlyFolder(), "program", new PrintWriter(errors), new PrintWriter(errors))
                .execute();
        assertThat(status).isEqualTo(2);
        assertThat(CommandWords.of(new UncheckedIOException(
                        "cannot make the folder: out/run", new AccessDeniedException("out/run"))))
                .isEqualTo("cannot make the folder: out/run: permission denied");
        assertThat(errors.toString().strip()).isEqualTo("program: cannot write out/bundled: permission denied");
    }
}
