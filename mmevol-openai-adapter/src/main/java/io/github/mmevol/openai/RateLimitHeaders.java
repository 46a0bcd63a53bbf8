package io.github.mmevol.openai;

import io.github.mmevol.core.model.RateLimitStatus;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the headers of an answer tell of the server's limits, in the spellings of the providers we know of. */
final class RateLimitHeaders {
    /** OpenAI and Azure; Mistral; Anthropic; Together, OpenRouter and the IETF's draft, which have one for all. */
    private static final List<Spelling> REQUESTS = List.of(
            new Spelling("x-ratelimit-", "-requests"),
            new Spelling("x-ratelimit-", "-req-minute"),
            new Spelling("anthropic-ratelimit-requests-", ""),
            new Spelling("x-ratelimit-", ""),
            new Spelling("ratelimit-", ""));

    private static final List<Spelling> TOKENS = List.of(
            new Spelling("x-ratelimit-", "-tokens"),
            new Spelling("x-ratelimit-", "-tokens-minute"),
            new Spelling("anthropic-ratelimit-tokens-", ""),
            new Spelling("x-tokenlimit-", ""));

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h|d)");
    private static final Pattern DURATION = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,18})(?:\\.\\d+)?(?:\\s*[,;].*)?");
    /** No limit is so far away: what is larger is a moment since 1970, in seconds or milliseconds. */
    private static final double EPOCH_SECONDS = 1e9;

    private static final double EPOCH_MILLIS = 1e12;

    private RateLimitHeaders() {}

    private record Spelling(String before, String after) {
        Optional<String> value(HttpHeaders headers, String what) {
            return headers.firstValue(before + what + after).map(String::strip);
        }

        RateLimitStatus.Window in(HttpHeaders headers, Instant now) {
            return new RateLimitStatus.Window(
                    count(value(headers, "limit")),
                    count(value(headers, "remaining")),
                    value(headers, "reset").flatMap(reset -> duration(reset, now)));
        }
    }

    /** What is not told, or not understandable, is empty. */
    static RateLimitStatus in(HttpHeaders headers, Instant now) {
        RateLimitStatus status = new RateLimitStatus(window(REQUESTS, headers, now), window(TOKENS, headers, now));
        return status.equals(RateLimitStatus.NONE) ? RateLimitStatus.NONE : status;
    }

    private static RateLimitStatus.Window window(List<Spelling> spellings, HttpHeaders headers, Instant now) {
        return spellings.stream()
                .map(spelling -> spelling.in(headers, now))
                .filter(window -> !window.equals(RateLimitStatus.Window.NONE))
                .findFirst()
                .orElse(RateLimitStatus.Window.NONE);
    }

    /** Azure says -1 where it does not know. */
    private static OptionalLong count(Optional<String> value) {
        Matcher count = COUNT.matcher(value.orElse(""));
        return count.matches() ? OptionalLong.of(Long.parseLong(count.group(1))) : OptionalLong.empty();
    }

    /** {@code 6m0s}, {@code 120ms}, seconds, or a moment. */
    private static Optional<Duration> duration(String value, Instant now) {
        Optional<Duration> span = span(value);
        if (span.isPresent()) {
            return span;
        }
        try {
            double number = Double.parseDouble(value);
            double seconds = number < EPOCH_SECONDS
                    ? number
                    : (number < EPOCH_MILLIS ? number : number / 1e3) - now.toEpochMilli() / 1e3;
            return Double.isNaN(number) ? Optional.empty() : Optional.of(RetryAfter.bounded(seconds * 1e3));
        } catch (NumberFormatException e) {
            return until(value, now);
        }
    }

    /** A time as in {@code 6m0s}. */
    static Optional<Duration> span(String value) {
        if (!DURATION.matcher(value).matches()) {
            return Optional.empty();
        }
        double seconds = 0;
        Matcher part = PART.matcher(value);
        while (part.find()) {
            seconds += Double.parseDouble(part.group(1)) * secondsIn(part.group(2));
        }
        return Optional.of(RetryAfter.bounded(seconds * 1e3));
    }

    private static Optional<Duration> until(String value, Instant now) {
        try {
            return Optional.of(RetryAfter.until(Instant.parse(value), now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static double secondsIn(String unit) {
        return switch (unit) {
            case "ns" -> 1e-9;
            case "us", "µs" -> 1e-6;
            case "ms" -> 1e-3;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 1;
        };
    }
}
