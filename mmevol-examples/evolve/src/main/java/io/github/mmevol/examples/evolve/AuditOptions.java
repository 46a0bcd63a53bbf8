package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Audit;
import io.github.mmevol.core.analysis.AuditAgreement;
import io.github.mmevol.core.analysis.AuditMarks;
import io.github.mmevol.core.dataset.DataSetWriter;
import io.github.mmevol.core.dataset.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that bring people in. */
final class AuditOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--audit",
            paramLabel = "N",
            description = "Draw N kept and eliminated instructions for people to mark, into OUT/audit.html (opens in a"
                    + " browser, from disk) and OUT/audit.csv.")
    private @Nullable Integer size;

    @Option(
            names = "--apply-audit",
            paramLabel = "FILE",
            description = "Marks exported from audit.html, or audit.csv with its columns filled in; may be given again."
                    + " What is marked bad is dropped, what is marked good is kept, and OUT/audit-agreement.json tells"
                    + " how far judge and rules agree. Works with --replay.")
    private @Nullable List<Path> marked;

    private @Nullable AuditMarks marks;
    private final AuditHits hits = new AuditHits();

    /** The marks. */
    List<InputFile> files() {
        return marked == null
                ? List.of()
                : InputFile.all("--apply-audit", marked).toList();
    }

    /** What is written, by name. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (size != null) {
            names.addAll(List.of("audit.html", "audit.csv"));
        }
        if (marked != null) {
            names.add("audit-agreement.json");
        }
        return names;
    }

    /** Reads the marks, before anything is paid for. */
    void read() {
        if (size != null && size < 1) {
            throw new ParameterException(spec.commandLine(), "--audit takes a number of at least 1: " + size);
        }
        if (marked != null) {
            marks = AuditMarks.read(marked.toArray(Path[]::new));
        }
    }

    /** The people's word on what is kept. */
    Selection overrides() {
        return marks == null ? Selection.inOrder(List.of()) : marks.overrides();
    }

    /** Draws the audit, if one is wanted, and counts what marks decide. */
    DataSetWriter writer(Path out, long seed) {
        return size == null ? hits : hits.and(Audit.of(size).seed(seed).writer(out));
    }

    /** How far judge and rules agree with the marks, where there are any. */
    Optional<AuditAgreement> agreement() {
        return Optional.ofNullable(marks).map(AuditMarks::agreement);
    }

    /** Tells how far judge and rules agree with the marks. */
    void report(PrintWriter console, Path out) throws IOException {
        Optional<AuditAgreement> agreed = agreement();
        if (agreed.isPresent()) {
            AuditAgreement agreement = agreed.get();
            AgreementText.write(out.resolve("audit-agreement.json"), agreement);
            console.println(AgreementText.table(agreement));
            hits.print(console);
        }
    }

    /** The lines that tell what was written. */
    void printFiles(PrintWriter console) {
        if (size != null) {
            console.println(
                    "  audit.html       instructions to mark, in a browser; audit.csv the same for a spreadsheet");
        }
        if (marks != null) {
            console.println("  audit-agreement.json  how far judge and rules agree with the marks");
        }
    }
}
