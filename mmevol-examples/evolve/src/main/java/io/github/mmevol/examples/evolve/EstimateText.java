package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.pipeline.Estimate;
import io.github.mmevol.core.pipeline.Estimate.Interval;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** An estimate, for the eye. */
final class EstimateText {
    private EstimateText() {}

    /**
     * The figures, a line each.
     *
     * @param images like which model images were counted
     * @param unit what stands behind amounts of money
     */
    static String of(Estimate estimate, String images, String unit) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "Estimate for %d samples, %s:%n",
                estimate.samples(),
                estimate.confidence().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "by a pilot run (intervals that hold in %.0f %% of all cases)",
                                100 * estimate.confidence().getAsDouble())
                        : "by counting; nothing was called (intervals of what is assumed)"));
        text.append(row("calls", estimate.calls(), String::valueOf));
        text.append(row("prompt tokens", estimate.promptTokens(), String::valueOf));
        text.append(row("completion tokens", estimate.completionTokens(), String::valueOf));
        estimate.cost().ifPresent(cost -> text.append(row("cost" + unit, cost, AccountText::amount)));
        text.append(row("wall time", estimate.wallTime(), EstimateText::time));
        text.append(String.format(
                Locale.ROOT,
                "  images, counted as for %s: %.0f %% of the prompt tokens%s%n",
                images,
                100 * estimate.imageShareOfPrompt(),
                estimate.imageShareOfCost().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                ", %.0f %% of the cost",
                                100 * estimate.imageShareOfCost().getAsDouble())
                        : ""));
        if (estimate.cost().isPresent() && !estimate.unpriced().isEmpty()) {
            text.append(String.format(
                    "  not in the cost, as no price is known: %s%n", String.join(", ", estimate.unpriced())));
        }
        if (estimate.paid().calls() > 0) {
            text.append(String.format(
                    "  of which paid for already, and kept: %s%n", AccountText.paid(estimate.paid(), unit)));
        }
        return text.toString();
    }

    private static <T extends Comparable<? super T>> String row(
            String name, Interval<T> interval, Function<T, String> figure) {
        return String.format(
                Locale.ROOT,
                "  %-18s %14s   (%s to %s)%n",
                name,
                figure.apply(interval.expected()),
                figure.apply(interval.low()),
                figure.apply(interval.high()));
    }

    private static String time(Duration time) {
        long seconds = time.toSeconds();
        return seconds < 120
                ? seconds + " s"
                : seconds < 7200
                        ? Math.round(seconds / 60.0) + " min"
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600.0);
    }
}
