package io.github.mmevol.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Expected values are the worked examples of the documents that {@link ImageTokens} names, where they have some. */
class ImageTokensTest {

    @Test
    void tiles_of_512_pixels_after_scaling_down() {
        ImageTokens gpt4o = ImageTokens.tiles(85, 170);
        assertThat(gpt4o.of(1024, 1024)).isEqualTo(765); // OpenAI's first example
        assertThat(gpt4o.of(2048, 4096)).isEqualTo(1105); // OpenAI's second example
        assertThat(gpt4o.of(4096, 2048)).isEqualTo(1105);
        assertThat(gpt4o.of(512, 512)).isEqualTo(255);
        assertThat(gpt4o.of(513, 512)).isEqualTo(425);
        assertThat(gpt4o.of(128, 64)).isEqualTo(255); // never scaled up
        assertThat(ImageTokens.tiles(2833, 5667).of(512, 384)).isEqualTo(8500);
    }

    @Test
    void low_detail_is_flat_up_to_a_longest_side() {
        ImageTokens asSent = ImageTokens.tiles(85, 170).lowUpTo(512, 85);
        assertThat(asSent.of(512, 384)).isEqualTo(85);
        assertThat(asSent.of(513, 384)).isEqualTo(425);
    }

    @Test
    void patches_of_32_pixels_up_to_1536() {
        ImageTokens gpt41mini = ImageTokens.patches(1);
        assertThat(gpt41mini.of(1024, 1024)).isEqualTo(1024); // OpenAI's first example
        assertThat(gpt41mini.of(1800, 2400)).isEqualTo(1452); // OpenAI's second example
        assertThat(gpt41mini.of(33, 31)).isEqualTo(2);
        assertThat(gpt41mini.of(20_000, 20_000)).isLessThanOrEqualTo(1536).isGreaterThan(1400);
        assertThat(ImageTokens.patches(1.62).of(512, 384)).isEqualTo(312); // 16 * 12 * 1.62, rounded up
    }

    @Test
    void by_area_within_a_longest_side_and_a_cap() {
        ImageTokens claude = ImageTokens.perPixels();
        assertThat(claude.of(200, 200)).isEqualTo(54); // Anthropic's first example
        assertThat(claude.of(1000, 1000)).isEqualTo(1334); // Anthropic's second example
        assertThat(claude.of(1092, 1092)).isEqualTo(1590); // Anthropic's third example
        assertThat(claude.of(3000, 3000)).isEqualTo(1600);
        assertThat(claude.of(3136, 300)).isEqualTo(claude.of(1568, 150));
    }

    @Test
    void cells_of_28_pixels() {
        ImageTokens qwen = ImageTokens.qwenVl();
        assertThat(qwen.of(280, 280)).isEqualTo(102);
        assertThat(qwen.of(512, 384)).isEqualTo(18 * 14 + 2);
        assertThat(qwen.of(10, 10)).isEqualTo(6);
        assertThat(qwen.of(8000, 8000)).isEqualTo(16386);
    }

    @Test
    void a_figure_or_a_formula_of_ones_own() {
        assertThat(ImageTokens.fixed(256).of(4000, 3)).isEqualTo(256);
        ImageTokens mine = (width, height) -> width + height;
        assertThat(mine.of(3, 4)).isEqualTo(7);
    }
}
