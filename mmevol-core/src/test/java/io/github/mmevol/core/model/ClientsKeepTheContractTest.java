package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.contract.ModelClientContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A lambda, and the decorators around one, are model clients like any other. */
class ClientsKeepTheContractTest {

    @Nested
    class ALambda extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client;
        }
    }

    @Nested
    class ANamedClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.named("my-model");
        }
    }

    @Nested
    class ARetryingClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.retrying(withoutWaiting());
        }
    }

    @Nested
    class ARetryingClientWithADeadline extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.retrying(
                    withoutWaiting().toBuilder().deadline(Duration.ofMinutes(1)).build());
        }
    }

    @Nested
    class ABudgetedClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.budgeted(Budget.unlimited().maxCalls(1000));
        }
    }

    @Nested
    class ARetryingClientWhoseFirstCallFails extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return failingOnce(client).retrying(withoutWaiting());
        }
    }

    @Nested
    class AClientOfFixedConcurrency extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.concurrencyLimited(ConcurrencyLimiter.fixed(4));
        }
    }

    @Nested
    class AClientOneByOne extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.concurrencyLimited(ConcurrencyLimiter.fixed(1));
        }
    }

    @Nested
    class AClientOfAdaptiveConcurrency extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.concurrencyLimited(ConcurrencyLimiter.adaptive());
        }
    }

    @Nested
    class ARateLimitedClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.rateLimited(RateLimiter.builder()
                    .requestsPerMinute(60_000)
                    .tokensPerMinute(100_000_000)
                    .build());
        }
    }

    @Nested
    class AClientWithAFallback extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.withFallback(client.named("another"));
        }
    }

    @Nested
    class AFallback extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            ModelClient broken = request -> {
                throw new ModelException.Io("nobody there");
            };
            return broken.named("broken").withFallback(client);
        }
    }

    @Nested
    class AClientThatIsListenedTo extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.listening(attempt -> {});
        }
    }

    @Nested
    class ALoggedClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.logged();
        }
    }

    /** As {@link ModelClient#resilient} puts it together, but for the waits. */
    @Nested
    class AResilientClient extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.concurrencyLimited(ConcurrencyLimiter.adaptive())
                    .retrying(withoutWaiting())
                    .logged();
        }
    }

    @Nested
    class TheWholeStack extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return failingOnce(client)
                    .named("inner")
                    .rateLimited(RateLimiter.builder().requestsPerMinute(60_000).build())
                    .concurrencyLimited(ConcurrencyLimiter.adaptive())
                    .retrying(withoutWaiting())
                    .withFallback(client.named("another"))
                    .listening(attempt -> {})
                    .logged()
                    .named("outer");
        }
    }

    static RetryPolicy withoutWaiting() {
        return RetryPolicy.builder().baseDelay(Duration.ZERO).build();
    }

    static ModelClient failingOnce(ModelClient client) {
        AtomicInteger calls = new AtomicInteger();
        return request -> {
            if (calls.getAndIncrement() == 0) {
                throw new ModelException.Io("the connection broke");
            }
            return client.send(request);
        };
    }

    abstract static class LambdaContract extends ModelClientContract {
        abstract ModelClient decorated(ModelClient client);

        @Override
        protected ModelClient clientOf(Model model) {
            return decorated(request -> ModelResponse.of(answer(model, request)));
        }

        @Override
        protected ModelClient clientWithoutModel() {
            return decorated(request -> {
                throw new ModelException.Io("nobody there");
            });
        }

        /** Waits no longer than there is time for the call. */
        private static String answer(Model model, ModelRequest request) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            Thread worker = new Thread(() -> {
                try {
                    answer.complete(model.answer(request.text()));
                } catch (InterruptedException e) {
                    answer.cancel(false);
                }
            });
            worker.start();
            try {
                return answer.get(request.timeLeft().orElse(Duration.ofHours(1)).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                throw new ModelException.Interrupted("interrupted", e);
            } catch (TimeoutException e) {
                throw new ModelException.Timeout("no answer in time", e);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            } finally {
                worker.interrupt();
            }
        }
    }

    static Map<String, UnaryOperator<ModelClient>> decorators() {
        return Map.of(
                "named", client -> client.named("other"),
                "retrying", client -> client.retrying(withoutWaiting()),
                "fixed", client -> client.concurrencyLimited(ConcurrencyLimiter.fixed(1)),
                "adaptive", client -> client.concurrencyLimited(ConcurrencyLimiter.adaptive()),
                "rateLimited",
                        client -> client.rateLimited(RateLimiter.builder().build()),
                "withFallback", client -> client.withFallback(),
                "listening", client -> client.listening(attempt -> {}),
                "logged", ModelClient::logged,
                "resilient", ModelClient::resilient);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aClientThatReturnsNullIsNamed(String name) {
        ModelClient client = decorators().get(name).apply(request -> null).listening(attempt -> {});

        assertThatThrownBy(() ->
                        client.send(ModelRequest.builder("judge").text("hello").build()))
                .isInstanceOf(NullPointerException.class)
                .hasMessageStartingWith("the client " + client.name() + " returned null")
                .hasMessageContaining("judge");
    }

    @Test
    void aBudgetedClientThatReturnsNullIsNamedToo() {
        ModelClient silent = request -> null;
        ModelClient client = silent.named("silent").budgeted(Budget.unlimited());

        assertThatThrownBy(() -> client.send(ModelRequest.builder("judge").build()))
                .hasMessageStartingWith("the client silent returned null");
    }

    static List<String> names() {
        return decorators().keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aDecoratorPassesRequestsRepliesAndFailuresOnAsTheyAre(String name) {
        ModelRequest request = ModelRequest.builder("judge")
                .system("You answer.")
                .text("hello")
                .replyForm(ReplyForm.jsonObject())
                .sampling(SamplingOptions.defaults().withSeed(7))
                .attempt(2)
                .build();
        ModelResponse response = new ModelResponse(
                "fine", FinishReason.LENGTH, new TokenUsage(5, 4, 3, 2), "a model", RateLimitStatus.NONE);
        AtomicReference<ModelRequest> seen = new AtomicReference<>();
        ModelClient answering = decorators().get(name).apply(sent -> {
            seen.set(sent);
            return response;
        });
        ModelException refusal =
                new ModelException.InvalidRequest(new HttpFailure("no", 400, "", "", Optional.empty()));
        ModelClient refusing = decorators().get(name).apply(sent -> {
            throw refusal;
        });

        assertThat(answering.send(request)).isSameAs(response);
        assertThat(seen.get())
                .usingRecursiveComparison()
                .ignoringFields("trace")
                .isEqualTo(request);
        assertThatThrownBy(() -> refusing.send(request)).isSameAs(refusal).hasNoSuppressedExceptions();
    }
}
