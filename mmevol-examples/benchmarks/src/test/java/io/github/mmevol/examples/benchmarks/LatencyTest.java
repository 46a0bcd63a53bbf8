package io.github.mmevol.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final int CALLS = 12_000;

    @Test
    void aFixedLatencyIsTheSameForEachRequest() {
        Latency latency = new Latency(500, false);

        assertThat(LongStream.range(0, CALLS).map(latency::nanos).distinct()).containsExactly(500_000_000L);
    }

    @Test
    void aHeavyTailHasTheSameMeanAndLongWaits() {
        Latency latency = new Latency(500, true);
        double[] millis = LongStream.range(0, CALLS)
                .mapToDouble(n -> latency.nanos(n) / 1e6)
                .sorted()
                .toArray();

        assertThat(LongStream.range(0, CALLS)
                                .mapToDouble(latency::nanos)
                                .average()
                                .orElseThrow()
                        / 1e6)
                .isCloseTo(500, within(20.0));
        assertThat(millis[CALLS / 2]).isCloseTo(363, within(15.0));
        assertThat(millis[CALLS - 1]).isBetween(2000.0, 3000.0);
    }

    @Test
    void theSameRequestWaitsTheSameTime() {
        assertThat(new Latency(500, true).nanos(7)).isEqualTo(new Latency(500, true).nanos(7));
    }
}
