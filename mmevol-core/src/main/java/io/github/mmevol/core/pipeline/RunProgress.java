package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.elimination.EvolvedSample;
import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.model.ConcurrencyLimiter;
import io.github.mmevol.core.model.PriceTable;
import io.github.mmevol.core.model.TokenUsage;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A listener that keeps count of a run while it goes on, to be asked at any time from any thread.
 *
 * <pre>{@code
 * RunProgress progress = new RunProgress(prices).watching(limiter).expecting(50_000);
 * pipelineBuilder.listener(progress);
 * RunProgress.Figures now = progress.now();
 * now.left().ifPresent(left -> show("about " + left.toMinutes() + " minutes left"));
 * }</pre>
 *
 * <p>Time counts from the making of it, so it is for one run. Thread-safe.
 */
public final class RunProgress implements RunListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> errors = new TreeMap<>();
    private final PriceTable prices;
    private final LongSupplier nanos;
    private final long start;
    private volatile @Nullable ConcurrencyLimiter limiter;
    private OptionalLong expected = OptionalLong.empty();
    private TokenUsage usage = TokenUsage.NONE;
    private Optional<BigDecimal> cost = Optional.empty();
    private long samples;
    private long resumed;
    private long calls;
    private long repeats;
    private long attempted;
    private long kept;

    /**
     * How far a run is.
     *
     * @param samples samples that went through all their rounds in this run
     * @param resumed samples that a stored run had finished before
     * @param expected how many samples there are in all, where that was said
     * @param calls model calls that ended
     * @param repeats attempts of those calls beyond the first of each
     * @param errors calls that failed for good, by {@linkplain RunListener.Call#kind() kind}, in alphabetical order
     * @param attempted attempts to evolve an instruction that ended
     * @param kept those that survived
     * @param usage tokens, as far as the models tell them
     * @param cost what the calls cost, as far as there are prices; empty if none of them has one
     * @param limit what bounds the calls in flight just now, where a limiter is watched
     * @param elapsed how long it took so far
     */
    public record Figures(
            long samples,
            long resumed,
            OptionalLong expected,
            long calls,
            long repeats,
            Map<String, Long> errors,
            long attempted,
            long kept,
            TokenUsage usage,
            Optional<BigDecimal> cost,
            Optional<Limit> limit,
            Duration elapsed) {
        /** Copies the map. */
        public Figures {
            errors = Collections.unmodifiableMap(new TreeMap<>(errors));
        }

        /** Samples of this run in a second, on average; empty at the very start. */
        public OptionalDouble samplesPerSecond() {
            return elapsed.isZero() ? OptionalDouble.empty() : OptionalDouble.of(samples / (elapsed.toNanos() / 1e9));
        }

        /** Which share of the attempts survived, 0 to 1; empty before the first ended. */
        public OptionalDouble keptShare() {
            return attempted == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) kept / attempted);
        }

        /** How long it will still take at this rate; empty where nothing tells. */
        public Optional<Duration> left() {
            if (expected.isEmpty() || samples == 0) {
                return Optional.empty();
            }
            double more = Math.max(0, expected.getAsLong() - samples - resumed);
            return Optional.of(Duration.ofMillis(Math.round(more * elapsed.toMillis() / samples)));
        }
    }

    /**
     * What bounds the calls just now.
     *
     * @param limit how many may be in flight
     * @param inFlight how many are
     * @param startsPerSecond the pace at which they start, where the server set one
     * @param pauseLeft how long none will start, because the server asks to wait; zero if it does not
     */
    public record Limit(int limit, int inFlight, OptionalDouble startsPerSecond, Duration pauseLeft) {}

    /**
     * Starts to count.
     *
     * @param prices what calls cost; {@link PriceTable#none()} for no cost
     */
    public RunProgress(PriceTable prices) {
        this(prices, System::nanoTime);
    }

    RunProgress(PriceTable prices, LongSupplier nanos) {
        this.prices = Objects.requireNonNull(prices, "prices");
        this.nanos = nanos;
        start = nanos.getAsLong();
    }

    /** Tells the state of this limiter too; default none. */
    public RunProgress watching(ConcurrencyLimiter limiter) {
        this.limiter = Objects.requireNonNull(limiter, "limiter");
        return this;
    }

    /** Says how many samples there are in all, so that the time left can be told; default not known. */
    public RunProgress expecting(long samples) {
        locked(() -> expected = OptionalLong.of(samples));
        return this;
    }

    @Override
    public void onCall(Call call) {
        Optional<BigDecimal> more = prices.cost(call.client(), call.usage());
        locked(() -> {
            calls++;
            repeats += Math.max(0, call.attempts() - 1);
            usage = usage.plus(call.usage());
            more.ifPresent(
                    amount -> cost = Optional.of(cost.orElse(BigDecimal.ZERO).add(amount)));
            if (!call.kind().isEmpty()) {
                errors.merge(call.kind(), 1L, Long::sum);
            }
        });
    }

    @Override
    public void onResumed(SampleKey sample) {
        locked(() -> resumed++);
    }

    @Override
    public void onOutcome(Sample sample, Outcome outcome) {
        locked(() -> {
            attempted++;
            kept += outcome instanceof Outcome.Kept ? 1 : 0;
        });
    }

    @Override
    public void onSample(EvolvedSample sample) {
        locked(() -> samples++);
    }

    /** How far the run is now. */
    public Figures now() {
        ConcurrencyLimiter watched = limiter;
        Optional<Limit> limit = watched == null
                ? Optional.empty()
                : Optional.of(
                        new Limit(watched.limit(), watched.inFlight(), watched.startsPerSecond(), watched.pauseLeft()));
        lock.lock();
        try {
            Duration elapsed = Duration.ofNanos(nanos.getAsLong() - start);
            return new Figures(
                    samples, resumed, expected, calls, repeats, errors, attempted, kept, usage, cost, limit, elapsed);
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }
}
