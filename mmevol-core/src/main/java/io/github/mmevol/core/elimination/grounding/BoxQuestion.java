package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a question about boxes asks for, in the few shapes that can be read with certainty: which thing a box holds, which
 * box holds a thing, whether a box holds a thing.
 */
final class BoxQuestion {
    /** Verbs between a box and what it holds. */
    private static final Set<String> HOLDS = Words.of("""
            holds hold contains contain shows show encloses enclose frames frame surrounds surround marks mark
            outlines outline covers cover is
            """);
    /** Verbs that take a "to" or a "with" before what the box holds. */
    private static final Set<String> FITS = Words.of("""
            corresponds correspond belongs belong matches match refers refer
            """);

    private static final Set<String> YES_NO = Set.of("does", "do", "is", "are", "can");
    private static final Set<String> SELECTING = Words.of("""
            which identify select choose pick find name indicate determine locate mark
            """);
    private static final Set<String> REGIONS = Words.of("""
            box boxes bbox bboxes region regions area areas rectangle rectangles coordinates
            """);
    private static final Set<String> LOCATING = Words.of("""
            locate find identify detect ground localize localise spot
            """);
    private static final Set<String> BOX_ASKED = Words.of("""
            box bbox coordinates region location position boxes
            """);
    /** What may stand behind the thing that is to be located. */
    private static final Set<String> BEHIND_LOCATED = Words.of("""
            in the this image picture photo photograph scene located shown found seen be visible and give provide
            return output state its it with by a as bounding box bbox coordinates region answer mark using draw please
            format normalized normalised form only just
            """);
    /** What may stand before a box that is to be selected, and between it and what it holds. */
    private static final Set<String> LEADING = Words.of("""
            in on of from the a these those this that following given provided listed options option ones one correct
            correctly right best accurately bounding does do is are can be below candidate candidates image picture
            photo scene based please you tell me two three four five and answer with by letter its
            """);
    /** A thing of no kind: what it is, is asked. */
    private static final Set<String> THINGS = Words.of("""
            object objects thing things item items entity element
            """);
    /** What may stand around a box in a question that asks what it holds. */
    private static final Set<String> AROUND = Words.of("""
            is are does do can be you see the a given provided following marked highlighted specified bounding box bbox
            region area rectangle coordinates coordinate position location located shown found seen visible displayed
            depicted present contained enclosed inside in within at by with contain contains show shows hold holds
            enclose encloses mark marks image picture photo photograph this main
            """);
    /** What may stand before the thing in the answer to that. */
    private static final Set<String> BEFORE_THING = Words.of("""
            it the that this there is are box bbox bounding region area contains shows holds encloses object item thing
            in inside located shown image given
            """);
    /** Words that compare the boxes of several: what holds the most is another question. */
    private static final Set<String> COMPARING = Words.of("""
            most fewest least more fewer less largest biggest smallest tallest only all another other else first second
            third last no not same nothing something anything
            """);

    /**
     * A box and what it is said to hold.
     *
     * @param claim the words that say so
     * @param passage where the noun stands
     * @param only whether no other box or option says the same
     * @param loose whether it may lie somewhere in the box only
     * @param among whether it may also be what lies around the box
     * @param whole whether nothing else is asked and answered
     */
    record Asked(
            String claim,
            Passage passage,
            Noun noun,
            BoxMention box,
            boolean only,
            boolean loose,
            boolean among,
            boolean whole) {}

    private BoxQuestion() {}

    /** The box is the answer, and the question says of what. */
    static Optional<Asked> located(Passage question, Passage answer, BoxMention box) {
        String claim = answer.text(box.first(), box.last());
        for (int i = 0; i < question.size(); i++) {
            boolean ofBox = BOX_ASKED.contains(question.word(i))
                    && Set.of("of", "for", "around").contains(question.word(i + 1));
            Noun noun = ofBox ? Noun.startingAt(question, i + 2) : null;
            if (noun == null || !Pair.endsThere(question, noun)) {
                noun = toLocate(question, i);
            }
            if (noun != null && !isCompared(question, noun)) {
                boolean whole = isOne(question, noun)
                        && Whole.asksForBox(question, question.size(), List.of(noun))
                        && Whole.answers(question, question.size(), answer, answer, List.of());
                return Optional.of(new Asked(claim, question, noun, box, true, false, false, whole));
            }
        }
        return Optional.empty();
    }

    /** The thing that a sentence asks for the place of: "Locate the dog.", "Where in the image is the dog?" */
    private static @Nullable Noun toLocate(Passage question, int index) {
        if (index > 0 && !(index == 1 && question.word(0).equals("please"))) {
            return null;
        }
        int at = index + 1;
        if (question.word(index).equals("where")) {
            int verb = at;
            while (verb < question.size() && !YES_NO.contains(question.word(verb))) {
                if (!Set.of("in", "the", "this", "image", "picture", "photo", "scene", "exactly")
                        .contains(question.word(verb))) {
                    return null;
                }
                verb++;
            }
            at = verb + 1;
        } else if (!LOCATING.contains(question.word(index))) {
            return null;
        }
        Noun noun = Noun.startingAt(question, at);
        return noun != null && isAll(question, noun.last() + 1, question.size(), BEHIND_LOCATED) ? noun : null;
    }

    private static boolean isAll(Passage passage, int from, int to, Set<String> words) {
        for (int i = from; i < to; i++) {
            boolean mark = passage.is(i, Kind.COMMA) || passage.is(i, Kind.STOP);
            if (!mark && !words.contains(passage.word(i))) {
                return false;
            }
        }
        return true;
    }

    /** An option that is a box, of the question which one holds a thing. */
    static Optional<Asked> chosen(
            Passage question, List<BoxMention> boxes, Options options, int chosen, Passage answer) {
        Options.Option option = options.list().get(chosen);
        int optionsBegin = options.list().get(0).begin();
        List<BoxMention> inside = new ArrayList<>();
        boolean asked = false;
        for (BoxMention box : boxes) {
            int place = question.token(box.first()).start();
            if (place >= option.start() && place < option.end()) {
                inside.add(box);
            }
            asked |= place < optionsBegin;
        }
        if (inside.size() != 1 || asked) {
            return Optional.empty();
        }
        int end = Whole.stemEnd(question, Optional.of(options));
        for (int i = 0; i < end; i++) {
            Noun noun = held(question, i);
            if (noun != null && noun.last() < end && Pair.endsThere(question, noun)) {
                int start = question.sentenceStart(i);
                boolean doubted = question.hasWord(start, Math.min(end, question.sentenceEnd(i)), Pair.DOUBTS)
                        || isCompared(question, noun);
                BoxMention box = inside.get(0);
                Passage said = Passage.of(answer.field(), answer.step(), options.text(chosen));
                String claim = option.label() + " " + question.text(box.first(), box.last());
                boolean described = Noun.PREPOSITIONS.contains(question.word(noun.last() + 1));
                boolean whole = isOne(question, noun)
                        && Whole.asksForBox(question, end, List.of(noun))
                        && Whole.answers(question, end, said, answer, List.of());
                return doubted
                        ? Optional.empty()
                        : Optional.of(new Asked(claim, question, noun, box, !described, true, false, whole));
            }
        }
        return Optional.empty();
    }

    /** What a box that is to be selected holds, where it stands behind a word; null if it does not. */
    private static @Nullable Noun held(Passage question, int index) {
        int start = question.sentenceStart(index);
        String word = question.word(index);
        if (!question.hasWord(start, index, SELECTING) || !isLead(question, start, index)) {
            return null;
        }
        boolean region = question.hasWord(start, index, REGIONS);
        if (HOLDS.contains(word) && (region || question.hasWord(start, index, Set.of("which")))) {
            return Noun.startingAt(question, index + 1);
        }
        boolean fits = FITS.contains(word) && region;
        boolean has = REGIONS.contains(question.word(index - 1))
                && Set.of("with", "of", "for", "around").contains(word);
        boolean preposition = Set.of("to", "with").contains(question.word(index + 1));
        return has || fits ? Noun.startingAt(question, fits && preposition ? index + 2 : index + 1) : null;
    }

    /** Whether nothing but a box to be selected stands in a stretch: not "the region left of the one that". */
    private static boolean isLead(Passage question, int from, int to) {
        for (int i = from; i < to; i++) {
            String word = question.word(i);
            boolean lead = question.is(i, Kind.COMMA)
                    || question.is(i, Kind.NUMBER)
                    || LEADING.contains(word)
                    || SELECTING.contains(word)
                    || REGIONS.contains(word)
                    || HOLDS.contains(word);
            if (!lead) {
                return false;
            }
        }
        return true;
    }

    /** The one box of a yes-or-no question, and what it is asked to hold. */
    static Optional<Asked> affirmed(Passage question, Passage answer) {
        Pair pair = Pair.in(question).get(0);
        BoxMention box = pair.first();
        int start = question.sentenceStart(box.first());
        if (!YES_NO.contains(question.word(start))) {
            return Optional.empty();
        }
        Noun noun = pair.noun();
        if (noun == null || THINGS.contains(question.word(noun.last()))) {
            int behind = box.last() + 1;
            boolean fits = FITS.contains(question.word(behind));
            boolean to = fits && Set.of("to", "with").contains(question.word(behind + 1));
            Noun named = Noun.startingAt(question, fits ? to ? behind + 2 : behind + 1 : behind);
            if (named != null && (fits || noun != null) && question.endsSentence(named.last() + 1)) {
                noun = named;
            }
        }
        if (noun == null) {
            return Optional.empty();
        }
        boolean before = noun.last() < box.first();
        boolean plain = before ? noun.first() == start + 1 : Pair.endsThere(question, noun);
        boolean doubted = question.hasWord(start, question.sentenceEnd(start), Pair.DOUBTS);
        Noun asked = pair.noun();
        boolean whole = isOne(question, noun)
                && Whole.asksForBox(question, question.size(), asked == null ? List.of(noun) : List.of(noun, asked))
                && Whole.answers(question, question.size(), answer, answer, List.of());
        return Optional.of(new Asked(answer.text(), question, noun, box, plain && !doubted, false, false, whole));
    }

    /** What the answer, or the chosen option, says that the one box of a question holds. */
    static Optional<Asked> named(Passage question, int stemEnd, BoxMention box, Passage said, Passage answer) {
        int start = question.sentenceStart(box.first());
        int end = Math.min(stemEnd, question.sentenceEnd(box.last()));
        String first = question.word(start);
        int from = start + 1;
        if (first.equals("in") || first.equals("at")) {
            return Optional.empty();
        }
        if (THINGS.contains(question.word(from))) {
            from++; // what object is, what is the object
        } else if (question.word(from).equals("is") && question.word(from + 1).equals("the")) {
            int thing = question.word(from + 2).equals("main") ? from + 3 : from + 2;
            from = THINGS.contains(question.word(thing)) ? thing + 1 : from;
        }
        boolean asks = (first.equals("what") || first.equals("which"))
                && isAll(question, from, box.first(), AROUND)
                && isAll(question, box.last() + 1, end, AROUND);
        Noun noun = asks ? thing(said) : null;
        if (noun == null) {
            return Optional.empty();
        }
        boolean whole = isOne(said, noun)
                && Whole.asksForBox(question, stemEnd, List.of())
                && Whole.answers(question, stemEnd, said, answer, List.of(noun));
        return Optional.of(new Asked(answer.text(), said, noun, box, true, true, true, whole));
    }

    /** Whether a noun speaks of one thing: not "two cups", not "the cups". */
    static boolean isOne(Passage passage, Noun noun) {
        return !passage.is(noun.first(), Kind.NUMBER) && !CountQuestion.isPlural(passage.word(noun.last()));
    }

    /** The thing that a short answer names, all of its first sentence: "The bus.", "It contains the bus." */
    private static @Nullable Noun thing(Passage said) {
        int end = said.sentenceEnd(0);
        for (int i = 0; i < end; i++) {
            Noun noun = i == 0 || HOLDS.contains(said.word(i - 1)) ? Noun.startingAt(said, i) : null;
            if (noun != null && noun.last() + 1 == end && !isCompared(said, noun)) {
                return noun;
            }
            if (!BEFORE_THING.contains(said.word(i))) {
                return null;
            }
        }
        return null;
    }

    private static boolean isCompared(Passage passage, Noun noun) {
        return passage.hasWord(noun.first(), noun.last() + 1, COMPARING);
    }
}
