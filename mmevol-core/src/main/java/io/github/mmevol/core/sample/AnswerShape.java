package io.github.mmevol.core.sample;

/** What the answer of a {@link Form} must look like. */
public enum AnswerShape {
    /** Any text. */
    FREE,
    /** One of the labelled options that the question lists, at least three of them. */
    OPTION,
    /** What belongs in the blank ({@code ___}) of the question. */
    BLANK,
    /** Yes or no, first thing in the answer. */
    YES_NO
}
