package io.github.mmevol.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mmevol.core.analysis.VerbNounParser.VerbNoun;
import io.github.mmevol.core.analysis.contract.VerbNounParserContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LightVerbNounsTest extends VerbNounParserContract {

    @Override
    protected VerbNounParser parser() {
        return VerbNounParser.english();
    }

    @Override
    protected double leastAccuracy() {
        return 0.9;
    }

    @ParameterizedTest
    @CsvSource({
        "Can the picture alone settle which of the two cups is fuller?, settle",
        "Could the picture really refute the caption?, refute",
        "Does the caption contradict the label?, contradict",
        "Which of the two cups lies closer to the camera?, lie"
    })
    void a_helper_is_not_the_verb_and_a_comparison_not_the_noun(String question, String verb) {
        assertThat(parser().parse(question))
                .hasValueSatisfying(told -> assertThat(told.verb()).isEqualTo(verb))
                .get()
                .extracting(VerbNoun::noun)
                .isNotIn("closer", "settle", "picture");
    }

    @Test
    void a_modal_whose_verb_cannot_be_told_is_no_verb() {
        assertThat(parser().parse("Can a picture frame on the wall?")).isEmpty();
    }
}
