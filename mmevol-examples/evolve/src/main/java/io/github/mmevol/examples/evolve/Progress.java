package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.pipeline.RunListener;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.Console;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a run is: a bar on a terminal, a plain line now and then elsewhere. Thread-safe. */
final class Progress implements RunListener, AutoCloseable {
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter out;
    private final PriceTable prices;
    private final String unit;
    private final AtomicReference<BigDecimal> cost = new AtomicReference<>(BigDecimal.ZERO);
    private final AtomicBoolean isPriced = new AtomicBoolean();
    private final @Nullable ProgressBar bar;
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong resumed = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong attempted = new AtomicLong();
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime() + LINE_EVERY_NANOS);

    private Progress(PrintWriter out, PriceTable prices, String unit, boolean terminal) {
        this.out = out;
        this.prices = prices;
        this.unit = unit;
        bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName("Evolving")
                        .setInitialMax(-1)
                        .setUnit(" samples", 1)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .build()
                : null;
    }

    /**
     * Starts to show, with a bar if the program's output is a terminal.
     *
     * @param unit what stands behind amounts of money
     */
    static Progress on(PrintWriter out, PriceTable prices, String unit) {
        return new Progress(out, prices, unit, isTerminal());
    }

    @SuppressWarnings(
            "SystemConsoleNull") // null up to Java 21; from 22 on there is one even where the output is a file
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void onCall(Call call) {
        calls.incrementAndGet();
        prices.cost(call.client(), call.usage()).ifPresent(more -> {
            cost.updateAndGet(before -> before.add(more));
            isPriced.set(true);
        });
    }

    @Override
    public void onOutcome(Sample sample, Outcome outcome) {
        attempted.incrementAndGet();
        if (outcome instanceof Outcome.Kept) {
            kept.incrementAndGet();
        }
    }

    @Override
    public void onResumed(SampleKey sample) {
        resumed.incrementAndGet();
        passed();
    }

    @Override
    public void onSample(EvolvedSample sample) {
        samples.incrementAndGet();
        passed();
    }

    private void passed() {
        if (bar != null) {
            bar.step();
            bar.setExtraMessage(figures());
            return;
        }
        long due = nextLine.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + LINE_EVERY_NANOS)) {
            out.println(samples.get() + " samples, " + figures());
            out.flush();
        }
    }

    /** The figures so far, in words. */
    String figures() {
        String spent = isPriced.get() ? ", cost " + AccountText.amount(Objects.requireNonNull(cost.get())) + unit : "";
        return (resumed.get() == 0 ? "" : resumed.get() + " finished before, ") + calls.get() + " calls, " + kept.get()
                + " of " + attempted.get() + " kept" + spent;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
