package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.slf4j.Logger;

class CallListenerTest {
    private static final ModelRequest REQUEST =
            ModelRequest.builder("judge").text("a secret text").build();
    private static final TokenUsage USAGE = new TokenUsage(70, 0, 30, 0);

    private final VirtualTime time = new VirtualTime();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<CallListener.Attempt> attempts = new ArrayList<>();
    private final List<CallListener.Call> calls = new ArrayList<>();

    private final CallListener listener = new CallListener() {
        @Override
        public void onAttempt(Attempt attempt) {
            attempts.add(attempt);
        }

        @Override
        public void onCall(Call call) {
            calls.add(call);
        }
    };

    /** Takes two seconds for each attempt. */
    private final ModelClient model = ((ModelClient) request -> {
                time.pass(Duration.ofSeconds(2));
                if (!failures.isEmpty()) {
                    throw failures.remove();
                }
                return ModelResponse.of("fine").withUsage(USAGE);
            })
            .named("my-model");

    private ModelClient heard(ModelClient client) {
        return new ListeningClient(client, listener, time);
    }

    private RetryPolicy policy() {
        return RetryPolicy.builder().time(time).random(() -> 1.0).build();
    }

    @Test
    void aCallWithoutRetriesIsOneAttempt() {
        assertThat(heard(model).send(REQUEST).text()).isEqualTo("fine");

        assertThat(attempts)
                .containsExactly(new CallListener.Attempt(
                        "judge", "my-model", 1, Duration.ZERO, Duration.ofSeconds(2), USAGE, Optional.empty()));
        assertThat(calls)
                .containsExactly(new CallListener.Call(
                        "judge", "my-model", 1, Duration.ZERO, Duration.ofSeconds(2), USAGE, Optional.empty()));
    }

    @Test
    void everyAttemptIsHeardWithItsNumberAndTheWaitBeforeIt() {
        ModelException first = new ModelException.Io("broken");
        ModelException second = new ModelException.Timeout("late");
        failures.addAll(List.of(first, second));

        heard(model.retrying(policy())).send(REQUEST);

        assertThat(attempts).extracting(CallListener.Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts)
                .extracting(CallListener.Attempt::waited)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(attempts).extracting(CallListener.Attempt::time).containsOnly(Duration.ofSeconds(2));
        assertThat(attempts)
                .extracting(CallListener.Attempt::error)
                .containsExactly(Optional.of(first), Optional.of(second), Optional.empty());
        assertThat(attempts)
                .extracting(CallListener.Attempt::usage)
                .containsExactly(TokenUsage.NONE, TokenUsage.NONE, USAGE);
        assertThat(calls)
                .containsExactly(new CallListener.Call(
                        "judge",
                        "my-model",
                        3,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(9),
                        USAGE,
                        Optional.empty()));
    }

    @Test
    void aWaitForItsTurnIsNoPartOfTheAttempt() {
        RateLimiter limiter =
                RateLimiter.builder().requestsPerMinute(6).time(time).build();
        ModelClient client = heard(model.rateLimited(limiter).retrying(policy()));

        client.send(REQUEST);
        client.send(REQUEST);

        assertThat(attempts).extracting(CallListener.Attempt::time).containsOnly(Duration.ofSeconds(2));
        assertThat(attempts)
                .extracting(CallListener.Attempt::waited)
                .containsExactly(Duration.ZERO, Duration.ofSeconds(8));
    }

    @Test
    void aCallThatFailsForGoodIsHeardToo() {
        ModelException quota = new ModelException.Quota(new HttpFailure("no", 429, "", "", Optional.empty()));
        failures.addAll(List.of(new ModelException.Io("broken"), quota));

        assertThatThrownBy(() -> heard(model.retrying(policy())).send(REQUEST)).isSameAs(quota);

        assertThat(attempts).hasSize(2);
        assertThat(calls).singleElement().satisfies(call -> {
            assertThat(call.attempts()).isEqualTo(2);
            assertThat(call.error()).contains(quota);
            assertThat(call.usage()).isEqualTo(TokenUsage.NONE);
        });
    }

    @Test
    void attemptsOfAllClientsOfAFallbackAreCountedOn() {
        failures.addAll(List.of(new ModelException.Io("1"), new ModelException.Io("2")));
        RetryPolicy twice = policy().toBuilder().maxAttempts(2).build();
        ModelClient other = model.named("other");

        heard(model.retrying(twice).withFallback(other.retrying(twice))).send(REQUEST);

        assertThat(attempts).extracting(CallListener.Attempt::number).containsExactly(1, 2, 3);
        assertThat(attempts)
                .extracting(CallListener.Attempt::client)
                .containsExactly("my-model", "my-model", "other");
        assertThat(calls).extracting(CallListener.Call::client).containsExactly("my-model or other");
    }

    @Test
    void aListenerInsideTheRetriesHearsEachAttemptAsACallAndOneOutsideHearsNoneTwice() {
        failures.add(new ModelException.Io("broken"));
        List<Integer> inside = new ArrayList<>();
        ModelClient client = new ListeningClient(model, attempt -> inside.add(attempt.number()), time);

        heard(client.retrying(policy())).send(REQUEST);

        assertThat(inside).containsExactly(1, 1);
        assertThat(attempts).extracting(CallListener.Attempt::number).containsExactly(1, 2);
        assertThat(calls).hasSize(1);
    }

    @Test
    void aListenerThatFailsDoesNoHarm() {
        ModelClient client = model.listening(attempt -> {
            throw new IllegalStateException("a broken listener");
        });

        assertThat(client.send(REQUEST).text()).isEqualTo("fine");
    }

    @Test
    void aStrangeExceptionIsHeardAndPassesThrough() {
        RuntimeException bug = new IllegalStateException("a bug");
        failures.add(bug);

        assertThatThrownBy(() -> heard(model).send(REQUEST)).isSameAs(bug);
        assertThat(attempts).singleElement().satisfies(attempt -> assertThat(attempt.error()).contains(bug));
    }

    @Nested
    class Logging {
        private final Logger log = mock(Logger.class);

        private List<String> lines() {
            ArgumentCaptor<String> line = ArgumentCaptor.forClass(String.class);
            verify(log, atLeast(0)).debug(line.capture());
            return line.getAllValues();
        }

        @Test
        void isOneLineForEachAttemptWithoutTexts() {
            when(log.isDebugEnabled()).thenReturn(true);
            failures.add(new ModelException.Io("a secret of the server"));

            new LoggedClient(model.retrying(policy()), log, time).send(REQUEST);

            assertThat(lines())
                    .containsExactly(
                            "my-model, judge: attempt 1, 2000 ms, Io",
                            "my-model, judge: attempt 2, 2000 ms after waiting 1000 ms, 70 + 30 tokens");
        }

        @Test
        void costsNothingWhereNobodyReadsIt() {
            new LoggedClient(model, log, time).send(REQUEST);

            verify(log, never()).debug(any(String.class));
        }

        @Test
        void isAClientLikeAnyOther() {
            assertThat(model.logged().name()).isEqualTo("my-model");
            assertThat(model.logged().send(REQUEST).text()).isEqualTo("fine");
        }
    }
}
