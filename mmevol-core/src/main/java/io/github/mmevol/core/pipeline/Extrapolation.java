package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.pipeline.Estimate.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * From some samples to all: the mean times their number. The interval is Student's of 95 percent for the drawing. As the
 * drawn samples may be alike and a few of the others not, there is something on top for what was not seen: what did not
 * happen in n draws may still happen to three in n, namely one call more or less, and three times the time on top.
 *
 * @param low what the drawn samples take at least
 * @param expected what they take
 * @param high what they take at most
 * @param of how many samples there are
 * @param measured whether the figures are those of real calls, so that what was not seen has to be reckoned with
 */
record Extrapolation(List<Taken> low, List<Taken> expected, List<Taken> high, long of, boolean measured) {
    private static final double NORMAL = 1.959964;
    private static final double UNSEEN = 3;
    private static final double SLOWER = 3;
    private static final int COST_DIGITS = 6;

    /** What one sample takes. */
    record Taken(double calls, double prompt, double completion, double cost, double seconds) {

        /** By its account, each call so many times. */
        static Taken of(Account account, PriceTable prices, double times) {
            return new Taken(
                    times * account.calls(),
                    times * account.usage().prompt(),
                    times * account.usage().completion(),
                    times
                            * account.priced(prices)
                                    .cost()
                                    .orElse(BigDecimal.ZERO)
                                    .doubleValue(),
                    times * account.time().toNanos() / 1e9);
        }
    }

    /** A sum over all samples. */
    private record Sum(double low, double expected, double high) {}

    Interval<Long> whole(ToDoubleFunction<Taken> figure) {
        Sum sum = sum(figure, oneCall());
        return new Interval<>(
                (long) Math.floor(sum.low + 1e-6), Math.round(sum.expected), (long) Math.ceil(sum.high - 1e-6));
    }

    Interval<BigDecimal> cost() {
        Sum sum = sum(Taken::cost, oneCall());
        return new Interval<>(
                BigDecimal.valueOf(sum.low).setScale(COST_DIGITS, RoundingMode.FLOOR),
                BigDecimal.valueOf(sum.expected).setScale(COST_DIGITS, RoundingMode.HALF_EVEN),
                BigDecimal.valueOf(sum.high).setScale(COST_DIGITS, RoundingMode.CEILING));
    }

    /**
     * How long it takes if so many samples are worked on at once: the work shared out evenly, and at the end at most as
     * long as the longest sample takes alone.
     */
    Interval<Duration> wallTime(int concurrency) {
        long workers = Math.max(1, Math.min(concurrency, of));
        Sum sum = sum(Taken::seconds, SLOWER);
        double longest = Math.max(longest(high), mean(high, Taken::seconds) + 3 * deviation(Taken::seconds));
        double last = workers == of
                ? Math.max(0, longest(expected) - sum.expected / workers)
                : mean(expected, Taken::seconds) / 2;
        return new Interval<>(
                seconds(sum.low / workers),
                seconds(sum.expected / workers + last),
                seconds(sum.high / workers + longest));
    }

    private static double longest(List<Taken> samples) {
        return samples.stream().mapToDouble(Taken::seconds).max().orElse(0);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** What one call is of what a sample takes. */
    private double oneCall() {
        double calls = mean(expected, Taken::calls);
        return calls == 0 ? 0 : 1 / calls;
    }

    /**
     * Adds up.
     *
     * @param unseenMore what a sample of a kind that was not drawn may take more, in shares of the mean
     */
    private Sum sum(ToDoubleFunction<Taken> figure, double unseenMore) {
        int drawn = expected.size();
        if (drawn == 0) {
            return new Sum(0, 0, 0);
        }
        double mean = mean(expected, figure);
        double left = 1 - (double) drawn / of;
        double sampling = student(drawn - 1) * deviation(figure) * Math.sqrt(left / drawn);
        double unseen = measured ? UNSEEN / drawn * left * mean : 0;
        double known = low.stream().mapToDouble(figure).sum();
        double least = of * (mean(low, figure) - sampling - unseen * oneCall());
        return new Sum(
                Math.min(of * mean, Math.max(known, least)),
                of * mean,
                of * Math.max(mean, mean(high, figure) + sampling + unseen * unseenMore));
    }

    private static double mean(List<Taken> samples, ToDoubleFunction<Taken> figure) {
        return samples.stream().mapToDouble(figure).average().orElse(0);
    }

    private double deviation(ToDoubleFunction<Taken> figure) {
        double mean = mean(expected, figure);
        double squares = expected.stream()
                .mapToDouble(figure)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return expected.size() < 2 ? 0 : Math.sqrt(squares / (expected.size() - 1));
    }

    /** Student's factor for 95 percent, by the series of Fisher and Cornish. */
    private static double student(int degrees) {
        if (degrees < 1) {
            return 0;
        }
        double z = NORMAL;
        double first = (Math.pow(z, 3) + z) / 4;
        double second = (5 * Math.pow(z, 5) + 16 * Math.pow(z, 3) + 3 * z) / 96;
        double third = (3 * Math.pow(z, 7) + 19 * Math.pow(z, 5) + 17 * Math.pow(z, 3) - 15 * z) / 384;
        return z + first / degrees + second / Math.pow(degrees, 2) + third / Math.pow(degrees, 3);
    }
}
