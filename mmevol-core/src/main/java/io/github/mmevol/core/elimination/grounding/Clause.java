package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * "The spoon lies to the right of the cup": two nouns and a side.
 *
 * @param subject what lies there
 * @param side on which side
 * @param object of what
 * @param text the words of it
 * @param sure whether it is stated beyond doubt
 * @param alone whether the sentence says nothing else
 * @param isDenied whether it is said to be wrong
 */
record Clause(
        Noun subject, Side side, Noun object, String text, boolean sure, boolean alone, boolean isDenied) {
    /** Words that may stand between the subject and the side. */
    private static final Set<String> BETWEEN = Set.of(
            "is", "are", "stands", "stand", "standing", "lies", "lie", "lying", "sits", "sit", "sitting", "hangs", "hang",
            "hanging", "rests", "rest", "resting", "located", "positioned", "placed", "situated", "found", "seen", "visible",
            "shown", "appears", "appear", "appearing", "rises", "rise", "just", "directly", "slightly", "clearly", "far",
            "farther", "further", "well", "immediately", "exactly", "to", "on", "the", "therefore", "thus", "also", "side",
            "entirely", "completely", "mostly", "somewhat", "a", "little", "bit");
    private static final Set<String> VIEWERS = Set.of(
            "viewer", "viewer's", "perspective", "viewpoint", "facing", "faces", "view", "your", "own", "mirrored", "mirror",
            "guest", "guest's", "sitter", "sitter's", "observer", "standpoint", "wearer", "wearer's", "person's");
    private static final Set<String> POSSESSIVE = Set.of("his", "her", "its", "their", "your", "my", "our", "whose");
    private static final Set<String> OTHER_SIDES = Set.of("behind", "beyond");
    private static final Set<String> COMPARED = Set.of(
            "larger", "bigger", "smaller", "taller", "shorter", "wider", "narrower", "longer", "higher", "lower", "nearer",
            "closer", "farther", "further");
    private static final Set<String> ASKING = Set.of("is", "are", "does", "do");
    private static final Set<String> IN_THE_PICTURE =
            Set.of("in", "within", "the", "this", "picture", "image", "photo", "photograph", "scene", "frame", "chart", "as");

    Clause denied() {
        return new Clause(subject, side, object, text, sure, alone, !isDenied);
    }

    /** Those that a text states. */
    static List<Clause> in(Passage passage) {
        List<Clause> clauses = new ArrayList<>();
        for (int i = 1; i < passage.size(); i++) {
            Clause clause = at(passage, i, false);
            if (clause != null) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    /** Those that a yes-or-no question asks about. */
    static List<Clause> asked(Passage question) {
        List<Clause> clauses = new ArrayList<>();
        for (int i = 1; i < question.size(); i++) {
            boolean asks = ASKING.contains(question.word(question.sentenceStart(i)))
                    && question.sign(question.sentenceEnd(i)) == '?';
            Clause clause = asks ? at(question, i, true) : null;
            if (clause != null && clause.sure()) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    /** The side at a token, with the nouns around it; null if it is none, or a noun is missing. */
    private static @Nullable Clause at(Passage passage, int index, boolean asked) {
        Side side = Side.of(passage.word(index));
        int behind = index + 1;
        int before = index;
        if (side == Side.LEFT || side == Side.RIGHT) {
            if (passage.word(behind).equals("side")) {
                behind++;
            }
            if (!passage.word(behind).equals("of") || POSSESSIVE.contains(passage.word(index - 1))) {
                return null;
            }
            behind++;
        } else if (side == null) {
            if (OTHER_SIDES.contains(passage.word(index))) {
                side = Side.OTHER;
            } else if (passage.word(index).equals("front") && passage.word(behind).equals("of")) {
                side = Side.OTHER;
                before--;
                behind++;
            } else if (COMPARED.contains(passage.word(index)) && passage.word(behind).equals("than")) {
                side = Side.OTHER;
                behind++;
            } else {
                return null;
            }
        }
        Noun subject = subjectBefore(passage, before);
        Noun object = Noun.startingAt(passage, behind);
        if (subject == null || object == null || side == null) {
            return null;
        }
        int start = passage.sentenceStart(index);
        int end = passage.sentenceEnd(index);
        boolean sure = Pair.isHead(passage, subject, start)
                && Pair.endsThere(passage, object)
                && !modifies(passage, object.last() + 1)
                && !passage.hasWord(start, end, asked ? HARD_DOUBTS : Pair.DOUBTS)
                && !hasViewer(passage, start, end)
                && (asked || passage.sign(end) != '?');
        int rest = object.last() + 1;
        while (rest < end && IN_THE_PICTURE.contains(passage.word(rest))) {
            rest++;
        }
        boolean alone = rest == end && subject.first() <= start + 1;
        return new Clause(
                subject, side, object, passage.text(subject.first(), object.last()), sure, alone, false);
    }

    private static final Set<String> HARD_DOUBTS = Set.of("not", "no", "if", "would", "could", "should", "mirror", "than");

    /** The noun that stands before a side; null if none does. */
    static @Nullable Noun subjectBefore(Passage passage, int side) {
        int last = side - 1;
        while (last >= 0 && BETWEEN.contains(passage.word(last))) {
            last--;
        }
        return Noun.endingAt(passage, last);
    }

    /** Whether what follows a noun singles one out: "the tower on the hill"; "in the picture" does not. */
    static boolean modifies(Passage passage, int index) {
        String word = passage.word(index);
        return Noun.PREPOSITIONS.contains(word)
                && !(passage.is(index + 1, Kind.BOX) || passage.is(index + 1, Kind.OPEN))
                && !(IN_THE_PICTURE.contains(word) && passage.word(index + 1).matches("the|this")
                        && IN_THE_PICTURE.contains(passage.word(index + 2)));
    }

    /** Whether somebody's own left and right may be meant. */
    static boolean hasViewer(Passage passage, int from, int to) {
        return passage.hasWord(from, to, VIEWERS);
    }
}
