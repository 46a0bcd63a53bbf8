package io.github.mmevol.examples.evolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.openai.ImageDetail;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormulaTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, AUTO, gpt-4o, 85",
        "gpt-4o-2024-11-20, HIGH, gpt-4o, 255",
        "gpt-4o-mini, LOW, gpt-4o-mini, 2833",
        "gpt-4o-mini, NONE, gpt-4o-mini, 8500",
        "openai/gpt-4.1-mini, AUTO, gpt-4.1-mini, 312",
        "gpt-5, AUTO, gpt-5, 70",
        "anthropic/claude-sonnet-4, AUTO, Claude, 263",
        "Qwen/Qwen2.5-VL-7B-Instruct, AUTO, Qwen2.5-VL, 254",
        "my-own, AUTO, gpt-4o, 85"
    })
    void the_name_of_a_model_and_the_detail_tell_how_an_image_of_512_by_384_counts(
            String model, ImageDetail detail, String like, long tokens) {
        ImageFormula formula = ImageFormula.of(model, detail);
        assertThat(formula.like()).isEqualTo(like);
        assertThat(formula.tokens().of(512, 384)).isEqualTo(tokens);
    }
}
