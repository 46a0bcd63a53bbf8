package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a run begins where its folder may hold one already; at most one of the options is given. */
final class Beginning {
    @Option(
            names = "--resume",
            description = "Go on with the run in OUT, also where it was set up differently: finished rounds stay, the"
                    + " rest is done as asked now. Default: go on if it was set up the same.")
    private boolean resume;

    @Option(names = "--fresh", description = "Forget the run in OUT and start a new one.")
    private boolean fresh;

    @Option(
            names = "--replay",
            description = "Call no model: work the results out anew from the run in OUT, with the eliminators, scores"
                    + " and rounds given now.")
    private boolean replay;

    /**
     * Sets the run in a folder aside, if that was asked for: nothing can be wrong with the options any more.
     *
     * @param untouched whether no run is begun
     */
    FormerRun former(Path out, boolean untouched) throws IOException {
        FormerRun former = formerRun(out);
        if (fresh && !untouched) {
            former.setAside();
        }
        return former;
    }

    private static FormerRun formerRun(Path out) {
        return new FormerRun(file(out).path(), out.resolve("batches"));
    }

    boolean isResume() {
        return resume;
    }

    boolean isReplay() {
        return replay;
    }

    /**
     * Refuses to go on with a run that is not there. One that was to be replaced, by a run that was killed at its start, is.
     *
     * @param usage makes the error
     */
    void check(Path out, Function<String, ParameterException> usage) throws IOException {
        formerRun(out).settle();
        if ((resume || replay) && !file(out).exists()) {
            throw usage.apply("there is no run to " + (resume ? "resume" : "replay") + " in " + out);
        }
    }

    /** The run in a folder. */
    RunStore store(Path out) {
        return file(out).store();
    }

    private static RunFile file(Path out) {
        return new RunFile(out.resolve("run.db"));
    }
}
