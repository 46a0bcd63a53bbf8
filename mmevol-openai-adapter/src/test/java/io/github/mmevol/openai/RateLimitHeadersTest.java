package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.model.RateLimitStatus;
import io.github.mmevol.core.model.RateLimitStatus.Window;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitHeadersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void areReadInOpenAisSpelling() {
        // platform.openai.com/docs/guides/rate-limits
        assertThat(in(Map.of(
                        "x-ratelimit-limit-requests", "60",
                        "x-ratelimit-remaining-requests", "59",
                        "x-ratelimit-reset-requests", "1s",
                        "x-ratelimit-limit-tokens", "150000",
                        "x-ratelimit-remaining-tokens", "149984",
                        "x-ratelimit-reset-tokens", "6m0s")))
                .isEqualTo(new RateLimitStatus(
                        window(60, 59, Duration.ofSeconds(1)), window(150_000, 149_984, Duration.ofMinutes(6))));
    }

    @Test
    void areReadInAzuresSpelling() {
        // plain seconds, and a period that is not needed: public captures of GitHub Models, which run on Azure
        assertThat(in(Map.of(
                        "x-ratelimit-limit-requests", "20000",
                        "x-ratelimit-remaining-requests", "19999",
                        "x-ratelimit-reset-requests", "3",
                        "x-ratelimit-renewalperiod-requests", "60")))
                .isEqualTo(new RateLimitStatus(window(20_000, 19_999, Duration.ofSeconds(3)), Window.NONE));
    }

    @Test
    void areNotToldWhereAzureSaysMinusOne() {
        // learn.microsoft.com/en-us/answers/questions/5625878
        assertThat(in(Map.of("x-ratelimit-limit-tokens", "-1", "x-ratelimit-remaining-tokens", "-1")))
                .isSameAs(RateLimitStatus.NONE);
    }

    @Test
    void areReadInMistralsSpelling() {
        assertThat(in(Map.of(
                        "x-ratelimit-limit-req-minute", "50",
                        "x-ratelimit-remaining-req-minute", "49",
                        "x-ratelimit-limit-tokens-minute", "50000",
                        "x-ratelimit-remaining-tokens-minute", "47300",
                        "x-ratelimit-tokens-query-cost", "1300")))
                .isEqualTo(new RateLimitStatus(
                        new Window(OptionalLong.of(50), OptionalLong.of(49), Optional.empty()),
                        new Window(OptionalLong.of(50_000), OptionalLong.of(47_300), Optional.empty())));
    }

    @Test
    void areReadInAnthropicsSpelling() {
        assertThat(in(Map.of(
                        "anthropic-ratelimit-requests-limit", "50",
                        "anthropic-ratelimit-requests-remaining", "0",
                        "anthropic-ratelimit-requests-reset", "2026-03-01T12:00:20Z",
                        "anthropic-ratelimit-tokens-limit", "1000",
                        "anthropic-ratelimit-tokens-remaining", "250",
                        "anthropic-ratelimit-tokens-reset", "2026-03-01T11:59:00Z")))
                .isEqualTo(
                        new RateLimitStatus(window(50, 0, Duration.ofSeconds(20)), window(1000, 250, Duration.ZERO)));
    }

    @Test
    void areReadInTogethersAndOpenRoutersSpelling() {
        assertThat(in(Map.of(
                        "x-ratelimit-limit", "10",
                        "x-ratelimit-remaining", "0",
                        "x-ratelimit-reset", Long.toString(NOW.plusSeconds(7).toEpochMilli()),
                        "x-tokenlimit-limit", "3000",
                        "x-tokenlimit-remaining", "2990")))
                .isEqualTo(new RateLimitStatus(
                        window(10, 0, Duration.ofSeconds(7)),
                        new Window(OptionalLong.of(3000), OptionalLong.of(2990), Optional.empty())));
    }

    @Test
    void areReadAsTheDraftOfTheIetfHasThem() {
        assertThat(in(Map.of("RateLimit-Limit", "100, 100;w=60", "RateLimit-Remaining", "7", "RateLimit-Reset", "50")))
                .isEqualTo(new RateLimitStatus(window(100, 7, Duration.ofSeconds(50)), Window.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "1s, PT1S",
        "6m0s, PT6M",
        "120ms, PT0.12S",
        "17.3ms, PT0.018S",
        "1m30.951s, PT1M30.951S",
        "2h3m4s, PT2H3M4S",
        "1d2h, PT26H",
        "250us, PT0.001S",
        "0, PT0S",
        "0.5, PT0.5S",
        "30, PT30S",
        "-4, PT0S",
        "1772366410, PT10S",
        "1772366410500, PT10.5S",
        "1500000000, PT0S",
    })
    void tellHowLongUntilTheReset(String value, Duration expected) {
        assertThat(in(Map.of("x-ratelimit-reset-requests", value)).requests().reset())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "NaN", "1 fortnight", "s", "--1", "99999999999999999999", "12abc"})
    void areNotToldWhereTheyAreNotUnderstandable(String value) {
        assertThat(in(Map.of(
                        "x-ratelimit-limit-requests", value,
                        "x-ratelimit-remaining-requests", value)))
                .isSameAs(RateLimitStatus.NONE);
        assertThat(in(Map.of("x-ratelimit-reset-requests", value)).requests().reset())
                .satisfies(reset -> assertThat(reset.orElse(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofDays(3650)));
    }

    private static Window window(long limit, long remaining, Duration reset) {
        return new Window(OptionalLong.of(limit), OptionalLong.of(remaining), Optional.of(reset));
    }

    private static RateLimitStatus in(Map<String, String> headers) {
        Map<String, List<String>> lists = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return RateLimitHeaders.in(HttpHeaders.of(lists, (name, value) -> true), NOW);
    }
}
