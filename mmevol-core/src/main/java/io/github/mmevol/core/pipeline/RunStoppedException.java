package io.github.mmevol.core.pipeline;

/**
 * A run that could not go on: the model refuses every call (credentials, quota, unknown model), the seeds cannot be read
 * on, or the output cannot be written. The cause says which. What was finished before has been written, unless writing
 * is what failed.
 */
@SuppressWarnings("serial")
public final class RunStoppedException extends RuntimeException {
    private final RunReport report;

    RunStoppedException(String message, Throwable cause, RunReport report) {
        super(message, cause);
        this.report = report;
    }

    /** What the run did until then. */
    public RunReport report() {
        return report;
    }
}
