package io.github.mmevol.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.model.ModelResponse;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JdbcRunStoreTest {
    @TempDir
    private Path folder;

    private static final Sample SAMPLE = Sample.builder("a")
            .instructions(List.of(Instruction.of("What?", "That.")))
            .build();

    private static StoredReply reply(String request) {
        return new StoredReply(request, 1, "judge", "c", ModelResponse.of("text"), 1, Duration.ZERO);
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void the_hold_of_a_process_that_died_is_taken_over() throws IOException {
        Path file = folder.resolve("run.db");
        Files.writeString(folder.resolve("run.db.lock"), "process 999999");
        JdbcRunStore.sqlite(file).open().close();
        assertThat(Files.readString(folder.resolve("run.db.lock")))
                .contains(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    void the_holder_of_a_run_is_named() {
        RunStore store = JdbcRunStore.sqlite(folder.resolve("run.db"));
        try (RunStore.Session session = store.open()) {
            assertThat(session).isNotNull();
            assertThatThrownBy(store::open)
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("is held by this very process (another session of it)")
                    .hasMessageContaining("another place");
        }
    }

    /** Another process: ends with 0 if it gets a lock on the file. */
    static final class LockProbe {
        public static void main(String[] args) throws IOException {
            try (FileChannel file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                Runtime.getRuntime().halt(file.tryLock() == null ? 3 : 0);
            }
        }
    }

    private static int probe(Path file) throws Exception {
        Path classes = Path.of(LockProbe.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes.toString(),
                        LockProbe.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    @Test
    void a_refused_second_opening_leaves_other_processes_shut_out() throws Exception {
        Path file = folder.resolve("run.db");
        Path lock = folder.resolve("run.db.lock");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        try (RunStore.Session session = JdbcRunStore.sqlite(file).open()) {
            assertThat(session).isNotNull();
            for (Path same : List.of(file, folder.resolve("x/../run.db"), link.resolve("run.db"))) {
                assertThatThrownBy(JdbcRunStore.sqlite(same)::open)
                        .isInstanceOf(RunStoreException.class)
                        .hasMessageContaining("is held by this very process");
            }
            assertThat(probe(lock)).isEqualTo(3);
        }
        assertThat(probe(lock)).isZero();
    }

    @Test
    void tables_of_another_version_are_refused() throws SQLException {
        Path file = folder.resolve("run.db");
        RunStore store = JdbcRunStore.sqlite(file);
        store.open().close();
        execute(file, "UPDATE mmevol_setting SET value = '77' WHERE name = 'schema'");
        assertThatThrownBy(store::open)
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("schema version 77")
                .hasMessageContaining("reads versions 1 to 2");
        execute(file, "UPDATE mmevol_setting SET value = '2' WHERE name = 'schema'");
        store.open().close();
    }

    @Test
    void tables_of_version_1_are_read_and_brought_up_to_date() throws SQLException {
        Path file = folder.resolve("run.db");
        RunStore store = JdbcRunStore.sqlite(file);
        SampleKey key = SampleKey.of(SAMPLE);
        try (RunStore.Session session = store.open()) {
            session.claim(key, 0, SAMPLE).orElseThrow().putReply(reply("r"));
        }
        execute(file, "UPDATE mmevol_setting SET value = '1' WHERE name = 'schema'");
        execute(file, "DROP TABLE mmevol_session");
        try (Stream<StoredSample> samples = store.samples()) {
            assertThat(samples).extracting(StoredSample::key).containsExactly(key);
        }
        assertThat(store.history().paid().calls()).isEqualTo(1);
        assertThat(store.history().took()).isZero();
        try (RunStore.Session session = store.open()) {
            session.ended("the budget");
        }
        assertThat(store.history().stoppedBy()).isEqualTo("the budget");
        assertThat(store.history().paid().calls()).isEqualTo(1);
    }

    @Test
    void a_run_is_read_without_a_write_while_it_is_written() throws SQLException {
        Path file = folder.resolve("run.db");
        RunStore store = JdbcRunStore.sqlite(file);
        SampleKey key = SampleKey.of(SAMPLE);
        RunSettings settings = new RunSettings(Map.of("rounds", "3"));
        try (RunStore.Session session = store.open();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement writing = other.createStatement()) {
            session.settings(RunSettings.NONE, settings);
            session.claim(key, 0, SAMPLE).orElseThrow().putReply(reply("r"));
            writing.execute("BEGIN IMMEDIATE"); // nobody else may write until it ends
            assertThat(store.settings()).isEqualTo(settings);
            assertThat(store.history().paid().calls()).isEqualTo(1);
            try (Stream<StoredSample> samples = store.samples()) {
                assertThat(samples).extracting(StoredSample::key).containsExactly(key);
            }
            writing.execute("ROLLBACK");
        }
    }

    @Test
    void a_round_of_a_sample_that_another_process_has_taken_is_not_stored() throws SQLException {
        Path file = folder.resolve("run.db");
        RunStore store = JdbcRunStore.sqlite(file);
        SampleKey key = SampleKey.of(SAMPLE);
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim = session.claim(key, 0, SAMPLE).orElseThrow();
            assertThat(claim.putRound(StoredRounds.of(key, 1))).isTrue();
            execute(file, "UPDATE mmevol_sample SET owner = 77");
            assertThat(claim.putRound(StoredRounds.of(key, 2))).isFalse();
            assertThat(session.rounds(key)).extracting(StoredRound::number).containsExactly(1);
        }
    }

    @Test
    void a_file_without_tables_holds_no_run_and_stays_so() throws IOException {
        Path file = Files.createFile(folder.resolve("run.db"));
        RunStore store = JdbcRunStore.sqlite(file);
        assertThat(store.settings()).isEqualTo(RunSettings.NONE);
        assertThat(store.history()).isEqualTo(RunHistory.NONE);
        assertThatThrownBy(store::samples)
                .isInstanceOf(RunStoreException.NoRun.class)
                .hasMessageContaining("there is no run in");
        assertThat(file).isEmptyFile();
    }

    @Test
    void a_run_that_is_not_there_has_no_history() {
        assertThat(JdbcRunStore.sqlite(folder.resolve("none.db")).history()).isEqualTo(RunHistory.NONE);
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    @SuppressWarnings("NullAway")
    void a_file_has_to_be_named() {
        assertThatThrownBy(() -> JdbcRunStore.sqlite(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("file");
    }

    @Test
    void a_file_that_is_no_database_is_told() throws IOException {
        Path file = folder.resolve("run.db");
        Files.writeString(file, "this is no database, but long enough to be read as one ".repeat(100));
        assertThatThrownBy(() -> JdbcRunStore.sqlite(file).open())
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("run.db")
                .hasMessageContaining("not a database");
    }

    @Test
    void there_has_to_be_a_run_to_look_at() {
        RunStore store = JdbcRunStore.sqlite(folder.resolve("none.db"));
        assertThat(store.settings()).isEqualTo(RunSettings.NONE);
        assertThatThrownBy(store::samples)
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("there is no run in");
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void a_full_disk_is_told_and_what_was_committed_stays() throws SQLException {
        Path file = folder.resolve("run.db");
        RunStore store = JdbcRunStore.sqlite(file);
        store.open().close();
        AtomicInteger stored = new AtomicInteger();
        RunStore limited = JdbcRunStore.of(source(file, "PRAGMA max_page_count = 60", Integer.MAX_VALUE));
        try (RunStore.Session session = limited.open()) {
            RunStore.Claim claim =
                    session.claim(SampleKey.of(SAMPLE), 0, SAMPLE).orElseThrow();
            assertThatThrownBy(() -> {
                        while (stored.get() < 10_000) {
                            claim.putReply(reply("r" + stored.get()));
                            stored.incrementAndGet();
                        }
                    })
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("full");
            assertThatThrownBy(() -> claim.putReply(reply("again")))
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("full");
        }
        assertThat(stored.get()).isPositive();
        try (RunStore.Session session = store.open()) {
            RunStore.Claim claim =
                    session.claim(SampleKey.of(SAMPLE), 0, SAMPLE).orElseThrow();
            for (int i = 0; i < stored.get(); i++) {
                assertThat(claim.reply("r" + i)).isPresent();
            }
            assertThat(claim.reply("r" + stored.get())).isEmpty();
        }
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_half() throws SQLException {
        Path file = folder.resolve("run.db");
        for (int fails = 1; fails < 60; fails++) {
            RunStore failing = JdbcRunStore.of(source(file, "PRAGMA user_version", fails));
            try (RunStore.Session session = failing.open()) {
                session.settings(failing.settings(), new RunSettings(Map.of("run", "x")));
                RunStore.Claim claim =
                        session.claim(SampleKey.of(SAMPLE), 0, SAMPLE).orElseThrow();
                claim.putReply(reply("r" + fails));
                for (int r = claim.rounds().size() + 1; r <= 3; r++) {
                    claim.putRound(StoredRounds.of(SampleKey.of(SAMPLE), r));
                }
            } catch (RunStoreException e) {
                assertThat(e).hasMessageContaining("made to fail");
            }
            execute(file, "CREATE TABLE IF NOT EXISTS mmevol_worker (id INTEGER PRIMARY KEY, alive_until BIGINT)");
            execute(file, "DELETE FROM mmevol_worker"); // its lease is over
        }
        JdbcRunStore.sqlite(file).open().close();
        try (var samples = JdbcRunStore.sqlite(file).samples()) {
            assertThat(samples.toList())
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.rounds())
                            .containsExactly(
                                    StoredRounds.of(stored.key(), 1),
                                    StoredRounds.of(stored.key(), 2),
                                    StoredRounds.of(stored.key(), 3)));
        }
    }

    @Test
    void an_error_in_the_midst_of_a_commit_is_told_to_all_who_wait() {
        DataSource source =
                source(folder.resolve("run.db"), "PRAGMA user_version", 30, () -> new OutOfMemoryError("made to fail"));
        try (RunStore.Session session = JdbcRunStore.of(source).open()) {
            RunStore.Claim claim =
                    session.claim(SampleKey.of(SAMPLE), 0, SAMPLE).orElseThrow();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 30; i++) {
                            claim.putReply(reply("r" + i));
                        }
                    })
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("OutOfMemoryError: made to fail");
            assertThatThrownBy(() -> claim.putReply(reply("again")))
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("made to fail");
        }
    }

    private static DataSource source(Path file, String preparation, int failing) {
        return source(file, preparation, failing, () -> new SQLException("made to fail"));
    }

    /** Connections to a file that are set up with a statement, and whose n-th execution or commit fails. */
    private static DataSource source(
            Path file, String preparation, int failing, Supplier<? extends Throwable> failure) {
        AtomicInteger left = new AtomicInteger(failing);
        return (DataSource) Proxy.newProxyInstance(
                JdbcRunStoreTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(preparation);
                    }
                    return watched(connection, Connection.class, left, failure);
                });
    }

    private static <T> T watched(T target, Class<T> type, AtomicInteger left, Supplier<? extends Throwable> failure) {
        return type.cast(Proxy.newProxyInstance(
                JdbcRunStoreTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    boolean counts = method.getName().startsWith("execute")
                            || method.getName().equals("commit");
                    if (counts && left.decrementAndGet() == 0) {
                        throw failure.get();
                    }
                    try {
                        Object result = method.invoke(target, args);
                        return result instanceof java.sql.PreparedStatement statement
                                ? watched(statement, java.sql.PreparedStatement.class, left, failure)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
