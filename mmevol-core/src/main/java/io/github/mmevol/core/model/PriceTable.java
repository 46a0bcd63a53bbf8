package io.github.mmevol.core.model;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What tokens cost, by the name of the client, for a million of them and in whatever currency its user thinks in. The
 * prices are the user's: none are built in, as they change. Sums are exact decimal numbers, never rounded.
 *
 * <pre>{@code
 * PriceTable prices = PriceTable.none()
 *         .with("gpt-4o-mini", "0.15", "0.075", "0.60")
 *         .with("gpt-4o", "2.50", "1.25", "10.00");
 * }</pre>
 *
 * <p>A client that the table does not name has no cost, which is something else than a cost of zero: reports leave it
 * empty. Immutable.
 */
public final class PriceTable {
    private static final PriceTable NONE = new PriceTable(Map.of(), null);
    private static final int MILLION = 6;

    /** Prices for a million tokens. */
    private record Price(BigDecimal prompt, BigDecimal cached, BigDecimal completion) {
        static Price of(String prompt, String cached, String completion) {
            return new Price(price("prompt", prompt), price("cached", cached), price("completion", completion));
        }

        private static BigDecimal price(String what, String text) {
            return amount("a price for a million tokens", Objects.requireNonNull(text, what));
        }

        BigDecimal cost(TokenUsage usage) {
            long fromCache = Math.min(usage.cached(), usage.prompt());
            return prompt.multiply(BigDecimal.valueOf(usage.prompt() - fromCache))
                    .add(cached.multiply(BigDecimal.valueOf(fromCache)))
                    .add(completion.multiply(BigDecimal.valueOf(usage.completion())))
                    .movePointLeft(MILLION);
        }
    }

    private final Map<String, Price> prices;
    private final @Nullable Price others;

    private PriceTable(Map<String, Price> prices, @Nullable Price others) {
        this.prices = prices;
        this.others = others;
    }

    /** No prices. */
    public static PriceTable none() {
        return NONE;
    }

    /**
     * This table with the prices of one client.
     *
     * @param client its {@link ModelClient#name()}, which for {@code OpenAiModelClient} is the model's
     * @param prompt a decimal number, for prompt tokens that no cache served
     * @param cached the same for those that the provider's prompt cache served
     * @param completion the same for tokens of replies, reasoning included
     * @throws IllegalArgumentException if a price is negative or not a decimal number
     */
    public PriceTable with(String client, String prompt, String cached, String completion) {
        Map<String, Price> more = new TreeMap<>(prices);
        more.put(Objects.requireNonNull(client, "client"), Price.of(prompt, cached, completion));
        return new PriceTable(more, others);
    }

    /**
     * This table with prices for all clients that it does not name.
     *
     * @throws IllegalArgumentException if a price is negative or not a decimal number
     */
    public PriceTable withOthers(String prompt, String cached, String completion) {
        return new PriceTable(prices, Price.of(prompt, cached, completion));
    }

    /** What tokens of a client cost; empty if the table does not tell. */
    public Optional<BigDecimal> cost(String client, TokenUsage usage) {
        return Optional.ofNullable(prices.getOrDefault(Objects.requireNonNull(client, "client"), others))
                .map(price -> price.cost(usage));
    }

    /** Whether the table has prices for a client. */
    public boolean knows(String client) {
        return prices.containsKey(Objects.requireNonNull(client, "client")) || others != null;
    }

    /**
     * An amount of money.
     *
     * @throws IllegalArgumentException if it is negative or not a decimal number
     */
    static BigDecimal amount(String what, String text) {
        try {
            BigDecimal amount =
                    new BigDecimal(Objects.requireNonNull(text, what).strip());
            if (amount.signum() >= 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(what + " is a decimal number, 0 or above: " + text);
    }

    @Override
    public String toString() {
        return prices + (others == null ? "" : ", others " + others);
    }
}
