package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in processes of its own that are killed, stopped, or run out of disk, and run again. System properties:
 * {@code kills}, {@code kill.samples} and {@code full.disk}; the Maven profile {@code kill} sets 100, 2 000 and {@code tmpfs}.
 */
@Timeout(3600)
class KilledRunsTest {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int SAMPLES = Integer.getInteger("kill.samples", 150);
    /** How a disk is made full: {@code limit} bounds the size of files, {@code tmpfs} mounts a small file system (Linux). */
    private static final String FULL_DISK = System.getProperty("full.disk", "limit");

    private static final List<String> DATA_FILES =
            List.of("evolved.json", "evolved.jsonl", "llava.json", "eliminated.jsonl");

    @TempDir
    private Path folder;

    private LocalModelServer server;
    private Path seeds;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        server = new LocalModelServer(20, UnaryOperator.identity());
        seeds = SeedFiles.write(folder.resolve("seeds"), SAMPLES, 8);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
        server.close();
    }

    private Process start(Path out, String... limits) throws IOException {
        return start(32, out, limits);
    }

    private Process start(int concurrency, Path out, String... limits) throws IOException {
        List<String> command = new ArrayList<>(List.of(limits));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EvolveDataset.class.getName(),
                "--seeds",
                seeds.toString(),
                "--out",
                out.toString(),
                "--base-url",
                server.baseUrl(),
                "--model",
                "local",
                "--concurrency",
                String.valueOf(concurrency)));
        Files.createDirectories(out);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        out.resolve("console.txt").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private int run(Path out, String... limits) throws IOException, InterruptedException {
        Process process = start(out, limits);
        assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** The results of an uninterrupted run. */
    private Path whole() throws IOException, InterruptedException {
        Path out = folder.resolve("whole");
        assertThat(run(out)).isEqualTo(EvolveDataset.DONE);
        return out;
    }

    private static void assertSame(Path out, Path whole) {
        for (String file : DATA_FILES) {
            assertThat(out.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    /** The numbers of the calls whose replies are committed. */
    private static List<Integer> committed(Path out) throws SQLException {
        List<Integer> calls = new ArrayList<>();
        if (!Files.exists(out.resolve("run.db"))) {
            return calls;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("run.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            try (ResultSet tables = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'mmevol_reply'")) {
                if (!tables.next()) {
                    return calls;
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT completion_tokens FROM mmevol_reply")) {
                while (rows.next()) {
                    calls.add(rows.getInt(1));
                }
            }
        }
        return calls;
    }

    @Test
    void a_killed_run_loses_nothing_and_pays_for_nothing_twice() throws Exception {
        long start = System.nanoTime();
        Path whole = whole();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Map<String, Integer> needed = count(server.bodies(0));
        Random random = new Random(KILLS);
        Path out = folder.resolve("killed");
        int killed = 0;
        List<Integer> committedAtKills = new ArrayList<>();
        while (killed < KILLS) {
            Map<String, Integer> asked = committedBodies(out);
            int before = server.calls();
            Process process = start(out);
            boolean ended = random.nextInt(5) == 0
                    ? process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS) // while it starts
                    : working(process, before)
                            && process.waitFor(random.nextInt((int) (6 * millis / KILLS)), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            server.bodies(before).forEach(body -> asked.merge(body, 1, Integer::sum));
            assertThat(asked)
                    .allSatisfy((body, times) -> assertThat(times)
                            .as("a committed reply was asked for again")
                            .isLessThanOrEqualTo(needed.getOrDefault(body, 0)));
            killed++;
            committedAtKills.add(committed(out).size());
            if (ended) {
                assertThat(process.exitValue()).isEqualTo(EvolveDataset.DONE);
                assertSame(out, whole);
                out = folder.resolve("killed" + killed);
            }
        }
        System.out.println("replies committed at each kill: " + committedAtKills);
        assertThat(run(out)).isEqualTo(EvolveDataset.DONE);
        assertSame(out, whole);
        assertThat(committed(out))
                .hasSize(needed.values().stream().mapToInt(i -> i).sum());
    }

    /** Waits for the first call of a process, or its end; always true. */
    private boolean working(Process process, int callsBefore) throws InterruptedException {
        while (process.isAlive() && server.calls() == callsBefore) {
            Thread.sleep(1);
        }
        return true;
    }

    private Map<String, Integer> committedBodies(Path out) throws SQLException {
        return count(committed(out).stream().map(server::body).toList());
    }

    private static Map<String, Integer> count(List<String> bodies) {
        Map<String, Integer> counts = new HashMap<>();
        bodies.forEach(body -> counts.merge(body, 1, Integer::sum));
        return counts;
    }

    @Test
    void a_run_that_is_told_to_stop_writes_what_is_finished_and_says_how_to_go_on() throws Exception {
        Path whole = whole();
        Path out = folder.resolve("stopped");
        Process process = start(out);
        int before = server.calls();
        while (server.calls() - before < 100) {
            Thread.onSpinWait();
        }
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(EvolveDataset.STOPPED);
        assertThat(out.resolve("console.txt"))
                .content()
                .contains("Stopped early: stop signal")
                .contains("the same command again goes on from there");
        assertThat(out.resolve("evolved.jsonl")).isNotEmptyFile();
        assertThat(Files.size(out.resolve("evolved.jsonl"))).isLessThan(Files.size(whole.resolve("evolved.jsonl")));
        assertThat(run(out)).isEqualTo(EvolveDataset.DONE);
        assertSame(out, whole);
    }

    @Test
    void a_run_whose_disk_is_full_says_so_and_goes_on_when_there_is_room() throws Exception {
        Path whole = whole();
        Path out = folder.resolve("full");
        long kilobytes = Files.size(whole.resolve("run.db")) / 1024 * 2 / 3;
        List<Integer> statuses =
                FULL_DISK.equals("tmpfs") ? onSmallFileSystem(out, kilobytes) : withLimitedFiles(out, kilobytes);
        assertThat(out.resolve("console.txt"))
                .content()
                .contains("mmevol-evolve: the run stopped")
                .contains("run.db")
                .contains("the same command again goes on from there");
        assertThat(statuses).containsExactly(EvolveDataset.STOPPED, EvolveDataset.DONE);
        assertSame(out, whole);
    }

    /** The exit codes of a run that may write no file larger than this, and of one that may. */
    private List<Integer> withLimitedFiles(Path out, long kilobytes) throws IOException, InterruptedException {
        // room for SQLite's own library, which is unpacked first
        long limit = Math.max(1800, kilobytes);
        int status = run(out, "bash", "-c", "ulimit -f " + limit + "; exec \"$0\" \"$@\"");
        return List.of(status, run(out));
    }

    /** The exit codes of a run into a file system of this size, and of one after that has grown; its files are copied out. */
    private List<Integer> onSmallFileSystem(Path out, long kilobytes) throws IOException, InterruptedException {
        Path copies = Files.createDirectories(folder.resolve("copies"));
        String script = String.join(
                "\n",
                "mount -t tmpfs -o size=" + kilobytes + "k tmpfs '" + out + "' || exit 99",
                "\"$0\" \"$@\"; first=$?",
                "mount -o remount,size=1g '" + out + "' || exit 99",
                "\"$0\" \"$@\"; second=$?",
                "cp '" + out + "'/*.json* '" + copies + "' && echo $first $second > '" + copies.resolve("codes") + "'");
        assertThat(run(out, "unshare", "--map-root-user", "--mount", "sh", "-c", script))
                .isZero();
        for (String file : DATA_FILES) {
            Files.copy(copies.resolve(file), out.resolve(file));
        }
        return Stream.of(Files.readString(copies.resolve("codes")).strip().split(" "))
                .map(Integer::valueOf)
                .toList();
    }

    @Test
    void a_second_process_on_the_same_run_is_refused() throws Exception {
        Path out = folder.resolve("held");
        Process first = start(1, out);
        int before = server.calls();
        while (server.calls() - before < 20) {
            Thread.onSpinWait();
        }
        assertThat(run(out)).isEqualTo(EvolveDataset.BAD_USAGE);
        assertThat(out.resolve("console.txt")).content().contains("is held by process " + first.pid());
        assertThat(first.isAlive()).isTrue();
    }
}
