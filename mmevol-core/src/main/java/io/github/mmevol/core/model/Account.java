package io.github.mmevol.core.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What model calls took: one line for each purpose and client, in alphabetical order. Immutable.
 *
 * @param lines the lines; several of one purpose and client become one
 */
public record Account(List<Line> lines) {
    /** No calls. */
    public static final Account NONE = new Account(List.of());

    private static final Comparator<Line> ORDER =
            Comparator.comparing(Line::purpose).thenComparing(Line::client);

    /**
     * What the calls of one purpose to one client took.
     *
     * @param purpose what the calls were for, for example {@code judge}
     * @param client the client's name
     * @param calls how many, failed ones included; a call with its retries inside the client is one
     * @param failed those of them that brought no reply
     * @param attempts how many were made for them, as far as the client tells; each call is one at least
     * @param usage the tokens, as far as the model tells them
     * @param time how long they took, added up
     * @param cost what they cost, without rounding; empty if no price is known
     */
    public record Line(
            String purpose,
            String client,
            long calls,
            long failed,
            long attempts,
            TokenUsage usage,
            Duration time,
            Optional<BigDecimal> cost) {
        /** Keeps the values. */
        public Line {
            Objects.requireNonNull(purpose, "purpose");
            Objects.requireNonNull(client, "client");
            Objects.requireNonNull(usage, "usage");
            Objects.requireNonNull(time, "time");
            Objects.requireNonNull(cost, "cost");
        }

        /** A line without a cost. */
        public Line(
                String purpose,
                String client,
                long calls,
                long failed,
                long attempts,
                TokenUsage usage,
                Duration time) {
            this(purpose, client, calls, failed, attempts, usage, time, Optional.empty());
        }

        /** How long one call took on average; zero if there was none. */
        public Duration meanTime() {
            return calls == 0 ? Duration.ZERO : time.dividedBy(calls);
        }

        private boolean isAlike(Line other) {
            return purpose.equals(other.purpose) && client.equals(other.client);
        }

        private Line plus(Line other) {
            return new Line(
                    purpose,
                    client,
                    calls + other.calls,
                    failed + other.failed,
                    attempts + other.attempts,
                    usage.plus(other.usage),
                    time.plus(other.time),
                    cost.flatMap(mine -> other.cost.map(mine::add)));
        }

        private Line priced(PriceTable prices) {
            return new Line(purpose, client, calls, failed, attempts, usage, time, prices.cost(client, usage));
        }
    }

    /** Puts the lines in order, and lines of one purpose and client together. */
    public Account {
        List<Line> sorted = new ArrayList<>(Objects.requireNonNull(lines, "lines"));
        sorted.sort(ORDER);
        List<Line> merged = new ArrayList<>(sorted.size());
        for (Line line : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).isAlike(line)) {
                merged.set(last, merged.get(last).plus(line));
            } else {
                merged.add(line);
            }
        }
        lines = List.copyOf(merged);
    }

    /** This account with the calls of a line. */
    public Account plus(Line line) {
        List<Line> all = new ArrayList<>(lines);
        all.add(Objects.requireNonNull(line, "line"));
        return new Account(all);
    }

    /** Both accounts together. */
    public Account plus(Account other) {
        List<Line> all = new ArrayList<>(lines);
        all.addAll(Objects.requireNonNull(other, "other").lines);
        return new Account(all);
    }

    /** This account with what its lines cost by the given prices. */
    public Account priced(PriceTable prices) {
        Objects.requireNonNull(prices, "prices");
        return new Account(lines.stream().map(line -> line.priced(prices)).toList());
    }

    /** All calls. */
    public long calls() {
        return sum(Line::calls);
    }

    /** The calls that brought no reply. */
    public long failed() {
        return sum(Line::failed);
    }

    private long sum(ToLongFunction<Line> figure) {
        return lines.stream().mapToLong(figure).sum();
    }

    /** The tokens of all calls, as far as the models tell them. */
    public TokenUsage usage() {
        return lines.stream().map(Line::usage).reduce(TokenUsage.NONE, TokenUsage::plus);
    }

    /** How long all calls took, added up. */
    public Duration time() {
        return lines.stream().map(Line::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** What the lines with a cost come to; empty if none has one. See {@link #unpriced()} for what is missing in it. */
    public Optional<BigDecimal> cost() {
        return lines.stream().flatMap(line -> line.cost().stream()).reduce(BigDecimal::add);
    }

    /** The clients whose lines have no cost, in alphabetical order. */
    public List<String> unpriced() {
        return lines.stream()
                .filter(line -> line.cost().isEmpty())
                .map(Line::client)
                .distinct()
                .sorted()
                .toList();
    }
}
