package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import java.util.Map;

/** Where a run writes its results; what is written is what is counted. A failure to write stops the run. */
final class Output implements AutoCloseable {
    private final DataSetWriter.Appender out;
    private final RunContext run;
    private boolean writable = true;

    /** Opens the output. */
    Output(DataSetWriter writer, RunContext run) {
        this.out = writer.open();
        this.run = run;
    }

    /** Writes a sample; does nothing after a failure. */
    void append(EvolvedSample sample, Map<String, Long> events) {
        if (!writable) {
            return;
        }
        try {
            out.append(sample);
        } catch (RuntimeException e) {
            cannotWrite(e);
            return;
        }
        run.tally().sample(sample.sample().instructions().size());
        run.tally().outcomes(sample.outcomes());
        run.tally().events(events);
    }

    boolean isWritable() {
        return writable;
    }

    /** Puts the output in its place, unless writing failed. */
    void commit() {
        if (!writable) {
            return;
        }
        try {
            out.commit();
        } catch (RuntimeException e) {
            cannotWrite(e);
        }
    }

    private void cannotWrite(RuntimeException e) {
        writable = false;
        run.stop("the output could not be written: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        out.close();
    }
}
