package io.github.mmevol.core.analysis;

import io.github.mmevol.core.analysis.Analysis.RoundFigures;
import io.github.mmevol.core.internal.json.Json;
import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.store.RunSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The figures as JSON. */
final class ReportJson {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_NAMES = 300;
    private static final int MOST_RANKS = 120;

    private final ObjectNode node = Json.object();

    ReportJson(String title, RunSettings setup, Analysis analysis) {
        node.put("title", Cut.marked(title, LONGEST_NAME));
        ObjectNode settings = node.putObject("setup");
        setup.values().forEach((name, value) -> settings.put(name, Cut.marked(value, LONGEST_TEXT)));
        node.set("figures", figures(analysis));
        node.set("published", Published.json());
    }

    ObjectNode node() {
        return node;
    }

    void run(Optional<Account> account, Optional<Duration> took, String stoppedBy) {
        ObjectNode run = node.putObject("run");
        took.ifPresent(time -> {
            run.put("seconds", time.toMillis() / 1000.0);
            run.put("stopped_by", Cut.marked(stoppedBy, LONGEST_TEXT));
        });
        account.ifPresent(paid -> account(run, paid));
    }

    void compared(String name, Analysis other) {
        ObjectNode compared = node.putObject("compared");
        compared.put("name", name(name));
        compared.set("figures", figures(other));
    }

    void agreement(AuditAgreement agreement) {
        ObjectNode audit = node.putObject("audit");
        audit.put("marked", agreement.marked());
        ArrayNode rows = audit.putArray("eliminators");
        for (AuditAgreement.Row row : agreement.eliminators()) {
            ObjectNode item = rows.addObject();
            item.put("by", name(row.by()));
            item.put("direction", name(row.direction()));
            item.put("marked", row.marked());
            item.put("kept_good", row.keptGood()).put("kept_bad", row.keptBad());
            item.put("eliminated_good", row.eliminatedGood()).put("eliminated_bad", row.eliminatedBad());
            estimate(item, "accuracy", row.accuracy());
            row.kappa().ifPresent(kappa -> estimate(item, "kappa", kappa));
        }
        ArrayNode kept = audit.putArray("kept");
        for (AuditAgreement.Quality quality : agreement.kept()) {
            ObjectNode item = kept.addObject();
            item.put("direction", name(quality.direction()));
            item.put("marked", quality.marked());
            estimate(item, "good", quality.good());
        }
    }

    void tables(List<Report.Table> tables) {
        ArrayNode list = node.putArray("tables");
        for (Report.Table table : tables) {
            ObjectNode item = list.addObject().put("title", name(table.title()));
            texts(item.putArray("columns"), table.columns());
            ArrayNode rows = item.putArray("rows");
            table.rows().forEach(row -> texts(rows.addArray(), row));
        }
    }

    private static void texts(ArrayNode list, List<String> texts) {
        texts.forEach(text -> list.add(name(text)));
    }

    private static void estimate(ObjectNode item, String name, AuditAgreement.Estimate estimate) {
        ObjectNode value = item.putObject(name);
        number(value, "value", OptionalDouble.of(estimate.value()));
        number(value, "low", OptionalDouble.of(estimate.low()));
        number(value, "high", OptionalDouble.of(estimate.high()));
    }

    private static void account(ObjectNode run, Account account) {
        usage(run, account.calls(), account.failed(), account.usage());
        account.cost().ifPresent(cost -> run.put("cost", cost.toPlainString()));
        ArrayNode unpriced = run.putArray("unpriced");
        account.unpriced().forEach(client -> unpriced.add(name(client)));
        ArrayNode lines = run.putArray("account");
        for (Account.Line line : account.lines()) {
            ObjectNode item = lines.addObject();
            item.put("purpose", name(line.purpose()));
            item.put("client", name(line.client()));
            usage(item, line.calls(), line.failed(), line.usage());
            item.put("mean_seconds", line.meanTime().toMillis() / 1000.0);
            line.cost().ifPresent(cost -> item.put("cost", cost.toPlainString()));
        }
    }

    private static void usage(ObjectNode item, long calls, long failed, TokenUsage usage) {
        item.put("calls", calls);
        item.put("failed_calls", failed);
        item.put("prompt_tokens", usage.prompt());
        item.put("cached_tokens", usage.cached());
        item.put("completion_tokens", usage.completion());
    }

    private static ObjectNode figures(Analysis analysis) {
        ObjectNode figures = Json.object();
        figures.put("samples", analysis.samples());
        figures.put("kept", analysis.kept());
        ArrayNode rounds = figures.putArray("rounds");
        analysis.rounds().forEach(round -> rounds.add(round(round)));
        ArrayNode cells = figures.putArray("cells");
        analysis.cells().forEach(cell -> cells.add(cell(cell)));
        figures.set("annotated_objects", counts(analysis.annotated()));
        figures.set("reasons", counts(analysis.reasons()));
        figures.set("difficulty", difficulty(analysis.difficulty()));
        figures.set("models", counts(analysis.models()));
        figures.set("prompts", counts(analysis.prompts()));
        figures.set("skeletons", counts(analysis.skeletons()));
        return figures;
    }

    private static ObjectNode difficulty(Analysis.Difficulty difficulty) {
        ObjectNode item = Json.object();
        item.put("measured", difficulty.measured());
        number(item, "rank_correlation", difficulty.rankCorrelation());
        ArrayNode rows = item.putArray("by_score");
        for (Analysis.AtScore row : difficulty.byScore()) {
            ObjectNode at = rows.addObject().put("score", row.score()).put("count", row.count());
            number(at, "difficulty", OptionalDouble.of(row.difficulty()));
        }
        return item;
    }

    private static ObjectNode round(RoundFigures round) {
        ObjectNode item = Json.object();
        item.put("round", round.number());
        item.put("instructions", round.instructions());
        item.set("skills", distribution(round.skills()));
        item.set("steps", distribution(round.steps()));
        item.set("score", distribution(round.score()));
        item.set("question_characters", distribution(round.question()));
        item.set("answer_characters", distribution(round.answer()));
        item.set("score_gain_over_parent", distribution(round.gainOverParent()));
        item.set("score_gain_over_seed", distribution(round.gainOverSeed()));
        item.set("skill_names", counts(round.skillNames()));
        item.set("forms", counts(round.forms()));
        item.set("objects", counts(round.objects()));
        ObjectNode verbNouns = counts(round.verbNouns().pairs());
        verbNouns.put("asked", round.verbNouns().asked());
        verbNouns.put("undecided", round.verbNouns().undecided());
        item.set("verb_nouns", verbNouns);
        item.set("letters", counts(round.letters()));
        item.set("yes_no", counts(round.yesNo()));
        ObjectNode likeness = item.putObject("self_similarity");
        likeness.put("sampled", round.selfSimilarity().sampled());
        number(likeness, "mean", round.selfSimilarity().mean());
        ObjectNode marks = item.putObject("verification");
        new TreeMap<>(round.verification()).forEach((mark, count) -> marks.put(lower(mark), count));
        ObjectNode checks = item.putObject("checks");
        round.checks().forEach((by, results) -> {
            ObjectNode result = checks.putObject(name(by));
            results.forEach((kind, count) -> result.put(lower(kind), count));
        });
        return item;
    }

    private static ObjectNode cell(Analysis.Cell cell) {
        ObjectNode item = Json.object();
        item.put("round", cell.round());
        item.put("direction", name(cell.direction()));
        item.put("attempted", cell.attempted());
        item.put("kept", cell.kept());
        item.put("eliminated", cell.eliminated());
        item.put("judge_kept", cell.judgeKept());
        item.put("judge_rejected", cell.judgeRejected());
        item.put("failed", cell.failed());
        number(item, "improved", cell.improved());
        ObjectNode by = item.putObject("eliminated_by");
        cell.eliminatedBy().forEach((name, count) -> by.put(name(name), count));
        ObjectNode failures = item.putObject("failed_by");
        cell.failedBy().forEach((name, count) -> failures.put(name(name), count));
        return item;
    }

    private static ObjectNode distribution(Distribution distribution) {
        ObjectNode item = Json.object();
        item.put("count", distribution.count());
        if (distribution.count() == 0) {
            return item;
        }
        number(item, "mean", distribution.mean());
        number(item, "median", distribution.quantile(0.5));
        number(item, "tenth", distribution.quantile(0.1));
        number(item, "ninetieth", distribution.quantile(0.9));
        item.put("min", distribution.min());
        item.put("max", distribution.max());
        ArrayNode bins = item.putArray("bins");
        distribution
                .bins()
                .forEach(bin -> bins.addArray().add(bin.from()).add(bin.to()).add(bin.count()));
        return item;
    }

    private static ObjectNode counts(Counts counts) {
        ObjectNode item = Json.object();
        item.put("total", counts.total());
        item.put("distinct", counts.distinct());
        item.put("others", counts.others());
        number(item, "entropy", OptionalDouble.of(counts.entropy()));
        ArrayNode top = item.putArray("top");
        List<Long> ranked = new ArrayList<>(counts.byName().values());
        for (Map.Entry<String, Long> entry : counts.byName().entrySet()) {
            if (top.size() == MOST_NAMES) {
                break;
            }
            top.addArray().add(entry.getKey()).add(entry.getValue());
        }
        ArrayNode ranks = item.putArray("ranks");
        double step = Math.pow(Math.max(2, ranked.size()), 1.0 / MOST_RANKS);
        for (double rank = 1; rank <= ranked.size() + 0.5; rank = Math.max(Math.floor(rank) + 1, rank * step)) {
            int place = (int) Math.min(ranked.size(), Math.floor(rank));
            ranks.addArray().add(place).add(ranked.get(place - 1));
        }
        return item;
    }

    private static void number(ObjectNode item, String name, OptionalDouble number) {
        number.ifPresent(value -> item.put(name, Math.round(value * 10_000) / 10_000.0));
    }

    private static String name(String name) {
        return Cut.marked(name, LONGEST_NAME);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
