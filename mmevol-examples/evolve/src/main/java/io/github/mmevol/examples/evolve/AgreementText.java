package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.analysis.AuditAgreement;
import io.github.mmevol.core.analysis.AuditAgreement.Estimate;
import io.github.mmevol.core.analysis.AuditAgreement.Quality;
import io.github.mmevol.core.analysis.AuditAgreement.Row;
import io.github.mmevol.core.analysis.AuditAgreement.Threshold;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How far judge and rules agree with people, as a file and as a table. */
final class AgreementText {
    private AgreementText() {}

    static void write(Path file, AuditAgreement agreement) throws IOException {
        ObjectNode json = DataObject.JSON.createObjectNode().put("marked", agreement.marked());
        ArrayNode rows = json.putArray("eliminators");
        for (Row row : agreement.eliminators()) {
            ObjectNode node = rows.addObject().put("by", row.by()).put("direction", row.direction());
            node.put("kept_good", row.keptGood()).put("kept_bad", row.keptBad());
            node.put("eliminated_good", row.eliminatedGood()).put("eliminated_bad", row.eliminatedBad());
            node.set("accuracy", estimate(row.accuracy()));
            row.kappa().ifPresentOrElse(kappa -> node.set("kappa", estimate(kappa)), () -> node.putNull("kappa"));
        }
        ArrayNode kept = json.putArray("kept");
        for (Quality quality : agreement.kept()) {
            kept.addObject()
                    .put("direction", quality.direction())
                    .put("marked", quality.marked())
                    .set("good", estimate(quality.good()));
        }
        ArrayNode scores = json.putArray("best_min_scores");
        for (Threshold score : agreement.minScores()) {
            scores.addObject()
                    .put("direction", score.direction())
                    .put("min_score", score.minScore())
                    .put("marked", score.marked())
                    .put("agreement", rounded(score.agreement()));
        }
        DataObject.write(file, json);
    }

    private static ObjectNode estimate(Estimate estimate) {
        return DataObject.JSON
                .createObjectNode()
                .put("value", rounded(estimate.value()))
                .put("low", rounded(estimate.low()))
                .put("high", rounded(estimate.high()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    /** For the eye. */
    static String table(AuditAgreement agreement) {
        StringBuilder table = new StringBuilder();
        table.append(agreement.marked()).append(" instructions marked. Agreement with people, with 95 % intervals:\n");
        String form = "%-18s %-12s %7s  %-22s %s%n";
        table.append(String.format(Locale.ROOT, form, "who", "direction", "marked", "accuracy", "kappa"));
        for (Row row : agreement.eliminators()) {
            table.append(String.format(
                    Locale.ROOT,
                    form,
                    row.by(),
                    row.direction(),
                    row.marked(),
                    text(row.accuracy()),
                    row.kappa().map(AgreementText::text).orElse("-")));
        }
        for (Quality quality : agreement.kept()) {
            table.append(String.format(
                    Locale.ROOT,
                    form,
                    "good if kept",
                    quality.direction(),
                    quality.marked(),
                    text(quality.good()),
                    ""));
        }
        for (Threshold score : agreement.minScores()) {
            table.append(String.format(
                    Locale.ROOT,
                    "The --min-score that agrees best with people in the %s direction: %d.%n",
                    score.direction(),
                    score.minScore()));
        }
        return table.toString();
    }

    private static String text(Estimate estimate) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", estimate.value(), estimate.low(), estimate.high());
    }
}
