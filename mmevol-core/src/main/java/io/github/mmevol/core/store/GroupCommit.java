package io.github.mmevol.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that uses a session's connection. It takes whatever work has queued up, does it in one transaction, and
 * lets those who wait for it go on when that is committed. Its first failure is its last: nothing after it is done.
 */
final class GroupCommit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunStore.class);
    private static final int QUEUE = 2048;
    /** About the longest that a group may take: others take this process for dead if nothing is heard of it. */
    private static final long GROUP_NANOS = 2_000_000_000;

    private static final int ATTEMPTS = 8;
    private static final long PAUSE_NANOS = 50_000_000;

    /** Something to do on the connection. */
    interface Work<T> {
        T run(Statements statements) throws SQLException;
    }

    /** The connection's prepared statements; each is prepared once. */
    static final class Statements {
        private final Connection connection;
        private final Map<String, PreparedStatement> prepared = new HashMap<>();

        Statements(Connection connection) {
            this.connection = connection;
        }

        /** A statement with its parameters set. */
        PreparedStatement of(String sql, Object... parameters) throws SQLException {
            PreparedStatement statement = prepared.get(sql);
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                prepared.put(sql, statement);
            }
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        }

        /** Changes rows and tells how many. */
        int update(String sql, Object... parameters) throws SQLException {
            return of(sql, parameters).executeUpdate();
        }
    }

    private static final class Task<T> {
        private final String row;
        private final Work<T> work;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable T value;
        private boolean queued;

        Task(String row, Work<T> work) {
            this.row = row;
            this.work = work;
        }

        void run(Statements statements) throws SQLException {
            value = work.run(statements);
        }

        void committed() {
            result.complete(value);
        }

        void failed(RunStoreException e) {
            result.completeExceptionally(e);
        }
    }

    private final Connection connection;
    private final Statements statements;
    private final Work<?> heartbeat;
    private final long heartbeatNanos;
    private final String name;
    private final BlockingQueue<Task<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Task<?> last;
    private final Thread thread = new Thread(this::work, "mmevol-store");
    private @Nullable RunStoreException failure;
    private volatile boolean closed;
    /** How many tasks a group may have, as long as they take as long as the last ones took. */
    private int mostTasks = QUEUE;

    /**
     * Starts the thread.
     *
     * @param connection a connection that does not commit by itself; closed at the end
     * @param name the store's name for messages
     * @param heartbeat done now and then, also where there is nothing else to do
     * @param heartbeatMillis how often
     * @param farewell done last of all
     */
    GroupCommit(Connection connection, String name, Work<?> heartbeat, long heartbeatMillis, Work<?> farewell) {
        this.connection = connection;
        this.name = name;
        this.heartbeat = heartbeat;
        heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(heartbeatMillis);
        last = new Task<>("", farewell);
        statements = new Statements(connection);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does the work and waits until it is committed, also on an interrupted thread: what is stored here was paid for.
     *
     * @param row the shared row that it changes; the work of a transaction is done in the order of these, so that two
     *     processes that work on the same seeds never wait for each other in a circle
     * @throws RunStoreException if the store has failed
     */
    <T> T run(String row, Work<T> work) {
        Task<T> task = new Task<>(row, work);
        return patiently(() -> {
            put(task);
            try {
                return task.result.get();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw new RunStoreException(String.valueOf(cause == null ? e : cause.getMessage()), e);
            }
        });
    }

    /** Does the work some time, and waits only where too much has queued up; a failure shows in what is done next. */
    void post(String row, Work<?> work) {
        Task<?> task = new Task<>(row, work);
        patiently(() -> {
            put(task);
            return true;
        });
    }

    private void put(Task<?> task) throws InterruptedException {
        while (!task.queued && !closed) {
            task.queued = queue.offer(task, 100, TimeUnit.MILLISECONDS);
        }
        if (closed) {
            task.failed(closedFailure());
        }
    }

    /** Waits that are begun again after an interrupt; the thread has its flag back when they are over. */
    private interface Waiting<T> {
        T await() throws InterruptedException;
    }

    private static <T> T patiently(Waiting<T> waiting) {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return waiting.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RunStoreException closedFailure() {
        return new RunStoreException("the run store " + name + " is closed");
    }

    private void work() {
        List<Task<?>> group = new ArrayList<>();
        try {
            commitAll(group);
        } finally {
            closed = true;
            queue.drainTo(group);
            group.forEach(task -> task.failed(closedFailure()));
        }
    }

    /** Commits group after group, until the last task is done. */
    private void commitAll(List<Task<?>> group) {
        long nextHeartbeat = System.nanoTime() + heartbeatNanos;
        boolean closing = false;
        while (!closing) {
            group.clear();
            try {
                Task<?> first = queue.poll(Math.max(0, nextHeartbeat - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (first != null) {
                    group.add(first);
                    queue.drainTo(group, mostTasks - 1);
                }
            } catch (InterruptedException e) {
                continue; // it ends when it is closed
            }
            closing = group.contains(last);
            boolean beat = System.nanoTime() - nextHeartbeat >= 0;
            if (beat) {
                nextHeartbeat = System.nanoTime() + heartbeatNanos;
            }
            long start = System.nanoTime();
            commit(group, beat);
            long each = (System.nanoTime() - start) / Math.max(1, group.size());
            mostTasks = (int) Math.max(1, Math.min(QUEUE, GROUP_NANOS / Math.max(1, each)));
        }
    }

    private void commit(List<Task<?>> group, boolean beat) {
        group.sort(Comparator.comparing(task -> task.row));
        for (int attempt = 1; failure == null; attempt++) {
            try {
                for (Task<?> task : group) {
                    task.run(statements);
                }
                if (beat) {
                    heartbeat.run(statements);
                }
                connection.commit();
                group.forEach(Task::committed);
                return;
            } catch (Throwable e) { // also an Error: whoever waits for it would wait for ever
                rollback();
                if (attempt >= ATTEMPTS || !isPassing(e)) {
                    failure = failure(e);
                } else {
                    // those that could not be put in order would meet again if they went on at once
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(attempt * PAUSE_NANOS));
                }
            }
        }
        RunStoreException failed = failure;
        group.forEach(task -> task.failed(failed));
    }

    private RunStoreException failure(Throwable e) {
        String why = e instanceof Error ? e.toString() : String.valueOf(e.getMessage());
        return new RunStoreException("the run store " + name + " failed: " + why, e);
    }

    /** Whether the database asks to try the transaction again: it could not be put in order with another one. */
    private static boolean isPassing(Throwable e) {
        return e instanceof SQLException sql
                && sql.getSQLState() != null
                && sql.getSQLState().startsWith("40");
    }

    private void rollback() {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException | Error e) {
            LOG.debug("the run store {} could not roll back", name, e);
        }
    }

    /** Waits until all that was queued is done, also on an interrupted thread, then closes the connection. */
    @Override
    public void close() {
        patiently(() -> {
            put(last);
            thread.join();
            return true;
        });
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("the run store {} did not close well", name, e);
        }
    }
}
