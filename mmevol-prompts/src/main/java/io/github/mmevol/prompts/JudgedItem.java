package io.github.mmevol.prompts;

/**
 * What a judge says of one evolved instruction.
 *
 * @param answerRight whether the answer is right for the image
 * @param needsImage whether the image is needed to answer
 * @param wellPosed whether the question is complete and has one answer
 * @param improved whether it is better than what it came from, as the direction means it
 * @param score difficulty and complexity, 0..10; 0 if the image is not needed
 * @param reason why; may be empty
 */
record JudgedItem(
        boolean answerRight, boolean needsImage, boolean wellPosed, boolean improved, int score, String reason) {}
