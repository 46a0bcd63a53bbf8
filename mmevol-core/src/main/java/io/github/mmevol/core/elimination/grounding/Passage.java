package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import io.github.mmevol.core.internal.text.Tokens;
import io.github.mmevol.core.sample.Check;
import io.github.mmevol.core.sample.Instruction;
import io.github.mmevol.core.sample.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One text of an instruction, taken apart into words.
 *
 * @param field which text it is
 * @param step the step it belongs to, from 0; -1 for the question, the number of steps for the answer
 * @param text the text
 * @param tokens its words, numbers and marks
 */
record Passage(Field field, int step, String text, List<Token> tokens) {

    /** Which text of an instruction. */
    enum Field {
        QUESTION(Check.Part.QUESTION),
        MANIPULATION(Check.Part.STEP),
        DESCRIPTION(Check.Part.STEP),
        ANSWER(Check.Part.ANSWER);

        private final Check.Part part;

        Field(Check.Part part) {
            this.part = part;
        }

        Check.Part part() {
            return part;
        }
    }

    /** Beyond this length no text is looked at; the form rule lets less through. */
    private static final int LONGEST = 4_000;

    private static final String SENTENCE_ENDS = ".!?\n\u3002\uff01\uff1f";

    static Passage of(Field field, int step, String text) {
        return new Passage(field, step, text, text.length() > LONGEST ? List.of() : Tokens.of(text));
    }

    /** The texts of an instruction that are in some of the fields, in reading order. */
    static List<Passage> of(Instruction instruction, Set<Field> fields) {
        List<Passage> passages = new ArrayList<>();
        if (fields.contains(Field.QUESTION)) {
            passages.add(of(Field.QUESTION, -1, instruction.question()));
        }
        int number = 0;
        for (Step step : instruction.steps()) {
            if (fields.contains(Field.MANIPULATION) && step.hasManipulation()) {
                passages.add(of(Field.MANIPULATION, number, step.manipulation()));
            }
            if (fields.contains(Field.DESCRIPTION)) {
                passages.add(of(Field.DESCRIPTION, number, step.description()));
            }
            number++;
        }
        if (fields.contains(Field.ANSWER)) {
            passages.add(of(Field.ANSWER, number, instruction.answer()));
        }
        return passages;
    }

    Check.Part part() {
        return field.part();
    }

    int size() {
        return tokens.size();
    }

    Token token(int index) {
        return tokens.get(index);
    }

    /** The word at an index, in lower case; empty for anything else, and outside the text. */
    String word(int index) {
        return isWord(index) ? tokens.get(index).word() : "";
    }

    boolean isWord(int index) {
        return is(index, Kind.WORD);
    }

    boolean is(int index, Kind kind) {
        return index >= 0 && index < tokens.size() && tokens.get(index).is(kind);
    }

    /** The text from one token to another, the latter included. */
    String text(int first, int last) {
        return text.substring(tokens.get(first).start(), tokens.get(last).end());
    }

    /** The first character of a token; a space outside the text. */
    char sign(int index) {
        return index >= 0 && index < tokens.size()
                ? text.charAt(tokens.get(index).start())
                : ' ';
    }

    boolean endsSentence(int index) {
        return is(index, Kind.STOP) && SENTENCE_ENDS.indexOf(sign(index)) >= 0;
    }

    /** Where the sentence of a token begins. */
    int sentenceStart(int index) {
        int at = index;
        while (at > 0 && !endsSentence(at - 1)) {
            at--;
        }
        return at;
    }

    /** The index of the token that ends the sentence of a token, or the number of tokens. */
    int sentenceEnd(int index) {
        int at = index;
        while (at < tokens.size() && !endsSentence(at)) {
            at++;
        }
        return at;
    }

    /** Whether one of some words stands in a stretch of the text. */
    boolean hasWord(int from, int to, Set<String> words) {
        for (int i = from; i < to; i++) {
            if (words.contains(word(i))) {
                return true;
            }
        }
        return false;
    }
}
