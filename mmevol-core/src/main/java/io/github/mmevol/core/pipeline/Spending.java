package io.github.mmevol.core.pipeline;

import io.github.mmevol.core.model.Account;
import io.github.mmevol.core.model.Budget;
import io.github.mmevol.core.model.ModelException;
import io.github.mmevol.core.model.TokenUsage;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What a run has spent so far, and whether its budget admits another call. Thread-safe. */
final class Spending {
    /**
     * What is counted here.
     *
     * @param made the calls of this run
     * @param deferred the places of calls that are made after it
     * @param outstanding how many calls were sent before it whose places have not been taken yet
     */
    private record Counted(Account made, Account deferred, long outstanding) {
        Account all() {
            return made.plus(deferred).plus(places("", "", outstanding));
        }

        Counted made(Account.Line line) {
            return new Counted(made.plus(line), deferred, outstanding);
        }
    }

    private final Budget budget;
    private final AtomicReference<Counted> counted = new AtomicReference<>(new Counted(Account.NONE, Account.NONE, 0));
    private volatile Supplier<Account> elsewhere = () -> Account.NONE;

    Spending(Budget budget) {
        this.budget = budget;
    }

    /** Counts what was paid outside of this run object too: before it, or by other processes. */
    void alsoCount(Supplier<Account> elsewhere) {
        this.elsewhere = elsewhere;
    }

    /**
     * Takes the place of one call.
     *
     * @throws ModelException.BudgetExhausted if there is none left
     */
    void begin(String purpose, String client) {
        counted.updateAndGet(before -> {
            budget.admit(client, before.all().plus(elsewhere.get()));
            return before.made(places(purpose, client, 1));
        });
    }

    /** Keeps places for calls that were sent before this run, and whose replies are not stored. */
    void outstanding(long calls) {
        counted.updateAndGet(before -> new Counted(before.made(), before.deferred(), calls));
    }

    /** Takes the place that was kept for a call that was sent before. */
    void beginOutstanding(String purpose, String client) {
        counted.updateAndGet(before -> new Counted(
                before.made().plus(places(purpose, client, 1)),
                before.deferred(),
                Math.max(0, before.outstanding() - 1)));
    }

    /** Keeps the place of a call that is made after this run: it counts for the budget, and not among its calls. */
    void defer(String purpose, String client) {
        counted.updateAndGet(before -> new Counted(
                before.made().plus(places(purpose, client, -1)),
                before.deferred().plus(places(purpose, client, 1)),
                before.outstanding()));
    }

    /** Gives back the place of a call that was never made. */
    void giveBack(String purpose, String client) {
        counted.updateAndGet(before -> before.made(places(purpose, client, -1)));
    }

    private static Account.Line places(String purpose, String client, long calls) {
        return new Account.Line(purpose, client, calls, 0, 0, TokenUsage.NONE, Duration.ZERO);
    }

    /** Counts what a call took that has begun and ended. */
    void end(RunListener.Call call) {
        long failed = call.error().isEmpty() ? 0 : 1;
        Account.Line taken =
                new Account.Line(call.purpose(), call.client(), 0, failed, call.attempts(), call.usage(), call.time());
        counted.updateAndGet(before -> before.made(taken));
    }

    /** The calls of this run. */
    Account here() {
        return Objects.requireNonNull(counted.get()).made().priced(budget.prices());
    }

    /** What was paid outside of it. */
    Account elsewhere() {
        return elsewhere.get().priced(budget.prices());
    }
}
