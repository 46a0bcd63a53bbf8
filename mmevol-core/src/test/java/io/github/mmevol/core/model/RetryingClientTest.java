package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingClientTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    private final VirtualTime time = new VirtualTime();
    private final List<ModelRequest> sent = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private double drawn = 1.0;

    private final ModelClient model = request -> {
        sent.add(request);
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        return ModelResponse.of("fine");
    };

    private RetryPolicy.Builder policy() {
        return RetryPolicy.builder().time(time).random(() -> drawn);
    }

    @Nested
    class Attempts {
        @Test
        void aReplyAtOnceIsPassedOnWithoutWaiting() {
            assertThat(model.retrying(policy().build()).send(REQUEST).text()).isEqualTo("fine");
            assertThat(sent).hasSize(1);
            assertThat(time.slept()).isEmpty();
        }

        @Test
        void theSameRequestIsSentAgainUntilAReplyComes() {
            failures.add(io());
            failures.add(new ModelException.Timeout("late"));
            failures.add(new ModelException.MalformedReply("half"));
            failures.add(rateLimit(Optional.empty()));

            assertThat(model.retrying(policy().build()).send(REQUEST).text()).isEqualTo("fine");
            assertThat(sent)
                    .hasSize(5)
                    .allSatisfy(request -> assertThat(request).isSameAs(REQUEST));
        }

        @Test
        void afterTheLastAttemptTheLastCauseIsThrownAndEarlierOnesAreSuppressed() {
            List<ModelException> all = List.of(io(), io(), io(), io(), io());
            failures.addAll(all);

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isSameAs(all.get(4))
                    .satisfies(last -> assertThat(last.getSuppressed()).containsExactlyElementsOf(all.subList(0, 4)));
            assertThat(sent).hasSize(5);
            assertThat(time.slept()).hasSize(4);
        }

        @Test
        void aClientThatThrowsOneAndTheSameExceptionDoesNotConfuseIt() {
            ModelException same = io();
            failures.addAll(List.of(same, same, same));

            assertThatThrownBy(() ->
                            model.retrying(policy().maxAttempts(3).build()).send(REQUEST))
                    .isSameAs(same)
                    .hasNoSuppressedExceptions();
        }

        @Test
        void whatCannotPassIsNotTriedAgain() {
            failures.add(io());
            failures.add(new ModelException.Quota(failure(429, Optional.empty())));

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isInstanceOf(ModelException.Quota.class)
                    .satisfies(last -> assertThat(last.getSuppressed()).hasSize(1));
            assertThat(sent).hasSize(2);
        }

        @Test
        void aStrangeExceptionPassesThrough() {
            failures.add(new IllegalStateException("a bug"));

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(sent).hasSize(1);
        }

        @Test
        void withoutRetriesTheFirstFailureIsFinal() {
            failures.add(io());

            assertThatThrownBy(() -> model.retrying(RetryPolicy.none()).send(REQUEST))
                    .isInstanceOf(ModelException.Io.class);
            assertThat(sent).hasSize(1);
        }
    }

    @Nested
    class Waits {
        @Test
        void theWaitDoublesUpToTheLongest() {
            for (int i = 0; i < 8; i++) {
                failures.add(io());
            }

            model.retrying(policy().maxAttempts(9).build()).send(REQUEST);

            assertThat(time.slept())
                    .extracting(Duration::toSeconds)
                    .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        }

        @Test
        void theJitterReachesDownToZero() {
            failures.addAll(List.of(io(), io()));
            drawn = 0.0;

            model.retrying(policy().build()).send(REQUEST);

            assertThat(time.slept()).containsExactly(Duration.ZERO, Duration.ZERO);
        }

        @Test
        void manyDoublingsDoNotOverflow() {
            assertThat(policy().build().backoff(100_000)).isEqualTo(Duration.ofSeconds(60));
        }

        @Test
        void theDefaultJitterStaysBetweenZeroAndTheCeiling() {
            for (int i = 0; i < 1000; i++) {
                assertThat(RetryPolicy.ofDefaults().backoff(2)).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            }
        }

        @Test
        void theJitterIsSpreadOverTheWholeWait() {
            RetryPolicy policy = RetryPolicy.builder()
                    .time(time)
                    .random(new Random(1)::nextDouble)
                    .build();

            int[] quarters = new int[4];
            for (int i = 0; i < 4000; i++) {
                quarters[(int) (policy.backoff(3).toMillis() / 1000)]++;
            }
            assertThat(Arrays.stream(quarters))
                    .allSatisfy(count -> assertThat(count).isBetween(900, 1100));
        }

        @Test
        void whatTheServerAsksForComesBeforeTheDrawnWait() {
            failures.add(rateLimit(Optional.of(Duration.ofSeconds(20))));
            failures.add(rateLimit(Optional.of(Duration.ofSeconds(300))));

            model.retrying(policy().build()).send(REQUEST);

            assertThat(time.slept()).containsExactly(Duration.ofSeconds(21), Duration.ofSeconds(302));
        }

        @Test
        void aServerThatAsksForAMomentInThePastIsNotWaitedFor() {
            failures.add(rateLimit(Optional.of(Duration.ofSeconds(-5))));

            model.retrying(policy().build()).send(REQUEST);

            assertThat(time.slept()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void aServerThatAsksForMoreThanTheLongestWaitFailsTheCallAtOnceAndTheMessageSaysHowMuch() {
            failures.add(io());
            failures.add(rateLimit(Optional.of(Duration.ofMinutes(90))));

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isInstanceOf(ModelException.RateLimit.class)
                    .hasMessageContaining("PT1H30M")
                    .satisfies(last -> assertThat(last.getSuppressed()).hasSize(1));
            assertThat(time.slept()).hasSize(1);
        }
    }

    @Nested
    class Deadlines {
        private final List<Duration> left = new ArrayList<>();

        private ModelClient taking(Duration each) {
            return request -> {
                left.add(request.timeLeft().orElseThrow());
                time.pass(each);
                throw failures.remove();
            };
        }

        private RetryPolicy within(int seconds) {
            return policy().deadline(Duration.ofSeconds(seconds)).build();
        }

        @Test
        void eachAttemptIsToldWhatIsLeft() {
            failures.addAll(List.of(io(), io(), io(), quota()));

            assertThatThrownBy(() ->
                            taking(Duration.ofSeconds(2)).retrying(within(60)).send(REQUEST))
                    .isInstanceOf(ModelException.Quota.class);

            // attempts of 2 s each, waits of 1, 2 and 4 s between them
            assertThat(left).extracting(Duration::toSeconds).containsExactly(60L, 57L, 53L, 47L);
        }

        @Test
        void aWaitThatWouldLastBeyondTheDeadlineIsNotBegun() {
            ModelException second = io();
            failures.addAll(List.of(io(), second));

            assertThatThrownBy(() ->
                            taking(Duration.ofSeconds(3)).retrying(within(9)).send(REQUEST))
                    .isSameAs(second)
                    .satisfies(last -> assertThat(last.getSuppressed()).hasSize(1));

            // 3 s, 1 s of waiting, 3 s: two are left, and the next wait would take all of them
            assertThat(time.slept()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void aServerThatAsksForMoreThanIsLeftFailsTheCallAtOnce() {
            failures.add(rateLimit(Optional.of(Duration.ofSeconds(30))));

            assertThatThrownBy(() ->
                            taking(Duration.ofSeconds(1)).retrying(within(20)).send(REQUEST))
                    .isInstanceOf(ModelException.RateLimit.class)
                    .hasMessageContaining("PT30S");
            assertThat(time.slept()).isEmpty();
        }

        @Test
        void aReplyThatComesLateIsAReply() {
            ModelClient slow = request -> {
                time.pass(Duration.ofMinutes(5));
                return ModelResponse.of("at last");
            };

            assertThat(slow.retrying(within(20)).send(REQUEST).text()).isEqualTo("at last");
        }

        @Test
        void aDeadlineCountsForASingleAttemptToo() {
            failures.add(io());
            RetryPolicy once = within(20).toBuilder().maxAttempts(1).build();

            assertThatThrownBy(
                            () -> taking(Duration.ofSeconds(1)).retrying(once).send(REQUEST))
                    .isInstanceOf(ModelException.Io.class);
            assertThat(left).containsExactly(Duration.ofSeconds(20));
        }

        @Test
        void theNearerOfTwoDeadlinesCounts() {
            failures.addAll(List.of(quota(), quota()));
            ModelClient inner = taking(Duration.ofSeconds(1)).retrying(within(30));

            assertThatThrownBy(() -> inner.retrying(within(20)).send(REQUEST)).isInstanceOf(ModelException.Quota.class);
            assertThatThrownBy(() -> inner.retrying(within(40)).send(REQUEST)).isInstanceOf(ModelException.Quota.class);
            assertThat(left).extracting(Duration::toSeconds).containsExactly(20L, 30L);
        }

        @Test
        void aTimeBeyondAllCountingIsAYearAndOneBelowZeroIsNone() {
            Duration endless = Duration.ofSeconds(Long.MAX_VALUE);

            assertThat(REQUEST.within(endless, time).timeLeft()).contains(Duration.ofDays(365));
            assertThat(REQUEST.within(endless, time)
                            .within(Duration.ofSeconds(5), time)
                            .timeLeft())
                    .contains(Duration.ofSeconds(5));
            assertThat(REQUEST.within(Duration.ofSeconds(Long.MIN_VALUE), time).timeLeft())
                    .contains(Duration.ZERO);
            assertThat(REQUEST.within(endless).timeLeft()).isNotEmpty();
        }

        @Test
        void theRequestIsOtherwiseTheSame() {
            model.retrying(within(20)).send(REQUEST);

            assertThat(sent).singleElement().satisfies(request -> {
                assertThat(request)
                        .usingRecursiveComparison()
                        .ignoringFields("deadline")
                        .isEqualTo(REQUEST);
                assertThat(request.timeLeft()).contains(Duration.ofSeconds(20));
                assertThat(REQUEST.timeLeft()).isEmpty();
            });
        }

        private static ModelException quota() {
            return new ModelException.Quota(failure(429, Optional.empty()));
        }
    }

    @Nested
    class StatusCodes {
        @ParameterizedTest
        @ValueSource(ints = {408, 409, 500, 502, 503, 504, 529, 599})
        void ofAServerInTroubleAreTriedAgain(int status) {
            failures.add(new ModelException.Server(failure(status, Optional.empty())));

            assertThat(model.retrying(policy().build()).send(REQUEST).text()).isEqualTo("fine");
            assertThat(sent).hasSize(2);
        }

        @Test
        void ofAServerThatCannotDoItAtAllAreFinal() {
            failures.add(new ModelException.Server(failure(501, Optional.empty())));

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isInstanceOf(ModelException.Server.class);
            assertThat(sent).hasSize(1);
        }

        static List<ModelException> finalOnes() {
            return List.of(
                    new ModelException.InvalidRequest(failure(400, Optional.empty())),
                    new ModelException.InvalidRequest(failure(422, Optional.empty())),
                    new ModelException.Authentication(failure(401, Optional.empty())),
                    new ModelException.UnknownModel(failure(404, Optional.empty())),
                    new ModelException.Quota(failure(429, Optional.of(Duration.ofSeconds(1)))),
                    new ModelException.UnusableImage("no image"),
                    new ModelException.NotStored("replay"));
        }

        @ParameterizedTest
        @MethodSource("finalOnes")
        void ofARequestThatIsWrongAreFinal(ModelException failure) {
            failures.add(failure);

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isSameAs(failure);
            assertThat(sent).hasSize(1);
            assertThat(time.slept()).isEmpty();
        }
    }

    @Nested
    class Interruption {
        @Test
        void endsTheWaitWithTheFlagSetAndTheFailuresSoFarSuppressed() {
            ModelException first = io();
            failures.add(first);
            RetryPolicy interrupted = policy().build().toBuilder()
                    .time(Time.SYSTEM)
                    .baseDelay(Duration.ofSeconds(30))
                    .build();
            failures.add(io());
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> model.retrying(interrupted).send(REQUEST))
                    .isInstanceOf(ModelException.Interrupted.class)
                    .hasSuppressedException(first);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(sent).hasSize(1);
        }

        @Test
        void isNoticedEvenWhereThereIsNothingToWaitFor() {
            failures.add(io());
            RetryPolicy noWait = RetryPolicy.builder().baseDelay(Duration.ZERO).build();
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> model.retrying(noWait).send(REQUEST))
                    .isInstanceOf(ModelException.Interrupted.class);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(sent).hasSize(1);
        }

        @Test
        void ofTheCallItselfIsNeverTriedAgain() {
            failures.add(new ModelException.Interrupted("stop"));

            assertThatThrownBy(() -> model.retrying(policy().build()).send(REQUEST))
                    .isInstanceOf(ModelException.Interrupted.class);
            assertThat(Thread.interrupted()).as("interrupt flag, cleared here").isTrue();
            assertThat(sent).hasSize(1);
        }
    }

    @Nested
    class Options {
        @Test
        void theDefaultsAreFiveAttemptsOneSecondAndOneMinute() {
            RetryPolicy defaults = RetryPolicy.ofDefaults();

            assertThat(defaults.maxAttempts()).isEqualTo(5);
            assertThat(defaults.baseDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(defaults.maxDelay()).isEqualTo(Duration.ofSeconds(60));
            assertThat(defaults.maxRetryAfter()).isEqualTo(Duration.ofMinutes(10));
            assertThat(defaults.deadline()).isEmpty();
            assertThat(RetryPolicy.none().maxAttempts()).isEqualTo(1);
        }

        @Test
        void aPolicyCanBeTakenUpAndChanged() {
            RetryPolicy changed = policy().maxAttempts(7).baseDelay(Duration.ofMillis(5)).build().toBuilder()
                    .maxDelay(Duration.ofMillis(8))
                    .deadline(Duration.ofSeconds(9))
                    .build();

            assertThat(changed)
                    .hasToString("RetryPolicy[maxAttempts=7, baseDelay=PT0.005S, maxDelay=PT0.008S,"
                            + " maxRetryAfter=PT10M, deadline=PT9S]");
            assertThat(changed.toBuilder().build().deadline()).contains(Duration.ofSeconds(9));
            assertThat(changed.backoff(2)).isEqualTo(Duration.ofMillis(8));
        }

        @Test
        void nonsenseIsRefusedWhereItIsSet() {
            RetryPolicy.Builder builder = RetryPolicy.builder();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxAttempts(0))
                    .withMessageContaining("maxAttempts");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.baseDelay(Duration.ofMillis(-1)))
                    .withMessageContaining("baseDelay");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxDelay(Duration.ofDays(2)))
                    .withMessageContaining("maxDelay");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxRetryAfter(Duration.ofDays(2)))
                    .withMessageContaining("maxRetryAfter");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.deadline(Duration.ZERO))
                    .withMessageContaining("deadline");
        }
    }

    @Nested
    class Names {
        @Test
        void aRetryingClientKeepsTheNameAndANamedOneHasItsOwn() {
            assertThat(model.name()).isEqualTo("custom");
            assertThat(model.named("mine").retrying(policy().build()).name()).isEqualTo("mine");
            assertThat(model.named("mine").named("yours").name()).isEqualTo("yours");
        }

        @Test
        void aBlankNameIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.named(" "))
                    .withMessageContaining("name");
        }
    }

    private static ModelException io() {
        return new ModelException.Io("the connection broke");
    }

    private static ModelException rateLimit(Optional<Duration> retryAfter) {
        return new ModelException.RateLimit(failure(429, retryAfter));
    }

    private static HttpFailure failure(int status, Optional<Duration> retryAfter) {
        return new HttpFailure("too many requests", status, "slow down", "req-1", retryAfter);
    }
}
