package io.github.mmevol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.250Z");

    @ParameterizedTest
    @CsvSource({
        "retry-after-ms, 1500, PT1.5S",
        "retry-after-ms, 0.2, PT0.001S",
        "retry-after-ms, -3, PT0S",
        "Retry-After, 7, PT7S",
        "Retry-After, 0, PT0S",
        "Retry-After, 1.5, PT1.5S",
        "Retry-After, 20s, PT20S",
        "Retry-After, 1m30s, PT1M30S",
        "Retry-After, 1d, PT24H",
        "Retry-After, 0.0004, PT0.001S",
        "Retry-After, -20, PT0S",
        "Retry-After, 1e300, PT87600H",
        "Retry-After, 99999999999999999999, PT87600H",
    })
    void readsMillisecondsAndSeconds(String header, String value, Duration expected) {
        assertThat(in(Map.of(header, List.of(value)))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sun, 01 Mar 2026 12:00:30 GMT | PT29.75S",
                "Sun, 1 Mar 2026 12:01:00 GMT | PT59.75S",
                "Sun, 01 Mar 2026 11:59:00 GMT | PT0S",
                "Mon, 01 Mar 2026 12:00:30 GMT | PT29.75S",
                "Sunday, 01-Mar-26 12:00:30 GMT | PT29.75S",
                "Sun Mar  1 12:00:30 2026 | PT29.75S",
                "Fri, 31 Dec 9999 23:59:59 GMT | PT87600H",
            })
    void readsADate(String value, Duration expected) {
        assertThat(in(Map.of("Retry-After", List.of(value)))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "", "NaN", "Sun, 99 Mar 2026 12:00:00 GMT", "2026-03-01T12:00:30Z"})
    void passesOverWhatItDoesNotUnderstand(String value) {
        assertThat(in(Map.of("Retry-After", List.of(value)))).isEmpty();
    }

    @Test
    void millisecondsComeBeforeSecondsButOnlyIfTheyAreANumber() {
        assertThat(in(Map.of("Retry-After", List.of("9"), "retry-after-ms", List.of("250"))))
                .contains(Duration.ofMillis(250));
        assertThat(in(Map.of("Retry-After", List.of("9"), "retry-after-ms", List.of("?"))))
                .contains(Duration.ofSeconds(9));
        assertThat(in(Map.of())).isEmpty();
    }

    private static Optional<Duration> in(Map<String, List<String>> headers) {
        return RetryAfter.in(HttpHeaders.of(headers, (name, value) -> true), NOW);
    }
}
