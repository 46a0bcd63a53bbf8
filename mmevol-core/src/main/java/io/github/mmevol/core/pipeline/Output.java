package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import java.util.Map;

/**
 * Where a run writes its results, as its selection leaves them; what is written is what is counted. A failure to write stops
 * the run.
 */
final class Output implements AutoCloseable {
    private final DataSetWriter.Appender out;
    private final Selection.Pass selection;
    private final RunContext run;
    private boolean writable = true;
    /** Whether nothing that was written came to an outcome of its own. */
    private boolean empty = true;

    /** Opens the output. */
    Output(DataSetWriter writer, Selection selection, RunContext run) {
        this.out = writer.open();
        this.selection = selection.start();
        this.run = run;
    }

    /** Writes a sample, unless nothing more is wanted. */
    void append(EvolvedSample sample, Map<String, Long> events) {
        if (!isOpen()) {
            return;
        }
        EvolvedSample selected;
        try {
            selected = selection.select(sample);
        } catch (RuntimeException e) {
            fail("the selection failed at sample " + sample.sample().id() + ": " + e, e);
            return;
        }
        try {
            out.append(selected);
        } catch (RuntimeException e) {
            cannotWrite(e);
            return;
        }
        empty &= selected.outcomes().stream().allMatch(Outcome.Failed.class::isInstance);
        run.tally().sample(selected.sample().instructions().size());
        run.tally().outcomes(selected.outcomes());
        run.tally().events(events);
    }

    /** Whether more is wanted: nothing failed, and the selection has room. */
    boolean isOpen() {
        return writable && !isFull();
    }

    /** Whether the selection has all that it was to have. */
    boolean isFull() {
        return selection.room().orElse(1) == 0;
    }

    /**
     * Puts the output in its place, unless writing failed. Where a run ends early and all that was attempted has failed, what an
     * earlier one left there stays.
     */
    void commit() {
        if (!writable || (empty && !run.unfinished().isEmpty())) {
            return;
        }
        try {
            out.commit();
        } catch (RuntimeException e) {
            cannotWrite(e);
        }
    }

    private void cannotWrite(RuntimeException e) {
        fail("the output could not be written: " + e.getMessage(), e);
    }

    private void fail(String reason, RuntimeException e) {
        writable = false;
        run.stopWriting(reason, e);
    }

    @Override
    public void close() {
        out.close();
    }
}
