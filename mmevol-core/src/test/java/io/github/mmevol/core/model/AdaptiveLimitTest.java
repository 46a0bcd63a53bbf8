package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.SimulatedServer.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The adaptive limiter against servers of many kinds, in virtual time: it has to find out what they admit, knowing nothing.
 */
class AdaptiveLimitTest {
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final Duration MEASURED = Duration.ofMinutes(5);

    private record Kind<T>(String name, T made) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A server that admits 50 calls a second, and how long calls take there. */
    private record Scenario(
            String name, Function<Random, Supplier<Duration>> latency, Supplier<SimulatedServer> server) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Kind<Function<Random, Supplier<Duration>>>> latencies() {
        return List.of(
                new Kind<>("50 ms", random -> () -> Duration.ofMillis(50)),
                new Kind<>("500 ms", random -> () -> Duration.ofMillis(500)),
                new Kind<>("3 s", random -> () -> Duration.ofSeconds(3)),
                new Kind<>("heavy tail", AdaptiveLimitTest::heavyTail));
    }

    /** Log-normal: half of the calls below 300 ms, one in a hundred above 5 s. */
    private static Supplier<Duration> heavyTail(Random random) {
        return () -> Duration.ofNanos((long) (300e6 * Math.exp(1.2 * random.nextGaussian())));
    }

    static List<Scenario> rateLimits() {
        List<Scenario> all = new ArrayList<>();
        for (Told told : Told.values()) {
            List<Kind<Supplier<SimulatedServer>>> servers = List.of(
                    new Kind<>("bucket of 5", () -> SimulatedServer.tokenBucket(50, 5, told)),
                    new Kind<>("bucket of 50", () -> SimulatedServer.tokenBucket(50, 50, told)),
                    new Kind<>("bucket of 500", () -> SimulatedServer.tokenBucket(50, 500, told)),
                    new Kind<>("windows of 1 s", () -> SimulatedServer.fixedWindows(1, 50, told)),
                    new Kind<>("windows of 10 s", () -> SimulatedServer.fixedWindows(10, 500, told)),
                    new Kind<>("windows of 1 min", () -> SimulatedServer.fixedWindows(60, 3000, told)),
                    new Kind<>("sliding 1 s", () -> SimulatedServer.slidingWindow(1, 50, told)));
            for (Kind<Supplier<SimulatedServer>> server : servers) {
                for (Kind<Function<Random, Supplier<Duration>>> latency : latencies()) {
                    all.add(new Scenario(server + ", told " + told + ", " + latency, latency.made, server.made));
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("rateLimits")
    void findsTheRateThatAServerAdmits(Scenario scenario) {
        Random random = new Random(1);
        LimitSimulation calls = new LimitSimulation(scenario.server.get(), scenario.latency.apply(random), 256, random);
        calls.run(SETTLING);

        LimitSimulation.Stretch steady = calls.run(MEASURED);

        assertThat(steady.admittedPerSecond()).as("admitted per second").isGreaterThanOrEqualTo(0.95 * 50);
        assertThat(steady.shareRefused()).as("share refused").isLessThan(0.02);
        assertThat(calls.early()).as("calls before the server's time").isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsItSoon(long seed) {
        Random random = new Random(seed);
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.tokenBucket(50, 50, Told.IN_WHOLE_SECONDS), heavyTail(random), 256, random);
        calls.run(Duration.ofSeconds(30));

        LimitSimulation.Stretch next = calls.run(Duration.ofSeconds(30));

        assertThat(next.admittedPerSecond()).isGreaterThanOrEqualTo(0.95 * 50);
        assertThat(next.shareRefused()).isLessThan(0.02);
    }

    static List<Long> seeds() {
        return List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @ParameterizedTest
    @MethodSource("rates")
    void findsSlowRatesAndFastOnes(double perSecond) {
        Random random = new Random(7);
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.tokenBucket(perSecond, Math.max(2, perSecond), Told.NOTHING),
                () -> Duration.ofMillis(500),
                1000,
                random);
        calls.run(Duration.ofMinutes(5));

        LimitSimulation.Stretch steady = calls.run(Duration.ofMinutes(10));

        assertThat(steady.admittedPerSecond()).isGreaterThanOrEqualTo(0.95 * perSecond);
        assertThat(steady.shareRefused()).isLessThan(0.02);
    }

    static List<Double> rates() {
        return List.of(2.0, 5.0, 20.0, 200.0, 1000.0);
    }

    @ParameterizedTest
    @MethodSource("latencyKinds")
    void findsHowManyCallsAServerCanTakeAtOnce(Kind<Function<Random, Supplier<Duration>>> latency) {
        Random random = new Random(1);
        Supplier<Duration> taking = latency.made.apply(random);
        LimitSimulation calls = new LimitSimulation(SimulatedServer.workers(20), taking, 256, random);
        calls.run(Duration.ofMinutes(3));

        LimitSimulation.Stretch steady = calls.run(MEASURED);

        double seconds = averageSeconds(latency.made.apply(new Random(1))) + 0.011;
        assertThat(steady.admittedPerSecond()).isGreaterThanOrEqualTo(0.9 * 20 / seconds);
        assertThat(steady.shareRefused()).isLessThan(0.02);
        assertThat(calls.throttle().limit()).isBetween(17, 24);
        assertThat(calls.throttle().startsPerSecond()).isEmpty();
    }

    static List<Kind<Function<Random, Supplier<Duration>>>> latencyKinds() {
        return latencies();
    }

    private static double averageSeconds(Supplier<Duration> latency) {
        int calls = 20_000;
        double sum = 0;
        for (int call = 0; call < calls; call++) {
            sum += latency.get().toNanos() / 1e9;
        }
        return sum / calls;
    }

    @Test
    void doesNotHoldBackCallsToAServerThatRefusesNone() {
        LimitSimulation calls =
                new LimitSimulation(now -> SimulatedServer.ADMITTED, () -> Duration.ofSeconds(3), 1000, new Random(1));

        assertThat(calls.run(Duration.ofMillis(500)).admitted()).isEqualTo(1000);
        assertThat(calls.run(Duration.ofMinutes(1)).admittedPerSecond()).isGreaterThan(0.98 * 1000 / 3.01);
        assertThat(calls.throttle().startsPerSecond()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("moods")
    void bearsRefusalsThatDoNotDependOnIt(double share, boolean busy) {
        Random random = new Random(1);
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.moody(share, busy, random), () -> Duration.ofSeconds(1), 128, random);
        calls.run(SETTLING);

        LimitSimulation.Stretch steady = calls.run(Duration.ofMinutes(10));

        // a caller that was refused is away for half a second on average
        double possible = 128 / (1.011 + share * 0.6);
        assertThat(steady.admittedPerSecond()).isGreaterThan(0.95 * possible);
    }

    static List<Arguments> moods() {
        List<Arguments> all = new ArrayList<>();
        for (double share : new double[] {0.002, 0.01, 0.03, 0.07}) {
            all.add(Arguments.of(share, false));
            all.add(Arguments.of(share, true));
        }
        return all;
    }

    @Test
    void followsARateThatFalls() {
        Random random = new Random(1);
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.changing(
                        SimulatedServer.tokenBucket(50, 50, Told.NOTHING),
                        SimulatedServer.tokenBucket(5, 5, Told.NOTHING),
                        Duration.ofMinutes(2)),
                heavyTail(random),
                256,
                random);
        assertThat(calls.run(Duration.ofMinutes(2)).admittedPerSecond()).isGreaterThan(45);
        calls.run(Duration.ofMinutes(2));

        LimitSimulation.Stretch steady = calls.run(MEASURED);

        assertThat(steady.admittedPerSecond()).isGreaterThanOrEqualTo(0.95 * 5);
        assertThat(steady.shareRefused()).isLessThan(0.02);
    }

    @Test
    void followsARateThatRises() {
        Random random = new Random(1);
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.changing(
                        SimulatedServer.tokenBucket(50, 50, Told.IN_WHOLE_SECONDS),
                        SimulatedServer.tokenBucket(200, 200, Told.IN_WHOLE_SECONDS),
                        Duration.ofMinutes(2)),
                heavyTail(random),
                1000,
                random);
        calls.run(Duration.ofMinutes(6));

        assertThat(calls.run(MEASURED).admittedPerSecond()).isGreaterThanOrEqualTo(0.95 * 200);
    }

    @Test
    void asksAServerThatRefusesEverybodyNowAndThenOnly() {
        LimitSimulation calls = new LimitSimulation(
                SimulatedServer.closedBetween(
                        SimulatedServer.tokenBucket(50, 50, Told.NOTHING),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(8)),
                () -> Duration.ofMillis(300),
                256,
                new Random(1));
        calls.run(Duration.ofMinutes(3));
        calls.run(Duration.ofSeconds(10));

        assertThat(calls.run(Duration.ofMinutes(4)).refused()).isLessThan(100);
        calls.run(Duration.ofSeconds(50));
        assertThat(calls.run(Duration.ofMinutes(2)).admittedPerSecond()).isGreaterThan(0.8 * 50);
    }

    @Test
    void doesNotStartMoreThanTheMostThatIsAllowed() {
        LimitSimulation calls = new LimitSimulation(
                now -> SimulatedServer.ADMITTED,
                () -> Duration.ofMillis(200),
                256,
                new Random(1),
                new Throttle(1, 40, 0));
        calls.run(Duration.ofMinutes(1));

        assertThat(calls.mostInFlight()).isEqualTo(40);
    }
}
