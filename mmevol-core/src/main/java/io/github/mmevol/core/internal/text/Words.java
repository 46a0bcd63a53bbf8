package io.github.mmevol.core.internal.text;

import java.util.ArrayList;
import java.util.List;

/** A text as words, in lower case and without punctuation, sentence by sentence and option by option. */
public final class Words {
    private static final char NO_OPTION = 0;

    /**
     * A sentence, or an option of a question.
     *
     * @param label the option's label in lower case; 0 if it is none
     * @param words at least one, in lower case; of a script that is written without spaces each character is one
     */
    public record Part(char label, List<String> words) {
        /** Whether it is an option. */
        public boolean isOption() {
            return label != NO_OPTION;
        }
    }

    private final String text;
    private final char[] chars;
    private final List<Part> parts = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private char label = NO_OPTION;
    private char nextLabel = 'a';

    private Words(String text) {
        this.text = LowerCase.of(text);
        chars = this.text.toCharArray();
    }

    /** The parts of a text, in order; {@code A) a cup B) a plate} is two, without their labels. */
    public static List<Part> parts(String text) {
        Words reading = new Words(text);
        reading.read();
        return reading.parts;
    }

    private void read() {
        int at = 0;
        while (at < text.length()) {
            int c = Character.codePointAt(chars, at);
            int end = at + Character.charCount(c);
            if (isWordly(c) && !Texts.unspaced(c)) {
                end = wordEnd(at);
                if (isLabel(at, end)) {
                    endPart();
                    label = text.charAt(at);
                    nextLabel = (char) (label + 1);
                } else {
                    words.add(text.substring(at, end));
                }
            } else if (Texts.unspaced(c) || Characters.isSymbol(c)) {
                words.add(text.substring(at, end));
            } else if (endsSentence(c, end)) {
                endPart();
                label = NO_OPTION;
            }
            at = end;
        }
        endPart();
    }

    private void endPart() {
        if (!words.isEmpty()) {
            parts.add(new Part(label, words));
            words = new ArrayList<>();
        }
    }

    /** The end of a run of letters and digits; a point or comma between digits belongs to it. */
    private int wordEnd(int start) {
        int at = start;
        while (at < text.length()) {
            int c = Character.codePointAt(chars, at);
            boolean inNumber = (c == '.' || c == ',') && isDigit(at - 1) && isDigit(at + 1);
            if (!inNumber && (!isWordly(c) || Texts.unspaced(c))) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    /** Whether a word is the label of the next option, as in {@code (A) cup}, {@code B. plate}, {@code C: lamp}. */
    private boolean isLabel(int start, int end) {
        return end == start + 1
                && text.charAt(start) == nextLabel
                && end < text.length()
                && ").:".indexOf(text.charAt(end)) >= 0
                && (start == 0 || !isWordly(text.charAt(start - 1)));
    }

    /** Whether a sentence ends here, or an option that is a box. */
    private boolean endsSentence(int c, int next) {
        return switch (c) {
            case '.', '?', '!', ';', ':' -> next == text.length() || Character.isWhitespace(text.charAt(next));
            case ']' -> label != NO_OPTION;
            case '\n', '\u3002', '\uff1f', '\uff01', '\uff1b', '\uff1a' -> true;
            default -> false;
        };
    }

    private boolean isDigit(int at) {
        return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }

    private static boolean isWordly(int c) {
        return Characters.isLetterOrDigit(c) || (c >= 128 && isMark(c));
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
