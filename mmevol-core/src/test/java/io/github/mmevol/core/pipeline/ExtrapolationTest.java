package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.pipeline.Estimate.Interval;
import io.github.mmevol.core.pipeline.Extrapolation.Taken;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtrapolationTest {
    private static final int TIMES = 400;

    /** How samples may differ from each other. */
    enum Population {
        ALIKE,
        /** One to five instructions, which makes long prompts and replies. */
        VARIED,
        /** Few ask again. */
        RARELY_MORE,
        /** Some cannot be used and ask nothing. */
        SOME_EMPTY,
        /** Times with a long tail. */
        HEAVY_TAILED;

        List<Taken> of(int size, Random random) {
            List<Taken> samples = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                samples.add(one(random));
            }
            return samples;
        }

        private Taken one(Random random) {
            int instructions = this == VARIED ? 1 + random.nextInt(5) : 2;
            double calls = 6;
            if (this == RARELY_MORE && random.nextInt(50) == 0) {
                calls = 7;
            }
            if (this == SOME_EMPTY && random.nextInt(4) == 0) {
                return new Taken(0, 0, 0, 0, 0);
            }
            double prompt = calls * (1800 + 150 * instructions);
            double completion = 3.0 * instructions * (this == ALIKE ? 300 : 200 + random.nextInt(200));
            double slow = this == HEAVY_TAILED && random.nextInt(20) == 0 ? 6 : 1;
            double seconds = completion / 100 * slow;
            return new Taken(calls, prompt, completion, prompt * 1e-6 + completion * 4e-6, seconds);
        }
    }

    private static Stream<Population> populations() {
        return Stream.of(Population.values());
    }

    private static Extrapolation pilot(List<Taken> population, int drawn, Random random) {
        List<Taken> shuffled = new ArrayList<>(population);
        Collections.shuffle(shuffled, random);
        List<Taken> taken = shuffled.subList(0, drawn);
        return new Extrapolation(taken, taken, taken, population.size(), true);
    }

    private static double total(List<Taken> population, ToDoubleFunction<Taken> figure) {
        return population.stream().mapToDouble(figure).sum();
    }

    @ParameterizedTest
    @MethodSource("populations")
    void nine_of_ten_intervals_of_a_pilot_of_twenty_hold_what_all_take(Population kind) {
        Random random = new Random(5);
        int calls = 0;
        int prompts = 0;
        int completions = 0;
        int costs = 0;
        int walls = 0;
        for (int i = 0; i < TIMES; i++) {
            List<Taken> population = kind.of(500, random);
            Extrapolation pilot = pilot(population, 20, random);
            calls += pilot.whole(Taken::calls).holds(Math.round(total(population, Taken::calls))) ? 1 : 0;
            prompts += pilot.whole(Taken::prompt).holds(Math.round(total(population, Taken::prompt))) ? 1 : 0;
            completions +=
                    pilot.whole(Taken::completion).holds(Math.round(total(population, Taken::completion))) ? 1 : 0;
            BigDecimal cost = BigDecimal.valueOf(total(population, Taken::cost)).setScale(6, RoundingMode.HALF_EVEN);
            costs += pilot.cost().holds(cost) ? 1 : 0;
            walls += pilot.wallTime(16).holds(scheduled(population, 16)) ? 1 : 0;
        }
        int least = TIMES * 9 / 10;
        assertThat(calls).as("calls").isGreaterThanOrEqualTo(least);
        assertThat(prompts).as("prompt tokens").isGreaterThanOrEqualTo(least);
        assertThat(completions).as("completion tokens").isGreaterThanOrEqualTo(least);
        assertThat(costs).as("cost").isGreaterThanOrEqualTo(least);
        assertThat(walls).as("wall time").isGreaterThanOrEqualTo(least);
    }

    /** How long it takes if each sample goes to the worker that is free first. */
    private static Duration scheduled(List<Taken> samples, int workers) {
        PriorityQueue<Double> free = new PriorityQueue<>(Collections.nCopies(workers, 0.0));
        double end = 0;
        for (Taken sample : samples) {
            double ready = free.remove() + sample.seconds();
            free.add(ready);
            end = Math.max(end, ready);
        }
        return Duration.ofMillis(Math.round(end * 1000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 100, 1000})
    void the_expected_wall_time_is_near_what_it_takes(int workers) {
        Random random = new Random(11);
        List<Taken> population = Population.VARIED.of(100, random);
        Interval<Duration> wall = pilot(population, 40, random).wallTime(workers);
        Duration real = scheduled(population, workers);
        assertThat(wall.holds(real)).as(wall + " of " + real).isTrue();
        assertThat((double) wall.expected().toMillis() / real.toMillis()).isBetween(0.8, 1.25);
    }

    @ParameterizedTest
    @MethodSource("populations")
    void where_all_were_drawn_nothing_is_left_open(Population kind) {
        List<Taken> population = kind.of(30, new Random(3));
        Extrapolation whole = pilot(population, 30, new Random(4));
        long calls = Math.round(total(population, Taken::calls));
        assertThat(whole.whole(Taken::calls)).isEqualTo(new Interval<>(calls, calls, calls));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20, 80})
    void more_draws_make_the_interval_narrower_and_never_promise_less_than_the_pilot_took(int drawn) {
        List<Taken> population = Population.VARIED.of(500, new Random(3));
        Interval<Long> fewer = pilot(population, drawn, new Random(4)).whole(Taken::completion);
        Interval<Long> more = pilot(population, 4 * drawn, new Random(4)).whole(Taken::completion);
        assertThat(more.high() - more.low()).isLessThan(fewer.high() - fewer.low());
        assertThat(fewer.low()).isGreaterThanOrEqualTo(drawn * 600L);
    }
}
