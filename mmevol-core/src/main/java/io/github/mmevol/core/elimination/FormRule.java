package io.github.mmevol.core.elimination;

import io.github.mmevol.core.evolution.Candidate;
import io.github.mmevol.core.internal.text.Texts;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;

/** Looks whether there is a question and an answer of sane length, and nothing that the line has asked before. */
final class FormRule {
    static final int LONGEST_QUESTION = 2_000;
    static final int LONGEST_ANSWER = 4_000;
    static final int LONGEST_STEP = 1_000;
    static final int MOST_STEPS = 6;

    private FormRule() {}

    static Verdict judge(Candidate candidate) {
        Instruction evolved = candidate.evolved();
        if (evolved.question().isBlank()) {
            return Verdict.reject("there is no question");
        }
        if (evolved.answer().isBlank()) {
            return Verdict.reject("there is no answer");
        }
        if (evolved.question().length() > LONGEST_QUESTION) {
            return tooLong("question", evolved.question(), LONGEST_QUESTION);
        }
        if (evolved.answer().length() > LONGEST_ANSWER) {
            return tooLong("answer", evolved.answer(), LONGEST_ANSWER);
        }
        if (evolved.steps().size() > MOST_STEPS) {
            return Verdict.reject("there are " + evolved.steps().size() + " steps, more than " + MOST_STEPS);
        }
        for (Step step : evolved.steps()) {
            if (step.description().length() > LONGEST_STEP
                    || step.manipulation().length() > LONGEST_STEP) {
                return tooLong("step", step.manipulation() + " " + step.description(), LONGEST_STEP);
            }
        }
        if (!Texts.hasLetter(evolved.question())) {
            return Verdict.reject("the question holds no word", evolved.question());
        }
        return comparedWithItsLine(candidate);
    }

    private static Verdict comparedWithItsLine(Candidate candidate) {
        Instruction evolved = candidate.evolved();
        String question = Texts.fingerprint(evolved.question());
        String answer = Texts.fingerprint(evolved.answer());
        if (!answer.isEmpty() && question.equals(answer)) {
            return Verdict.reject("the answer repeats the question", evolved.answer());
        }
        Instruction parent = candidate.parent().instruction();
        if (asksTheSame(evolved, question, parent)) {
            return answer.equals(Texts.fingerprint(parent.answer()))
                    ? Verdict.reject("it is its parent again", parent.question())
                    : Verdict.reject("it asks its parent's question again", parent.question());
        }
        for (Instruction ancestor : candidate.parent().ancestors()) {
            if (asksTheSame(evolved, question, ancestor)) {
                return Verdict.reject("it asks again what an earlier round of its line asked", ancestor.question());
            }
        }
        return Verdict.pass();
    }

    /** The same words about the same part of a mosaic; about another part they are another question. */
    private static boolean asksTheSame(Instruction evolved, String question, Instruction earlier) {
        return evolved.imagePosition().equals(earlier.imagePosition())
                && question.equals(Texts.fingerprint(earlier.question()));
    }

    private static Verdict tooLong(String what, String text, int limit) {
        return Verdict.reject(
                "the " + what + " has " + text.length() + " characters, more than " + limit, Texts.around(text, 0));
    }
}
