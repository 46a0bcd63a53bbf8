package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Ending ANSWERED = new Ending(Ending.Kind.ANSWERED, Duration.ZERO);
    private static final Ending OVERLOADED = new Ending(Ending.Kind.OVERLOADED, Duration.ZERO);

    private long now = Duration.ofHours(1).toNanos();
    private final Throttle throttle = new Throttle(1, 1000, now);

    private List<Long> start(int calls) {
        List<Long> started = new ArrayList<>();
        for (int call = 0; call < calls; call++) {
            now += throttle.delay(now);
            started.add(throttle.start(now));
        }
        return started;
    }

    @Test
    void theLimitDoublesEveryFiftyMillisecondsWhileMoreAreWanted() {
        assertThat(throttle.limit()).isEqualTo(32);

        long began = now;
        start(256);

        assertThat(throttle.limit()).isEqualTo(256);
        assertThat(Duration.ofNanos(now - began)).isEqualTo(Duration.ofMillis(150));
    }

    @Test
    void aBurstOfRefusalsCutsTheLimitOnce() {
        List<Long> started = start(64);

        started.forEach(call -> throttle.ended(call, OVERLOADED, now));

        assertThat(throttle.limit()).isEqualTo(32);
        assertThat(throttle.inFlight()).isZero();
    }

    @Test
    void theNextBurstCutsItAgainDownToTheMinimum() {
        for (int burst = 0; burst < 30; burst++) {
            now += Duration.ofMinutes(1).toNanos();
            start(throttle.limit()).forEach(call -> throttle.ended(call, OVERLOADED, now));
        }

        assertThat(throttle.limit()).isEqualTo(1);
        assertThat(throttle.delay(now))
                .isLessThanOrEqualTo(Duration.ofSeconds(15).toNanos());
    }

    @Test
    void theLimitComesBackWhileItHoldsCallsBack() {
        start(64).forEach(call -> throttle.ended(call, OVERLOADED, now));
        List<Long> open = start(32);

        for (int second = 0; second < 60; second++) {
            throttle.delay(now);
            now += Duration.ofSeconds(1).toNanos();
            open.forEach(call -> throttle.ended(call, ANSWERED, now));
            open = start(throttle.limit());
        }

        assertThat(throttle.limit()).isGreaterThan(64);
    }

    @Test
    void aLimitThatHoldsNobodyBackStaysAsItIs() {
        start(64).forEach(call -> throttle.ended(call, OVERLOADED, now));

        for (int second = 0; second < 600; second++) {
            now += Duration.ofSeconds(1).toNanos();
            start(1).forEach(call -> throttle.ended(call, ANSWERED, now));
        }

        assertThat(throttle.limit()).isEqualTo(32);
    }

    @Test
    void afterAPauseCallsComeBackOneAfterTheOther() {
        long first = start(1).get(0);
        throttle.ended(first, new Ending(Ending.Kind.REFUSED, Duration.ofSeconds(20)), now);
        long paused = now;

        assertThat(throttle.pauseLeft(now)).isEqualTo(Duration.ofSeconds(20));
        List<Duration> starts = new ArrayList<>();
        for (int call = 0; call < 32; call++) {
            start(1);
            starts.add(Duration.ofNanos(now - paused));
        }

        assertThat(starts.get(0)).isEqualTo(Duration.ofSeconds(20));
        assertThat(starts).doesNotHaveDuplicates();
        assertThat(starts.get(31)).isBetween(Duration.ofMillis(20_900), Duration.ofMillis(21_000));
    }

    @Test
    void aFixedLimitKeepsToItsNumberWhateverHappens() {
        Throttle fixed = new Throttle(8, 8, now);
        for (int call = 0; call < 100; call++) {
            assertThat(fixed.delay(now)).isZero();
            fixed.ended(
                    fixed.start(now), call % 2 == 0 ? OVERLOADED : new Ending(Ending.Kind.REFUSED, Duration.ZERO), now);
        }

        assertThat(fixed.limit()).isEqualTo(8);
        assertThat(fixed.startsPerSecond()).isEmpty();
    }
}
