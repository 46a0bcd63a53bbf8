package io.github.mmevol.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkeletonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How many cups are on the table?                        | how many _ are on the _
            How many red wooden chairs are on the left veranda?    | how many _ are on the left veranda
            What is the man in the dark coat holding?              | what is the _ in the _ holding
            What color is the second car from the left?            | what _ is the _ from the left
            Is the cat sleeping on the sofa?                       | is the _ sleeping on the _
            Is there a dog?                                        | is there a _
            Describe the helmet in exactly two sentences.          | describe the _ in _
            Where does the handle of the cup point?                | where does the _ of the _
            Does the region [0.512, 0.755, 0.650, 0.888] hold a cup? | does the _ a _
            Which region holds the man? A) [0.1, 0.2, 0.3, 0.4] B) [0.5, 0.2, 0.9, 0.4] Answer with the letter. \
            | which _ the _ [options] answer with the _
            """)
    void nouns_numbers_boxes_and_options_are_left_out(String question, String skeleton) {
        assertThat(Skeleton.of(question).text()).isEqualTo(skeleton);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wie viele Tassen stehen auf dem Tisch?  | wie viele tassen stehen auf dem tisch
            Was kosten 3 Tassen in der Mitte?       | was kosten _ tassen in der mitte
            桌子上有3个杯子？                          | 桌 子 上 有 _ 个 杯 子
            """)
    void of_other_languages_words_stay(String question, String skeleton) {
        assertThat(Skeleton.of(question).text()).isEqualTo(skeleton);
    }

    @Test
    void a_template_has_one_skeleton_whatever_it_is_about() {
        assertThat(Skeleton.of("What is to the left of the blue cup?"))
                .isEqualTo(Skeleton.of("What is to the left of the old wooden boat?"))
                .isNotEqualTo(Skeleton.of("What is to the right of the blue cup?"));
    }

    @Test
    void nothing_has_an_empty_skeleton() {
        assertThat(Skeleton.of("").text()).isEmpty();
        assertThat(Skeleton.of("???").text()).isEmpty();
    }
}
