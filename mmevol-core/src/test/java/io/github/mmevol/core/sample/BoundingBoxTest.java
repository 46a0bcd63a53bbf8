package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundingBoxTest {

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0, 1, 1",
        "0, 0, 1.01, 1",
        "0, NaN, 1, 1",
        "0, 0, Infinity, 1",
        "0.5, 0, 0.5, 1",
        "0.6, 0, 0.5, 1",
        "0, 0.5, 1, 0.5",
        "0, 0.6, 1, 0.5",
        "10, 20, 300, 400",
    })
    void refuses_what_lies_outside_or_has_no_area_and_says_which_box(double x1, double y1, double x2, double y2) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BoundingBox(x1, y1, x2, y2))
                .withMessageContaining("box")
                .withMessageContaining("[");
    }

    @ParameterizedTest
    @CsvSource({
        "-0.02, 0, 1, 1, '[0.000, 0.000, 1.000, 1.000]'",
        "0, -0.001, 1.02, 1, '[0.000, 0.000, 1.000, 1.000]'",
        "0.1, 0.2, 0.3, 1.004, '[0.100, 0.200, 0.300, 1.000]'",
        "0.1, 0.2, 0.3, 0.4, '[0.100, 0.200, 0.300, 0.400]'",
    })
    void moves_to_the_edge_what_lies_a_hair_outside(double x1, double y1, double x2, double y2, String box) {
        assertThat(BoundingBox.clamped(x1, y1, x2, y2)).hasToString(box);
    }

    @ParameterizedTest
    @CsvSource({"-0.021, 0, 1, 1", "0, 0, 1, 1.03", "NaN, 0, 1, 1", "1.001, 0, 1.01, 1"})
    void refuses_to_move_what_lies_further_outside_or_has_no_area_then(double x1, double y1, double x2, double y2) {
        assertThatIllegalArgumentException().isThrownBy(() -> BoundingBox.clamped(x1, y1, x2, y2));
    }

    @Test
    void measures_itself_in_shares_of_the_image() {
        BoundingBox box = new BoundingBox(0.1, 0.2, 0.6, 0.4);

        assertThat(box.width()).isCloseTo(0.5, within(1e-12));
        assertThat(box.height()).isCloseTo(0.2, within(1e-12));
        assertThat(box.area()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void compares_itself_by_intersection_over_union() {
        BoundingBox box = new BoundingBox(0, 0, 0.4, 0.4);

        assertThat(box.iou(box)).isEqualTo(1);
        assertThat(box.iou(new BoundingBox(0.5, 0.5, 1, 1))).isZero();
        assertThat(box.iou(new BoundingBox(0.4, 0, 0.8, 0.4))).isZero();
        assertThat(box.iou(new BoundingBox(0.2, 0, 0.6, 0.4))).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(box.iou(new BoundingBox(0.1, 0.1, 0.3, 0.3))).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void shows_three_decimals_as_the_formatter_rounds_them() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double x = i % 2 == 0 ? random.nextDouble() : random.nextInt(20_000) / 20_000.0;
            BoundingBox box = new BoundingBox(x / 2, 0, x / 2 + 0.5, 1);
            assertThat(box.toString())
                    .isEqualTo(String.format(Locale.ROOT, "[%.3f, 0.000, %.3f, 1.000]", box.x1(), box.x2()));
        }
    }
}
