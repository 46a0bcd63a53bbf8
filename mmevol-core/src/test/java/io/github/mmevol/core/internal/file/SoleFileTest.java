package io.github.mmevol.core.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoleFileTest {
    @TempDir
    private Path folder;

    @Test
    void is_open_once_at_a_time() throws IOException {
        Path file = folder.resolve("a");
        Path same = folder.resolve("..").resolve(folder.getFileName()).resolve("a");
        SoleFile first = SoleFile.open(file).orElseThrow();
        assertThat(SoleFile.open(file)).isEmpty();
        first.close();
        SoleFile second = SoleFile.open(file).orElseThrow();
        assertThat(second.tryLock()).isTrue();
        first.close();
        assertThat(SoleFile.open(same)).isEmpty();
        second.close();
    }

    @Test
    void may_be_tried_again_where_it_could_not_be_opened() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> SoleFile.open(folder)).isInstanceOf(IOException.class);
        }
    }
}
