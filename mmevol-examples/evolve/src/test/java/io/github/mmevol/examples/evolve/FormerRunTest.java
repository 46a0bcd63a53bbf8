package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mmevol.core.store.JdbcRunStore;
import io.github.mmevol.core.store.RunStore;
import io.github.mmevol.core.store.RunStoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FormerRunTest {
    @TempDir
    private Path folder;

    private Path run;
    private Path batches;
    private Path state;
    private long paid;

    /** A run with a batch on its way. */
    @BeforeEach
    void begin() throws IOException {
        run = folder.resolve("run.db");
        batches = Files.createDirectory(folder.resolve("batches"));
        state = batches.resolve("state.json");
        evolve(1);
        paid = paid();
        assertThat(paid).isPositive();
        Files.writeString(state, "former");
    }

    private void evolve(int samples) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        String[] args = {"--out", folder.toString(), "--limit", String.valueOf(samples)};
        assertThat(EvolveDataset.run(nowhere, nowhere, Map.of(), args)).isZero();
    }

    private long paid() {
        return JdbcRunStore.sqlite(run).history().paid().calls();
    }

    private FormerRun former() {
        return new FormerRun(run, batches);
    }

    private void assertIsBack() {
        assertThat(paid()).isEqualTo(paid);
        assertThat(batches).isDirectoryContaining(state::equals);
        assertThat(state).hasContent("former");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(folder).isDirectoryNotContaining("glob:**.former*");
    }

    @Test
    void leaves_a_run_alone_where_it_was_killed_while_it_made_a_copy() throws IOException {
        Files.writeString(folder.resolve("run.db.former.tmp"), "half of");
        Files.writeString(folder.resolve("run.db.former-wal"), "half of");
        former().settle();
        assertIsBack();
        Files.writeString(folder.resolve("run.db.former.tmp"), "half of");
        FormerRun again = former();
        again.setAside();
        again.close();
        assertIsBack();
    }

    @Test
    void leaves_the_batches_of_a_run_alone_that_was_not_set_aside_yet_and_got_no_reply() throws IOException {
        Files.delete(run);
        try (RunStore.Session session = JdbcRunStore.sqlite(run).open()) {
            assertThat(session.isPlaced()).isTrue();
        }
        paid = 0;
        Files.createLink(folder.resolve("run.db.former.tmp"), run);
        former().settle();
        assertIsBack();
    }

    @Test
    void copies_where_there_are_no_links() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path file = Files.writeString(zip.getPath("file"), "all of it");
            Path name = zip.getPath("name");
            FormerRun.second(file, name);
            assertThat(Files.readString(name)).isEqualTo("all of it");
        }
    }

    @Test
    void comes_back_where_it_was_killed_at_any_step_of_setting_aside() throws IOException {
        Files.move(run, folder.resolve("run.db.former.tmp"));
        former().settle();
        assertIsBack();

        Files.move(run, folder.resolve("run.db.former.tmp"));
        Files.writeString(batches.resolve("part-000001.jsonl"), "not moved yet");
        Path aside = Files.createDirectory(folder.resolve("batches.former"));
        Files.move(state, aside.resolve("state.json"));
        former().settle();
        assertIsBack();
        assertThat(batches.resolve("part-000001.jsonl")).exists();
    }

    @Test
    void goes_where_the_new_run_was_paid_for_and_it_could_not_be_dropped() throws IOException {
        former().setAside();
        assertThat(state).doesNotExist();
        evolveAside(2);
        long more = paid();
        assertThat(more).isGreaterThan(paid);
        Files.writeString(state, "new");
        former().settle();
        assertThat(paid()).isEqualTo(more);
        assertThat(state).hasContent("new");
        assertNothingIsLeft();
    }

    /** A new run in the place of the former one, which stays where it is. */
    private void evolveAside(int samples) throws IOException {
        Path aside = Files.createDirectory(folder.resolve("aside"));
        Path batchesAside = folder.resolve("batches.former");
        Files.move(folder.resolve("run.db.former"), aside.resolve("run.db.former"));
        Files.move(batchesAside, aside.resolve("batches"));
        evolve(samples);
        Files.move(aside.resolve("run.db.former"), folder.resolve("run.db.former"));
        Files.move(aside.resolve("batches"), batchesAside);
    }

    @Test
    void goes_where_the_new_run_has_a_batch_with_the_provider() throws IOException {
        former().setAside();
        JdbcRunStore.sqlite(run).open().close();
        String asked = "{\"parts\":[{\"name\":\"part-000001\",\"batch\":\"batch_7\"}]}";
        Files.writeString(state, asked);
        Files.delete(folder.resolve("run.db.former")); // killed while it was dropped
        former().settle();
        assertThat(paid()).isZero();
        assertThat(state).hasContent(asked);
        assertNothingIsLeft();
    }

    @Test
    void leaves_the_batches_of_a_new_run_alone_where_it_was_killed_while_it_was_dropped() throws IOException {
        former().setAside();
        evolveAside(2);
        Files.writeString(state, "new");
        Files.delete(folder.resolve("run.db.former"));
        former().settle();
        assertThat(paid()).isGreaterThan(paid);
        assertThat(state).hasContent("new");
        assertNothingIsLeft();
    }

    @Test
    void is_not_lost_where_the_run_could_be_removed_in_part_only() throws IOException {
        Path obstacle = Files.createDirectories(folder.resolve("run.db-shm/in-the-way"));
        assertThatThrownBy(() -> former().setAside())
                .isInstanceOf(RunStoreException.class)
                .hasMessageContaining("cannot be removed");
        assertThat(run).doesNotExist();
        Files.delete(obstacle);
        former().settle();
        assertIsBack();
    }

    @Test
    void is_as_it_was_where_somebody_is_at_work_on_it() throws IOException {
        try (RunStore.Session session = JdbcRunStore.sqlite(run).open()) {
            assertThatThrownBy(() -> former().setAside())
                    .isInstanceOf(RunStoreException.class)
                    .hasMessageContaining("is held by");
            assertThat(session.paidElsewhere().calls()).isEqualTo(paid);
        }
        assertIsBack();
    }

    @Test
    void comes_back_without_the_batches_of_a_new_run_that_was_killed() throws IOException {
        Files.delete(state);
        former().setAside();
        JdbcRunStore.sqlite(run).open().close();
        Files.writeString(state, "{\"parts\":[{\"name\":\"part-000001\",\"batch\":\"\"}]}");
        Files.writeString(batches.resolve("part-000001.jsonl"), "never asked");
        former().settle();
        assertThat(paid()).isEqualTo(paid);
        assertThat(batches).isEmptyDirectory();
        assertNothingIsLeft();
    }

    @Test
    void comes_back_with_its_own_log_alone() throws IOException {
        former().setAside();
        Files.writeString(folder.resolve("run.db-wal"), "of another run");
        Files.writeString(folder.resolve("run.db-shm"), "of another run");
        former().settle();
        assertThat(folder.resolve("run.db-wal")).doesNotExist();
        assertThat(folder.resolve("run.db-shm")).doesNotExist();
        assertIsBack();

        Files.writeString(folder.resolve("run.db-wal"), "of this run");
        former().setAside();
        assertThat(folder.resolve("run.db-wal")).doesNotExist();
        former().settle();
        assertThat(folder.resolve("run.db-wal")).hasContent("of this run");
        assertNothingIsLeft();
    }
}
