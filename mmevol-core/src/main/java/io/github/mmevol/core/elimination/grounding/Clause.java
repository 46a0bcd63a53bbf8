package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.LowerCase;
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
 * @param told whether it is told by a verb; "the light to the left of the tower" only says which light
 * @param denied whether it is said to be wrong
 */
record Clause(Noun subject, Side side, Noun object, String text, boolean told, boolean denied) {
    private static final Set<String> VERBS = Words.of("""
            is are stands stand lies lie sits sit hangs hang rests rest appears appear rises rise located
            positioned placed situated found seen visible shown
            """);
    /** Words that may stand between the subject and the side, verbs apart. */
    private static final Set<String> BETWEEN = Words.of("""
            standing lying sitting hanging resting appearing just directly slightly clearly far farther further well
            immediately exactly to on the therefore thus also side entirely completely mostly somewhat a little bit
            """);

    /** Words of a side that say nothing but the side. */
    private static final Set<String> BARE =
            Words.of("to on the left right above below side of located situated positioned");

    private static final Set<String> VIEWERS = Words.of("""
            viewer viewer's perspective viewpoint facing faces view your own mirrored mirror guest guest's sitter
            sitter's observer observer's standpoint wearer wearer's person's opposite across driver's driving judged
            """);
    private static final Set<String> LOOKING = Words.of("seen viewed looking looks look sees");
    /** Words at the beginning of a sentence that tell from where, or for whom. */
    private static final Set<String> FOR_WHOM = Set.of("from", "as", "for");

    private static final Set<String> POSSESSIVE = Words.of("his her its their your my our whose");
    private static final Set<String> DEPTH = Set.of("behind", "beyond");
    private static final Set<String> COMPARED = Words.of("""
            larger bigger smaller taller shorter wider narrower longer higher lower nearer closer farther further
            """);
    private static final Set<String> ASKING = Set.of("is", "are", "does", "do");
    private static final Set<String> PICTURES = Words.of("picture image photo photograph scene frame chart");
    private static final Set<String> HARD_DOUBTS = Words.of("not no if would could should mirror");

    /** A side with the places of the words before and behind it. */
    private record Place(Side side, int before, int behind) {}

    Clause deny() {
        return new Clause(subject, side, object, text, told, !denied);
    }

    /** Whether a denied above or below may mean the place right over or under a thing. */
    boolean mayMeanOver() {
        return denied && (side == Side.ABOVE || side == Side.BELOW);
    }

    /** Whether an answer names the object before a side, and so may tell the side of it: "the cup is left of the spoon". */
    boolean isTurnedRound(Passage answer, int side) {
        String name = LowerCase.of(object.phrase());
        return answer.hasWord(0, side, Set.of(name.substring(name.lastIndexOf(' ') + 1)));
    }

    /** Whether another text has it word for word. */
    boolean isIn(Passage other) {
        return LowerCase.of(other.text()).contains(LowerCase.of(text));
    }

    /** Those that a text states beyond doubt. */
    static List<Clause> in(Passage passage) {
        List<Clause> clauses = new ArrayList<>();
        for (int i = 1; i < passage.size(); i++) {
            Clause clause = of(passage, place(passage, i));
            if (clause != null && isStatement(passage, i, clause.side())) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    /**
     * Those that a yes-or-no question asks about.
     *
     * @param alone only one that is all the question asks, the side of it and nothing else
     */
    static List<Clause> asked(Passage question, boolean alone) {
        List<Clause> clauses = new ArrayList<>();
        for (int i = 1; i < question.size(); i++) {
            int start = question.sentenceStart(i);
            int end = question.sentenceEnd(i);
            boolean asks = ASKING.contains(question.word(start))
                    && question.sign(end) == '?'
                    && !question.hasWord(start, end, HARD_DOUBTS);
            Clause clause = asks ? of(question, place(question, i)) : null;
            if (clause != null
                    && (!alone
                            || (clause.subject().first() == start + 1
                                    && isBare(question, clause)
                                    && endsAt(question, clause.object(), end)))) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    /** Whether nothing but the side stands between the nouns: no posture, no manner, no degree. */
    private static boolean isBare(Passage passage, Clause clause) {
        for (int i = clause.subject().last() + 1; i < clause.object().first(); i++) {
            if (!isBare(passage.word(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isBare(String word) {
        return BARE.contains(word);
    }

    private static boolean isStatement(Passage passage, int index, Side side) {
        int start = passage.sentenceStart(index);
        int end = passage.sentenceEnd(index);
        boolean doubted = side == Side.OTHER
                ? passage.hasWord(start, end, HARD_DOUBTS)
                : passage.hasWord(start, end, Pair.DOUBTS)
                        || passage.hasWord(end, passage.sentenceEnd(end + 1), Pair.WRONG)
                        || passage.word(end + 1).equals("not");
        return passage.sign(end) != '?' && !doubted && !isOption(passage, start) && !hasViewer(passage, start, end);
    }

    /** Whether a sentence repeats an option: "A. The spoon lies left of the cup." */
    private static boolean isOption(Passage passage, int start) {
        int label = passage.is(start, Kind.OPEN) ? start + 1 : start - 2;
        boolean letter = label >= 0
                && label < passage.size()
                && passage.token(label).end() - passage.token(label).start() == 1
                && Character.isLetter(passage.sign(label));
        boolean bracketed =
                passage.token(start).end() - passage.token(start).start() == 1 && passage.is(start + 1, Kind.CLOSE);
        return letter || bracketed;
    }

    private static @Nullable Clause of(Passage passage, @Nullable Place place) {
        if (place == null) {
            return null;
        }
        Noun subject = subjectBefore(passage, place.before());
        Noun object = Noun.startingAt(passage, place.behind());
        if (subject == null
                || object == null
                || !Pair.isHead(passage, subject, passage.sentenceStart(place.before()))
                || !isWhole(passage, object)) {
            return null;
        }
        boolean told = passage.hasWord(subject.last() + 1, place.before(), VERBS)
                || ASKING.contains(passage.word(subject.first() - 1));
        return new Clause(subject, place.side(), object, passage.text(subject.first(), object.last()), told, false);
    }

    /** The side that is told at a word; null if none is. */
    private static @Nullable Place place(Passage passage, int index) {
        String word = passage.word(index);
        String next = passage.word(index + 1);
        Side side = Side.of(word);
        if (side == Side.ABOVE || side == Side.BELOW) {
            return new Place(side, index, index + 1);
        }
        if (side != null) {
            int of = next.equals("side") ? index + 2 : index + 1;
            boolean own = POSSESSIVE.contains(passage.word(index - 1));
            return passage.word(of).equals("of") && !own ? new Place(side, index, of + 1) : null;
        }
        if (DEPTH.contains(word)) {
            return new Place(Side.OTHER, index, index + 1);
        }
        if (word.equals("front") && next.equals("of")) {
            return new Place(Side.OTHER, index - 1, index + 2);
        }
        return COMPARED.contains(word) && next.equals("than") ? new Place(Side.OTHER, index, index + 2) : null;
    }

    /** The noun that stands before a side; null if none does. */
    static @Nullable Noun subjectBefore(Passage passage, int side) {
        int last = side - 1;
        while (last >= 0 && (BETWEEN.contains(passage.word(last)) || VERBS.contains(passage.word(last)))) {
            last--;
        }
        return Noun.endingAt(passage, last);
    }

    /** Whether nothing behind a noun makes another one of it, or singles one out: "the tower on the hill". */
    static boolean isWhole(Passage passage, Noun noun) {
        int next = noun.last() + 1;
        boolean placed = passage.is(next + 1, Kind.BOX) || passage.is(next + 1, Kind.OPEN);
        return Pair.endsThere(passage, noun)
                && (!Noun.PREPOSITIONS.contains(passage.word(next)) || placed || inThePicture(passage, next) > next);
    }

    /** Whether a sentence says nothing more behind a noun. */
    static boolean endsAt(Passage passage, Noun noun, int end) {
        return inThePicture(passage, noun.last() + 1) == end;
    }

    /** The index behind "in the picture"; the same index if that does not stand there. */
    private static int inThePicture(Passage passage, int index) {
        boolean in = passage.word(index).equals("in") || passage.word(index).equals("within");
        return in && PICTURES.contains(passage.word(index + 2)) ? index + 3 : index;
    }

    /** Whether somebody's own left and right may be meant. */
    static boolean hasViewer(Passage passage, int from, int to) {
        for (int i = from; i < to; i++) {
            String word = passage.word(i);
            String next = passage.word(i + 1);
            if (VIEWERS.contains(word)
                    || (word.equals("far") && next.equals("side"))
                    || (LOOKING.contains(word)
                            && next.equals("from")
                            && !passage.word(i + 2).equals("here"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sentence of a question begins with from where, or for whom, it asks. */
    static boolean isForSomebody(Passage question) {
        for (int i = 0; i < question.size(); i++) {
            if (FOR_WHOM.contains(question.word(i)) && question.sentenceStart(i) == i) {
                return true;
            }
        }
        return false;
    }
}
