package io.github.mmevol.core.model;

import io.github.mmevol.core.model.contract.ModelClientContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

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
    class ARetryingClientWhoseFirstCallFails extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            AtomicInteger calls = new AtomicInteger();
            ModelClient failsOnce = request -> {
                if (calls.getAndIncrement() == 0) {
                    throw new ModelException.Io("the connection broke");
                }
                return client.send(request);
            };
            return failsOnce.retrying(withoutWaiting());
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
    class ADecoratedDecorator extends LambdaContract {
        @Override
        ModelClient decorated(ModelClient client) {
            return client.named("inner")
                    .retrying(withoutWaiting())
                    .named("outer")
                    .retrying(RetryPolicy.none());
        }
    }

    static RetryPolicy withoutWaiting() {
        return RetryPolicy.builder().baseDelay(Duration.ZERO).build();
    }

    abstract static class LambdaContract extends ModelClientContract {
        abstract ModelClient decorated(ModelClient client);

        @Override
        protected ModelClient clientOf(Model model) {
            return decorated(request -> {
                try {
                    return ModelResponse.of(model.answer(request.text()));
                } catch (InterruptedException e) {
                    throw new ModelException.Interrupted("interrupted", e);
                }
            });
        }

        @Override
        protected ModelClient clientWithoutModel() {
            return decorated(request -> {
                throw new ModelException.Io("nobody there");
            });
        }
    }
}
