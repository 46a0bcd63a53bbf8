package io.github.mmevol.core.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenOptionTest {
    private static final Options OPTIONS = Options.of("What stands there? A) A dog B) A car C) A bicycle D) A bench")
            .orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Therefore, the correct answer is A bicycle. | -1",
                "So the choice is A bench. | -1",
                "The right answer is A. | 0",
                "The answer is A, as it barks. | 0",
                "The answer is A because it barks. | 0",
                "So it is option A. | 0",
                "So it is option A that fits. | 0",
                "Therefore, the correct answer is C. | 2",
                "The answer is not A. | -1",
            })
    void is_settled_by_a_letter_and_never_by_the_article(String text, int index) {
        assertThat(ChosenOption.settled(OPTIONS, text)).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The bicycle. | 2",
                "Bicycle | 2",
                "The answer is A bicycle. | -1",
                "The answer is A for sure. | 0",
                "It is the bicycle. | 2",
                "The bicycle beside the bench. | -1",
                "A bicycle beside the bench. | 2",
                "C. The bicycle | 2",
            })
    void is_named_with_any_article_or_none(String answer, int index) {
        assertThat(ChosenOption.of(OPTIONS, answer)).isEqualTo(new ChosenOption(index, Optional.empty()));
    }
}
