package io.github.mmevol.core.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.mmevol.core.sample.Sample;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectionSelectorTest {
    private static final List<Direction> DIRECTIONS = List.of(
            new Direction("perceptual", "more detail"),
            new Direction("cognitive", "more steps"),
            new Direction("interactive", "another form"));
    private static final Sample SAMPLE = Sample.builder("a").build();

    @Test
    void a_weight_for_a_direction_that_no_evolver_has_is_refused_before_any_is_drawn() {
        DirectionSelector misspelt = DirectionSelector.weighted(Map.of("percetual", 1.0, "cognitive", 1.0));
        String message =
                "there is a weight for the direction 'percetual', but no evolver for it; there are evolvers for"
                        + " perceptual, cognitive, interactive";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.check(DIRECTIONS))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.select(DIRECTIONS, SAMPLE, 1, new Random(1)))
                .withMessage(message);
    }

    @Test
    void a_direction_that_is_not_to_be_drawn_need_not_exist() {
        DirectionSelector selector = DirectionSelector.weighted(Map.of("cognitive", 1.0, "inspecting", 0.0));
        assertThat(selector.select(DIRECTIONS, SAMPLE, 1, new Random(1)).name()).isEqualTo("cognitive");
    }

    @Test
    void the_usual_selectors_take_the_usual_directions() {
        for (DirectionSelector selector : List.of(DirectionSelector.equal(), DirectionSelector.published())) {
            assertThatNoException().isThrownBy(() -> selector.check(DIRECTIONS));
            assertThatNoException().isThrownBy(() -> selector.check(DIRECTIONS.subList(0, 1)));
        }
    }
}
