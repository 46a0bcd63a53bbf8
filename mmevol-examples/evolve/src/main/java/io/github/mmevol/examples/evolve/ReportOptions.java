package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.Analysis;
import io.github.mmevol.core.analysis.AuditAgreement;
import io.github.mmevol.core.analysis.DatasetCard;
import io.github.mmevol.core.analysis.Report;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.store.RunHistory;
import io.github.mmevol.core.store.RunSettings;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.prompts.Directions;
import io.github.mmevol.prompts.PrefixPrompt;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what stands on the report and on the data set card. */
final class ReportOptions {
    @Option(names = "--title", paramLabel = "TEXT", description = "What the results are called on report and card.")
    private @Nullable String title;

    @Option(
            names = "--licence",
            paramLabel = "NAME",
            description = "The licence that the card states, for example cc-by-4.0. Default: none; never guessed.")
    private @Nullable String licence;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "A source of the data with its licence, for the card; may be given again.")
    private @Nullable List<String> sources;

    @Option(
            names = "--language",
            paramLabel = "CODE",
            description = "A language of the data, for example en, for the card; may be given again.")
    private @Nullable List<String> languages;

    /** Writes report and card of a run or a replay, with what the stored run took in all. */
    void write(
            Path out,
            Report.Collecting collecting,
            RunReport run,
            RunStore store,
            PriceTable prices,
            Optional<AuditAgreement> agreement) {
        RunHistory history = store.history();
        Map<String, String> prompts = new HashMap<>();
        for (PrefixPrompt prompt : Directions.prompts()) {
            prompts.put(prompt.hash(), prompt.system());
        }
        Report report = collecting
                .report()
                .setup(store.settings())
                .account(history.paid())
                .prices(prices)
                .ran(history.took(), run.stoppedBy().isEmpty() ? history.stoppedBy() : run.stoppedBy())
                .prompts(prompts);
        write(out, agreement.map(report::agreement).orElse(report), "MMEvol run", store.settings());
    }

    /** Writes report and card. */
    void write(Path out, Report report, String name, RunSettings setup) {
        String title = this.title == null ? name : this.title;
        Analysis analysis = report.title(title).write(out.resolve("report.html"));
        DatasetCard card = DatasetCard.titled(title).setup(setup).madeWith(EvolveDataset.VERSION);
        if (licence != null) {
            card = card.licence(licence);
        }
        for (String source : sources == null ? List.<String>of() : sources) {
            card = card.source(source);
        }
        for (String language : languages == null ? List.<String>of() : languages) {
            card = card.language(language);
        }
        card.write(out.resolve("DATASET_CARD.md"), analysis);
    }
}
