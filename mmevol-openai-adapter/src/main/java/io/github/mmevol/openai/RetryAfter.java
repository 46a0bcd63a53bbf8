package io.github.mmevol.openai;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long a server asks to wait: {@code retry-after-ms}, or {@code Retry-After} in seconds or as a date. */
final class RetryAfter {
    /** What lies further ahead, a duration cannot always hold, and nobody waits for. */
    private static final double LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private RetryAfter() {}

    /** Never negative; empty if nothing is said, or nothing understandable. */
    static Optional<Duration> in(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> scaled(value, 1))
                .or(() -> headers.firstValue("retry-after").flatMap(value -> secondsOrDate(value, now)));
    }

    private static Optional<Duration> secondsOrDate(String value, Instant now) {
        return scaled(value, 1000).or(() -> untilDate(value, now));
    }

    private static Optional<Duration> scaled(String value, int millisPerUnit) {
        OptionalDouble number = number(value);
        return number.isEmpty() ? Optional.empty() : Optional.of(bounded(number.getAsDouble() * millisPerUnit));
    }

    private static OptionalDouble number(String value) {
        try {
            double number = Double.parseDouble(value.strip());
            return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until(date, now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Duration until(Instant date, Instant now) {
        Duration wait = Duration.between(now, date);
        return bounded(wait.getSeconds() * 1e3 + wait.getNano() / 1e6);
    }

    /** Rounds up, so that nobody comes back too early. */
    static Duration bounded(double millis) {
        return Duration.ofMillis((long) Math.ceil(Math.min(Math.max(millis, 0), LONGEST_MILLIS)));
    }
}
