package io.github.mmevol.core.store;

import io.github.mmevol.core.store.contract.RunStoreContract;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresKeepTheContractTest {

    @Nested
    class InMemory extends RunStoreContract {
        @Override
        protected RunStore newStore() {
            return RunStore.inMemory();
        }

        @Test
        void a_second_run_is_refused() {
            assertHeld(newStore());
        }
    }

    @Nested
    class Sqlite extends RunStoreContract {
        @TempDir
        private Path folder;

        private final AtomicInteger number = new AtomicInteger();

        @Override
        protected RunStore newStore() {
            return JdbcRunStore.sqlite(folder.resolve("deep/run" + number.incrementAndGet() + ".db"));
        }

        @Override
        protected RunStore reopened(RunStore store) {
            return JdbcRunStore.sqlite(Path.of(store.toString()));
        }

        @Test
        void a_second_run_is_refused() {
            assertHeld(newStore());
        }
    }
}
