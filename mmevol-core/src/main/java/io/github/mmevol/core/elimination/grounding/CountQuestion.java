package io.github.mmevol.core.elimination.grounding;

import io.github.mmevol.core.internal.text.CountLimits;
import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * What a question asks the number of.
 *
 * @param phrase the noun with all that the question says of it
 * @param noun the noun
 * @param end the index behind the phrase
 * @param owner whose things are counted, as in "how many roofs has the pagoda"
 * @param asksMore whether the question asks for something else too
 */
record CountQuestion(String phrase, Noun noun, int end, Optional<Noun> owner, boolean asksMore) {
    /** Words of a question whose answer is worked out of a count, or supposes something. */
    private static final Set<String> OTHERWISE = Words.of("""
            would could if suppose imagine assume assuming needed need needs required missing add added adding then
            subtract multiply divide sum plus minus times difference product ratio share percent percentage per each
            half average mean double twice usually typically normally generally remain remaining after before once until
            when later soon standard regulation official allowed permitted according capacity carry team teams
            accommodate seat seats seated
            """);
    /** Words beside a noun that make a measure or a comparison of the count, or count kinds. */
    private static final Set<String> MEASURES =
            Words.of("more fewer less additional other further extra wide long tall high deep apart away old different "
                    + "distinct various separate");

    private static final Set<String> QUESTION_WORDS = Words.of("which what where who how why when is are do does of");
    /** What follows a "can" that asks for what is in sight. */
    private static final Set<String> SEEN = Set.of("be", "you", "we", "i", "one", "clearly", "actually");

    private static final Set<String> PLURALS = Set.of("people", "men", "women", "children");

    /** What the one count is about that a question asks for; empty if there is none, or several. */
    static Optional<CountQuestion> of(Passage question) {
        int at = next(question, 0);
        Noun noun = Noun.startingAt(question, at + 2);
        boolean bound = Set.of("least", "most", "a").contains(question.word(at - 1));
        if (at == question.size()
                || bound
                || noun == null
                || question.hasWord(0, question.size(), OTHERWISE)
                || question.hasWord(noun.first(), noun.last() + 2, MEASURES)
                || question.word(noun.last() + 1).equals("of")
                || (question.word(at).equals("number") && !isPlural(question.word(noun.last())))) {
            return Optional.empty();
        }
        int end = noun.last() + 1;
        while (end < question.size()
                && !question.is(end, Kind.STOP)
                && !asksOn(question, end)
                && !isAside(question, end)) {
            end++;
        }
        boolean limited = CountLimits.limit(question.tokens(), at, end, question.word(noun.last()));
        if (limited || isAble(question, noun.last() + 1, end) || next(question, end) < question.size()) {
            return Optional.empty();
        }
        String phrase = question.text(at + 2, end - 1);
        return Optional.of(
                new CountQuestion(phrase, noun, end, owner(question, noun.last() + 1), asksMore(question, at, end)));
    }

    /** The next "how many" or "number of", or the end. */
    private static int next(Passage question, int from) {
        int at = from;
        while (at < question.size() && !CountLimits.asks(question.tokens(), at)) {
            at++;
        }
        return at;
    }

    /** Whether it is asked how many there may be: "how many people can sit here", not "can be seen", "can you see". */
    private static boolean isAble(Passage question, int from, int end) {
        for (int i = from; i < end; i++) {
            if (question.word(i).equals("can") && !SEEN.contains(question.word(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** Whether another question begins: ", and which of them is hidden". */
    private static boolean asksOn(Passage question, int index) {
        int word = question.is(index, Kind.COMMA) ? index + 1 : index;
        return question.word(word).equals("and") && QUESTION_WORDS.contains(question.word(word + 1));
    }

    /** Whether something begins that restricts nothing: ", as far as can be seen", ", in all". */
    private static boolean isAside(Passage question, int index) {
        return question.is(index, Kind.COMMA)
                && (question.word(index + 1).equals("as")
                        || question.word(index + 2).equals("all"));
    }

    private static boolean asksMore(Passage question, int count, int end) {
        if (asksOn(question, end)) {
            return true;
        }
        int start = question.sentenceStart(count);
        for (int i = 0; i < question.size(); i++) {
            if (question.sign(i) == '?' && question.sentenceStart(i) != start) {
                return true;
            }
        }
        return false;
    }

    /** "has the pagoda", "does the cat have". */
    private static Optional<Noun> owner(Passage question, int verb) {
        String word = question.word(verb);
        Noun owner = Noun.startingAt(question, verb + 1);
        boolean has = word.equals("has") || word.equals("have");
        boolean does = Set.of("does", "do").contains(word)
                && owner != null
                && question.word(owner.last() + 1).equals("have");
        return owner != null && (has || does) && owner.definite() ? Optional.of(owner) : Optional.empty();
    }

    static boolean isPlural(String word) {
        return PLURALS.contains(word)
                || (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && !word.endsWith("is"));
    }
}
