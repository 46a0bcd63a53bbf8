package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.pipeline.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the program says about a run that has ended, beside its figures. */
final class ClosingText {
    private ClosingText() {}

    /** What was odd in the files that were read. */
    static void printOdd(Collection<ReadReport> read, PrintWriter console) {
        for (ReadReport file : read) {
            long odd = file.broken() + file.clamped() + file.droppedTurns() + file.withoutImage() + file.captions();
            if (odd > 0) {
                console.printf(
                        Locale.ROOT,
                        "Read %s: %d records, %d broken and skipped, %d boxes clamped, %d turns dropped, %d without image, %d captions taken"
                                + " from descriptions.%n",
                        file.file().getFileName(),
                        file.records(),
                        file.broken(),
                        file.clamped(),
                        file.droppedTurns(),
                        file.withoutImage(),
                        file.captions());
            }
        }
    }

    /**
     * That a stored run whose results were worked out anew had not done all that was asked for.
     *
     * @param stoppedBy why it ended; empty if it had
     */
    static void printUnfinished(String stoppedBy, PrintWriter console) {
        if (!stoppedBy.isEmpty()) {
            console.println(
                    "The stored run is not complete (" + stoppedBy + "): what it had finished has been worked out"
                            + " anew. Without --replay, the command goes on with it.");
        }
    }

    /**
     * Why the run ended early, and how it goes on; nothing where it did not.
     *
     * @param told whether the reason has been told
     * @param written whether the results of what was finished could be written
     */
    static void printEnd(RunReport report, boolean told, boolean written, PrintWriter console) {
        if (report.pendingCalls() > 0) {
            console.println(report.pendingCalls() + " calls wait for their batch; the same command again goes on."
                    + (written ? "" : " No sample is finished yet, so there are no data files of this run."));
        } else if (!report.isComplete()) {
            String stoppedBy = report.stoppedBy();
            String results = written
                    ? "What was finished has been written"
                    : nothingCameOf(report) && !stoppedBy.contains("could not be written")
                            ? "No sample was finished, so the data files are as they were"
                            : "What was finished is kept, the results could not be written";
            console.println("Stopped early" + (told ? "" : ": " + CommandWords.of(stoppedBy)) + ". " + results
                    + (stoppedBy.contains("goes on") ? "." : "; the same command again goes on from there."));
        }
    }

    /** What of a stored run has no place in what was worked out anew, and why. */
    static void printLeftOut(RunReport report, PrintWriter console) {
        long leftOut = report.events().getOrDefault("left-out", 0L);
        if (leftOut > 0) {
            console.println("Left out: " + leftOut + " instructions of the stored run, as those they were made of are"
                    + " eliminated now; eliminated.jsonl does not list them.");
        }
    }

    /** Which results of earlier runs into the same folder the files do not hold any more. */
    static void printFormer(RunReport report, PrintWriter console) {
        if (report.formerSamples() > 0) {
            console.println(
                    "An earlier run into this folder had " + report.formerSamples() + " samples that these seeds do"
                            + " not hold: they are in the files no more. run.db keeps them; run with those seeds again, they come"
                            + " back unpaid.");
        }
    }

    /** Whether something was attempted, and nothing came to an outcome of its own. */
    static boolean allFailed(RunReport report) {
        return nothingCameOf(report) && report.rounds().stream().anyMatch(round -> round.attempted() > 0);
    }

    private static boolean nothingCameOf(RunReport report) {
        return report.rounds().stream().allMatch(round -> round.failed() == round.attempted());
    }

    /** Where the program takes from what a failure is about. */
    static String remedy(@Nullable Throwable cause) {
        return cause instanceof ModelException.Authentication
                ? "\nThe key is taken from the environment variable OPENAI_API_KEY."
                : "";
    }

    /** The files of a run that made seeds. */
    static void printSeedFiles(Path out, PrintWriter console) {
        console.println("  seeds.json       seeds to evolve (MMEvol form); --seeds " + out.resolve("seeds.json"));
        console.println("  eliminated.jsonl what the judge or a rule had against seeds");
        console.println("  run.db           every reply (SQLite)");
    }

    /** The files of a run. */
    static void printFiles(Path out, TrainingOptions training, AuditOptions audit, PrintWriter console) {
        console.println("  evolved.json     samples with the survivors of each round (MMEvol form)");
        console.println("  evolved.jsonl    one kept instruction a line, with its lineage");
        training.printFiles(out, console);
        console.println("  eliminated.jsonl what was not kept, by whom and why");
        console.println("  report.html      a page to look at: figures, and samples to browse");
        console.println("  report.json      its figures");
        console.println("  DATASET_CARD.md  a card for a data hub");
        console.println("  summary.json     the figures of the run");
        audit.printFiles(console);
        console.println("  run.db           every reply and every finished round (SQLite)");
    }
}
