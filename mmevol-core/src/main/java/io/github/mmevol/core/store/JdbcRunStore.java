package io.github.mmevol.core.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A run in a database, over {@code java.sql} alone; bring the driver. One database (or one PostgreSQL schema, by
 * {@code currentSchema} in the address) holds one run, in tables named {@code mmevol_...} that any SQL tool may read, also
 * while the run goes on. Everything that a call or a finished round brought is committed before it is used further, so
 * that it survives the death of the process; many commits share one transaction.
 *
 * <p>{@link #sqlite} is one file for one process at a time: a second process is refused, and the hold of one that died is
 * taken over at once. On PostgreSQL several processes may work on the same seeds: each claims the samples that it works
 * on, and those of a process that died are free again after {@value JdbcSession#LEASE_SECONDS} seconds.
 *
 * <p>Of images the locations are kept, and of images in memory the bytes, in {@code mmevol_record}. Where the images of an
 * {@link io.github.mmevol.core.sample.ImageSource} of your own come from cannot be kept: {@link #imagesFrom} tells it; a
 * session that gets such a sample says so in one warning.
 *
 * <p>Schema, version 2 (name {@code schema} in {@code mmevol_setting}; version 1, which had no {@code mmevol_session}, is
 * read and brought up to it); all JSON is in text columns:
 *
 * <table>
 * <caption>Tables</caption>
 * <tr><td>{@code mmevol_setting}</td><td>{@code name, value}: what the run was set up with</td></tr>
 * <tr><td>{@code mmevol_prompt}</td><td>{@code hash, leak_phrases}: the prompts that were used</td></tr>
 * <tr><td>{@code mmevol_sample}</td><td>{@code number, sample_key, position, owner, rounds}: position in the seeds from 0,
 *     -1 for one that the last run did not have; owner is the worker that claimed it last, 0 for one that is at its end before
 *     the last round, as it had no instructions, -1 for one whose image cannot be used, which the next run tries again,
 *     -2 for one that an outage left unfinished; rounds is how many are finished, without one that failed for its image</td></tr>
 * <tr><td>{@code mmevol_record}</td><td>{@code sample, record}: the sample as JSON, by its number</td></tr>
 * <tr><td>{@code mmevol_reply}</td><td>{@code sample, request, round, purpose, client, prompt_tokens, cached_tokens,
 *     completion_tokens, reasoning_tokens, attempts, milliseconds, reply}: one row for each paid call that brought a
 *     reply; reply is JSON with the text</td></tr>
 * <tr><td>{@code mmevol_usage}</td><td>{@code worker, purpose, client, calls, failed_calls, attempts, prompt_tokens,
 *     cached_tokens, completion_tokens, reasoning_tokens, milliseconds}: all that was paid for, added up; each process has
 *     its own rows, and the sums over all rows are those of the run</td></tr>
 * <tr><td>{@code mmevol_round}</td><td>{@code sample, round, direction, events, notes}: one row for each round of a
 *     sample</td></tr>
 * <tr><td>{@code mmevol_attempt}</td><td>{@code sample, round, ordinal, outcome, decided_by, score, record}: one row for
 *     each attempt; outcome is kept, eliminated or failed; record is JSON with ids, the instruction and the reason</td></tr>
 * <tr><td>{@code mmevol_session}</td><td>{@code worker, milliseconds, ended_at, stopped_by}: how long each process was at
 *     work, all its sessions together, when it was last seen, in seconds since 1970, and why it ended before all was done;
 *     empty if it did not</td></tr>
 * <tr><td>{@code mmevol_worker}</td><td>{@code id, alive_until}: processes at work, in seconds since 1970</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 */
public final class JdbcRunStore implements RunStore {

    /** Opens a connection. */
    @FunctionalInterface
    private interface Connections {
        Connection open() throws SQLException;
    }

    /** Reads something of a run. */
    @FunctionalInterface
    private interface Query<T> {
        T on(Connection connection) throws SQLException;
    }

    private final Connections connections;
    private final String name;
    private final Optional<Path> file;

    private JdbcRunStore(Connections connections, String name, Optional<Path> file) {
        this.connections = connections;
        this.name = name;
        this.file = file;
    }

    /**
     * A run in an SQLite file, which is made when it is first opened; needs {@code org.xerial:sqlite-jdbc}. Beside it lies
     * a file with {@code .lock} behind its name, by which a second process is told that the run is held.
     */
    public static JdbcRunStore sqlite(Path file) {
        Objects.requireNonNull(file, "file");
        Path absolute = file.toAbsolutePath().normalize();
        return new JdbcRunStore(
                () -> DriverManager.getConnection("jdbc:sqlite:" + absolute), file.toString(), Optional.of(absolute));
    }

    /**
     * Removes the run in an SQLite file, whatever the file holds; nothing happens where there is none.
     *
     * @throws RunStoreException if a process holds it, or it cannot be removed
     */
    public static void deleteSqlite(Path file) {
        Objects.requireNonNull(file, "file");
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.exists(absolute)) {
            return;
        }
        FileHold hold = FileHold.take(absolute);
        try {
            for (String suffix : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(absolute.resolveSibling(absolute.getFileName() + suffix));
            }
        } catch (IOException e) {
            throw new RunStoreException("the run in " + file + " cannot be removed: " + e.getMessage(), e);
        } finally {
            hold.close();
        }
    }

    /**
     * A run in the database of a data source: PostgreSQL 12 and later. For SQLite, {@link #sqlite} is the better door: it
     * keeps a second process out.
     */
    public static JdbcRunStore of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new JdbcRunStore(dataSource::getConnection, "in the database", Optional.empty());
    }

    @Override
    public Session open() {
        Optional<FileHold> hold = file.map(FileHold::take);
        try {
            return new JdbcSession(connectToWrite(), name, hold);
        } catch (SQLException | RuntimeException e) {
            hold.ifPresent(FileHold::close);
            throw failure(e);
        }
    }

    @Override
    public Stream<StoredSample> samples() {
        try {
            Connection connection =
                    connectToRead().orElseThrow(() -> new RunStoreException.NoRun("there is no run in " + name));
            try {
                return StoredRows.stream(connection, name);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public RunSettings settings() {
        return read(RunSettings.NONE, connection -> settings(new GroupCommit.Statements(connection)));
    }

    @Override
    public RunHistory history() {
        return read(RunHistory.NONE, connection -> {
            GroupCommit.Statements statements = new GroupCommit.Statements(connection);
            return Dialect.of(connection).hasTable(connection, Sql.SESSIONS_TABLE)
                    ? Payments.history(statements)
                    : Payments.historyOfVersion1(statements);
        });
    }

    @Override
    public String toString() {
        return name;
    }

    /** What a query finds in the run; {@code none} where there is no run. */
    private <T> T read(T none, Query<T> query) {
        try {
            Optional<Connection> found = connectToRead();
            if (found.isEmpty()) {
                return none;
            }
            try (Connection connection = found.get()) {
                return query.on(connection);
            }
        } catch (SQLException | RuntimeException e) {
            throw failure(e);
        }
    }

    /**
     * A connection to the tables of a run, empty where there is none. Nothing is written and no lock is waited for, so that
     * a process that is at work on the run neither keeps a reader out nor is kept waiting by one.
     */
    private Optional<Connection> connectToRead() throws SQLException {
        if (file.isPresent() && !Files.exists(file.get())) {
            return Optional.empty();
        }
        Connection connection = connections.open();
        try {
            Dialect dialect = Dialect.of(connection);
            dialect.prepareToRead(connection);
            if (!dialect.hasTable(connection, Sql.SETTINGS_TABLE)) {
                connection.close();
                return Optional.empty();
            }
            checkVersion(connection);
            return Optional.of(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to tables of our version, which are made where there are none. */
    private Connection connectToWrite() throws SQLException {
        Connection connection = connections.open();
        try {
            Dialect dialect = Dialect.of(connection);
            dialect.prepareToWrite(connection);
            dialect.createTables(connection);
            checkVersion(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void checkVersion(Connection connection) throws SQLException {
        Dialect.checkVersion(values(new GroupCommit.Statements(connection)).getOrDefault(Sql.SCHEMA, "(none)"), name);
    }

    /** What the run was set up with. */
    static RunSettings settings(GroupCommit.Statements s) throws SQLException {
        Map<String, String> values = values(s);
        values.remove(Sql.SCHEMA);
        return new RunSettings(values);
    }

    private static Map<String, String> values(GroupCommit.Statements s) throws SQLException {
        Map<String, String> values = new HashMap<>();
        try (ResultSet rows = s.of(Sql.SETTINGS).executeQuery()) {
            while (rows.next()) {
                values.put(rows.getString(1), rows.getString(2));
            }
        }
        return values;
    }

    private RunStoreException failure(Exception e) {
        if (e instanceof RunStoreException known) {
            return known;
        }
        String message = String.valueOf(e.getMessage());
        String remedy = message.contains("No suitable driver")
                ? "; add the JDBC driver to the class path, for SQLite org.xerial:sqlite-jdbc"
                : "";
        return new RunStoreException("the run store " + name + " cannot be opened: " + message + remedy, e);
    }

    /** Makes the folder of a file, where it is missing. */
    static void makeFolder(Path file) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        } catch (IOException e) {
            throw new RunStoreException("cannot make the folder of the run store " + file + ": " + e.getMessage(), e);
        }
    }
}
