package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ConcurrencyLimiterTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("hello").build();

    private final VirtualTime time = new VirtualTime();
    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(1, 64, time);

    private static ModelException rateLimit(Duration retryAfter) {
        return new ModelException.RateLimit(new HttpFailure("too many requests", 429, "", "", Optional.of(retryAfter)));
    }

    private static void fails(ModelClient client) {
        assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.class);
    }

    private ModelClient failingOnceWith(ModelException failure) {
        AtomicInteger calls = new AtomicInteger();
        return request -> {
            if (calls.getAndIncrement() == 0) {
                throw failure;
            }
            return ModelResponse.of("fine");
        };
    }

    @Nested
    class Threads {
        @Test
        void thousandCallersAreNeverMoreThanTheLimitAtOnce() throws Exception {
            ConcurrencyLimiter eight = ConcurrencyLimiter.fixed(8);
            AtomicInteger inFlight = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            ModelClient client = request -> {
                most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                Thread.yield();
                inFlight.decrementAndGet();
                return ModelResponse.of("fine");
            };
            ModelClient one = client.concurrencyLimited(eight);
            ModelClient other = client.concurrencyLimited(eight);

            Callers.together(1000, () -> {
                one.send(REQUEST);
                return other.send(REQUEST);
            });

            assertThat(most.get()).isBetween(1, 8);
            assertThat(eight.inFlight()).isZero();
        }

        @Test
        void thousandCallersOfAnAdaptiveOneAreAllServed() throws Exception {
            ConcurrencyLimiter adaptive = ConcurrencyLimiter.adaptive();
            AtomicInteger served = new AtomicInteger();
            ModelClient client = request -> ModelResponse.of("reply " + served.incrementAndGet());

            Callers.together(1000, () -> client.concurrencyLimited(adaptive).send(REQUEST));

            assertThat(served).hasValue(1000);
            assertThat(adaptive.inFlight()).isZero();
            assertThat(adaptive.pauseLeft()).isZero();
        }

        @Test
        void whoComesFirstIsServedFirst() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            ModelClient client = ((ModelClient) request -> {
                        await(release);
                        order.add(request.text());
                        return ModelResponse.of("fine");
                    })
                    .concurrencyLimited(ConcurrencyLimiter.fixed(1));
            List<Thread> threads = new ArrayList<>();
            List<String> came = new ArrayList<>();
            for (int caller = 0; caller < 20; caller++) {
                ModelRequest mine =
                        ModelRequest.builder("judge").text("caller " + caller).build();
                came.add(mine.text());
                threads.add(Callers.waiting(() -> client.send(mine)));
            }

            release.countDown();
            for (Thread thread : threads) {
                thread.join(30_000);
            }

            assertThat(order).containsExactlyElementsOf(came);
        }

        @Test
        void anInterruptedCallerLeavesTheLineAndTheOthersGoOn() throws Exception {
            CountDownLatch release = new CountDownLatch(1);
            ConcurrencyLimiter single = ConcurrencyLimiter.fixed(1);
            ModelClient client = ((ModelClient) request -> {
                        await(release);
                        return ModelResponse.of("fine");
                    })
                    .concurrencyLimited(single);
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            CompletableFuture<String> third = new CompletableFuture<>();
            Thread first = Callers.waiting(() -> client.send(REQUEST));
            Thread second = Callers.waiting(() -> {
                thrown.complete(catchThrowable(() -> client.send(REQUEST)));
                flag.complete(Thread.currentThread().isInterrupted());
            });
            Thread last =
                    Callers.waiting(() -> third.complete(client.send(REQUEST).text()));

            second.interrupt();

            assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(ModelException.Interrupted.class);
            assertThat(flag.get(30, TimeUnit.SECONDS)).as("interrupt flag").isTrue();
            assertThat(third).isNotDone();
            release.countDown();
            assertThat(third.get(30, TimeUnit.SECONDS)).isEqualTo("fine");
            first.join(30_000);
            last.join(30_000);
            assertThat(single.inFlight()).isZero();
        }

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new ModelException.Interrupted("interrupted", e);
            }
        }
    }

    @Test
    void aCallThatFailsInAnyWayGivesItsPlaceBack() {
        ConcurrencyLimiter single = new ConcurrencyLimiter(1, 1, time);
        List<Throwable> failures = List.of(
                new ModelException.Io("broken"), new IllegalStateException("a bug"), new StackOverflowError("deep"));

        for (Throwable failure : failures) {
            ModelClient client = request -> {
                assertThat(single.inFlight()).isEqualTo(1);
                throw Callers.unchecked(failure);
            };
            assertThatThrownBy(() -> client.concurrencyLimited(single).send(REQUEST))
                    .isSameAs(failure);
            assertThat(single.inFlight()).isZero();
        }
    }

    @Nested
    class Pauses {
        @Test
        void aServerThatAsksToWaitIsNotAskedByAnybodyBefore() {
            ModelClient refused = failingOnceWith(rateLimit(Duration.ofSeconds(20)));
            ModelClient other = request -> ModelResponse.of("fine");
            assertThatThrownBy(() -> refused.concurrencyLimited(limiter).send(REQUEST))
                    .isInstanceOf(ModelException.RateLimit.class);
            long then = time.nanos();
            assertThat(limiter.pauseLeft()).isEqualTo(Duration.ofSeconds(20));

            other.concurrencyLimited(limiter).send(REQUEST);

            assertThat(time.since(then)).isEqualTo(Duration.ofSeconds(20));
            assertThat(limiter.pauseLeft()).isZero();
        }

        @Test
        void theLongerOfTwoWaitsCounts() {
            Throttle throttle = new Throttle(1, 1, 0);
            long first = throttle.start(0);
            throttle.ended(first, new Ending(Ending.Kind.REFUSED, Duration.ofSeconds(20)), 0);
            throttle.ended(first, new Ending(Ending.Kind.REFUSED, Duration.ofSeconds(5)), 0);

            assertThat(throttle.pauseLeft(0)).isEqualTo(Duration.ofSeconds(20));
        }

        @Test
        void aBusyServerIsGivenItsTimeToo() {
            ModelException busy = new ModelException.Server(
                    new HttpFailure("overloaded", 503, "", "", Optional.of(Duration.ofSeconds(3))));
            fails(failingOnceWith(busy).concurrencyLimited(limiter));

            assertThat(limiter.pauseLeft()).isEqualTo(Duration.ofSeconds(3));
        }

        @Test
        void aQuotaThatIsUsedUpHoldsNobodyBack() {
            ModelException quota = new ModelException.Quota(
                    new HttpFailure("no quota", 429, "", "", Optional.of(Duration.ofSeconds(30))));
            fails(failingOnceWith(quota).concurrencyLimited(limiter));

            assertThat(limiter.pauseLeft()).isZero();
        }

        @Test
        void aServerThatAsksForHoursEndsTheRunAndTheErrorSaysHowLong() {
            ModelClient client = failingOnceWith(rateLimit(Duration.ofHours(5))).concurrencyLimited(limiter);
            assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.RateLimit.class);
            long then = time.nanos();

            assertThatThrownBy(() -> client.send(REQUEST))
                    .isInstanceOfSatisfying(
                            ModelException.Quota.class,
                            failure -> assertThat(failure.endsRun()).isTrue())
                    .hasMessageContaining("PT5H");
            assertThat(time.since(then)).isZero();
            assertThat(limiter.inFlight()).isZero();
        }

        @Test
        void aTimeBeyondAllMeasureDoesNoHarm() {
            ModelClient client = failingOnceWith(rateLimit(Duration.ofSeconds(Long.MAX_VALUE)))
                    .concurrencyLimited(limiter);

            assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.RateLimit.class);
            assertThatThrownBy(() -> client.send(REQUEST)).isInstanceOf(ModelException.Quota.class);
        }

        @Test
        void aCallWhoseTimeWouldBeOverFailsAtOnce() {
            ModelClient client =
                    failingOnceWith(rateLimit(Duration.ofSeconds(20))).concurrencyLimited(limiter);
            fails(client);
            long then = time.nanos();

            assertThatThrownBy(() -> client.send(REQUEST.within(Duration.ofSeconds(20), time)))
                    .isInstanceOf(ModelException.Timeout.class)
                    .hasMessageContaining("PT20S");
            assertThat(time.since(then)).isZero();
            assertThat(client.send(REQUEST.within(Duration.ofSeconds(21), time)).text())
                    .isEqualTo("fine");
        }

        @Test
        void aReplyThatTellsThatNothingIsLeftHoldsTheNextCallBackUntilTheReset() {
            ModelClient client = ((ModelClient) request ->
                            ModelResponse.of("fine").withRateLimits(told(OptionalLong.of(0), Duration.ofSeconds(7))))
                    .concurrencyLimited(limiter);
            client.send(REQUEST);
            long then = time.nanos();

            client.send(REQUEST);

            assertThat(time.since(then)).isEqualTo(Duration.ofSeconds(7));
        }

        @Test
        void aReplyThatTellsThatSomethingIsLeftOrNonsenseHoldsNobodyBack() {
            for (RateLimitStatus status : List.of(
                    told(OptionalLong.of(1), Duration.ofSeconds(7)),
                    told(OptionalLong.empty(), Duration.ofSeconds(7)),
                    told(OptionalLong.of(0), Duration.ofDays(20_000)),
                    RateLimitStatus.NONE)) {
                ModelClient client = request -> ModelResponse.of("fine").withRateLimits(status);
                client.concurrencyLimited(limiter).send(REQUEST);

                assertThat(limiter.pauseLeft()).isZero();
            }
        }

        private static RateLimitStatus told(OptionalLong remaining, Duration reset) {
            RateLimitStatus.Window window =
                    new RateLimitStatus.Window(OptionalLong.of(100), remaining, Optional.of(reset));
            return new RateLimitStatus(window, RateLimitStatus.Window.NONE);
        }
    }

    @Test
    void whatIsNoFaultOfTheServerDoesNotCutTheLimit() {
        List<ModelException> harmless = List.of(
                new ModelException.Io("broken"),
                new ModelException.MalformedReply("cut off"),
                new ModelException.Server(new HttpFailure("error", 500, "", "", Optional.empty())),
                new ModelException.InvalidRequest(new HttpFailure("bad", 400, "", "", Optional.empty())),
                new ModelException.UnusableImage("broken"));

        for (int round = 0; round < 100; round++) {
            harmless.forEach(failure -> fails(failingOnceWith(failure).concurrencyLimited(limiter)));
        }

        assertThat(limiter.limit()).isEqualTo(32);
    }

    @Test
    void aTimeoutThatTheCallersDeadlineMadeIsNoFaultOfTheServer() {
        ModelRequest late = REQUEST.within(Duration.ofSeconds(5), time);
        ModelException timeout = new ModelException.Timeout("too late");

        assertThat(Ending.of(timeout, late).kind()).isEqualTo(Ending.Kind.OVERLOADED);
        time.pass(Duration.ofSeconds(5));
        assertThat(Ending.of(timeout, late).kind()).isEqualTo(Ending.Kind.UNKNOWN);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimiter.fixed(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimiter.adaptive(0, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimiter.adaptive(6, 5));
    }

    @Test
    void itTellsWhatItDoes() {
        ModelClient client = request -> {
            assertThat(limiter).hasToString("ConcurrencyLimiter[inFlight=1, limit=32]");
            return ModelResponse.of("fine");
        };
        client.concurrencyLimited(limiter).send(REQUEST);

        assertThat(limiter.inFlight()).isZero();
        assertThat(limiter.startsPerSecond()).isEmpty();
    }
}
