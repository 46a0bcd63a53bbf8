package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.ReadReport;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.pipeline.RunReport;
import io.github.mmevol.core.pipeline.RunReport.RoundReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures of a run, as a file and as a table. */
final class Summary {
    private Summary() {}

    static void write(Path file, RunReport report, String model, String currency, Collection<ReadReport> read)
            throws IOException {
        ObjectNode json = DataObject.JSON.createObjectNode();
        json.put("samples", report.samples());
        json.put("seed_instructions", report.seedInstructions());
        json.put("kept", report.kept());
        ArrayNode rounds = json.putArray("rounds");
        Map<String, Long> byRule = new TreeMap<>();
        Map<String, Long> byFailure = new TreeMap<>();
        for (RoundReport round : report.rounds()) {
            ObjectNode node = rounds.addObject();
            node.put("round", round.round());
            node.put("direction", round.direction());
            node.put("attempted", round.attempted());
            node.put("kept", round.kept());
            node.put("eliminated", round.eliminated());
            node.put("failed", round.failed());
            if (round.meanScore().isPresent()) {
                node.put("mean_score", Math.round(round.meanScore().getAsDouble() * 1000) / 1000.0);
            } else {
                node.putNull("mean_score");
            }
            round.eliminatedBy().forEach((rule, count) -> byRule.merge(rule, count, Long::sum));
            round.failedBy().forEach((failure, count) -> byFailure.merge(failure, count, Long::sum));
        }
        counts(json.putObject("by_rule"), byRule);
        counts(json.putObject("by_failure"), byFailure);
        counts(json.putObject("events"), report.events());
        json.put("broken_records", read.stream().mapToLong(ReadReport::broken).sum());
        json.put("calls", report.calls());
        json.put("replayed_calls", report.replayedCalls());
        json.put("resumed_rounds", report.resumedRounds());
        json.put("prompt_tokens", report.usage().prompt());
        json.put("completion_tokens", report.usage().completion());
        json.put("cached_tokens", report.usage().cached());
        account(json.putArray("account"), report.account());
        report.account().cost().ifPresent(cost -> {
            json.put("cost", cost);
            if (!currency.isEmpty()) {
                json.put("currency", currency);
            }
        });
        account(json.putArray("paid_before"), report.paidElsewhere());
        json.put("wall_seconds", report.wallTime().toMillis() / 1000.0);
        json.put("stopped_by", report.stoppedBy());
        json.put("model", model);
        DataObject.write(file, json);
    }

    private static void account(ArrayNode lines, Account account) {
        for (Account.Line line : account.lines()) {
            ObjectNode node = lines.addObject();
            node.put("purpose", line.purpose());
            node.put("model", line.client());
            node.put("calls", line.calls());
            node.put("failed_calls", line.failed());
            node.put("attempts", line.attempts());
            node.put("prompt_tokens", line.usage().prompt());
            node.put("cached_tokens", line.usage().cached());
            node.put("completion_tokens", line.usage().completion());
            node.put("reasoning_tokens", line.usage().reasoning());
            node.put("mean_seconds", line.meanTime().toMillis() / 1000.0);
            line.cost().ifPresent(cost -> node.put("cost", cost));
        }
    }

    private static void counts(ObjectNode node, Map<String, Long> counts) {
        counts.forEach(node::put);
    }

    /** Round and direction with what came of them, for the eye. */
    static String table(RunReport report) {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT,
                "%-6s %-12s %10s %10s %10s %10s %10s%n",
                "round",
                "direction",
                "attempted",
                "kept",
                "eliminated",
                "failed",
                "mean score"));
        for (RoundReport round : report.rounds()) {
            table.append(String.format(
                    Locale.ROOT,
                    "%-6d %-12s %10d %10d %10d %10d %10s%n",
                    round.round(),
                    round.direction(),
                    round.attempted(),
                    round.kept(),
                    round.eliminated(),
                    round.failed(),
                    round.meanScore().isPresent()
                            ? String.format(
                                    Locale.ROOT, "%.2f", round.meanScore().getAsDouble())
                            : "-"));
        }
        table.append(String.format(
                Locale.ROOT,
                "%d samples, %d seed instructions, %d evolved instructions kept, %d calls, %d + %d tokens, %.1f s%n",
                report.samples(),
                report.seedInstructions(),
                report.kept(),
                report.calls(),
                report.usage().prompt(),
                report.usage().completion(),
                report.wallTime().toMillis() / 1000.0));
        return table.toString();
    }
}
