package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelException.BudgetExhausted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BudgetedClientTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("well?").build();

    private final AtomicInteger calls = new AtomicInteger();
    private final ModelClient model = request -> {
        calls.incrementAndGet();
        return ModelResponse.of("yes").withUsage(new TokenUsage(90, 0, 10, 0));
    };

    private int callsUntilRefused(ModelClient client) {
        for (int made = 0; made < 1000; made++) {
            try {
                client.send(REQUEST);
            } catch (BudgetExhausted e) {
                return made;
            }
        }
        throw new AssertionError("never refused");
    }

    @Test
    void calls_are_bounded_exactly_also_when_many_threads_ask_at_once() throws Exception {
        ModelClient client = model.budgeted(Budget.unlimited().maxCalls(100));
        AtomicInteger refused = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(threads.submit(() -> {
                    try {
                        client.send(REQUEST);
                    } catch (BudgetExhausted e) {
                        refused.incrementAndGet();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(calls).hasValue(100);
        assertThat(refused).hasValue(400);
    }

    @Test
    void a_call_is_admitted_while_tokens_are_below_their_limit() {
        assertThat(callsUntilRefused(model.budgeted(Budget.unlimited().maxTokens(450))))
                .isEqualTo(5);
        assertThat(callsUntilRefused(model.budgeted(Budget.unlimited().maxTokens(500))))
                .isEqualTo(5);
        assertThat(callsUntilRefused(model.budgeted(Budget.unlimited().maxTokens(501))))
                .isEqualTo(6);
    }

    @Test
    void cost_is_bounded_by_the_prices() {
        Budget budget = Budget.unlimited()
                .prices(PriceTable.none().with("custom", "100", "0", "1000"))
                .maxCost("0.1");
        // a call costs 90 * 100 / 10^6 + 10 * 1000 / 10^6 = 0.019
        assertThat(callsUntilRefused(model.budgeted(budget))).isEqualTo(6);
    }

    @Test
    void the_refusal_says_which_limit_what_was_spent_and_how_to_go_on() {
        ModelClient client = model.budgeted(Budget.unlimited()
                .maxCalls(3)
                .maxTokens(300)
                .prices(PriceTable.none().withOthers("10", "0", "10"))
                .maxCost("99"));
        callsUntilRefused(client);
        assertThatThrownBy(() -> client.send(REQUEST))
                .isInstanceOfSatisfying(BudgetExhausted.class, e -> {
                    assertThat(e.endsRun()).isTrue();
                    assertThat(e.isRetryable()).isFalse();
                })
                .hasMessage(
                        "the budget of 3 calls and 300 tokens is used up: 3 calls, 270 prompt and 30 completion"
                                + " tokens so far, cost 0.003; where a store holds the run, with a higher one it goes on from there");
    }

    @Test
    void a_limit_on_cost_refuses_a_client_whose_price_nobody_knows() {
        ModelClient client = model.named("mystery").budgeted(Budget.unlimited().maxCost("5"));
        assertThatThrownBy(() -> client.send(REQUEST))
                .isInstanceOf(BudgetExhausted.class)
                .hasMessageContaining("no price for mystery");
        assertThat(calls).hasValue(0);
    }

    @Test
    void a_call_with_its_retries_is_one_and_a_failed_call_counts() {
        ModelClient failing = request -> {
            calls.incrementAndGet();
            throw new ModelException.Io("nobody there");
        };
        RetryPolicy policy =
                RetryPolicy.builder().maxAttempts(3).baseDelay(Duration.ZERO).build();
        ModelClient client =
                failing.retrying(policy).budgeted(Budget.unlimited().maxCalls(2));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.Io.class);
        }
        assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(BudgetExhausted.class);
        assertThat(calls).hasValue(6);
    }

    @Test
    void each_client_has_a_meter_of_its_own() {
        Budget budget = Budget.unlimited().maxCalls(2);
        assertThat(callsUntilRefused(model.budgeted(budget))).isEqualTo(2);
        assertThat(callsUntilRefused(model.budgeted(budget))).isEqualTo(2);
        assertThat(callsUntilRefused(model.budgeted(budget.maxCalls(0)))).isZero();
    }

    @Test
    void a_limit_is_not_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.unlimited().maxCalls(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Budget.unlimited().maxTokens(-1));
        assertThat(Budget.unlimited().maxCalls(5).maxCost("2.50")).hasToString("Budget[maxCalls=5, maxCost=2.50]");
    }
}
