package io.github.mmevol.core.internal.text;

import io.github.mmevol.core.internal.text.Token.Kind;
import java.util.List;
import java.util.Set;

/**
 * Tells whether a question that asks "how many" says elsewhere which ones it means: "To the left of the bus, how many cars
 * can be seen?", "How many cars are there? Count only the red ones."
 */
public final class CountLimits {
    /** Words before "how many" that single nothing out. */
    private static final Set<String> NEUTRAL = Texts.words(
            "in the this that image images picture photo photograph scene chart shown total all please tell me "
                    + "us can could you say state give report determine find count look looking at closely carefully "
                    + "based on what is see seen and so now then exactly as overall altogether what's answer question a "
                    + "an of visible from your do know considering given provided here i want to one");

    /** Words that leave some out or put some in. */
    private static final Set<String> LIMITING = Texts.words(
            "only just exclude excluding excluded ignore ignoring except excepting not don't without disregard "
                    + "disregarding consider considering include including included besides apart aside leave leaving "
                    + "skip skipping omit omitting beyond unless those restrict limit focus focusing other");

    /** Words of a sentence that says how to answer. */
    private static final Set<String> ANSWERING = Texts.words(
            "answer reply respond give write state use only just with by in as a an the one single exact number "
                    + "numbers numeral numerals digit digits word words figure figures arabic form of your do not don't "
                    + "explain explanation and no than more please question following integer whole it letter option "
                    + "choose correct sentence short be brief briefly show working work out step go through how you "
                    + "know reason reasoning calculation justify why tell them then end options none zero b c d e f count "
                    + "counting carefully closely look looking at all each every picture image photo is are there this that "
                    + "visible shown seen can see will");

    /** How a sentence begins that asks or tells something else than which ones are counted. */
    private static final Set<String> ASKING = Texts.words(
            "which what where who whose how why is are do does can and answer reply respond explain show name "
                    + "describe say write justify reason think list tell end begin start finish support go walk work");

    private CountLimits() {}

    /** Whether a word can stand in a sentence that says how to answer, and asks for nothing else. */
    public static boolean isForm(String word) {
        return ANSWERING.contains(word);
    }

    /** Whether a question that asks for one count limits it outside of the clause that asks. */
    public static boolean limit(List<Token> tokens) {
        int at = 0;
        while (at < tokens.size() && !asks(tokens, at)) {
            at++;
        }
        int end = at;
        while (end < tokens.size()
                && !tokens.get(end).is(Kind.STOP)
                && !tokens.get(end).is(Kind.COMMA)) {
            end++;
        }
        return at < tokens.size() && limit(tokens, at, end, "");
    }

    /** Whether "how many" or "number of" stands at a place. */
    public static boolean asks(List<Token> tokens, int at) {
        Token word = tokens.get(at);
        Token next = at + 1 < tokens.size() ? tokens.get(at + 1) : word;
        return (word.is("how") && next.is("many")) || (word.is("number") && next.is("of"));
    }

    /**
     * Whether what leads to the count, or stands behind it, says which ones are counted.
     *
     * @param tokens the words of the question
     * @param at the index of "how" or "number"
     * @param end the index behind what is counted
     * @param counted the noun, which may stand before it too
     */
    public static boolean limit(List<Token> tokens, int at, int end, String counted) {
        for (Token token : tokens.subList(0, at)) {
            boolean neutral = token.is(Kind.STOP)
                    || token.is(Kind.COMMA)
                    || (token.is(Kind.WORD) && (NEUTRAL.contains(token.word()) || token.is(counted)));
            if (!neutral) {
                return true;
            }
        }
        int start = end;
        for (int i = end; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).is(Kind.STOP)) {
                if (limits(tokens.subList(Math.min(start, i), i), start > end)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /**
     * Whether a stretch behind the count limits it.
     *
     * @param apart whether it is a sentence of its own, which then asks something else, or says how to answer, or limits
     */
    private static boolean limits(List<Token> stretch, boolean apart) {
        List<String> words = stretch.stream()
                .filter(token -> token.is(Kind.WORD))
                .map(Token::word)
                .toList();
        boolean limiting = words.stream().anyMatch(LIMITING::contains);
        boolean asks = !words.isEmpty() && ASKING.contains(words.get(0));
        boolean answering = ANSWERING.containsAll(words) && !(limiting && words.contains("count"));
        return (limiting || (apart && !asks)) && !answering;
    }
}
