package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class RateLimiterTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ModelRequest REQUEST = request("judge", 400, 100);

    private final VirtualTime time = new VirtualTime();
    private final List<Long> starts = new ArrayList<>();
    private final Deque<ModelException> failures = new ArrayDeque<>();
    private TokenUsage usage = TokenUsage.NONE;
    private RateLimitStatus told = RateLimitStatus.NONE;

    private final ModelClient model = request -> {
        starts.add(time.nanos());
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return ModelResponse.of("fine").withUsage(usage).withRateLimits(told);
    };

    /** A request of so many letters, with so many tokens for the reply. */
    private static ModelRequest request(String purpose, int letters, int maxTokens) {
        return ModelRequest.builder(purpose)
                .text("x".repeat(letters))
                .sampling(SamplingOptions.defaults().withMaxTokens(maxTokens))
                .build();
    }

    private RateLimiter.Builder builder() {
        return RateLimiter.builder().time(time);
    }

    private void send(RateLimiter limiter, int calls) {
        for (int call = 0; call < calls; call++) {
            model.rateLimited(limiter).send(REQUEST);
        }
    }

    /** The most starts in any minute. */
    private long mostInAMinute() {
        return starts.stream()
                .mapToLong(first -> starts.stream()
                        .filter(other -> other >= first && other - first < MINUTE.toNanos())
                        .count())
                .max()
                .orElseThrow();
    }

    @Nested
    class Requests {
        @ParameterizedTest
        @ValueSource(ints = {1, 7, 60, 500, 3000})
        void neverStartMoreOftenInAMinuteAndHardlyLessOften(int perMinute) {
            long then = time.nanos();
            send(builder().requestsPerMinute(perMinute).build(), 2 * perMinute + 1);

            assertThat(mostInAMinute()).isEqualTo(perMinute);
            assertThat((double) time.since(then).toMillis()).isBetween(119_000.0, 122_500.0);
        }

        @Test
        void startEvenly() {
            send(builder().requestsPerMinute(60).build(), 5);

            assertThat(gaps()).containsOnly(Duration.ofSeconds(1));
        }

        @Test
        void ofSeveralClientsCountTogether() {
            RateLimiter limiter = builder().requestsPerMinute(60).build();
            ModelClient one = model.named("one").rateLimited(limiter);
            ModelClient other = model.named("other").rateLimited(limiter);

            one.send(REQUEST);
            other.send(REQUEST);

            assertThat(gaps()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void afterARestDoNotComeAllAtOnce() {
            RateLimiter limiter = builder().requestsPerMinute(600).build();
            time.pass(Duration.ofHours(1));
            send(limiter, 100);

            assertThat(time.since(starts.get(0))).isGreaterThan(Duration.ofSeconds(9));
        }

        private List<Duration> gaps() {
            List<Duration> gaps = new ArrayList<>();
            for (int i = 1; i < starts.size(); i++) {
                gaps.add(Duration.ofNanos(starts.get(i) - starts.get(i - 1))
                        .plusMillis(1)
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
            }
            return gaps;
        }
    }

    @Nested
    class Tokens {
        @Test
        void areEstimatedFromTheRequestBeforeAnythingIsKnown() {
            // 400 letters are 100 tokens, and the reply may have 100: 200 a call
            long then = time.nanos();
            send(builder().tokensPerMinute(12_000).build(), 61);

            assertThat((double) time.since(then).toMillis()).isCloseTo(60_000, within(1500.0));
        }

        @Test
        void areWhatRepliesTellOnceTheyTellIt() {
            usage = new TokenUsage(900, 0, 100, 0);
            RateLimiter limiter = builder().tokensPerMinute(60_000).build();
            send(limiter, 100);
            long then = time.nanos();

            send(limiter, 60);

            assertThat((double) time.since(then).toMillis()).isCloseTo(60_000, within(2000.0));
        }

        @Test
        void thatWereNotNeededAreGivenBack() {
            usage = new TokenUsage(5, 0, 5, 0);
            ModelRequest modest = request("judge", 40, 9_990);
            RateLimiter limiter = builder().tokensPerMinute(1_000).build();
            long then = time.nanos();

            model.rateLimited(limiter).send(modest);
            model.rateLimited(limiter).send(modest);

            assertThat(time.since(then)).isLessThan(Duration.ofSeconds(2));
        }

        @Test
        void ofARefusedCallAreGivenBackAndThoseOfALostOneAreNot() {
            RateLimiter limiter = builder().tokensPerMinute(200).build();
            failures.add(new ModelException.Server(new HttpFailure("no", 500, "", "", Optional.empty())));
            failures.add(new ModelException.Timeout("late"));
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(() -> model.rateLimited(limiter).send(REQUEST))
                        .isInstanceOf(ModelException.class);
            }

            send(limiter, 1);

            assertThat(Duration.ofNanos(starts.get(1) - starts.get(0))).isZero();
            assertThat(Duration.ofNanos(starts.get(2) - starts.get(1))).isGreaterThan(Duration.ofSeconds(59));
        }

        @Test
        void ofAHugeCallAreMadeGoodAfterIt() {
            RateLimiter limiter = builder().tokensPerMinute(1000).build();
            model.rateLimited(limiter).send(request("judge", 0, 5000));
            long then = time.nanos();

            send(limiter, 1);

            assertThat(time.since(then)).isBetween(Duration.ofSeconds(299), Duration.ofSeconds(304));
        }
    }

    @Nested
    class Needs {
        private final TokenNeed need = new TokenNeed();

        @Test
        void countLettersImagesTheSchemaAndTheReply() {
            assertThat(need.of(request("judge", 400, 50))).isEqualTo(150);
            assertThat(need.of(ModelRequest.builder("judge").text("漢字かな").build()))
                    .isEqualTo(3 + 500);
            ModelRequest full = ModelRequest.builder("judge")
                    .system("abcd")
                    .text("efgh")
                    .image(new NoImage())
                    .replyForm(ReplyForm.jsonSchema("name", "{\"a\": 1}"))
                    .sampling(SamplingOptions.defaults().withMaxTokens(10))
                    .build();
            assertThat(need.of(full)).isEqualTo(1 + 1 + 400 + 2 + 10);
        }

        @Test
        void areLearntForEachPurpose() {
            need.learn(request("judge", 400, 100), 400);

            assertThat(need.of(request("judge", 800, 100))).isEqualTo(600);
            assertThat(need.of(request("evolve", 800, 100))).isEqualTo(300);
        }

        @Test
        void followWhatCallsTakeWithoutJumping() {
            need.learn(REQUEST, 200);
            need.learn(REQUEST, 2200);
            assertThat(need.of(REQUEST)).isCloseTo(400, within(1e-6));
            for (int call = 0; call < 100; call++) {
                need.learn(REQUEST, 2200);
            }
            assertThat(need.of(REQUEST)).isCloseTo(2200, within(1.0));
        }
    }

    private static final class NoImage implements LazyImage {
        @Override
        public String hash() {
            throw new AssertionError("nobody needs to read the image");
        }

        @Override
        public EncodedImage encoded() {
            throw new AssertionError("nobody needs to decode the image");
        }
    }

    @Nested
    class Pauses {
        @Test
        void aServerThatAsksToWaitIsNotAskedBefore() {
            RateLimiter limiter = builder().build();
            failures.add(new ModelException.RateLimit(
                    new HttpFailure("slow down", 429, "", "", Optional.of(Duration.ofSeconds(12)))));
            assertThatThrownBy(() -> send(limiter, 1)).isInstanceOf(ModelException.RateLimit.class);
            assertThat(limiter.pauseLeft()).isEqualTo(Duration.ofSeconds(12));

            send(limiter, 1);

            assertThat(starts.get(1) - starts.get(0))
                    .isEqualTo(Duration.ofSeconds(12).toNanos());
        }

        @Test
        void aReplyThatTellsThatNoRequestIsLeftHoldsTheNextOneBack() {
            told = new RateLimitStatus(left(0, 9), RateLimitStatus.Window.NONE);
            RateLimiter limiter = builder().build();

            send(limiter, 2);

            assertThat(starts.get(1) - starts.get(0))
                    .isEqualTo(Duration.ofSeconds(9).toNanos());
        }

        @Test
        void aReplyThatTellsThatTooFewTokensAreLeftHoldsTheNextOneBack() {
            usage = new TokenUsage(300, 0, 200, 0);
            RateLimiter limiter = builder().build();
            told = new RateLimitStatus(left(5, 9), left(499, 30));
            send(limiter, 1);
            told = new RateLimitStatus(left(4, 9), left(501, 30));
            send(limiter, 2);

            assertThat(starts.get(1) - starts.get(0))
                    .isEqualTo(Duration.ofSeconds(30).toNanos());
            assertThat(starts.get(2) - starts.get(1)).isZero();
        }

        private static RateLimitStatus.Window left(long remaining, int seconds) {
            return new RateLimitStatus.Window(
                    OptionalLong.of(100), OptionalLong.of(remaining), Optional.of(Duration.ofSeconds(seconds)));
        }

        @Test
        void aCallWhoseTimeWouldBeOverFailsAtOnce() {
            RateLimiter limiter = builder().requestsPerMinute(2).build();
            send(limiter, 1);
            ModelRequest hasty = REQUEST.within(Duration.ofSeconds(10), time);

            assertThatThrownBy(() -> model.rateLimited(limiter).send(hasty)).isInstanceOf(ModelException.Timeout.class);
            assertThat(starts).hasSize(1);
            assertThat(time.since(starts.get(0))).isZero();
        }
    }

    @Test
    void manyThreadsShareOne() throws Exception {
        RateLimiter limiter = RateLimiter.builder()
                .requestsPerMinute(600_000)
                .tokensPerMinute(600_000_000)
                .build();
        AtomicInteger served = new AtomicInteger();
        ModelClient client = request -> ModelResponse.of("reply " + served.incrementAndGet());

        long began = System.nanoTime();
        Callers.together(1000, () -> client.rateLimited(limiter).send(REQUEST));

        assertThat(served).hasValue(1000);
        // 10 000 a second, of which 6 000 may be saved up: this says that nobody waits much, no more
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void nonsenseIsRefusedAndTheLimitsAreTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimiter.builder().requestsPerMinute(0))
                .withMessageContaining("requestsPerMinute");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimiter.builder().tokensPerMinute(-1))
                .withMessageContaining("tokensPerMinute");
        assertThat(RateLimiter.builder().requestsPerMinute(5).build())
                .hasToString("RateLimiter[requestsPerMinute=5, tokensPerMinute=none]");
    }
}
