package io.github.mmevol.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.dataset.DataSets;
import io.github.mmevol.core.dataset.Selection;
import io.github.mmevol.core.elimination.Eliminator;
import io.github.mmevol.core.elimination.Verdict;
import io.github.mmevol.core.evolution.Direction;
import io.github.mmevol.core.evolution.Evolver;
import io.github.mmevol.core.pipeline.EvolutionPipeline;
import io.github.mmevol.core.sample.Sample;
import io.github.mmevol.core.sample.SampleKey;
import io.github.mmevol.core.store.contract.RunStoreContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A run on a PostgreSQL server that is started for these tests, by an ordinary user; the profile {@code postgres} runs it. */
@Tag("postgres")
class PostgresTest extends RunStoreContract {
    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static Path data;
    private static Path binaries;
    private static int port;

    @BeforeAll
    static void startServer() throws Exception {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            binaries = versions.sorted().reduce((a, b) -> b).orElseThrow().resolve("bin");
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        data = Files.createTempDirectory("mmevol-postgres");
        if (System.getProperty("user.name").equals("root")) {
            execute("chown", "postgres", data.toString());
        }
        asUser(binaries.resolve("initdb") + " -D " + data + "/db -A trust -U mmevol -E UTF8 --no-sync");
        asUser(binaries.resolve("pg_ctl") + " -D " + data + "/db -l " + data + "/log -w -o '-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off' start");
    }

    @AfterAll
    static void stopServer() throws Exception {
        asUser(binaries.resolve("pg_ctl") + " -D " + data + "/db -m immediate -w stop");
        execute("rm", "-r", data.toString());
    }

    /** PostgreSQL refuses to run as root. */
    private static void asUser(String command) throws Exception {
        if (System.getProperty("user.name").equals("root")) {
            execute("su", "postgres", "-s", "/bin/sh", "-c", command);
        } else {
            execute("sh", "-c", command);
        }
    }

    private static void execute(String... command) throws Exception {
        Path output = Files.createTempFile("mmevol-postgres", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        Files.delete(output);
    }

    private static PGSimpleDataSource source(String schema) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser("mmevol");
        source.setCurrentSchema(schema);
        return source;
    }

    private static PGSimpleDataSource newDatabase() {
        String schema = "run" + SCHEMAS.incrementAndGet();
        try (Connection connection = source("public").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return source(schema);
    }

    @Override
    protected RunStore newStore() {
        return JdbcRunStore.of(newDatabase());
    }

    private static final Direction UP = new Direction("up", "asks for more");

    private static List<Sample> samples(int count) {
        return IntStream.range(0, count).mapToObj(i -> sample("s" + i)).toList();
    }

    private static EvolutionPipeline pipeline(RunStore store, AtomicInteger rewrites) {
        return builder(store, rewrites).build();
    }

    private static EvolutionPipeline.Builder builder(RunStore store, AtomicInteger rewrites) {
        return EvolutionPipeline.builder()
                .evolvers(Evolver.each(UP, (sample, live) -> {
                    rewrites.incrementAndGet();
                    return Optional.of(live.instruction().toBuilder()
                            .question(live.instruction().question() + " And more?")
                            .build());
                }))
                .eliminators(Eliminator.each("slow", c -> {
                    LockSupport.parkNanos(1_000_000);
                    return Verdict.pass();
                }))
                .concurrency(8)
                .store(store);
    }

    @Test
    void processes_share_the_samples_and_each_writes_all() throws IOException {
        PGSimpleDataSource database = newDatabase();
        Path folder = Files.createTempDirectory("mmevol-shared");
        AtomicInteger rewrites = new AtomicInteger();
        List<CompletableFuture<Void>> runs = IntStream.range(0, 3)
                .mapToObj(i -> CompletableFuture.runAsync(() -> pipeline(JdbcRunStore.of(database), rewrites)
                        .run(DataSet.of(samples(300)), DataSets.writeJsonl(folder.resolve(i + ".jsonl")))))
                .toList();
        runs.forEach(CompletableFuture::join);
        assertThat(rewrites).hasValue(300 * 2 * 3);
        assertThat(folder.resolve("0.jsonl"))
                .hasSameTextualContentAs(folder.resolve("1.jsonl"))
                .hasSameTextualContentAs(folder.resolve("2.jsonl"));
        try (Stream<String> lines = Files.lines(folder.resolve("0.jsonl"))) {
            assertThat(lines.count()).isEqualTo(300 * 2 * 3);
        }
    }

    @Test
    void a_claim_ends_with_the_lease_of_its_process() throws SQLException {
        PGSimpleDataSource database = newDatabase();
        RunStore store = JdbcRunStore.of(database);
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session first = store.open();
                RunStore.Session second = store.open()) {
            assertThat(first.claim(key, 0, sample("a"))).isPresent();
            assertThat(second.claim(key, 0, sample("a"))).isEmpty();
            assertThat(first.claim(key, 0, sample("a"))).isPresent();
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "UPDATE mmevol_worker SET alive_until = 0 WHERE id = (SELECT MIN(id) FROM mmevol_worker)");
            }
            assertThat(second.claim(key, 0, sample("a"))).isPresent();
        }
    }

    @Test
    void a_sample_at_its_end_is_free_for_other_processes() {
        PGSimpleDataSource database = newDatabase();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session first = JdbcRunStore.of(database).open();
                RunStore.Session second = JdbcRunStore.of(database).open()) {
            first.claim(key, 0, sample("a")).orElseThrow().end(true);
            assertThat(first.place(key, 1)).isZero();
            first.placedAll(); // waits for all before it
            assertThat(second.claim(key, 0, sample("a"))).isPresent();
        }
    }

    @Test
    void processes_do_not_wait_for_each_other_where_samples_come_to_their_end_early() throws IOException {
        PGSimpleDataSource database = newDatabase();
        Path folder = Files.createTempDirectory("mmevol-shared");
        List<Sample> seeds = IntStream.range(0, 60)
                .mapToObj(i -> i % 10 == 5 ? Sample.builder("empty" + i).build() : sample("s" + i))
                .toList();
        AtomicInteger rewrites = new AtomicInteger();
        List<CompletableFuture<Void>> runs = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.runAsync(() -> pipeline(JdbcRunStore.of(database), rewrites)
                        .run(DataSet.of(seeds), DataSets.writeJsonl(folder.resolve(i + ".jsonl")))))
                .toList();
        runs.forEach(CompletableFuture::join);
        assertThat(rewrites).hasValue(54 * 2 * 3);
        assertThat(folder.resolve("0.jsonl")).hasSameTextualContentAs(folder.resolve("1.jsonl"));
    }

    @Test
    void a_run_with_a_target_waits_for_what_another_process_has_and_uses_what_it_made() throws Exception {
        PGSimpleDataSource database = newDatabase();
        List<Sample> seeds = samples(300);
        AtomicInteger rewrites = new AtomicInteger();
        EvolutionPipeline pipeline = builder(JdbcRunStore.of(database), rewrites)
                .rounds(1)
                .concurrency(2)
                .selections(Selection.target(12))
                .build();
        try (RunStore.Session other = JdbcRunStore.of(database).open()) {
            List<RunStore.Claim> claims = IntStream.range(0, 6)
                    .mapToObj(i -> other.claim(SampleKey.of(seeds.get(i)), i, seeds.get(i))
                            .orElseThrow())
                    .toList();
            for (int i = 0; i < 5; i++) {
                claims.get(i).putRound(StoredRounds.of(SampleKey.of(seeds.get(i)), 1));
            }
            CompletableFuture<Void> later = CompletableFuture.runAsync(
                    () -> claims.get(5).putRound(StoredRounds.of(SampleKey.of(seeds.get(5)), 1)),
                    CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS));
            Path file = Files.createTempDirectory("mmevol-shared").resolve("out.jsonl");
            assertThat(pipeline.run(DataSet.of(seeds), DataSets.writeJsonl(file))
                            .isComplete())
                    .isTrue();
            later.join();
            assertThat(Files.readAllLines(file)).hasSize(12);
        }
        // of 294 samples with two instructions each the three that are needed, and no more than a window beside them
        assertThat(rewrites).hasValueBetween(3 * 2, (3 + 16 * 2) * 2);
    }

    @Test
    void a_process_locks_samples_in_the_order_of_their_keys_so_that_no_two_wait_in_a_circle() throws Exception {
        PGSimpleDataSource database = newDatabase();
        List<SampleKey> keys = samples(3).stream()
                .map(SampleKey::of)
                .sorted(Comparator.comparing(SampleKey::value))
                .toList();
        try (RunStore.Session session = JdbcRunStore.of(database).open();
                Connection gate = database.getConnection();
                Connection other = database.getConnection()) {
            assertThat(session.claim(keys.get(0), 0, sample("first"))).isPresent();
            assertThat(session.claim(keys.get(1), 1, sample("middle"))).isPresent();
            RunStore.Claim last = session.claim(keys.get(2), 2, sample("last")).orElseThrow();
            gate.setAutoCommit(false);
            other.setAutoCommit(false);
            lock(gate, keys.get(0));
            lock(other, keys.get(1));

            CompletableFuture<?> atTheGate =
                    CompletableFuture.runAsync(() -> session.claim(keys.get(0), 0, sample("first")));
            awaitBlocked(database);
            // done in one transaction when the gate opens: a finished round, and a look at a sample that is another's
            Thread finishing = new Thread(() -> last.putRound(StoredRounds.of(keys.get(2), 1)));
            Thread claiming = new Thread(() -> session.claim(keys.get(1), 1, sample("middle")));
            for (Thread thread : List.of(finishing, claiming)) {
                thread.start();
                while (thread.getState() != Thread.State.WAITING) {
                    Thread.sleep(1);
                }
            }
            gate.commit();
            atTheGate.join();
            awaitBlocked(database);
            lock(other, keys.get(2));
            other.commit();
            finishing.join();
            claiming.join();
        }
    }

    /** Takes the row of a sample; fails at once if another process holds it. */
    private static void lock(Connection connection, SampleKey key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT number FROM mmevol_sample WHERE sample_key = ? FOR UPDATE NOWAIT")) {
            statement.setString(1, key.value());
            statement.executeQuery();
        }
    }

    /** Waits until one process waits for a lock. */
    private static void awaitBlocked(PGSimpleDataSource database) throws Exception {
        awaitOne(
                database,
                "SELECT COUNT(*) FROM pg_stat_activity"
                        + " WHERE wait_event_type = 'Lock' AND datname = current_database()");
    }

    private static void awaitOne(PGSimpleDataSource database, String count) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            boolean one = false;
            while (!one) {
                Thread.sleep(5);
                try (ResultSet rows = statement.executeQuery(count)) {
                    one = rows.next() && rows.getInt(1) == 1;
                }
            }
        }
    }

    @Test
    void a_process_that_was_taken_for_dead_is_alive_again_with_its_next_heartbeat() throws Exception {
        PGSimpleDataSource database = newDatabase();
        try (RunStore.Session slept = JdbcRunStore.of(database).open();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM mmevol_worker");
            awaitOne(database, "SELECT COUNT(*) FROM mmevol_worker");
            SampleKey key = SampleKey.of(sample("a"));
            assertThat(slept.claim(key, 0, sample("a"))).isPresent();
            try (RunStore.Session other = JdbcRunStore.of(database).open()) {
                assertThat(other.claim(key, 0, sample("a"))).isEmpty();
            }
        }
    }

    @Test
    void a_process_that_has_ended_is_not_taken_for_alive_by_a_late_heartbeat() throws Exception {
        PGSimpleDataSource database = newDatabase();
        SampleKey key = SampleKey.of(sample("a"));
        RunStore.Session session = JdbcRunStore.of(database).open();
        assertThat(session.claim(key, 0, sample("a"))).isPresent();
        try (Connection gate = database.getConnection()) {
            gate.setAutoCommit(false);
            lock(gate, key);
            CompletableFuture<?> atTheGate = CompletableFuture.runAsync(() -> session.claim(key, 0, sample("a")));
            awaitBlocked(database);
            CompletableFuture<?> closing = CompletableFuture.runAsync(session::close);
            Thread.sleep(TimeUnit.SECONDS.toMillis(JdbcSession.LEASE_SECONDS) / 3 + 500); // a heartbeat is due
            gate.commit();
            atTheGate.join();
            closing.join();
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM mmevol_worker")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isZero();
        }
    }

    @Test
    void of_two_replies_to_one_request_both_processes_use_the_first() {
        PGSimpleDataSource database = newDatabase();
        SampleKey key = SampleKey.of(sample("a"));
        try (RunStore.Session first = JdbcRunStore.of(database).open()) {
            RunStore.Claim mine = first.claim(key, 0, sample("a")).orElseThrow();
            assertThat(mine.putReply(reply("r", "one")).text()).isEqualTo("one");
            assertThat(mine.putReply(reply("r", "two")).text()).isEqualTo("one");
        }
    }

    @Test
    void each_process_adds_to_rows_of_its_own_and_the_next_one_sees_them_all() throws SQLException {
        PGSimpleDataSource database = newDatabase();
        try (RunStore.Session first = JdbcRunStore.of(database).open();
                RunStore.Session second = JdbcRunStore.of(database).open()) {
            first.claim(SampleKey.of(sample("a")), 0, sample("a")).orElseThrow().putReply(reply("r", "one"));
            second.claim(SampleKey.of(sample("b")), 1, sample("b"))
                    .orElseThrow()
                    .putReply(reply("r", "two"));
            try (RunStore.Session third = JdbcRunStore.of(database).open()) {
                assertThat(third.paidElsewhere().calls()).isEqualTo(2);
                assertThat(third.paidElsewhere().lines()).hasSize(1);
            }
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*), SUM(calls) FROM mmevol_usage")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(2);
            assertThat(rows.getInt(2)).isEqualTo(2);
        }
    }
}
