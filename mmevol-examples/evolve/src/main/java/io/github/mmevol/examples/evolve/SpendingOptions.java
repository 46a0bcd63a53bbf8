package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.PriceTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what a run may cost. */
final class SpendingOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--max-calls",
            paramLabel = "N",
            description = "Stop after N calls, those of earlier runs in OUT included. Default: no limit.")
    private @Nullable Long maxCalls;

    @Option(
            names = "--max-tokens-total",
            paramLabel = "N",
            description =
                    "Stop after N tokens of prompts and replies, those of earlier runs in OUT included. Default: no"
                            + " limit.")
    private @Nullable Long maxTokens;

    @Option(
            names = "--max-cost",
            paramLabel = "AMOUNT",
            description =
                    "Stop when calls have cost AMOUNT, those of earlier runs in OUT included; needs --price. Default:"
                            + " no limit.")
    private @Nullable String maxCost;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private PriceOptions prices;

    @Option(
            names = "--estimate",
            arity = "0..1",
            paramLabel = "SAMPLES",
            fallbackValue = "0",
            description =
                    "Tell what the run will take and leave it at that: without a number by counting tokens, and nothing"
                            + " is called; with one by evolving so many samples, which are kept in OUT and not paid for again.")
    private @Nullable Integer estimate;

    /** The limits and the prices. */
    Budget budget() {
        try {
            Budget budget = Budget.unlimited().prices(prices.table());
            budget = maxCalls == null ? budget : budget.maxCalls(maxCalls);
            budget = maxTokens == null ? budget : budget.maxTokens(maxTokens);
            if (maxCost != null && !prices.areGiven()) {
                throw usage("--max-cost needs --price: what do a million tokens cost?");
            }
            return maxCost == null ? budget : budget.maxCost(maxCost);
        } catch (IllegalArgumentException e) {
            throw usage(
                    "--max-calls, --max-tokens-total and --max-cost take a number of 0 or above: " + e.getMessage());
        }
    }

    /** Refuses a limit of the cost where a model has no price: it could not be held. */
    void checkPrices(Models models) {
        if (maxCost == null) {
            return;
        }
        Set<String> names = new TreeSet<>(Set.of(models.evolver().name()));
        names.add(models.judge().name());
        models.provider().ifPresent(provider -> Stream.of(provider.all()).forEach(client -> names.add(client.name())));
        PriceTable table = prices.table();
        names.removeIf(table::knows);
        if (!names.isEmpty()) {
            throw usage("--max-cost needs a price for " + String.join(", ", names)
                    + ": --price MODEL=PROMPT,CACHED,COMPLETION, or one without MODEL for all others");
        }
    }

    /** Whether the run is only to be estimated. */
    boolean isEstimate() {
        return estimate != null;
    }

    /** How many samples are evolved to estimate the rest; 0 if the tokens are counted. */
    int pilotSamples() {
        int samples = estimate == null ? 0 : estimate;
        if (samples < 0 || samples == 1) {
            throw usage("--estimate takes a number of samples of at least 2, or none: " + samples);
        }
        return samples;
    }

    /** A unit behind amounts of money: a space and the currency, nothing if none was named. */
    String unit() {
        return currency().isEmpty() ? "" : " " + currency();
    }

    /** What the prices are in; empty if the user did not say. */
    String currency() {
        return prices.currency();
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
