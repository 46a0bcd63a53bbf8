package io.github.mmevol.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.dataset.DataSet;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedDrawTest {
    private static DataSet<Sample> seeds(int count) {
        return DataSet.of(IntStream.range(0, count)
                .mapToObj(i -> Sample.builder("s" + i % 50)
                        .instructions(List.of(Instruction.of("What?", "That.")))
                        .build())
                .toList());
    }

    @Test
    void every_seed_is_drawn_equally_often() {
        int[] drawn = new int[40];
        for (int i = 0; i < 4000; i++) {
            SeedDraw.draw(seeds(40), 10, i).seeds().forEach(seed -> drawn[(int) seed.position()]++);
        }
        assertThat(drawn).hasSize(40);
        for (int times : drawn) {
            assertThat(times).isBetween(870, 1130);
        }
    }

    @Test
    void the_same_seed_draws_the_same_in_input_order_with_the_keys_of_a_run() {
        SeedDraw one = SeedDraw.draw(seeds(100), 20, 7);
        assertThat(one.seeds()).hasSize(20).isSortedAccordingTo((a, b) -> Long.compare(a.position(), b.position()));
        assertThat(one.of()).isEqualTo(100);
        assertThat(SeedDraw.draw(seeds(100), 20, 7)).isEqualTo(one);
        assertThat(SeedDraw.draw(seeds(100), 20, 8)).isNotEqualTo(one);
        assertThat(SeedDraw.draw(seeds(100), 1000, 7).seeds())
                .hasSize(100)
                .last()
                .satisfies(last -> assertThat(last.key().value()).endsWith("~2"));
    }

    @Test
    void of_nothing_nothing_is_drawn() {
        assertThat(SeedDraw.draw(DataSet.of(List.of()), 5, 1)).isEqualTo(new SeedDraw(List.of(), 0));
    }
}
