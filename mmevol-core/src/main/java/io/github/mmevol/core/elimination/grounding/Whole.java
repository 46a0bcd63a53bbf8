package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.CountLimits;
import io.github.mmevol.core.internal.text.Options;
import io.github.mmevol.core.internal.text.Token;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a question asks nothing but what was understood of it, and its answer tells nothing else. Only then is the
 * confirmed value the whole value that was asked for.
 */
final class Whole {
    /** Words of a question, and of an answer, that ask and tell nothing of their own. */
    private static final Set<String> NEUTRAL = Words.of("""
            the a an this that it its they there here is are do does be can you we i see in on at of to by with yes no
            picture image photo photograph scene shown seen found visible located positioned placed situated please
            correct right left above below side
            """);
    /** Words of a question about a side that ask for it and say nothing of the things. */
    private static final Set<String> SIDES = Words.of("""
            which where or relative respect relation compared lie lies stand stands
            """);
    /** Words of a question about a box that say nothing of what it holds. */
    private static final Set<String> REGIONS = Words.of("""
            what which where following given provided bounding box boxes bbox region regions area rectangle coordinates
            location position object thing item contain contains hold holds show shows enclose encloses mark marks
            within inside around for as these select identify find locate detect give provide return output state
            correspond corresponds belong belongs match matches from normalized its exactly and json
            """);
    /** Words of an answer that say nothing beyond what its question asks. */
    private static final Set<String> ANSWERS = Words.of("""
            option answer only just exactly one so therefore hence label bbox bbox_2d box region contains holds shows
            """);
    /** How a sentence begins that says in which form to answer. */
    private static final Set<String> FORMS = Set.of("answer", "reply", "respond", "write", "use", "choose", "give");

    private static final Set<String> FORM_WORDS = Words.of("or bounding box boxes bbox coordinates region json");
    private static final Set<Kind> SAYING = EnumSet.of(Kind.WORD, Kind.QUOTE, Kind.ODD, Kind.NUMBER, Kind.BOX);

    private Whole() {}

    /**
     * Whether a question asks for the side of one thing of another, and its answer gives that, and nothing else.
     *
     * @param end the index behind the question, where its options begin
     * @param said the answer, or the text of the option that it chooses
     */
    static boolean asksForSide(Passage question, int end, Clause clause, Passage said, Passage answer) {
        List<Noun> nouns = List.of(clause.subject(), clause.object());
        return asks(question, end, nouns, SIDES)
                && answers(question, end, said, answer, nouns)
                && keepsTheSide(said, clause);
    }

    /** Whether an answer names no other side than the one, and does not tell the side of the other thing. */
    private static boolean keepsTheSide(Passage answer, Clause clause) {
        Side meant = clause.denied() ? clause.side().opposite() : clause.side();
        for (int i = 0; i < answer.size(); i++) {
            Side side = Side.of(answer.word(i));
            if (side != null && (side != meant || clause.isTurnedRound(answer, i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a filled blank is one of the nouns or the side of a clause, and the clause all that is said.
     *
     * @param begin where the filling begins in the text
     * @param end where it ends
     */
    static boolean isFilled(Passage filled, Clause clause, int begin, int end) {
        int stop = filled.sentenceEnd(0);
        boolean all = clause.subject().first() == 0
                && Clause.endsAt(filled, clause.object(), stop)
                && isForm(filled, stop + 1, filled.size());
        boolean inside = false;
        for (int i = 0; i < filled.size() && all; i++) {
            Token token = filled.token(i);
            if (token.start() < end && token.end() > begin) {
                inside = true;
                all = Clause.isBare(filled.word(i))
                        || isPartOf(clause.subject(), filled, i)
                        || isPartOf(clause.object(), filled, i);
            }
        }
        return all && inside;
    }

    /**
     * Whether a question asks for a box, or for what a box holds, and for nothing else.
     *
     * @param end the index behind the question, where its options begin
     */
    static boolean asksForBox(Passage question, int end, List<Noun> nouns) {
        return asks(question, end, nouns, REGIONS);
    }

    /** Whether a question that asks for a count says nothing behind it but in which form to answer. */
    static boolean asksOnly(Passage question, int end, Noun counted) {
        return isForm(question, question.sentenceEnd(counted.first()) + 1, end);
    }

    /** The index of the first token of a question's options; the number of tokens if it has none. */
    static int stemEnd(Passage question, Optional<Options> options) {
        int begin = options.map(list -> list.list().get(0).begin()).orElse(Integer.MAX_VALUE);
        int end = 0;
        while (end < question.size() && question.token(end).start() < begin) {
            end++;
        }
        return end;
    }

    /**
     * Whether an answer says no more than that, in the words of its question and some nouns of its own.
     *
     * @param end the index behind the question, where its options begin
     * @param said the answer, or the text of the option that it chooses
     */
    static boolean answers(Passage question, int end, Passage said, Passage answer, List<Noun> nouns) {
        return saysNoMore(question, end, said, nouns, false)
                && saysNoMore(question, question.size(), answer, nouns, false);
    }

    /** Whether an answer says a number and no more than that, in the words of its question. */
    static boolean counts(Passage question, int end, Passage said, Passage answer) {
        return saysNoMore(question, end, said, List.of(), true)
                && saysNoMore(question, question.size(), answer, List.of(), true);
    }

    private static boolean saysNoMore(Passage question, int end, Passage answer, List<Noun> nouns, boolean numbers) {
        List<BoxMention> boxes = BoxMention.in(answer).stream()
                .filter(box -> question.text().contains(answer.text(box.first(), box.last()))
                        || BoxMention.in(question).isEmpty())
                .toList();
        for (int i = 0; i < answer.size(); i++) {
            int at = i;
            Token token = answer.token(i);
            boolean known = !SAYING.contains(token.kind())
                    || (numbers && token.is(Kind.NUMBER))
                    || NEUTRAL.contains(token.word())
                    || ANSWERS.contains(token.word())
                    || token.end() - token.start() == 1
                    || isIn(question, end, token)
                    || nouns.stream().anyMatch(noun -> isPartOf(noun, answer, at))
                    || boxes.stream().anyMatch(box -> at >= box.first() && at <= box.last());
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static boolean asks(Passage question, int end, List<Noun> nouns, Set<String> words) {
        int asked = question.sentenceEnd(0);
        if (asked < end && !isForm(question, asked + 1, end)) {
            return false;
        }
        List<BoxMention> boxes = BoxMention.in(question);
        for (int i = 0; i < Math.min(asked, end); i++) {
            int at = i;
            boolean understood = NEUTRAL.contains(question.word(i))
                    || words.contains(question.word(i))
                    || question.is(i, Kind.COMMA)
                    || nouns.stream().anyMatch(noun -> isPartOf(noun, question, at))
                    || boxes.stream().anyMatch(box -> at >= box.first() && at <= box.last());
            if (!understood) {
                return false;
            }
        }
        return true;
    }

    /** Whether a stretch of a question says no more than in which form to answer. */
    private static boolean isForm(Passage question, int from, int end) {
        int first = from;
        while (first < end && question.is(first, Kind.STOP)) {
            first++;
        }
        return first >= end
                || (FORMS.contains(question.word(first))
                        && question.tokens().subList(first, end).stream().noneMatch(Whole::asksOn));
    }

    private static boolean asksOn(Token token) {
        return token.is(Kind.WORD)
                && !NEUTRAL.contains(token.word())
                && !FORM_WORDS.contains(token.word())
                && !CountLimits.isForm(token.word());
    }

    private static boolean isIn(Passage question, int end, Token token) {
        return question.tokens().subList(0, end).stream()
                .anyMatch(other -> token.is(Kind.NUMBER)
                        ? other.is(Kind.NUMBER) && other.value().compareTo(token.value()) == 0
                        : other.word().equalsIgnoreCase(token.word()));
    }

    /** Whether a token of a text belongs to a noun that stands in this text. */
    private static boolean isPartOf(Noun noun, Passage passage, int index) {
        return index >= noun.first()
                && index <= noun.last()
                && noun.last() < passage.size()
                && passage.text(noun.first(), noun.last()).equals(noun.phrase());
    }
}
