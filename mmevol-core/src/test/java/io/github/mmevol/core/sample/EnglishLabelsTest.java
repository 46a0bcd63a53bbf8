package io.github.mmevol.core.sample;

import static io.github.mmevol.core.sample.LabelMatcher.Relation.BROADER;
import static io.github.mmevol.core.sample.LabelMatcher.Relation.NARROWER;
import static io.github.mmevol.core.sample.LabelMatcher.Relation.OTHER;
import static io.github.mmevol.core.sample.LabelMatcher.Relation.SAME;
import static io.github.mmevol.core.sample.LabelMatcher.Relation.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.sample.LabelMatcher.Relation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnglishLabelsTest {
    private static final LabelMatcher MATCHER = LabelMatcher.english();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            light | light
            the lights | light
            Lights | light
            all of the lights | light
            number of lights | light
            7 lights | light
            seven distinct lights | light
            lights are there in the picture | light
            lights that can be seen in the image | light
            people | person
            women | woman
            leaves | leaf
            a sofa | couch
            bicycles | bike
            buses | bus
            boxes | box
            glasses | glass
            name tags | name tag
            the domed building | domed building
            dahlias | dahlia
            finials | finial
            Tasse | Tasse
            """)
    void plurals_articles_and_synonyms_name_the_same(String phrase, String label) {
        assertThat(MATCHER.relate(phrase, label)).isEqualTo(SAME);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the white lights | light
            the whole lights | light
            lights that are clearly visible | light
            marked lights | light
            lights seen in the image do that | light
            lights near the ground | light
            lights shine near the ground | light
            the white lights on the left | light
            one of the lights | light
            most of the bars | bar
            tallest bar | bar
            the bar for March | bar
            man bending forward | man
            towers topped by a mast | tower
            the cat's left eye | eye
            woman | person
            a boy with a kite | person
            sedans | car
            floodlights | light
            the dark coat | clothing
            big flower | flower
            """)
    void kinds_and_modifiers_name_some_of_them(String phrase, String label) {
        assertThat(MATCHER.relate(phrase, label)).isEqualTo(NARROWER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            person | woman
            people | man
            flowers | dahlia
            vehicle | sedan
            building | domed building
            tag | name tag
            handle | cup handle
            camera | video camera
            """)
    void a_wider_word_names_others_too(String phrase, String label) {
        assertThat(MATCHER.relate(phrase, label)).isEqualTo(BROADER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dog | cat
            the woman on the left | man
            car | tree
            a spoon | saucer
            nose | eye
            suit | woman
            """)
    void what_is_known_to_be_something_else_is_other(String phrase, String label) {
        assertThat(MATCHER.relate(phrase, label)).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cups and saucers | cup
            cup, saucer | cup
            die Tasse | cup
            Tasse | cup
            杯子 | cup
            le café | coffee
            gizmo | cup
            hot dog | dog
            dog | hot dog
            toy car | car
            car | toy car
            shuttle | shuttle model
            cup | cup handle
            mug | glass
            astronaut | woman
            girl | woman
            church | tower
            a sedan | taxi
            values above the first three bars | bar
            object in the middle | cup
            row of lights | light
            '' | cup
            the | cup
            """)
    void what_may_be_either_or_is_not_known_is_unknown(String phrase, String label) {
        Relation relation = MATCHER.relate(phrase, label);

        assertThat(relation).as(phrase + " of " + label).isEqualTo(UNKNOWN);
    }

    @Property(tries = 2_000)
    void no_text_surprises_it(@ForAll String phrase, @ForAll String label) {
        assertThat(MATCHER.relate(phrase, label)).isNotNull();
    }
}
