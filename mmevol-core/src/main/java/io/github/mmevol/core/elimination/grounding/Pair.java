package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Boxes with the noun that a sentence gives them: "the cup at [..]", "[..] holds the cup", "the cups are at [..] and [..]".
 *
 * @param boxes one box, or several in a row
 * @param noun what they are said to hold; null if that cannot be told
 * @param sure whether the sentence says so beyond doubt
 * @param loose whether that is said to lie somewhere in the box only
 */
record Pair(List<BoxMention> boxes, @Nullable Noun noun, boolean sure, boolean loose) {
    /** Words that may stand between a noun and its box. */
    private static final Set<String> BETWEEN = Words.of("""
            is are stands stand standing lies lie lying sits sit sitting hangs hang hanging rests rest resting
            located positioned placed situated found seen visible shown appears appear marked given boxed annotated
            detected bounded enclosed at in inside within its their the a box boxes bounding bbox region regions
            area areas coordinates position positions location locations here namely covers cover covering occupies
            occupy occupying fills fill spans has have be
            """);
    /** What may stand between them before a box's own word, or behind a participle: "with box", "marked by". */
    private static final Set<String> JOINING = Set.of("with", "by", "as");

    private static final Set<String> BOX_WORDS = Words.of("box boxes bounding bbox region coordinates");
    private static final Set<String> MARKED = Words.of("marked given bounded enclosed shown boxed framed");
    private static final Set<String> LOOSE = Set.of("in", "inside", "within");
    /** Words that may stand before a noun that is the subject, or what is looked for. */
    private static final Set<String> BEFORE = Words.of("""
            and but so while find finds locate locates identify identifies detect detects ground mark marks see is
            are box then here picture image photograph photo also next first second finally there
            """);
    /** Prepositions that point at a noun and take nothing of it: "look at the cup". */
    private static final Set<String> POINTING = Words.of("""
            look looking zoom zooming focus focusing point pointing in
            """);

    private static final Set<String> HOLDS = Words.of("""
            holds hold contains contain shows show encloses enclose frames frame surrounds surround marks mark is
            outlines outline covers cover containing showing holding
            """);
    /** Words by which a sentence takes back the one before. */
    static final Set<String> WRONG = Words.of("""
            wrong false incorrect untrue mistaken contradicts contradicted fails fail refuted conflicts
            """);
    /** Words that turn a sentence into something else than a plain statement. */
    static final Set<String> DOUBTS = Words.of("""
            not no never neither nor isn't aren't doesn't don't if whether would could should might may wrong false
            incorrect incorrectly mistaken claim claims claimed statement says states stated description instead
            rather unlike without suppose imagine mirror mirrored reflection cannot can't elsewhere outside
            contradicts contradicted misplaced options swapped except than fails fail refuted conflicts puts
            """);

    private static final int SHORTEST = 3;

    Pair {
        boxes = List.copyOf(boxes);
    }

    BoxMention first() {
        return boxes.get(0);
    }

    BoxMention last() {
        return boxes.get(boxes.size() - 1);
    }

    /** Those of a text, in order. */
    static List<Pair> in(Passage passage) {
        List<Pair> pairs = new ArrayList<>();
        List<BoxMention> row = new ArrayList<>();
        for (BoxMention box : BoxMention.in(passage)) {
            if (!row.isEmpty() && !continues(passage, row.get(row.size() - 1), box)) {
                pairs.add(of(passage, row));
                row.clear();
            }
            row.add(box);
        }
        if (!row.isEmpty()) {
            pairs.add(of(passage, row));
        }
        return pairs;
    }

    /** Whether a box goes on with the list of the one before: "at [..], [..] and [..]". */
    private static boolean continues(Passage passage, BoxMention before, BoxMention box) {
        for (int i = before.last() + 1; i < box.first(); i++) {
            boolean joint = passage.is(i, Kind.COMMA)
                    || passage.word(i).equals("and")
                    || passage.word(i).equals("or")
                    || passage.word(i).equals("at");
            if (!joint) {
                return false;
            }
        }
        return true;
    }

    private static Pair of(Passage passage, List<BoxMention> boxes) {
        int first = boxes.get(0).first();
        int last = boxes.get(boxes.size() - 1).last();
        int start = passage.sentenceStart(first);
        boolean doubted = passage.hasWord(start, passage.sentenceEnd(last), DOUBTS);
        Noun noun = nounBefore(passage, first);
        if (noun != null && noun.phrase().length() >= SHORTEST) {
            boolean loose = passage.hasWord(noun.last() + 1, first, LOOSE);
            return new Pair(boxes, noun, !doubted && isHead(passage, noun, start), loose);
        }
        Noun held = nounBehind(passage, last);
        boolean whole = held != null && endsThere(passage, held);
        return new Pair(boxes, held, !doubted && whole, true);
    }

    /** The noun that a box stands in apposition to, or that is said to be there; null if none is right before it. */
    static @Nullable Noun nounBefore(Passage passage, int box) {
        int at = box - 1;
        if (passage.is(at, Kind.COMMA) && !closes(passage, box)) {
            return null; // "between the cup and the saucer, [..] shows"
        }
        while (at >= 0 && (isMark(passage, at) || BETWEEN.contains(passage.word(at)) || joins(passage, at))) {
            at--;
        }
        return Noun.endingAt(passage, at);
    }

    /** Whether an apposition ends behind a box. */
    private static boolean closes(Passage passage, int box) {
        int next = box + 1;
        while (next < passage.size() && !passage.isWord(next) && !passage.is(next, Kind.STOP)) {
            if (passage.is(next, Kind.COMMA)) {
                return true;
            }
            next++;
        }
        return !passage.isWord(next) || passage.word(next).equals("and");
    }

    private static boolean joins(Passage passage, int index) {
        return JOINING.contains(passage.word(index))
                && (BOX_WORDS.contains(passage.word(index + 1)) || MARKED.contains(passage.word(index - 1)));
    }

    /** A comma, a colon, an opening bracket, an arrow, an equals sign, or an invented variable. */
    private static boolean isMark(Passage passage, int index) {
        char sign = passage.sign(index);
        return passage.is(index, Kind.COMMA)
                || passage.is(index, Kind.OPEN)
                || passage.is(index, Kind.CLOSE)
                || passage.is(index, Kind.ARROW)
                || passage.is(index, Kind.EQUALS)
                || (passage.is(index, Kind.STOP) && sign == ':')
                || (passage.is(index, Kind.ODD)
                        && (sign == '[' || passage.token(index).word().startsWith("bb")));
    }

    private static @Nullable Noun nounBehind(Passage passage, int box) {
        return HOLDS.contains(passage.word(box + 1)) ? Noun.startingAt(passage, box + 2) : null;
    }

    /** Whether nothing follows a noun that would make another one of it. */
    static boolean endsThere(Passage passage, Noun noun) {
        int next = noun.last() + 1;
        String word = passage.word(next);
        return next >= passage.size()
                || (!passage.isWord(next) && !passage.is(next, Kind.NUMBER))
                || (Noun.isBound(word) && !word.equals("of"));
    }

    /** Whether a noun is no attribute of another one before it. */
    static boolean isHead(Passage passage, Noun noun, int sentenceStart) {
        int before = noun.first() - 1;
        String word = passage.word(before);
        if (before < sentenceStart || BEFORE.contains(word)) {
            return true;
        }
        if (Noun.PREPOSITIONS.contains(word)) {
            return POINTING.contains(passage.word(before - 1));
        }
        return passage.is(before, Kind.COMMA) || passage.is(before, Kind.STOP) || passage.is(before, Kind.OPEN);
    }
}
