package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.pipeline.RunListener;
import io.github.mmevol.core.pipeline.RunProgress;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static RunListener.Call call(String client) {
        return new RunListener.Call(
                "judge", client, 1, 1, new TokenUsage(1000, 0, 100, 0), Duration.ofMillis(5), "", "");
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
    void a_run_in_passes_counts_each_sample_once_in_a_pass() {
        Sample sample = Sample.builder("s").build();
        EvolvedSample done = new EvolvedSample(SampleKey.of(sample), sample, List.of());
        try (Progress progress = progress(PriceTable.none(), "")) {
            progress.expect(2);
            for (int pass = 1; pass <= 3; pass++) {
                progress.pass();
                progress.onSample(done);
                progress.onSample(done);
                progress.onCall(call("a"));
                assertThat(progress.line()).isEqualTo("pass " + pass + ": 2 samples, " + pass + " calls, 0 of 0 kept");
            }
        }
    }

    @Test
    void rate_time_left_limits_and_errors_are_told_where_they_are_known() {
        RunProgress.Figures figures = new RunProgress.Figures(
                50,
                10,
                OptionalLong.of(160),
                400,
                3,
                Map.of("Timeout", 1L, "RateLimit", 2L),
                300,
                200,
                TokenUsage.NONE,
                Optional.of(new BigDecimal("1.5")),
                Optional.of(new RunProgress.Limit(64, 60, OptionalDouble.of(8.25), Duration.ofSeconds(3))),
                Duration.ofSeconds(200));
        assertThat(Progress.text(figures, " USD"))
                .isEqualTo(
                        "15.0/min, 7 min left, 10 finished before, 400 calls, 200 of 300 kept (67 %), cost 1.5000 USD,"
                                + " 60 of at most 64 in flight, 8.3 starts/s, paused for 3 s, 3 repeated, failed: RateLimit 2,"
                                + " Timeout 1");
    }

    @Test
    void nothing_is_said_of_cost_without_prices() {
        try (Progress progress = progress(PriceTable.none(), "")) {
            progress.onCall(call("a"));
            assertThat(progress.figures()).doesNotContain("cost");
        }
    }

    @Test
    void what_does_not_fit_beside_the_bar_has_its_turn() {
        String figures =
                "6.6/s, 33 s left, 504 calls, 51 of 167 kept (31 %), cost 0.12 USD, 12 of at most 16 in flight,"
                        + " 3 repeated, failed: server 3, invalid-request-" + "x".repeat(60);
        List<String> shown = IntStream.range(0, 20)
                .mapToObj(turn -> Progress.part(figures, 42, turn))
                .distinct()
                .toList();
        assertThat(shown).hasSize(5).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(42));
        assertThat(String.join(", ", shown)).isEqualTo(figures.substring(0, figures.length() - 60 - 16 + 42));
        assertThat(Progress.part("6.6/s", 42, 7)).isEqualTo("6.6/s");
    }
}
