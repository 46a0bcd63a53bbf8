package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final Sample SAMPLE = Sample.builder("s").build();
    private static final SampleKey KEY = SampleKey.of(SAMPLE);
    private static final Outcome.Origin ORIGIN =
            new Outcome.Origin(KEY.instruction(1, 1), KEY.instruction(0, 1), 1, "cognitive", "", "");

    private final AtomicLong nanos = new AtomicLong();
    private final RunProgress progress = new RunProgress(PriceTable.none().with("a", "100", "0", "1000"), nanos::get);

    private static RunListener.Call call(String client, int attempts, String kind) {
        return new RunListener.Call(
                "judge", client, 1, attempts, new TokenUsage(1_000, 0, 100, 0), Duration.ZERO, kind, kind);
    }

    @Test
    void nothing_is_known_at_the_start() {
        RunProgress.Figures now = progress.now();
        assertThat(now.samplesPerSecond()).isEmpty();
        assertThat(now.keptShare()).isEmpty();
        assertThat(now.left()).isEmpty();
        assertThat(now.cost()).isEmpty();
        assertThat(now.limit()).isEmpty();
    }

    @Test
    void rate_and_time_left_come_from_the_samples_of_this_run_alone() {
        progress.expecting(100);
        for (int i = 0; i < 20; i++) {
            progress.onResumed(KEY);
        }
        for (int i = 0; i < 10; i++) {
            progress.onSample(new EvolvedSample(KEY, SAMPLE, List.of()));
        }
        nanos.set(5_000_000_000L);
        assertThat(progress.now().samplesPerSecond()).hasValue(2);
        assertThat(progress.now().left()).contains(Duration.ofSeconds(35));
        assertThat(progress.now().resumed()).isEqualTo(20);
    }

    @Test
    void calls_are_counted_with_tokens_cost_repeats_and_errors_by_kind() {
        progress.onCall(call("a", 1, ""));
        progress.onCall(call("a", 3, ""));
        progress.onCall(call("unpriced", 2, "RateLimit"));
        progress.onCall(call("unpriced", 1, "RateLimit"));
        progress.onCall(call("unpriced", 1, "Timeout"));
        RunProgress.Figures now = progress.now();
        assertThat(now.calls()).isEqualTo(5);
        assertThat(now.repeats()).isEqualTo(3);
        assertThat(now.errors()).isEqualTo(Map.of("RateLimit", 2L, "Timeout", 1L));
        assertThat(now.usage().prompt()).isEqualTo(5_000);
        assertThat(now.cost().orElseThrow()).isEqualByComparingTo(new BigDecimal("0.4"));
    }

    @Test
    void the_kept_share_is_of_all_attempts() {
        Instruction instruction = Instruction.of("Why?", "So.");
        progress.onOutcome(SAMPLE, new Outcome.Kept(ORIGIN, instruction, OptionalInt.of(4), ""));
        progress.onOutcome(SAMPLE, new Outcome.Eliminated(ORIGIN, instruction, "judge", "no", "", OptionalInt.empty()));
        progress.onOutcome(SAMPLE, new Outcome.Failed(ORIGIN, Optional.empty(), "refusal", ""));
        progress.onOutcome(SAMPLE, new Outcome.Kept(ORIGIN, instruction, OptionalInt.of(4), ""));
        assertThat(progress.now().keptShare()).hasValue(0.5);
    }

    @Test
    void the_limits_are_those_of_the_limiter_that_is_watched() {
        RunProgress.Limit limit =
                progress.watching(ConcurrencyLimiter.fixed(7)).now().limit().orElseThrow();
        assertThat(limit.limit()).isEqualTo(7);
        assertThat(limit.inFlight()).isZero();
        assertThat(limit.startsPerSecond()).isEmpty();
        assertThat(limit.pauseLeft()).isZero();
    }
}
