package io.github.mmevol.core.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is worked out on first use by whichever thread asks first; the others wait for it without holding a lock.
 * A failure is kept like a value, except an interruption of the thread at work: then the next one tries again.
 */
final class Once<T> implements Supplier<T> {
    private final Supplier<T> work;
    private final AtomicReference<@Nullable CompletableFuture<T>> memo = new AtomicReference<>();

    Once(Supplier<T> work) {
        this.work = work;
    }

    @Override
    public T get() {
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> earlier = memo.compareAndExchange(null, mine);
            if (earlier == null) {
                return workFor(mine);
            }
            try {
                return earlier.join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof ModelException.Interrupted)) {
                    throw again(e);
                }
            }
        }
    }

    private T workFor(CompletableFuture<T> mine) {
        try {
            T value = work.get();
            mine.complete(value);
            return value;
        } catch (ModelException.Interrupted e) {
            memo.set(null);
            mine.completeExceptionally(e);
            throw e;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** The failure for another caller: its own exception, so that no two threads share one stack trace. */
    private static RuntimeException again(CompletionException e) {
        Throwable cause = e.getCause();
        return cause instanceof ModelException.UnusableImage
                ? new ModelException.UnusableImage(String.valueOf(cause.getMessage()), cause)
                : e;
    }
}
