package io.github.mmevol.core.dataset;

import io.github.mmevol.core.elimination.Outcome;
import io.github.mmevol.core.sample.Vocabulary;
import java.util.List;

/** What an output can be balanced by. */
public enum Balance {
    /** The score, one cell for each. */
    SCORE,
    /** The form, in the spellings of {@link Vocabulary}. */
    FORM,
    /** The skills, one cell for each; an instruction belongs to the cells of all its skills. */
    SKILL,
    /** The direction. */
    DIRECTION;

    /** The cell of what has no score, form or skill. */
    static final String NONE = "(none)";

    /** The cells that an instruction belongs to, at least one. */
    public List<String> cells(Outcome.Kept kept) {
        return switch (this) {
            case SCORE ->
                List.of(kept.score().isPresent() ? String.valueOf(kept.score().getAsInt()) : NONE);
            case FORM -> List.of(named(Vocabulary.format(kept.instruction().format())));
            case SKILL ->
                kept.instruction().skills().isEmpty()
                        ? List.of(NONE)
                        : kept.instruction().skills().stream()
                                .map(skill -> named(Vocabulary.skill(skill)))
                                .distinct()
                                .toList();
            case DIRECTION -> List.of(named(kept.origin().direction()));
        };
    }

    private static String named(String text) {
        return text.isBlank() ? NONE : text;
    }
}
