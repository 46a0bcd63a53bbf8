package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Audit;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import java.io.PrintWriter;

/** Counts what people's marks decided, to show at the end of a run. */
final class AuditHits implements DataSetWriter {
    private long kept;
    private long dropped;

    @Override
    public Appender open() {
        return new Appender() {
            @Override
            public void append(EvolvedSample sample) {
                sample.outcomes().forEach(AuditHits.this::count);
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        };
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Kept good) {
            kept += good.checks().stream().anyMatch(check -> check.by().equals(Audit.NAME)) ? 1 : 0;
        } else if (outcome instanceof Outcome.Eliminated bad) {
            dropped += bad.by().equals(Audit.NAME) ? 1 : 0;
        }
    }

    void print(PrintWriter out) {
        out.println(
                kept + dropped == 0
                        ? "The marks keep and drop nothing here: each counts for the very text that was marked, in the run"
                                + " that it was drawn from."
                        : "By the marks, " + kept + " instructions are kept and " + dropped + " dropped.");
    }
}
