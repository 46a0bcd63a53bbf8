package io.github.mmevol.core.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much may be spent on model calls, and at which prices.
 *
 * <pre>{@code
 * Budget budget = Budget.unlimited().maxCalls(100_000).prices(prices).maxCost("25.00");
 * }</pre>
 *
 * <p>A call is admitted only while what was spent before is below every limit. Calls are bounded exactly, those in flight
 * included; tokens and cost by what has been told so far, so that they may pass their limit by what is in flight. A call
 * with its retries inside a client is one call, and a failed call counts. Replies from a store cost nothing.
 *
 * <p>A pipeline's budget ({@code EvolutionPipeline.builder().budget(...)}) bounds a run as a whole, what its store says was
 * paid before included; {@link ModelClient#budgeted} bounds one client outside a pipeline. Immutable.
 */
public final class Budget {
    private static final Budget UNLIMITED = new Budget(Long.MAX_VALUE, Long.MAX_VALUE, null, PriceTable.none());

    private final long maxCalls;
    private final long maxTokens;
    private final @Nullable BigDecimal maxCost;
    private final PriceTable prices;

    private Budget(long maxCalls, long maxTokens, @Nullable BigDecimal maxCost, PriceTable prices) {
        this.maxCalls = maxCalls;
        this.maxTokens = maxTokens;
        this.maxCost = maxCost;
        this.prices = Objects.requireNonNull(prices, "prices");
    }

    /** No limit and no prices. */
    public static Budget unlimited() {
        return UNLIMITED;
    }

    /**
     * This budget with a limit on calls; default none.
     *
     * @throws IllegalArgumentException if negative
     */
    public Budget maxCalls(long calls) {
        return new Budget(limit("maxCalls", calls), maxTokens, maxCost, prices);
    }

    /**
     * This budget with a limit on tokens, prompt and completion together; default none.
     *
     * @throws IllegalArgumentException if negative
     */
    public Budget maxTokens(long tokens) {
        return new Budget(maxCalls, limit("maxTokens", tokens), maxCost, prices);
    }

    /**
     * This budget with a limit on cost; default none. A call to a client without a price is refused then, since no one
     * could say what it adds.
     *
     * @param cost a decimal number, in the currency of the prices
     * @throws IllegalArgumentException if negative or not a decimal number
     */
    public Budget maxCost(String cost) {
        return new Budget(maxCalls, maxTokens, PriceTable.amount("maxCost", cost), prices);
    }

    /** This budget with prices, by which reports tell the cost too; default none. */
    public Budget prices(PriceTable prices) {
        return new Budget(maxCalls, maxTokens, maxCost, prices);
    }

    /** The prices. */
    public PriceTable prices() {
        return prices;
    }

    /**
     * Lets one more call to a client pass, or refuses it.
     *
     * @param spent what was spent before, calls in flight included
     * @throws ModelException.BudgetExhausted if a limit is reached; the message says which one, and what was spent
     */
    public void admit(String client, Account spent) {
        List<String> reached = new ArrayList<>();
        if (spent.calls() >= maxCalls) {
            reached.add(maxCalls + " calls");
        }
        if (spent.usage().total() >= maxTokens) {
            reached.add(maxTokens + " tokens");
        }
        if (maxCost != null) {
            if (!prices.knows(client)) {
                throw new ModelException.BudgetExhausted("the budget limits the cost to " + maxCost.toPlainString()
                        + ", and there is no price for " + client + ": give the price table one, zero if it is free");
            }
            BigDecimal cost = spent.priced(prices).cost().orElse(BigDecimal.ZERO);
            if (cost.compareTo(maxCost) >= 0) {
                reached.add("a cost of " + maxCost.toPlainString());
            }
        }
        if (!reached.isEmpty()) {
            throw new ModelException.BudgetExhausted("the budget of " + String.join(" and ", reached) + " is used up: "
                    + told(spent) + "; where a store holds the run, with a higher one it goes on from there");
        }
    }

    private String told(Account spent) {
        TokenUsage usage = spent.usage();
        Optional<BigDecimal> cost = spent.priced(prices).cost();
        return String.format(
                        Locale.ROOT,
                        "%d calls, %d prompt and %d completion tokens so far",
                        spent.calls(),
                        usage.prompt(),
                        usage.completion())
                + cost.map(amount -> ", cost " + amount.stripTrailingZeros().toPlainString())
                        .orElse("");
    }

    private static long limit(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(option + " must not be negative: " + value);
        }
        return value;
    }

    @Override
    public String toString() {
        List<String> limits = new ArrayList<>();
        if (maxCalls < Long.MAX_VALUE) {
            limits.add("maxCalls=" + maxCalls);
        }
        if (maxTokens < Long.MAX_VALUE) {
            limits.add("maxTokens=" + maxTokens);
        }
        if (maxCost != null) {
            limits.add("maxCost=" + maxCost.toPlainString());
        }
        return "Budget" + limits;
    }
}
