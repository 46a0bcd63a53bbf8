package io.github.mmevol.core.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyTest {

    @ParameterizedTest
    @CsvSource({
        "Grounding Ability, Grounding Ability",
        "grounding, Grounding Ability",
        "' GROUNDING  ability ', Grounding Ability",
        "referring, Referencing Ability",
        "Referring ability, Referencing Ability",
        "calculation, Calculating Ability",
        "counting ability, Calculating Ability",
        "ocr, OCR Ability",
        "Ocr_Ability, OCR Ability",
        "existence, Existence Ability",
        "Relationship, Relationship Description Ability",
        "relation description ability, Relationship Description Ability",
        "behaviour prediction ability, Behavior Prediction Ability",
        "Behavior-Prediction, Behavior Prediction Ability",
        "KNOWLEDGE INTEGRATION, Knowledge Integration Ability",
        "' Colour Naming ', Colour Naming",
    })
    void knows_the_spellings_of_skills(String spelling, String skill) {
        assertThat(Vocabulary.skill(spelling)).isEqualTo(skill);
    }

    @ParameterizedTest
    @CsvSource({
        "Norm, Norm",
        "normal, Norm",
        "NORM, Norm",
        "Complex_Reasoning, complex reasoning",
        "detailed-description, detailed description",
        "multi-choice, multi_choice",
        "Multiple Choice, multi_choice",
        "MCQ, multi_choice",
        "fill in the blank, fill_in_the_blank",
        "FILL_IN_THE_BLANK, fill_in_the_blank",
        "answerability, completeness_of_response",
        "Image Style Classification, image_style_classification",
        "my own form, my own form",
    })
    void knows_the_spellings_of_formats(String spelling, String format) {
        assertThat(Vocabulary.format(spelling)).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "single, single",
        "SINGLE, single",
        "Top-Left, top left",
        "upper right, top right",
        "bottom_left, lower left",
        "LOWER RIGHT, lower right",
        "left right, left right",
        "'', ''",
    })
    void knows_the_spellings_of_positions(String spelling, String position) {
        assertThat(Vocabulary.position(spelling)).isEqualTo(position);
    }

    @Test
    void leaves_every_canonical_spelling_as_it_is() {
        assertThat(Vocabulary.SKILLS)
                .hasSize(9)
                .allSatisfy(skill -> assertThat(Vocabulary.skill(skill)).isEqualTo(skill));
        assertThat(Vocabulary.POSITIONS)
                .hasSize(5)
                .allSatisfy(
                        position -> assertThat(Vocabulary.position(position)).isEqualTo(position));
        assertThat(Forms.standard().all()).hasSize(17).allSatisfy(form -> {
            assertThat(Vocabulary.format(form.id())).isEqualTo(form.id());
            assertThat(Forms.standard().find(form.id().replace('_', '-'))).contains(form);
        });
    }
}
