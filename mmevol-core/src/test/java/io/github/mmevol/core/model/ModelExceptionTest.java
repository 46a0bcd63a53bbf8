package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModelExceptionTest {
    private static final HttpFailure FAILURE = new HttpFailure("it failed", 400, "body", "req-1", Optional.empty());

    @Test
    void whatIsWrongWithOneSampleNeitherEndsTheRunNorIsTriedAgain() {
        List<ModelException> ofTheSample = List.of(
                new ModelException.InvalidImage(FAILURE),
                new ModelException.ContextLength(FAILURE),
                new ModelException.ContentFilter(FAILURE),
                new ModelException.InvalidRequest(FAILURE));

        assertThat(ofTheSample).noneMatch(ModelException::endsRun).noneMatch(ModelException::isRetryable);
    }

    @Test
    void whatEveryCallWouldMeetEndsTheRun() {
        List<ModelException> ofTheRun = List.of(
                new ModelException.UnknownModel(FAILURE),
                new ModelException.Authentication(FAILURE),
                new ModelException.Quota(FAILURE));

        assertThat(ofTheRun).allMatch(ModelException::endsRun).noneMatch(ModelException::isRetryable);
    }

    @Test
    void anErrorCarriesWhatTheServerToldOfItsLimits() {
        RateLimitStatus.Window none =
                new RateLimitStatus.Window(OptionalLong.of(60), OptionalLong.of(0), Optional.of(Duration.ofSeconds(9)));
        RateLimitStatus limits = new RateLimitStatus(none, RateLimitStatus.Window.NONE);

        assertThat(new ModelException.RateLimit(new HttpFailure("too many", 429, "", "", Optional.empty(), limits))
                        .rateLimits())
                .isEqualTo(limits);
        assertThat(new ModelException.RateLimit(FAILURE).rateLimits()).isEqualTo(RateLimitStatus.NONE);
        assertThat(new ModelException.Timeout("late").rateLimits()).isEqualTo(RateLimitStatus.NONE);
    }
}
