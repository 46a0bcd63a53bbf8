package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final PriceTable PRICES = PriceTable.none().with("small", "0.15", "0.075", "0.60");

    private static Account.Line line(String purpose, String client, long calls, TokenUsage usage) {
        return new Account.Line(purpose, client, calls, 1, calls + 2, usage, Duration.ofSeconds(2 * calls));
    }

    @Test
    void lines_of_one_purpose_and_client_become_one_and_stand_in_alphabetical_order() {
        TokenUsage usage = new TokenUsage(10, 4, 3, 1);
        Account account = Account.NONE
                .plus(line("judge", "small", 2, usage))
                .plus(line("evolve:up", "small", 1, usage))
                .plus(line("judge", "large", 1, usage))
                .plus(line("judge", "small", 3, usage));

        assertThat(account.lines())
                .containsExactly(
                        line("evolve:up", "small", 1, usage),
                        line("judge", "large", 1, usage),
                        new Account.Line(
                                "judge", "small", 5, 2, 9, new TokenUsage(20, 8, 6, 2), Duration.ofSeconds(10)));
        assertThat(account.calls()).isEqualTo(7);
        assertThat(account.failed()).isEqualTo(4);
        assertThat(account.usage()).isEqualTo(new TokenUsage(40, 16, 12, 4));
        assertThat(account.time()).isEqualTo(Duration.ofSeconds(14));
        assertThat(account.lines().get(2).meanTime()).isEqualTo(Duration.ofSeconds(2));
        assertThat(account.plus(account).lines()).hasSize(3);
    }

    @Test
    void cost_is_exact_however_many_calls_it_sums() {
        // 7 uncached and 3 cached prompt tokens and one of the reply: (7 * 0.15 + 3 * 0.075 + 0.6) / 10^6
        TokenUsage usage = new TokenUsage(10, 3, 1, 0);
        Account account = Account.NONE;
        for (int i = 0; i < 10_000; i++) {
            account = account.plus(line("judge", "small", 1, usage));
        }
        assertThat(account.priced(PRICES).cost())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.01875"));
    }

    @Test
    void a_client_without_a_price_has_no_cost_and_is_named() {
        TokenUsage million = new TokenUsage(1_000_000, 0, 0, 0);
        Account account = new Account(List.of(
                        line("judge", "small", 1, million),
                        line("judge", "unknown", 1, million),
                        line("evolve:up", "unknown", 1, million)))
                .priced(PRICES);

        assertThat(account.lines())
                .extracting(Account.Line::cost)
                .filteredOn(cost -> cost.isEmpty())
                .hasSize(2);
        assertThat(account.cost()).hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.15"));
        assertThat(account.unpriced()).containsExactly("unknown");
        assertThat(account.priced(PriceTable.none()).cost()).isEmpty();
        assertThat(account.priced(PRICES.withOthers("1", "1", "1")).cost())
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("2.15"));
    }

    @Test
    void more_cached_tokens_than_prompt_tokens_cost_no_less_than_nothing() {
        assertThat(PRICES.cost("small", new TokenUsage(10, 25, 0, 0)))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo(new BigDecimal("0.00000075")));
    }

    @Test
    void a_price_is_a_decimal_number_from_zero_on() {
        for (String bad : List.of("-0.1", "cheap", "", "NaN", "1,5")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PriceTable.none().with("m", "1", bad, "1"))
                    .withMessageContaining("decimal number");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Budget.unlimited().maxCost(bad));
        }
        assertThat(PriceTable.none().with("m", " 0 ", "0.0", "1e-3").cost("m", new TokenUsage(0, 0, 1, 0)))
                .hasValueSatisfying(cost -> assertThat(cost).isEqualByComparingTo("0.000000001"));
    }
}
