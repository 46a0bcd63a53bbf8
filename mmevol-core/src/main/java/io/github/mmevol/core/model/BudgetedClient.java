package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A client that refuses calls beyond its budget. */
final class BudgetedClient implements ModelClient {
    private final ModelClient client;
    private final Budget budget;
    private final AtomicReference<Account> spent = new AtomicReference<>(Account.NONE);

    BudgetedClient(ModelClient client, Budget budget) {
        this.client = Objects.requireNonNull(client, "client");
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    @Override
    public String name() {
        return client.name();
    }

    @Override
    public ModelResponse send(ModelRequest request) {
        spent.updateAndGet(before -> {
            budget.admit(name(), before);
            return before.plus(line(1, TokenUsage.NONE));
        });
        ModelResponse response = Reply.of(client, request);
        spent.updateAndGet(before -> before.plus(line(0, response.usage())));
        return response;
    }

    /** All purposes are one here. */
    private Account.Line line(long calls, TokenUsage usage) {
        return new Account.Line("", name(), calls, 0, 0, usage, Duration.ZERO);
    }
}
