package io.github.mmevol.core.model;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;

/**
 * Lets calls through one after the other, first come, first served. Only the first in line watches the clock; nobody holds
 * the lock while a call runs. Functions given to it run under its lock and get the time.
 */
final class Gate {
    /** Until something changes. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final Time time;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Condition> line = new ArrayDeque<>();

    Gate(Time time) {
        this.time = time;
    }

    /**
     * Waits in line.
     *
     * @param delay how long the first in line has to wait; 0 to go through, {@link #FOR_EVER} until something changes
     * @param entering what happens as the call goes through
     */
    long pass(ModelRequest request, LongUnaryOperator delay, LongUnaryOperator entering) {
        long arrived = time.nanos();
        lock.lock();
        try {
            Condition turn = lock.newCondition();
            line.addLast(turn);
            try {
                long now = arrived;
                long wait = waitOf(turn, delay, now);
                while (wait > 0) {
                    time.await(turn, bounded(wait, request));
                    now = time.nanos();
                    wait = waitOf(turn, delay, now);
                }
                return entering.applyAsLong(now);
            } finally {
                line.remove(turn);
                wakeFirst();
            }
        } catch (InterruptedException e) {
            throw new ModelException.Interrupted("interrupted while waiting for a call's turn", e);
        } finally {
            lock.unlock();
            CallTrace.waited(request, time.nanos() - arrived);
        }
    }

    private long waitOf(Condition turn, LongUnaryOperator delay, long now) {
        return line.peekFirst() == turn ? delay.applyAsLong(now) : FOR_EVER;
    }

    /** The wait, or less where less time is left for the call. */
    private static long bounded(long wait, ModelRequest request) {
        Optional<Duration> left = request.timeLeft();
        if (wait == FOR_EVER) {
            if (left.filter(Duration::isZero).isPresent()) {
                throw new ModelException.Timeout("the time for the call is over, and its turn has not come");
            }
            return left.map(Duration::toNanos).orElse(FOR_EVER);
        }
        Duration pause = Duration.ofNanos(wait);
        if (left.filter(time -> time.compareTo(pause) <= 0).isPresent()) {
            throw new ModelException.Timeout(
                    "the next call may start in " + pause + ", and only " + left.get() + " is left for this one");
        }
        if (pause.compareTo(LONGEST_WAIT) > 0) {
            throw new ModelException.Quota(new HttpFailure(
                    "not sent: the server wants no calls for longer than " + LONGEST_WAIT,
                    429,
                    "",
                    "",
                    Optional.of(pause)));
        }
        return wait;
    }

    /** Changes what the delays depend on. */
    void change(LongConsumer change) {
        lock.lock();
        try {
            change.accept(time.nanos());
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at what the delays depend on. */
    <T> T look(LongFunction<T> look) {
        lock.lock();
        try {
            return look.apply(time.nanos());
        } finally {
            lock.unlock();
        }
    }

    private void wakeFirst() {
        Condition first = line.peekFirst();
        if (first != null) {
            first.signal();
        }
    }
}
