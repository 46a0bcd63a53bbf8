package io.github.mmevol.core.sample;

import java.util.Objects;

/**
 * A form of interaction that a task can take (paper: interactive evolution). One table, {@link Forms}, serves prompts,
 * rules and reports alike.
 *
 * @param id the spelling in data files, for example {@code fill_in_the_blank}
 * @param task what a writer of this form is to produce, in one or two imperative sentences; goes into the prompt
 * @param answerShape what its answer looks like
 * @param needsBoxes whether it can only be written for a sample with detected objects
 * @param needsText whether it can only be written for an image with legible text
 * @param mayNameAbsent whether it may name things that are not in the image
 * @param mayBeUnsure whether "cannot be told from the image" is a legitimate answer
 */
public record Form(
        String id,
        String task,
        AnswerShape answerShape,
        boolean needsBoxes,
        boolean needsText,
        boolean mayNameAbsent,
        boolean mayBeUnsure) {

    /** @throws IllegalArgumentException if the id or the task is blank */
    public Form {
        Objects.requireNonNull(answerShape, "answerShape");
        if (id.isBlank() || task.isBlank()) {
            throw new IllegalArgumentException("a form needs an id and a task");
        }
    }
}
