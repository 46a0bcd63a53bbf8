package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.analysis.VerbNounParser;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.prompts.SeedPreparer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The data files of a run, and what is remembered of them to be told at its end. */
final class Results {
    private final Path out;
    private final boolean preparing;
    private final TrainingOptions training;
    private final AuditOptions audit;
    private final Highlights highlights = new Highlights();
    private final Report.Collecting collecting = Report.collecting(VerbNounParser.english());
    private final EvalHits evalHits = new EvalHits();
    private final MissingImages missing = new MissingImages();
    private final FailureReasons failures = new FailureReasons();
    private final ImagesInside images;

    /**
     * The results in a folder.
     *
     * @param preparing whether seeds are made instead of being evolved
     */
    Results(Path out, boolean preparing, TrainingOptions training, AuditOptions audit) {
        this.out = out;
        this.preparing = preparing;
        this.training = training;
        this.audit = audit;
        images = new ImagesInside(out.resolve("images"));
    }

    /** All that is written into the folder, by name. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of(
                "eliminated.jsonl",
                "report.html",
                "report.json",
                "DATASET_CARD.md",
                "summary.json",
                "run.db",
                "batches"));
        if (preparing) {
            names.add("seeds.json");
        } else {
            names.addAll(List.of("evolved.json", "evolved.jsonl"));
            names.addAll(training.names());
        }
        names.addAll(audit.names());
        return names;
    }

    /**
     * Writes them all.
     *
     * @param seed of the draw of an audit
     */
    DataSetWriter writer(long seed) {
        DataSetWriter eliminated = DataSets.writeEliminatedJsonl(out.resolve("eliminated.jsonl"));
        DataSetWriter files = preparing
                ? SeedPreparer.writeSeeds(out.resolve("seeds.json")).and(eliminated)
                : training.writer(
                        out,
                        DataSets.writeMmevolJson(out.resolve("evolved.json"))
                                .and(DataSets.writeJsonl(out.resolve("evolved.jsonl")))
                                .and(eliminated));
        DataSetWriter all = images.besides(files)
                .and(audit.writer(out, seed))
                .and(highlights)
                .and(evalHits)
                .and(failures)
                .and(collecting);
        return training.holdsImages() ? all.and(missing) : all;
    }

    Report.Collecting collecting() {
        return collecting;
    }

    FailureReasons failures() {
        return failures;
    }

    /** Whether all of the data files have been put in their places. */
    boolean areWritten() {
        return highlights.areWritten();
    }

    /**
     * What stood in the way of instructions.
     *
     * @param again whether the same command attempts anything
     */
    void printTroubles(PrintWriter console, boolean again) {
        evalHits.print(console);
        missing.print(console);
        failures.print(console, again);
    }

    void printHighlights(PrintWriter console) {
        highlights.print(console);
    }

    /** The files, if they were written. */
    void printFiles(PrintWriter console) {
        if (!areWritten()) {
            return;
        }
        console.println("Written to " + out + ":");
        if (preparing) {
            ClosingText.printSeedFiles(out, console);
        } else {
            ClosingText.printFiles(out, training, audit, console);
        }
        images.printFiles(console);
    }
}
