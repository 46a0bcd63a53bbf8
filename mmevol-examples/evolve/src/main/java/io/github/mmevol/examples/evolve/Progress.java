package io.github.mmevol.examples.evolve;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.pipeline.RunListener;
import io.github.mmevol.core.pipeline.RunProgress;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a run is: a bar on a terminal, a plain line now and then elsewhere. Thread-safe. */
final class Progress implements RunListener, AutoCloseable {
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    /** How long one part of figures is shown that do not fit beside the bar together. */
    private static final long PART_NANOS = 2_000_000_000L;

    /** What bar, counts and time leave for figures on a terminal of 80 columns; a narrower one cuts them off. */
    private static final int ROOM = 42;

    private final PrintWriter out;
    private final String unit;
    private final RunProgress progress;
    private final @Nullable ProgressBar bar;
    private final AtomicLong nextLine = new AtomicLong(System.nanoTime() + LINE_EVERY_NANOS);
    private volatile RunProgress.@Nullable Figures earlier; // than this pass; null where there is but one
    private final AtomicInteger passes = new AtomicInteger();
    private volatile boolean closed;

    private Progress(PrintWriter out, PriceTable prices, String unit, boolean terminal) {
        this.out = out;
        this.unit = unit;
        progress = new RunProgress(prices);
        bar = terminal
                ? new ProgressBarBuilder()
                        .setTaskName("")
                        .setInitialMax(-1)
                        .hideEta()
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

    /** Shows the state of this limiter too. */
    void watch(ConcurrencyLimiter limiter) {
        progress.watching(limiter);
    }

    /** The samples are gone through from the first one on, once more if it was done before: for a run in passes. */
    void pass() {
        earlier = progress.now();
        passes.incrementAndGet();
        if (bar != null) {
            bar.stepTo(0);
        }
    }

    /** How far it is; a sample counts in each pass, and none tells how long the whole will take. */
    private RunProgress.Figures now() {
        RunProgress.Figures all = progress.now();
        RunProgress.Figures before = earlier;
        return before == null
                ? all
                : new RunProgress.Figures(
                        all.samples() - before.samples(),
                        all.resumed() - before.resumed(),
                        OptionalLong.empty(),
                        all.calls(),
                        all.repeats(),
                        all.errors(),
                        all.attempted(),
                        all.kept(),
                        all.usage(),
                        all.cost(),
                        all.limit(),
                        Duration.ZERO);
    }

    /** A line of what is known. */
    String line() {
        int pass = passes.get();
        return (pass == 0 ? "" : "pass " + pass + ": ") + now().samples() + " samples, " + figures();
    }

    /** Counts the samples beside the run, so that the time left can be told once that is done. */
    void expect(DataSet<Sample> samples) {
        Thread counting = new Thread(() -> count(samples), "mmevol-count");
        counting.setDaemon(true);
        counting.start();
    }

    private void count(DataSet<Sample> samples) {
        try (Stream<Sample> all = samples.stream()) {
            expect(all.takeWhile(sample -> !closed).count());
        } catch (RuntimeException e) {
            // the run reads the same file and tells what is wrong with it
        }
    }

    /** Says how many samples there are. */
    void expect(long samples) {
        progress.expecting(samples);
        if (bar != null && !closed) {
            bar.maxHint(samples);
        }
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
        progress.onCall(call);
        show();
    }

    @Override
    public void onOutcome(Sample sample, Outcome outcome) {
        progress.onOutcome(sample, outcome);
    }

    @Override
    public void onResumed(SampleKey sample) {
        progress.onResumed(sample);
        passed();
    }

    @Override
    public void onSample(EvolvedSample sample) {
        progress.onSample(sample);
        passed();
    }

    private void passed() {
        if (bar != null) {
            bar.step();
        }
        show();
    }

    private void show() {
        if (bar != null) {
            bar.setExtraMessage(part(figures(), ROOM, System.nanoTime() / PART_NANOS));
            return;
        }
        long due = nextLine.get();
        long now = System.nanoTime();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + LINE_EVERY_NANOS)) {
            out.println(line());
            out.flush();
        }
    }

    /** The figures so far, in words. */
    String figures() {
        return text(now(), unit);
    }

    /** Figures in words; what is not known or nothing is left out. */
    static String text(RunProgress.Figures now, String unit) {
        StringJoiner text = new StringJoiner(", ");
        if (now.samples() > 0) {
            now.samplesPerSecond().ifPresent(rate -> text.add(rate(rate)));
        }
        now.left().filter(left -> !left.isZero()).ifPresent(left -> text.add(span(left) + " left"));
        if (now.resumed() > 0) {
            text.add(now.resumed() + " finished before");
        }
        text.add(now.calls() + " calls");
        text.add(now.kept() + " of " + now.attempted() + " kept"
                + (now.attempted() == 0 ? "" : " (" + Math.round(100.0 * now.kept() / now.attempted()) + " %)"));
        now.cost().ifPresent(cost -> text.add("cost " + AccountText.amount(cost) + unit));
        now.limit().ifPresent(limit -> {
            text.add(limit.inFlight() + " of at most " + limit.limit() + " in flight");
            limit.startsPerSecond().ifPresent(pace -> text.add(String.format(Locale.ROOT, "%.1f starts/s", pace)));
            if (!limit.pauseLeft().isZero()) {
                text.add("paused for " + span(limit.pauseLeft()));
            }
        });
        if (now.repeats() > 0) {
            text.add(now.repeats() + " repeated");
        }
        if (!now.errors().isEmpty()) {
            text.add(now.errors().entrySet().stream()
                    .map(Progress::error)
                    .collect(Collectors.joining(", ", "failed: ", "")));
        }
        return text.toString();
    }

    /**
     * As many of the figures as there is room for; the others have their turn.
     *
     * @param turn which ones, from the first again behind the last
     */
    static String part(String figures, int room, long turn) {
        List<String> parts = new ArrayList<>();
        for (String figure : figures.split(", ", -1)) {
            int last = parts.size() - 1;
            if (last >= 0 && parts.get(last).length() + 2 + figure.length() <= room) {
                parts.set(last, parts.get(last) + ", " + figure);
            } else {
                parts.add(figure.length() <= room ? figure : figure.substring(0, room));
            }
        }
        return parts.get(Math.floorMod(turn, parts.size()));
    }

    private static String error(Map.Entry<String, Long> kind) {
        return kind.getKey() + " " + kind.getValue();
    }

    private static String rate(double perSecond) {
        return perSecond >= 1
                ? String.format(Locale.ROOT, "%.1f/s", perSecond)
                : String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
    }

    private static String span(Duration time) {
        long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = Math.round(seconds / 60.0);
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        if (bar != null && first) {
            bar.setExtraMessage(""); // what matters of it stands in the lines below
            bar.close();
        }
    }
}
