package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.RunListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static RunListener.Call call(String client) {
        return new RunListener.Call("judge", client, 1, 1, new TokenUsage(1000, 0, 100, 0), Duration.ofMillis(5), "");
    }

    private static Progress progress(PriceTable prices, String unit) {
        return Progress.on(new PrintWriter(new StringWriter()), prices, unit);
    }

    @Test
    void the_cost_so_far_is_shown_where_there_is_a_price() {
        try (Progress progress = progress(PriceTable.none().with("a", "100", "0", "1000"), " USD")) {
            progress.onCall(call("unpriced"));
            assertThat(progress.figures()).isEqualTo("1 calls, 0 of 0 kept");
            progress.onCall(call("a"));
            progress.onCall(call("a"));
            assertThat(progress.figures()).isEqualTo("3 calls, 0 of 0 kept, cost 0.4000 USD");
        }
    }

    @Test
    void nothing_is_said_of_cost_without_prices() {
        try (Progress progress = progress(PriceTable.none(), "")) {
            progress.onCall(call("a"));
            assertThat(progress.figures()).doesNotContain("cost");
        }
    }
}
