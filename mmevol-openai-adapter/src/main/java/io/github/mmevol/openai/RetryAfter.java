package io.github.mmevol.openai;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** How long a server asks to wait: {@code retry-after-ms}, or {@code Retry-After} in seconds, as a time span or as a date. */
final class RetryAfter {
    /** What lies further ahead, a duration cannot always hold, and nobody waits for. */
    private static final double LONGEST_MILLIS = Duration.ofDays(3650).toMillis();

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|[-+]?Infinity");
    /** What stands around a date and is often wrong: the day of the week and the zone, which is always the same. */
    private static final Pattern AROUND_DATE = Pattern.compile("^[A-Za-z]+,? +| +(GMT|UTC)$");

    private static final DateTimeFormatter OTHER_DATES = DateTimeFormatter.ofPattern(
            "[d MMM yyyy HH:mm:ss][d-MMM-yyyy HH:mm:ss][d-MMM-yy HH:mm:ss][MMM ppd HH:mm:ss yyyy]", Locale.ENGLISH);

    private RetryAfter() {}

    /** Never negative; empty if nothing is said, or nothing understandable. */
    static Optional<Duration> in(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after-ms")
                .flatMap(value -> scaled(value, 1))
                .or(() -> headers.firstValue("retry-after").flatMap(value -> secondsOrDate(value, now)));
    }

    private static Optional<Duration> secondsOrDate(String value, Instant now) {
        return scaled(value, 1000)
                .or(() -> RateLimitHeaders.span(value.strip()))
                .or(() -> untilDate(value.strip(), now));
    }

    private static Optional<Duration> scaled(String value, int millisPerUnit) {
        OptionalDouble number = number(value);
        return number.isEmpty() ? Optional.empty() : Optional.of(bounded(number.getAsDouble() * millisPerUnit));
    }

    private static OptionalDouble number(String value) {
        String bare = value.strip();
        return NUMBER.matcher(bare).matches() ? OptionalDouble.of(Double.parseDouble(bare)) : OptionalDouble.empty();
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until(date, now));
        } catch (DateTimeException e) {
            return untilOtherDate(AROUND_DATE.matcher(value).replaceAll(""), now);
        }
    }

    private static Optional<Duration> untilOtherDate(String value, Instant now) {
        try {
            return Optional.of(until(LocalDateTime.parse(value, OTHER_DATES).toInstant(ZoneOffset.UTC), now));
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
