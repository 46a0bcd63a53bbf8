package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NullArgumentsTest {
    private static final ModelClient MODEL = request -> ModelResponse.of("fine");
    private static final ModelRequest REQUEST = ModelRequest.builder("judge").build();

    static Stream<Arguments> nulls() {
        return Stream.of(
                of("name", () -> MODEL.named(null)),
                of("limiter", () -> MODEL.rateLimited(null)),
                of("limiter", () -> MODEL.concurrencyLimited(null)),
                of("policy", () -> MODEL.retrying(null)),
                of("others", () -> MODEL.withFallback((ModelClient[]) null)),
                of("other", () -> MODEL.withFallback((ModelClient) null)),
                of("listener", () -> MODEL.listening(null)),
                of("budget", () -> MODEL.budgeted(null)),
                of("time", () -> REQUEST.within(null)),
                of("purpose", () -> ModelRequest.builder(null)),
                of("text", () -> ModelRequest.builder("judge").text(null)),
                of("text", () -> new ModelRequest.Text(null)),
                of("image", () -> new ModelRequest.Image(null)),
                of("baseDelay", () -> RetryPolicy.builder().baseDelay(null)),
                of("maxDelay", () -> RetryPolicy.builder().maxDelay(null)),
                of("deadline", () -> RetryPolicy.builder().deadline(null)),
                of("maxCost", () -> Budget.unlimited().maxCost(null)),
                of("prices", () -> Budget.unlimited().prices(null)),
                of("client", () -> PriceTable.none().with(null, "1", "1", "1")),
                of("prompt", () -> PriceTable.none().with("m", null, "1", "1")),
                of("cached", () -> PriceTable.none().withOthers("1", null, "1")),
                of("completion", () -> PriceTable.none().withOthers("1", "1", null)),
                of("client", () -> PriceTable.none().knows(null)),
                of("client", () -> PriceTable.none().cost(null, TokenUsage.NONE)),
                of("lines", () -> new Account(null)),
                of("prices", () -> Account.NONE.priced(null)),
                of(
                        "temperature",
                        () -> new SamplingOptions(
                                null, OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty())),
                of("excerpt", () -> new HttpFailure("it failed", 500, null, "", Optional.<Duration>empty())),
                of("source", () -> ImageEncoder.ofDefaults().image(null)),
                of("source", () -> ImageEncoder.ofDefaults().fingerprint(null)));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void areRefusedByTheirName(String name, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(name);
    }

    private static Arguments of(String name, ThrowingCallable call) {
        return Arguments.of(name, call);
    }
}
