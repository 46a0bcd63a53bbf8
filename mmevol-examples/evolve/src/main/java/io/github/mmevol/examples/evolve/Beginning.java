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

    boolean isResume() {
        return resume;
    }

    boolean isReplay() {
        return replay;
    }

    /**
     * The run in a folder, without its past if it is to begin anew.
     *
     * @param usage makes the error for a run that is not there
     */
    RunStore store(Path out, Function<String, ParameterException> usage) throws IOException {
        RunFile file = new RunFile(out.resolve("run.db"));
        if (fresh) {
            file.forget();
        }
        if ((resume || replay) && !file.exists()) {
            throw usage.apply("there is no run to " + (resume ? "resume" : "replay") + " in " + out);
        }
        return file.store();
    }
}
